//! How far the counting of one cache is.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::cache::{CacheId, Part, PartSize, ScanEvent, Size};

/// How often it is told.
const PACE: Duration = Duration::from_millis(100);

/// Sums by part, told at a pace that a page can follow.
pub(super) struct Meter<'a> {
    cache: CacheId,
    tell: &'a (dyn Fn(ScanEvent) + Sync),
    state: Mutex<State>,
}

struct State {
    parts: BTreeMap<Part, (Size, u32)>,
    told: Instant,
}

impl<'a> Meter<'a> {
    pub(super) fn new(cache: CacheId, tell: &'a (dyn Fn(ScanEvent) + Sync)) -> Self {
        Self {
            cache,
            tell,
            state: Mutex::new(State {
                parts: BTreeMap::new(),
                told: Instant::now(),
            }),
        }
    }

    /// More of a part.
    pub(super) fn add(&self, part: Part, size: Size, count: u32) {
        let due = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let sum = state.parts.entry(part).or_default();
            sum.0 += size;
            sum.1 = sum.1.saturating_add(count);
            let due = state.told.elapsed() >= PACE;
            if due {
                state.told = Instant::now();
            }
            due.then(|| parts(&state.parts))
        };
        if let Some(parts) = due {
            self.notify(parts, false);
        }
    }

    /// The sums; nothing more comes.
    pub(super) fn end(self) -> Vec<PartSize> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let parts = parts(&state.parts);
        drop(state);
        self.notify(parts.clone(), true);
        parts
    }

    fn notify(&self, parts: Vec<PartSize>, done: bool) {
        (self.tell)(ScanEvent::Counted {
            cache: self.cache.clone(),
            size: parts.iter().map(|part| part.size).sum(),
            parts,
            done,
        });
    }
}

fn parts(sums: &BTreeMap<Part, (Size, u32)>) -> Vec<PartSize> {
    let sums = sums
        .iter()
        .filter(|(_, (size, count))| size.bytes > 0 || *count > 0);
    sums.map(|(part, (size, count))| PartSize {
        part: *part,
        size: *size,
        count: *count,
    })
    .collect()
}
