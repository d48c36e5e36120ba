//! Sizes of trees from earlier scans, in `cache-sizes.json` among what can be computed again.
//!
//! A tree does not change once it is there, so one look at its folder tells whether it is the one that was counted. Of the
//! folders of a build cache the size of what tests printed is kept in the same way.

use std::{collections::BTreeMap, fs::File, io::Read, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::About;
use crate::{
    cache::{CacheId, Place, Size},
    host::{Host, replace::replace_private},
};

/// What the file may hold, in bytes: a hundred thousand trees.
const LIMIT: u64 = 32 << 20;

/// The trees of a cache, by where they lie in it.
type Trees = BTreeMap<String, Known>;

/// The sizes of trees.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// As it was read; none when there was none, or none that can be used.
    before: Option<Vec<u8>>,
    known: BTreeMap<CacheId, Trees>,
    /// What was seen in this scan: of the caches that were counted, what was not seen is forgotten.
    seen: BTreeMap<CacheId, Trees>,
}

/// A tree as it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    number: u64,
    modified: i128,
    size: Size,
}

impl Index {
    /// What the last scan kept; nothing of it is worth a failure.
    pub(super) fn read(host: &Host) -> Self {
        let mut bytes = Vec::new();
        let read = File::open(file(host)).and_then(|file| file.take(LIMIT).read_to_end(&mut bytes));
        let before = read.is_ok().then_some(bytes);
        let known = before.as_deref().map(serde_json::from_slice);
        Self {
            known: known.and_then(Result::ok).unwrap_or_default(),
            before,
            seen: BTreeMap::new(),
        }
    }

    /// The size of a tree that is the one that was counted.
    pub(super) fn find(&mut self, cache: &CacheId, at: &str, about: &About) -> Option<Size> {
        let known = *self.known.get(cache)?.get(at)?;
        if !known.is(about) {
            return None;
        }
        self.see(cache, at, known);
        let mut size = known.size;
        size.estimated = true;
        Some(size)
    }

    /// Notes what was counted.
    pub(super) fn note(&mut self, cache: &CacheId, at: &str, about: &About, size: Size) {
        let known = Known {
            number: about.number,
            modified: about.modified.as_nanosecond(),
            size,
        };
        // where the system gives no numbers, one tree is not told from another
        if about.number != 0 {
            self.see(cache, at, known);
        }
    }

    fn see(&mut self, cache: &CacheId, at: &str, known: Known) {
        let trees = match self.seen.get_mut(cache) {
            Some(trees) => trees,
            None => self.seen.entry(cache.clone()).or_default(),
        };
        trees.insert(at.to_owned(), known);
    }

    /// Keeps what was seen. It can be computed again, so that a failure is none of the user's.
    pub(super) fn keep(mut self, host: &Host, counted: &[Place]) {
        let is_counted = |cache: &CacheId| counted.iter().any(|place| place.id == *cache);
        let others = self.known.iter().filter(|(cache, _)| !is_counted(cache));
        let others = others.map(|(cache, trees)| (cache.clone(), trees.clone()));
        self.seen.extend(others);
        if self.seen == self.known {
            return;
        }
        let Ok(bytes) = serde_json::to_vec(&self.seen) else {
            return;
        };
        if let Err(reason) = replace_private(&file(host), self.before.as_deref(), Some(&bytes)) {
            tracing::warn!(%reason, "the sizes of trees are not kept");
        }
    }
}

impl Known {
    fn is(&self, about: &About) -> bool {
        (self.number, self.modified) == (about.number, about.modified.as_nanosecond())
    }
}

fn file(host: &Host) -> PathBuf {
    host.folders.cache.join("cache-sizes.json")
}
