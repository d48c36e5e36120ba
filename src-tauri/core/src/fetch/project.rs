//! All modules of a project, downloaded by the real go.
//!
//! From a copy of the project's files ([`Contents::copy_into`]), because go writes `go.sum` where it is asked, and a project
//! of somebody else may say anything. GOFLAGS are not the user's for that reason: `-modfile` and `-overlay` name files that
//! go would read and write besides. Everything else is as a terminal has it.
//!
//! Go prints the outcome of every module at its end only; meanwhile its trace says what it asks for, and the module cache
//! what came.

mod question;

use std::{
    path::Path,
    pin::pin,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde::Deserialize;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

pub use super::{arrivals::Arrival, trace::Requests};

use question::{question, temporary};

use super::{Downloader, arrivals::Arrivals, off_thread, scratch::Scratch, trace::Trace};
use crate::{
    error::{Error, FileError},
    host::run::Output,
    module::Module,
    progress::Observer,
    project::read::{Contents, Copied},
    secret::mask_text,
    toolchain::{ToolchainError, ask::hear_lines},
};

/// How long the download of a race may take.
pub const RACE_DEADLINE: Duration = Duration::from_secs(15 * 60);

/// How long a download for the user's own cache may take.
pub const PREFETCH_DEADLINE: Duration = Duration::from_secs(90 * 60);

/// After so long without an answer and without a byte nothing is waited for: go itself would wait for ever.
pub const SILENCE: Duration = Duration::from_secs(60);

/// How often the module cache is looked at.
const LOOK: Duration = Duration::from_millis(150);

/// How much of a message is told, in characters.
const QUOTED: usize = 2000;

/// What is to be downloaded, and how.
#[derive(Debug, Clone, Copy)]
pub struct Errand<'a> {
    /// The project.
    pub project: &'a Contents,
    /// What GOPROXY is.
    pub goproxy: &'a str,
    /// GOPROXY is set to that, instead of left to the terminal.
    pub set: bool,
    /// The user's module cache; none for a temporary one.
    pub cache: Option<Own<'a>>,
    /// It is stopped when more bytes of zips are there; whoever asks again sees them a moment later.
    pub budget: Option<u64>,
    /// How long it may take.
    pub deadline: Duration,
    /// It is stopped after so long without a sign.
    pub silence: Option<Duration>,
}

/// The user's module cache.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// Where it is.
    pub folder: &'a Path,
    /// Its folders stay writable (`-modcacherw`), as the user's GOFLAGS say.
    pub writable: bool,
}

/// What happens during a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Go was started.
    Began {
        /// Modules that were there before.
        there: usize,
        /// Modules in all, as far as it is known.
        of: usize,
    },
    /// A module came.
    Came {
        /// Which.
        arrival: Arrival,
        /// How many there are now.
        done: usize,
        /// Of how many, as far as it is known.
        of: usize,
    },
    /// More bytes or answers came.
    Moved {
        /// Of zips, so far.
        bytes: u64,
        /// So far.
        requests: Requests,
    },
}

/// How a download ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By itself.
    Ended,
    /// Somebody stopped it.
    Stopped,
    /// It used up its budget.
    OverBudget,
    /// Nothing came for too long.
    Silent,
    /// It took too long.
    TimedOut,
}

/// What came of a download.
#[derive(Debug, Clone)]
pub struct Downloaded {
    /// How it ended.
    pub ending: Ending,
    /// How long it took.
    pub elapsed: Duration,
    /// Modules whose zip is there now, those from before included.
    pub there: usize,
    /// Of how many, as far as it is known.
    pub of: usize,
    /// Modules that came, in their order.
    pub came: Vec<Arrival>,
    /// Their zips, and parts of others, in bytes.
    pub bytes: u64,
    /// Modules that did not come, each with what go says, masked; of go itself without a module.
    pub failures: Vec<(Option<String>, String)>,
    /// What was asked for by HTTP.
    pub requests: Requests,
    /// Why go did nothing at all.
    pub failure: Option<Error>,
}

/// What `go mod download -json` writes of a module.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Told {
    path: String,
    version: String,
    error: String,
    zip: String,
}

/// Downloads a project. What a temporary cache held is gone afterwards, whatever the outcome.
///
/// # Errors
/// There is no place for a temporary cache, or the project wants a Go that is not here. A download that fails is an answer.
pub async fn download(
    downloader: &Downloader<'_>,
    errand: &Errand<'_>,
    cancel: &CancellationToken,
    observer: &impl Observer<Progress>,
) -> Result<Downloaded, Error> {
    let (host, project) = (downloader.host.clone(), errand.project.clone());
    let (scratch, copied) = off_thread(move || {
        let scratch = Scratch::new(&host)?;
        let copied = project.copy_into(&scratch.module())?;
        Ok::<_, FileError>((scratch, copied))
    })
    .await??;
    let downloaded = Box::pin(inside(
        downloader, errand, &scratch, &copied, cancel, observer,
    ))
    .await;
    if let Err(reason) = off_thread(move || drop(scratch)).await {
        tracing::warn!(%reason, "a download may not be removed");
    }
    downloaded
}

