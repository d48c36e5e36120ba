//! Whole caches that left their place: free at once, deleted behind, put back until then.
//!
//! What leaves is renamed within the cache's own folder. It is in the records before the first of it leaves, so that
//! nothing is lost by a crash; deleting is in the records before it begins, so that nothing half deleted comes back.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{
    Aside, CacheError, CacheKind, Kept, Removed, Restored, Size,
    layout::ASIDE,
    plan::Seal,
    remove::{Control, Guard, Removal, Root},
};
use crate::{
    error::Error,
    host::{Host, lock::Lock},
    store::{Store, ids},
};

/// What of a whole disk full of caches is more than this is no record.
const LIMIT: u64 = 4 << 20;

/// What left its place, and the records of it.
#[derive(Debug, Clone)]
pub struct Asides {
    host: Host,
    store: Store<Records>,
}

/// One cache that is to leave its place.
#[derive(Debug)]
pub struct Leaving<'a> {
    /// The cache.
    pub root: &'a Root,
    /// What it is, as it is shown.
    pub removed: Vec<Removed>,
    /// What it takes.
    pub size: Size,
    /// The inputs of fuzzing leave with it.
    pub fuzz: bool,
}

/// What left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// By this it is put back or deleted; none when nothing left.
    pub id: Option<String>,
    /// What is in its place still, and why.
    pub kept: Vec<Kept>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Records {
    minted: u64,
    asides: Vec<Record>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    id: String,
    at: String,
    #[serde(default)]
    purging: bool,
    caches: Vec<Place>,
}

/// Where a part of it lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    kind: CacheKind,
    path: PathBuf,
    seal: Seal,
    removed: Vec<Removed>,
    size: Size,
}

impl Asides {
    /// The records of this user.
    pub fn open(host: &Host) -> Self {
        Self {
            host: host.clone(),
            store: Store::open(host, "asides.json", LIMIT),
        }
    }

    /// Moves whole caches out of their places; strangers in them stay.
    ///
    /// # Errors
    /// The record cannot be written: then nothing has moved.
    pub fn set_aside(&self, leaving: Vec<Leaving<'_>>) -> Result<SetAside, Error> {
        let mut caches = Vec::new();
        for cache in &leaving {
            let path = cache.root.path();
            // a record is text
            if path.to_str().is_none() {
                let path = self.host.short(path);
                return Err(CacheError::NotACache { path }.into());
            }
            caches.push(Place {
                kind: cache.root.kind(),
                path: path.to_owned(),
                seal: cache.root.seal(),
                removed: cache.removed.clone(),
                size: cache.size,
            });
        }
        let at = self.host.now().to_string();
        let (_, id) = self.store.try_change(|records| {
            records.asides.retain(Record::is_there);
            let there = records.asides.iter().map(|record| record.id.as_str());
            let (minted, id) = ids::next('a', records.minted, there, |_| false);
            records.minted = minted;
            records.asides.push(Record {
                id: id.clone(),
                at: at.clone(),
                purging: false,
                caches: caches.clone(),
            });
            Ok(id)
        })?;
        let mut moved = false;
        let mut kept = Vec::new();
        for cache in leaving {
            let put = cache.root.put_away(&folder(&id), cache.fuzz);
            moved |= put.moved;
            kept.extend(put.kept);
        }
        if !moved {
            self.forget(&id)?;
        }
        Ok(SetAside {
            id: moved.then_some(id),
            kept,
        })
    }

    /// What left its place and is not deleted yet, also before a crash.
    pub fn list(&self) -> Vec<Aside> {
        let records = self.store.load().value.asides;
        let there = records.into_iter().filter(Record::is_there);
        there.map(Record::into_aside).collect()
    }

