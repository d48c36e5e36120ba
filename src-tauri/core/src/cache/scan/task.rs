//! What one thread does at a time.

use std::{
    ffi::{OsStr, OsString},
    sync::Arc,
};

use super::folder::Folder;
use crate::cache::{Part, layout::Zone};

/// A folder, and what is to be done with it.
#[derive(Debug)]
pub(super) struct Task {
    /// In which cache.
    pub(super) cache: usize,
    /// Where it lies in the cache; empty for the cache itself.
    pub(super) at: String,
    /// The folder it is in.
    pub(super) above: Option<Arc<Folder>>,
    pub(super) name: OsString,
    pub(super) work: Work,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// Open the cache.
    Top,
    /// See what is in it.
    Zone(Zone),
    /// Count the tree of a version.
    Tree,
    /// Count what was downloaded of a module.
    Versions,
    /// Count a repository.
    Clone,
    /// Count all of it.
    Whole(Part),
    /// Count the entries of one of the folders of a build cache, or of a cache made like one.
    Bin(Part),
    /// Look for what tests printed in one of the folders of a build cache.
    Tests,
}

impl Task {
    pub(super) fn top(cache: usize) -> Self {
        Self {
            cache,
            at: String::new(),
            above: None,
            name: OsString::new(),
            work: Work::Top,
        }
    }

    /// Something in the folder of this one.
    pub(super) fn inside(&self, above: &Arc<Folder>, name: &OsStr, work: Work) -> Self {
        Self {
            cache: self.cache,
            at: self.place_of(name),
            above: Some(Arc::clone(above)),
            name: name.to_owned(),
            work,
        }
    }

    /// Where something in the folder of this one lies in the cache.
    pub(super) fn place_of(&self, name: &OsStr) -> String {
        let name = name.to_string_lossy();
        match self.at.is_empty() {
            true => name.into_owned(),
            false => format!("{}/{name}", self.at),
        }
    }
}
