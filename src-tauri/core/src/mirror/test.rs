//! The speed test: what a mirror is worth to Go, and whether it can be trusted at all.
//!
//! First small requests to all mirrors at once, because that is what a download is made of; then a module from one mirror
//! after the other, so that they do not fight for the line, while the others are asked what they can do. How long a slow
//! mirror is waited for follows from the fastest. Only what was verified is ranked, by the time that a real download would
//! take ([`super::projection`]).

mod abilities;
mod board;
mod download;
mod judge;
mod phases;
mod sample;
mod settle;
mod source;
mod statistics;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde::Deserialize;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

pub use board::{MIRROR_BUDGET, RUN_BUDGET};

use super::{
    database::DatabaseChoice,
    probes::ProbeSet,
    report::{MirrorEvent, MirrorReport, Phase, Stage, Verdict, Workload},
};
use crate::{
    checksum::Database, module::Module, progress::Observer, secret::mask_text, web::Network,
};
use abilities::Newest;
use board::Board;
use source::Source;

/// Asks for a speed test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct TestMirrors {
    /// Ids of the list; none of them means all that are not dead.
    pub mirrors: Vec<String>,
    /// Waits for slow mirrors instead of cutting them off.
    pub patient: bool,
    /// A project whose modules the projection is for, an id of `project_list`; none is a typical service.
    pub project: Option<String>,
}

/// A mirror that has not had its samples after so many times what the fastest needed is not waited for, but never less
/// than [`FLOOR`].
const FACTOR: u32 = 5;
const FLOOR: Duration = Duration::from_millis(1000);

/// A mirror to be tested.
#[derive(Clone)]
pub struct Target {
    /// Of the list.
    pub id: String,
    /// As Go would have it, with its credentials: it never leaves the core.
    pub url: String,
    /// Who runs it, to tell two operators apart; empty when nobody said so.
    pub operator: String,
    /// The user's own.
    pub own: bool,
    /// It runs under a name that its operator gave up.
    pub legacy: bool,
    /// The module that tests it; none for the usual ones.
    pub probe: Option<Module>,
    /// A checksum database may be told the name of that module: neither GONOSUMDB nor GOPRIVATE covers it.
    pub public_probe: bool,
}

impl Target {
    /// Its address for the eyes.
    pub fn shown(&self) -> String {
        mask_text(&self.url)
    }
}

/// What a run is done with.
pub struct Setup {
    /// How this machine reaches the network.
    pub network: Network,
    /// Modules to ask for.
    pub probes: ProbeSet,
    /// Whose signatures count.
    pub database: Database,
    /// Where Go can ask that database itself, the preferred one first.
    pub databases: Vec<DatabaseChoice>,
    /// The toolchain of this machine; none when no Go is known.
    pub toolchain: Option<Module>,
    /// What the projection is for.
    pub workload: Workload,
    /// Waits for slow mirrors.
    pub patient: bool,
}

/// What a run found out.
#[derive(Debug)]
pub struct Measured {
    /// In the order of the targets.
    pub rows: Vec<MirrorReport>,
    /// Ids of the sound ones, the best first.
    pub ranking: Vec<String>,
    /// GOSUMDB's values whose databases answered, as far as they were asked.
    pub databases: Vec<String>,
    /// It was stopped.
    pub cancelled: bool,
    /// What was downloaded, in bytes.
    pub bytes_used: u32,
    /// How long it took.
    pub elapsed: Duration,
}

/// How far a mirror's two halves are.
#[derive(Debug, Clone, Default)]
struct Standing {
    is_out: bool,
    /// The content of a zip was the known one.
    verified: bool,
    /// Everything else was asked, and nothing spoke against it.
    able: bool,
    newest: Option<Newest>,
}

/// A run at work.
struct Bench<'a, O> {
    setup: &'a Setup,
    targets: &'a [Target],
    own_probes: Vec<Option<ProbeSet>>,
    board: Board<'a, O>,
    sources: Mutex<Vec<Option<Arc<Source>>>>,
    /// How many mirrors have neither their samples nor a verdict.
    sampling: watch::Sender<usize>,
    standings: Mutex<Vec<Standing>>,
    /// How long samples may take, once one mirror has all of its own.
    limit: watch::Sender<Option<Duration>>,
    answering: Mutex<Vec<String>>,
    patient: bool,
}

/// Measures; the answer is valid whenever it was stopped.
pub async fn run(
    setup: &Setup,
    targets: &[Target],
    cancel: &CancellationToken,
    observer: &impl Observer<MirrorEvent>,
) -> Measured {
    let begun = Instant::now();
    let bench = Bench::new(setup, targets, observer);
    let cancelled = tokio::select! {
        biased;
        () = cancel.cancelled() => true,
        () = bench.all() => false,
    };
    bench.close(cancelled);
    let rows = bench.board.rows_of(targets.len());
    let measured = Measured {
        ranking: settle::ranking(&rows),
        rows,
        databases: lock(&bench.answering).clone(),
        cancelled,
        bytes_used: bench.board.used(),
        elapsed: begun.elapsed(),
    };
    bench.board.ranked(measured.ranking.clone(), Phase::Done);
    measured
}

impl<'a, O: Observer<MirrorEvent>> Bench<'a, O> {
    fn new(setup: &'a Setup, targets: &'a [Target], observer: &'a O) -> Self {
        let own_probes = targets
            .iter()
            .map(|target| target.probe.clone().map(ProbeSet::of));
        Self {
            setup,
            targets,
            own_probes: own_probes.collect(),
            sources: Mutex::new(targets.iter().map(|_| None).collect()),
            sampling: watch::Sender::new(targets.len()),
            board: Board::new(targets, setup.databases.len(), observer),
            standings: Mutex::new(vec![Standing::default(); targets.len()]),
            limit: watch::Sender::new(None),
            answering: Mutex::default(),
            patient: setup.patient,
        }
    }

    fn probes(&self, at: usize) -> &ProbeSet {
        let own = self.own_probes.get(at).and_then(Option::as_ref);
        own.unwrap_or(&self.setup.probes)
    }

    fn is_out(&self, at: usize) -> bool {
        lock(&self.standings)[at].is_out
    }

    /// Puts a mirror out, with the first reason there was.
    fn out(&self, at: usize, verdict: Verdict) {
        let was_out = std::mem::replace(&mut lock(&self.standings)[at].is_out, true);
        if !was_out {
            self.board.change(at, |row| {
                row.stage = Stage::Done {};
                row.sound = false;
                row.projected_ms = None;
                row.verdict = verdict;
            });
        }
    }

    /// One mirror has all of its samples: from now on it is known what can be expected.
    fn finished(&self, taken: Duration) {
        let limit = (FACTOR * taken).max(FLOOR);
        self.limit.send_if_modified(|known| {
            let is_better = known.is_none_or(|known| limit < known);
            if is_better {
                *known = Some(limit);
            }
            is_better
        });
    }

    /// Ends when who began then has had its time, and gives that; never for who is patient.
    async fn cut(&self, begun: Instant) -> Duration {
        let mut limits = self.limit.subscribe();
        loop {
            let limit = *limits.borrow_and_update();
            let changed = async {
                // the sender lives as long as this bench
                let _ = limits.changed().await;
            };
            match limit.filter(|_| !self.patient) {
                None => changed.await,
                Some(limit) => {
                    let left = limit.saturating_sub(begun.elapsed());
                    tokio::select! {
                        () = tokio::time::sleep(left) => return limit,
                        () = changed => {}
                    }
                }
            }
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
