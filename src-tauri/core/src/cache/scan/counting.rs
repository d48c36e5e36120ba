//! One cache, as far as it is counted.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use jiff::Timestamp;

use super::{NAMED, folder::Folder, rows::Found, tally::Tally, times};
use crate::cache::{
    Age, Cache, CacheError, CacheKind, CachedVersion, Entry, Kept, Place, ScanEvent, Size, builds,
    choose::present, offers::AGES,
};

#[derive(Debug)]
pub(super) struct Counting<'a> {
    pub(super) place: &'a Place,
    /// The disk keeps access times.
    pub(super) keeps_times: bool,
    /// The cache itself, once it is open.
    pub(super) top: OnceLock<Arc<Folder>>,
    tally: Mutex<Tally>,
    found: Mutex<Found>,
    unread: Mutex<Vec<Kept>>,
}

impl<'a> Counting<'a> {
    pub(super) fn new(place: &'a Place, now: Timestamp) -> Self {
        Self {
            place,
            keeps_times: times::are_kept(&place.path),
            top: OnceLock::new(),
            tally: Mutex::new(Tally::new(now)),
            found: Mutex::default(),
            unread: Mutex::default(),
        }
    }

    pub(super) fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn found(&self) -> MutexGuard<'_, Found> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unread(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn size(&self) -> Size {
        self.tally().size()
    }

    /// As it is told meanwhile.
    pub(super) fn counted(&self, done: bool) -> ScanEvent {
        let tally = self.tally();
        ScanEvent::Counted {
            cache: self.place.id.clone(),
            parts: tally.parts(),
            size: tally.size(),
            done,
        }
    }

    /// What could not be looked into is told, as often as anybody reads.
    pub(super) fn keep(&self, path: String, reason: CacheError) {
        let mut unread = self.unread();
        if unread.len() < NAMED {
            unread.push(Kept { path, reason });
        }
    }

    /// Its versions, in no order, and its entries.
    pub(super) fn rows(&self, now: Timestamp) -> (Vec<CachedVersion>, Vec<Entry>) {
        let found = mem::take(&mut *self.found());
        found.rows(self.place, now, &mut self.tally())
    }

    /// Puts into a cache what was counted.
    pub(super) fn fill(&self, cache: &mut Cache, now: Timestamp) {
        let tally = self.tally();
        cache.parts = tally.parts();
        cache.size = tally.size();
        cache.ages = self.ages(&tally, now);
        cache.unread = mem::take(&mut *self.unread());
        cache.unread.sort_by(|one, other| one.path.cmp(&other.path));
    }

    /// By the clock, or by the last use of anything where the clock must be wrong.
    fn ages(&self, tally: &Tally, now: Timestamp) -> Vec<Age> {
        if self.place.kind != CacheKind::Build || tally.parts().is_empty() {
            return Vec::new();
        }
        if present(now, tally.newest()) == now {
            return tally.ages();
        }
        let sum = |days| {
            let old = builds::older_than(&self.place.path, now, days);
            old.iter().map(|built| built.size).sum()
        };
        let ages = AGES.iter();
        ages.map(|days| Age {
            days: *days,
            size: sum(*days),
        })
        .collect()
    }
}