async fn inside(
    downloader: &Downloader<'_>,
    errand: &Errand<'_>,
    scratch: &Scratch,
    copied: &Copied,
    cancel: &CancellationToken,
    observer: &impl Observer<Progress>,
) -> Result<Downloaded, Error> {
    let (ask, go) = question(downloader, errand, scratch, copied).await?;
    let cache = match errand.cache {
        Some(own) => own.folder.to_owned(),
        None => temporary(downloader, scratch),
    };
    let wanted = errand.project.wanted.clone();
    let mut arrivals = off_thread(move || Arrivals::new(&cache, &wanted)).await?;
    observer.notify(Progress::Began {
        there: arrivals.before.len(),
        of: arrivals.all(),
    });
    let trace = Mutex::new(Trace::of(errand.goproxy));
    let heard = |line: &str| lock(&trace).hear(line);
    let begun = Instant::now();
    let (ending, answer) = {
        let mut heard = heard;
        let mut asking = pin!(hear_lines(downloader.host, &go, ask, &mut heard));
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut moved, mut sign) = ((0, Requests::default()), Instant::now());
        loop {
            tokio::select! {
                biased;
                () = cancel.cancelled() => break (Ending::Stopped, None),
                answer = &mut asking => break (Ending::Ended, Some(answer)),
                _ = looks.tick() => {}
            }
            arrivals = look(arrivals, &trace, observer).await?;
            let now = (arrivals.bytes(), lock(&trace).requests);
            if now != moved {
                (moved, sign) = (now, Instant::now());
                let (bytes, requests) = now;
                observer.notify(Progress::Moved { bytes, requests });
            }
            if errand.budget.is_some_and(|budget| moved.0 > budget) {
                break (Ending::OverBudget, None);
            }
            if errand.silence.is_some_and(|limit| sign.elapsed() > limit) {
                break (Ending::Silent, None);
            }
        }
    };
    let elapsed = begun.elapsed();
    let arrivals = look(arrivals, &trace, observer).await?;
    let requests = lock(&trace).requests;
    let mut downloaded = Downloaded {
        ending,
        elapsed,
        there: arrivals.before.len() + arrivals.came.len(),
        of: arrivals.all(),
        bytes: arrivals.bytes(),
        came: Vec::new(),
        failures: Vec::new(),
        requests,
        failure: None,
    };
    match answer {
        Some(Ok(output)) => return Ok(downloaded.told(arrivals, &output, errand)),
        Some(Err(ToolchainError::GoTimedOut { .. })) => downloaded.ending = Ending::TimedOut,
        Some(Err(reason)) => downloaded.failure = Some(reason.into()),
        None => {}
    }
    downloaded.came = arrivals.came;
    Ok(downloaded)
}

/// Looks for what came, and tells it.
async fn look(
    mut arrivals: Arrivals,
    trace: &Mutex<Trace>,
    observer: &impl Observer<Progress>,
) -> Result<Arrivals, Error> {
    let asked = std::mem::take(&mut lock(trace).asked);
    let known = arrivals.came.len();
    let arrivals = off_thread(move || {
        asked.into_iter().for_each(|module| arrivals.expect(module));
        arrivals.look();
        arrivals
    })
    .await?;
    let before = arrivals.before.len();
    for (number, arrival) in (known + 1..).zip(&arrivals.came[known..]) {
        observer.notify(Progress::Came {
            arrival: arrival.clone(),
            done: before + number,
            of: arrivals.all(),
        });
    }
    Ok(arrivals)
}

impl Downloaded {
    /// With what go says at its end.
    fn told(mut self, mut arrivals: Arrivals, output: &Output, errand: &Errand<'_>) -> Self {
        let told = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Told>();
        let told: Vec<_> = told.map_while(Result::ok).collect();
        let mut there = 0;
        for module in &told {
            let name = format!("{}@{}", module.path, module.version);
            if !module.error.is_empty() {
                self.failures.push((Some(name), message(&module.error)));
                continue;
            }
            there += 1;
            // one that came from its origin was not seen to come
            let Ok(name) = name.parse::<Module>() else {
                continue;
            };
            if errand.cache.is_none() && !arrivals.knows(&name) {
                let size = Path::new(&module.zip).metadata();
                let bytes = size.map_or(0, |about| about.len());
                self.bytes += bytes;
                arrivals.came.push(Arrival {
                    module: name,
                    bytes,
                });
            }
        }
        if !told.is_empty() {
            (self.there, self.of) = (there, told.len());
        }
        if !output.succeeded() && self.failures.is_empty() {
            self.failures = complaints(output);
        }
        self.came = arrivals.came;
        self
    }
}

/// What go says of itself, as when the list of modules cannot be made for want of one `go.mod`.
fn complaints(output: &Output) -> Vec<(Option<String>, String)> {
    let complaint = output.complaint();
    let module = complaint
        .split_whitespace()
        .find_map(|word| word.trim_end_matches(':').parse::<Module>().ok());
    vec![(module.map(|module| module.to_string()), message(&complaint))]
}

fn message(text: &str) -> String {
    mask_text(text).chars().take(QUOTED).collect()
}

fn lock(trace: &Mutex<Trace>) -> std::sync::MutexGuard<'_, Trace> {
    trace.lock().unwrap_or_else(PoisonError::into_inner)
}
