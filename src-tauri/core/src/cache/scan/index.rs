//! Sizes of trees from earlier scans, in `cache-sizes.json` among what can be computed again.
//!
//! A tree does not change once it is there, so one look at its folder tells whether it is the one that was counted.

use std::{
    collections::BTreeMap,
    fs::{File, Metadata},
    io::Read,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    cache::Size,
    host::{Host, replace::replace_private},
};

/// What the file may hold, in bytes: a hundred thousand trees.
const LIMIT: u64 = 32 << 20;

/// The sizes of trees, by where they lie.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// As it was read; none when there was none, or none that can be used.
    before: Option<Vec<u8>>,
    known: BTreeMap<PathBuf, Known>,
    /// What was seen in this scan: what was not is forgotten.
    seen: BTreeMap<PathBuf, Known>,
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
    pub(super) fn find(&mut self, tree: &Path, metadata: &Metadata) -> Option<Size> {
        let (number, modified) = identity(metadata)?;
        let known = *self.known.get(tree)?;
        if (known.number, known.modified) != (number, modified) {
            return None;
        }
        self.seen.insert(tree.to_owned(), known);
        let mut size = known.size;
        size.estimated = true;
        Some(size)
    }

    /// Notes what was counted.
    pub(super) fn note(&mut self, tree: &Path, metadata: &Metadata, size: Size) {
        if let Some((number, modified)) = identity(metadata) {
            let known = Known {
                number,
                modified,
                size,
            };
            self.seen.insert(tree.to_owned(), known);
        }
    }

    /// Keeps what was seen. It can be computed again, so that a failure is none of the user's.
    pub(super) fn keep(self, host: &Host) {
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

fn file(host: &Host) -> PathBuf {
    host.folders.cache.join("cache-sizes.json")
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<(u64, i128)> {
    use std::os::unix::fs::MetadataExt;
    let modified = i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec());
    Some((metadata.ino(), modified))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, i128)> {
    None
}
