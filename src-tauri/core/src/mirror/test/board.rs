//! The rows while a test runs: everything that changes one is told at once.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use super::Target;
use crate::{
    mirror::report::{Finding, Latency, MirrorEvent, MirrorReport, Phase, Stage, Sumdb, Verdict},
    progress::Observer,
};

/// What one mirror may send, in bytes.
pub const MIRROR_BUDGET: u64 = 8 << 20;

/// What all mirrors of a run may send together, in bytes.
pub const RUN_BUDGET: u64 = 64 << 20;

/// How many bytes come between two reports of a download.
const STEP: u64 = 128 << 10;

/// The rows of a run.
pub(super) struct Board<'a, O> {
    /// Those of the mirrors, then one for each database, which nobody is told of.
    rows: Mutex<Vec<MirrorReport>>,
    shown: usize,
    used: AtomicU64,
    observer: &'a O,
}

impl<'a, O: Observer<MirrorEvent>> Board<'a, O> {
    /// Empty rows, which are told.
    pub(super) fn new(targets: &[Target], databases: usize, observer: &'a O) -> Self {
        let mut rows: Vec<_> = targets
            .iter()
            .map(|target| empty(target.id.clone(), target.shown()))
            .collect();
        observer.notify(MirrorEvent::Started {
            mirrors: rows.clone(),
            budget: u32::try_from(RUN_BUDGET).unwrap_or(u32::MAX),
        });
        let shown = rows.len();
        rows.resize_with(shown + databases, || empty(String::new(), String::new()));
        Self {
            rows: Mutex::new(rows),
            shown,
            used: AtomicU64::new(0),
            observer,
        }
    }

    /// Changes a row and tells it.
    pub(super) fn change<R>(&self, at: usize, edit: impl FnOnce(&mut MirrorReport) -> R) -> R {
        let (row, result) = {
            let mut rows = self.lock();
            let row = &mut rows[at];
            let result = edit(row);
            (row.clone(), result)
        };
        if at < self.shown {
            self.observer.notify(MirrorEvent::Measured {
                mirror: Box::new(row),
                bytes_used: self.used(),
            });
        }
        result
    }

    /// A row as it is.
    pub(super) fn row(&self, at: usize) -> MirrorReport {
        self.lock()[at].clone()
    }

    /// The first rows, as they are.
    pub(super) fn rows_of(&self, mirrors: usize) -> Vec<MirrorReport> {
        self.lock()[..mirrors].to_vec()
    }

    /// Tells an order.
    pub(super) fn ranked(&self, ranking: Vec<String>, phase: Phase) {
        self.observer.notify(MirrorEvent::Ranked { ranking, phase });
    }

    /// Counts bytes of a body against both budgets.
    pub(super) fn count(&self, at: usize, bytes: u64) {
        self.used.fetch_add(bytes, Ordering::Relaxed);
        let mut rows = self.lock();
        let row = &mut rows[at];
        row.bytes_used = row.bytes_used.saturating_add(clamp(bytes));
    }

    /// As [`Board::count`], of a download: told every so often.
    pub(super) fn transfer(&self, at: usize, before: u64, bytes: u64, total: Option<u64>) {
        self.count(at, bytes);
        let after = before + bytes;
        if before / STEP == after / STEP {
            return;
        }
        self.change(at, |row| {
            row.stage = Stage::Downloading {
                bytes: clamp(after),
                total: total.map(clamp),
            };
        });
    }

    /// What may still come from this mirror.
    pub(super) fn left(&self, at: usize) -> u64 {
        let own = u64::from(self.lock()[at].bytes_used);
        let all = self.used.load(Ordering::Relaxed);
        MIRROR_BUDGET
            .saturating_sub(own)
            .min(RUN_BUDGET.saturating_sub(all))
    }

    /// What came in all.
    pub(super) fn used(&self) -> u32 {
        clamp(self.used.load(Ordering::Relaxed))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<MirrorReport>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn empty(id: String, url: String) -> MirrorReport {
    MirrorReport {
        id,
        url,
        stage: Stage::Queued {},
        sound: false,
        verdict: Verdict::Found(Finding::Testing {}),
        conditions: Vec::new(),
        connect: None,
        latency: Latency::default(),
        throughput: None,
        checksum_ok: None,
        sumdb: Sumdb::default(),
        toolchain: None,
        fresh: None,
        bytes_used: 0,
        projected_ms: None,
    }
}

pub(super) fn clamp(bytes: u64) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}
