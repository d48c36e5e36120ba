//! Counting what is in caches, several at once, and telling meanwhile.
//!
//! A few threads share all that is to be looked at. A module's tree does not change once it is there (go-semantics 5.1), so
//! its size is taken from the last scan or from its zip where that is enough; a walk counts what has neither.

mod builds;
mod count;
mod counting;
mod folder;
mod index;
mod modules;
mod order;
mod pool;
mod rows;
mod tally;
mod task;
mod times;
mod tree;
mod zip;

use std::{mem, sync::Mutex};

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::{
    Cache, CacheError, Condition, Place, ScanEvent, Scanned, Size,
    disk::Disks,
    layout::ASIDE,
    recognise::recognise,
    remove::{Guard, Root},
};
use crate::{host::Host, progress::Observer};
use count::Counter;
use counting::Counting;
use index::Index;
use pool::Pool;
use task::{Task, Work};

/// How many strangers are named, and how many places that could not be read.
const NAMED: usize = 20;

/// What is counted, and how.
#[derive(Debug, Clone, Copy)]
pub struct Scan<'a> {
    /// The machine.
    pub host: &'a Host,
    /// Where.
    pub places: &'a [Place],
    /// What is never touched: it is said of each cache whether anything in it could be.
    pub guard: &'a Guard,
    /// File by file.
    pub exact: bool,
    /// Ends it; what was counted is the answer.
    pub cancel: &'a CancellationToken,
}

/// Everything that the threads share.
#[derive(Debug)]
struct Shared<'a> {
    host: &'a Host,
    now: Timestamp,
    exact: bool,
    caches: Vec<Counting<'a>>,
    counter: Counter,
    pool: Pool<Task>,
    index: Mutex<Index>,
}

impl Scan<'_> {
    /// Counts everything. Projects, offers and the time are for the caller to add.
    pub fn run(&self, observer: &impl Observer<ScanEvent>) -> Scanned {
        let caches: Vec<_> = self.places.iter().map(|place| self.empty(place)).collect();
        observer.notify(ScanEvent::Started {
            caches: caches.clone(),
        });
        let now = self.host.now();
        let tops = caches.iter().enumerate().rev();
        let tops = tops.filter(|(_, cache)| is_read(cache));
        let shared = Shared {
            host: self.host,
            now,
            exact: self.exact,
            caches: self
                .places
                .iter()
                .map(|place| Counting::new(place, now))
                .collect(),
            counter: Counter::default(),
            pool: Pool::new(tops.map(|(at, _)| Task::top(at))),
            index: Mutex::new(Index::read(self.host)),
        };
        let mut told = vec![Size::default(); self.places.len()];
        let mut tell = || {
            if self.cancel.is_cancelled() {
                shared.counter.stop();
            }
            for (counting, told) in shared.caches.iter().zip(&mut told) {
                let size = counting.size();
                if mem::replace(told, size) != size {
                    observer.notify(counting.counted(false));
                }
            }
        };
        tell();
        shared.pool.run(&|task| shared.work(task), &mut tell);
        self.together(caches, shared, observer)
    }

    /// What every cache came to.
    fn together(
        &self,
        caches: Vec<Cache>,
        shared: Shared<'_>,
        observer: &impl Observer<ScanEvent>,
    ) -> Scanned {
        let mut scanned = Scanned::default();
        let mut disks = Disks::default();
        for (mut cache, counting) in caches.into_iter().zip(&shared.caches) {
            let (versions, entries) = counting.rows(shared.now);
            counting.fill(&mut cache, shared.now);
            cache.disk = disks.of(&counting.place.path);
            observer.notify(counting.counted(true));
            scanned.inventory.versions.extend(versions);
            scanned.inventory.size += cache.size;
            scanned.inventory.caches.push(cache);
            scanned.entries.extend(entries);
        }
        // the same module stands together, whichever cache it is in
        order::sort(&mut scanned.inventory.versions);
        scanned.inventory.disks = disks.list();
        scanned.inventory.cancelled = self.cancel.is_cancelled();
        scanned.places = self.places.to_vec();
        if !scanned.inventory.cancelled {
            let index = shared.index.into_inner();
            let index = index.unwrap_or_else(std::sync::PoisonError::into_inner);
            index.keep(self.host, self.places);
        }
        scanned
    }

    /// A cache before it is counted.
    pub fn empty(&self, place: &Place) -> Cache {
        let opened = Root::open(&place.path, place.kind, self.guard);
        let condition = match &opened {
            _ if !place.path.exists() => Condition::Absent {},
            // what may not be touched may still be no cache at all, and is not walked then
            Err(reason) => Condition::Refused {
                reason: recognise(&place.path, place.kind)
                    .err()
                    .unwrap_or_else(|| reason.clone()),
            },
            Ok(_) => Condition::Sound {},
        };
        let strangers = opened.iter().flat_map(|root| &root.recognised().strangers);
        let strangers = strangers.take(NAMED);
        Cache {
            id: place.id.clone(),
            kind: place.kind,
            path: self.host.short(&place.path),
            owners: place.owners.clone(),
            condition,
            parts: Vec::new(),
            ages: Vec::new(),
            size: Size::default(),
            disk: None,
            strangers: strangers
                .map(|name| name.to_string_lossy().into_owned())
                .collect(),
            unread: Vec::new(),
        }
    }
}

impl Shared<'_> {
    fn work(&self, task: Task) {
        if self.counter.is_stopped() {
            return;
        }
        match task.work {
            Work::Top => self.top(task.cache),
            Work::Zone(zone) => self.zone(task, zone),
            Work::Tree => self.tree(&task),
            Work::Versions => self.versions(&task),
            Work::Clone => self.clone_of(&task),
            Work::Whole(part) => self.whole(&task, part),
            Work::Bin(part) => self.bin(task, part),
            Work::Tests => self.tests(&task),
        }
    }
}

/// What is no cache is not walked either: it may be a home.
const fn is_read(cache: &Cache) -> bool {
    !matches!(
        cache.condition,
        Condition::Absent {}
            | Condition::Refused {
                reason: CacheError::NotACache { .. } | CacheError::PlaceForbidden { .. }
            }
    )
}

/// What this program put beside the rest.
fn is_aside(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(ASIDE.as_bytes())
}
