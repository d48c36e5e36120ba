//! Counting what is in caches, several at once, and telling meanwhile.
//!
//! The walk is bound by the disk, not by the processor. A module's tree does not change once it is there (go-semantics 5.1),
//! so its size is taken from the last scan or from its zip where that is enough; a walk counts what has neither.

mod builds;
mod index;
mod meter;
mod modules;
mod times;
mod tools;
mod walk;
mod zip;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    num::NonZero,
    path::Path,
    sync::{Mutex, PoisonError},
    thread,
};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{
    Cache, CacheError, CacheKind, CachedVersion, Condition, Disk, Entry, PartSize, Place,
    ScanEvent, Scanned, recognise::recognise,
};
use crate::{host::Host, progress::Observer};
use index::Index;
use meter::Meter;
use walk::Walk;

/// How many threads walk one cache at most: more than there are processors, because they wait for the disk.
const THREADS: usize = 8;

/// How many strangers are named.
const STRANGERS: usize = 20;

/// What is counted, and how.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    /// The machine.
    pub host: &'a Host,
    /// Where.
    pub places: &'a [Place],
    /// File by file.
    pub exact: bool,
    /// Ends it; what was counted is the answer.
    pub cancel: &'a CancellationToken,
}

/// What one cache holds.
#[derive(Debug, Default)]
struct Counted {
    versions: Vec<CachedVersion>,
    entries: Vec<Entry>,
    ages: Vec<super::Age>,
}

impl Scan<'_> {
    /// Counts everything. Projects, offers and the time are for the caller to add.
    pub fn run(&self, observer: &impl Observer<ScanEvent>) -> Scanned {
        let mut caches: Vec<_> = self.places.iter().map(|place| self.empty(place)).collect();
        observer.notify(ScanEvent::Started {
            caches: caches.clone(),
        });
        let index = Mutex::new(Index::read(self.host));
        let counted: Vec<_> = thread::scope(|scope| {
            let begun: Vec<_> = self
                .places
                .iter()
                .zip(&caches)
                .map(|(place, cache)| {
                    let (index, is_read) = (&index, is_read(cache));
                    scope.spawn(move || self.one(place, is_read, index, observer))
                })
                .collect();
            let ended = begun.into_iter().map(|thread| thread.join());
            // a panic of a walk is one of the scan
            ended
                .map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let index = index.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !self.cancel.is_cancelled() {
            index.keep(self.host);
        }
        let mut scanned = Scanned::default();
        let mut disks = BTreeMap::new();
        for ((place, cache), (parts, counted)) in self.places.iter().zip(&mut caches).zip(counted) {
            cache.size = parts.iter().map(|part| part.size).sum();
            cache.parts = parts;
            cache.ages = counted.ages;
            cache.disk = disk_of(&place.path, &mut disks, &mut scanned.inventory.disks);
            scanned.inventory.versions.extend(counted.versions);
            scanned.entries.extend(counted.entries);
        }
        scanned.inventory.size = caches.iter().map(|cache| cache.size).sum();
        scanned.inventory.cancelled = self.cancel.is_cancelled();
        scanned.inventory.caches = caches;
        scanned.places = self.places.to_vec();
        scanned
    }

    /// A cache before it is counted.
    pub fn empty(&self, place: &Place) -> Cache {
        let (condition, strangers) = match recognise(&place.path, place.kind) {
            _ if !place.path.exists() => (Condition::Absent {}, Vec::new()),
            Err(reason) => (Condition::Refused { reason }, Vec::new()),
            Ok(found) => (Condition::Sound {}, found.strangers),
        };
        let strangers = strangers.into_iter().take(STRANGERS);
        Cache {
            id: place.id.clone(),
            kind: place.kind,
            path: self.host.short(&place.path),
            owners: place.owners.clone(),
            condition,
            parts: Vec::new(),
            ages: Vec::new(),
            size: super::Size::default(),
            disk: None,
            strangers: strangers
                .map(|name| name.to_string_lossy().into_owned())
                .collect(),
        }
    }

    fn one(
        &self,
        place: &Place,
        is_read: bool,
        index: &Mutex<Index>,
        observer: &impl Observer<ScanEvent>,
    ) -> (Vec<PartSize>, Counted) {
        let tell = |event| observer.notify(event);
        let meter = Meter::new(place.id.clone(), &tell);
        let walk = Walk::of(&place.path, self.cancel);
        let counted = match (is_read, place.kind) {
            (false, _) => Counted::default(),
            (true, CacheKind::Modules) => {
                let counting = modules::Counting {
                    scan: self,
                    place,
                    walk: &walk,
                    meter: &meter,
                    index,
                };
                counting.run()
            }
            (true, CacheKind::Build) => builds::count(self, place, &walk, &meter),
            (true, _) => tools::count(place, &walk, &meter),
        };
        (meter.end(), counted)
    }

    fn now(&self) -> Timestamp {
        self.host.now()
    }
}

/// What is no cache is not walked either: it may be a home.
fn is_read(cache: &Cache) -> bool {
    !matches!(
        cache.condition,
        Condition::Absent {}
            | Condition::Refused {
                reason: CacheError::NotACache { .. } | CacheError::PlaceForbidden { .. }
            }
    )
}

/// Does each piece of work on one of several threads, until it is done or stopped.
fn spread<T: Send>(work: Vec<T>, cancel: &CancellationToken, each: impl Fn(T) + Sync) {
    let threads = thread::available_parallelism().map_or(2, NonZero::get);
    let threads = threads.saturating_mul(2).clamp(2, THREADS).min(work.len());
    let work = Mutex::new(work.into_iter());
    let next = || work.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while !cancel.is_cancelled()
                    && let Some(piece) = next()
                {
                    each(piece);
                }
            });
        }
    });
}

/// The number of the disk on which a folder lies.
#[cfg(unix)]
fn disk_of(path: &Path, known: &mut BTreeMap<u64, u32>, disks: &mut Vec<Disk>) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let there = path.ancestors().find(|path| path.exists())?;
    let device = there.metadata().ok()?.dev();
    if let Some(number) = known.get(&device) {
        return Some(*number);
    }
    let about = rustix::fs::statvfs(there).ok()?;
    let number = u32::try_from(disks.len()).ok()?;
    disks.push(Disk {
        free: about.f_bavail.saturating_mul(about.f_frsize),
        total: about.f_blocks.saturating_mul(about.f_frsize),
    });
    known.insert(device, number);
    Some(number)
}

#[cfg(not(unix))]
fn disk_of(_: &Path, _: &mut BTreeMap<u64, u32>, _: &mut Vec<Disk>) -> Option<u32> {
    None
}
