//! One entrant after the other, so that they do not fight for the line.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{RaceEvent, RaceFailure, RaceRow, RaceState};
use crate::{
    error::Error,
    fetch::{
        Downloader,
        project::{self, Downloaded, Ending, Errand, Progress},
    },
    progress::Observer,
    project::read::Contents,
    secret::mask_text,
};

/// How many modules that did not come are told one by one.
const TOLD: usize = 20;

/// What all entrants have in common.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The go, with the variables of a terminal.
    pub downloader: Downloader<'a>,
    /// What is downloaded.
    pub project: &'a Contents,
    /// What each may send, in bytes.
    pub budget: u32,
    /// How long an entrant is waited for without a sign.
    pub silence: Duration,
}

/// Who runs.
#[derive(Clone)]
pub struct Entrant {
    /// Of the list; none is the chain in effect, as terminals have it.
    pub mirror: Option<String>,
    /// What GOPROXY is, with its credentials: it never leaves the core.
    pub goproxy: String,
}

/// What a race came to.
#[derive(Debug)]
pub struct Raced {
    /// In the order of the entrants.
    pub rows: Vec<RaceRow>,
    /// Mirrors through which every module came, the fastest first.
    pub ranking: Vec<String>,
}

/// Lets them run. One that fails is a row like any other.
///
/// # Errors
/// The project wants a Go that is not here, or there is no place for a module cache.
pub async fn run(
    course: &Course<'_>,
    entrants: &[Entrant],
    cancel: &CancellationToken,
    observer: &impl Observer<RaceEvent>,
) -> Result<Raced, Error> {
    let of = count(course.project.wanted.len());
    let mut rows: Vec<_> = entrants
        .iter()
        .map(|who| RaceRow::waiting(who, of))
        .collect();
    observer.notify(RaceEvent::Started {
        rows: rows.clone(),
        modules: of,
        budget: course.budget,
    });
    for (who, row) in entrants.iter().zip(&mut rows) {
        if cancel.is_cancelled() {
            row.state = RaceState::Stopped;
            continue;
        }
        observer.notify(RaceEvent::Running {
            mirror: who.mirror.clone(),
        });
        let errand = Errand {
            project: course.project,
            goproxy: &who.goproxy,
            set: who.mirror.is_some(),
            cache: None,
            budget: Some(course.budget.into()),
            deadline: project::RACE_DEADLINE,
            silence: Some(course.silence),
        };
        let told = |progress| {
            if let Some(event) = event(who, progress) {
                observer.notify(event);
            }
        };
        let downloaded = project::download(&course.downloader, &errand, cancel, &told);
        row.take(Box::pin(downloaded).await?);
        observer.notify(RaceEvent::Finished {
            row: Box::new(row.clone()),
        });
    }
    let ranking = ranking(&rows);
    Ok(Raced { rows, ranking })
}

fn event(who: &Entrant, progress: Progress) -> Option<RaceEvent> {
    let mirror = who.mirror.clone();
    match progress {
        Progress::Began { .. } => None,
        Progress::Came { arrival, done, of } => Some(RaceEvent::Fetched {
            mirror,
            module: arrival.module.to_string(),
            bytes: bytes(arrival.bytes),
            done: count(done),
            of: count(of),
        }),
        Progress::Moved {
            bytes: sum,
            requests,
        } => Some(RaceEvent::Moved {
            mirror,
            bytes: bytes(sum),
            requests: requests.count,
        }),
    }
}

fn ranking(rows: &[RaceRow]) -> Vec<String> {
    let complete = |row: &&RaceRow| row.state == RaceState::Complete;
    let mut complete: Vec<_> = rows.iter().filter(complete).collect();
    complete.sort_by(|one, other| one.elapsed_ms.total_cmp(&other.elapsed_ms));
    complete
        .into_iter()
        .filter_map(|row| row.mirror.clone())
        .collect()
}

impl RaceRow {
    fn waiting(who: &Entrant, of: u32) -> Self {
        Self {
            mirror: who.mirror.clone(),
            goproxy: mask_text(&who.goproxy),
            state: RaceState::Waiting,
            elapsed_ms: 0.0,
            bytes: 0,
            modules: 0,
            of,
            failures: Vec::new(),
            failed: 0,
            requests: 0,
            error_rate: 0.0,
            mean_request_ms: None,
            requests_per_second: None,
            failure: None,
        }
    }

    fn take(&mut self, downloaded: Downloaded) {
        let seconds = downloaded.elapsed.as_secs_f64();
        let requests = downloaded.requests;
        self.state = state(&downloaded);
        self.elapsed_ms = seconds * 1000.0;
        self.bytes = bytes(downloaded.bytes);
        self.modules = count(downloaded.there);
        self.of = count(downloaded.of);
        self.failed = count(downloaded.failures.len());
        self.failures = failures(downloaded.failures);
        self.requests = requests.count;
        self.error_rate = f64::from(requests.failed) / f64::from(requests.count.max(1));
        self.mean_request_ms = requests.mean().map(|mean| mean.as_secs_f64() * 1000.0);
        self.requests_per_second =
            (requests.count > 0 && seconds > 0.0).then(|| f64::from(requests.count) / seconds);
        self.failure = downloaded.failure.map(Into::into);
    }
}

/// The first of those that did not come.
pub(in crate::mirror) fn failures(all: Vec<(Option<String>, String)>) -> Vec<RaceFailure> {
    all.into_iter()
        .take(TOLD)
        .map(|(module, message)| RaceFailure { module, message })
        .collect()
}

/// How a download ended.
pub(in crate::mirror) fn state(downloaded: &Downloaded) -> RaceState {
    match downloaded.ending {
        Ending::Stopped => RaceState::Stopped,
        Ending::OverBudget => RaceState::OverBudget,
        Ending::Silent => RaceState::Silent,
        Ending::TimedOut => RaceState::TimedOut,
        Ending::Ended if downloaded.failure.is_some() => RaceState::Failed,
        Ending::Ended if downloaded.failures.is_empty() => RaceState::Complete,
        Ending::Ended => RaceState::Incomplete,
    }
}

pub(in crate::mirror) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(in crate::mirror) fn bytes(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