    /// Puts everything back. What Go made new meanwhile stays; what that replaces is left to be deleted.
    ///
    /// # Errors
    /// Nothing of that name is aside, or deleting it has begun; another run of this program is at it; a cache is not where it
    /// was, or not to be touched.
    pub fn restore(&self, id: &str, guard: &Guard) -> Result<Restored, Error> {
        let _lock = self.hold(id)?;
        let record = self.find(id).filter(|record| !record.purging);
        let record = record.ok_or(CacheError::NothingAside {})?;
        let mut restored = Restored {
            removed: Vec::new(),
            kept: Vec::new(),
        };
        let mut complete = true;
        for place in record.caches.iter().filter(|place| place.is_there(id)) {
            let back = place.open(guard)?.put_back(&folder(id));
            complete &= back.complete;
            restored.kept.extend(back.kept);
            restored.removed.extend(place.removed.iter().cloned());
        }
        match complete {
            true => self.forget(id)?,
            false => self.begin_purge(id)?,
        }
        Ok(restored)
    }

    /// Deletes what is aside; goes on where an earlier run ended.
    ///
    /// # Errors
    /// As [`Asides::restore`], but for what has begun.
    pub fn purge(&self, id: &str, guard: &Guard, control: &Control<'_>) -> Result<Removal, Error> {
        let _lock = self.hold(id)?;
        let record = self.find(id).ok_or(CacheError::NothingAside {})?;
        if !record.purging {
            // who stops it before it begins can still have it back
            if (control.stop)() {
                return Ok(Removal {
                    stopped: true,
                    ..Removal::default()
                });
            }
            self.begin_purge(id)?;
        }
        let mut removal = Removal::default();
        for place in record.caches.iter().filter(|place| place.is_there(id)) {
            let before = removal.size;
            let progress = |size: Size| (control.progress)(before + size);
            let control = Control {
                progress: &progress,
                ..*control
            };
            removal.add(place.open(guard)?.purge(&folder(id), &control));
        }
        if !record.caches.iter().any(|place| place.is_there(id)) {
            self.forget(id)?;
        }
        Ok(removal)
    }

    fn find(&self, id: &str) -> Option<Record> {
        let records = self.store.load().value.asides;
        records
            .into_iter()
            .find(|record| record.id == id && record.is_there())
    }

    fn begin_purge(&self, id: &str) -> Result<(), Error> {
        let change = |records: &mut Records| {
            let found = records.asides.iter_mut().find(|record| record.id == id);
            if let Some(record) = found {
                record.purging = true;
            }
        };
        self.store.change(change).map(drop)
    }

    fn forget(&self, id: &str) -> Result<(), Error> {
        let change = |records: &mut Records| records.asides.retain(|record| record.id != id);
        self.store.change(change).map(drop)
    }

    /// One run of this program at a time puts back or deletes.
    fn hold(&self, id: &str) -> Result<Lock, Error> {
        let name = self.store.path().with_file_name(format!("aside-{id}"));
        Ok(Lock::hold(
            &self.host.folders,
            &name,
            std::time::Duration::ZERO,
        )?)
    }
}

impl Record {
    fn is_there(&self) -> bool {
        self.caches.iter().any(|place| place.is_there(&self.id))
    }

    fn into_aside(self) -> Aside {
        let size = self.caches.iter().map(|place| place.size).sum();
        let removed = self.caches.into_iter().flat_map(|place| place.removed);
        Aside {
            removed: removed.collect(),
            size,
            id: self.id,
            at: self.at,
            purging: self.purging,
        }
    }
}

impl Place {
    /// The cache is where it was, and something of it is aside.
    fn is_there(&self, id: &str) -> bool {
        let aside = self.path.join(folder(id));
        let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|about| about.is_dir());
        Seal::of(&self.path) == Some(self.seal) && is_folder(&aside)
    }

    fn open(&self, guard: &Guard) -> Result<Root, CacheError> {
        Root::open_again(&self.path, self.kind, guard, self.seal)
    }
}

fn folder(id: &str) -> String {
    format!("{ASIDE}{id}")
}
