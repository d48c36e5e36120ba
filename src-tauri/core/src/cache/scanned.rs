//! What a scan knows, raw: the plans are made from it.

use std::path::PathBuf;

use super::{CacheId, CacheKind, Inventory, Owner, Part, Size};

/// A place that is taken for a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub id: CacheId,
    /// What it is of.
    pub kind: CacheKind,
    /// Where it lies, links followed.
    pub path: PathBuf,
    /// Who says that it is one.
    pub owners: Vec<Owner>,
}

/// Something in a cache that is neither a version nor the work of one build: a repository, a leftover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In which cache.
    pub cache: CacheId,
    /// Of what part.
    pub part: Part,
    /// Where in the cache it lies.
    pub path: PathBuf,
    /// What people know it by: the address of a repository, or the path.
    pub name: String,
    /// What it takes.
    pub size: Size,
}

/// Everything that the last scan saw.
#[derive(Debug, Clone, Default)]
pub struct Scanned {
    /// The caches, in the order of the inventory.
    pub places: Vec<Place>,
    /// As it is shown. Its versions have their files where [`Module::address`](crate::module::Module::address) says.
    pub inventory: Inventory,
    /// [`Part::Clones`] (`cache/vcs/<hash>`) and [`Part::Leftovers`], one by one.
    pub entries: Vec<Entry>,
}
