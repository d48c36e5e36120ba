//! Plans of cleaning, and what came of them.

use serde::{Deserialize, Serialize};

use super::{CacheError, CacheId, CacheKind, Cost, Part, Size, Tier};

/// What to free: tiers, rows, or both.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(default)]
pub struct PlanCaches {
    /// Whole tiers.
    pub tiers: Vec<Tier>,
    /// Ids of versions.
    pub versions: Vec<String>,
    /// Only in these; in all when none is named.
    pub caches: Vec<CacheId>,
}

/// Exactly what would be freed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct CachePlan {
    /// A hash of all of it, by which it is applied.
    pub id: String,
    /// Entry by entry, the largest first.
    pub items: Vec<PlanItem>,
    /// Together.
    pub size: Size,
    /// What it takes to have it again.
    pub cost: Cost,
    /// Whole caches leave their place at once: until they are deleted, that can be undone.
    pub undoable: bool,
    /// Programs that may be reading what goes.
    pub running: Vec<RunningGo>,
    /// What was asked for and stays.
    pub kept: Vec<Kept>,
    /// Everything in the module cache goes while no mirror is to be had: GOPROXY is `off`.
    pub offline: bool,
    /// When a test last found the mirrors in effect sound, RFC 3339; none when none ever did.
    pub chain_seen: Option<String>,
}

/// One entry of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct PlanItem {
    /// Of which cache.
    pub cache: CacheId,
    /// What it is of.
    pub kind: CacheKind,
    /// Of what part.
    pub part: Part,
    /// `module@version`, or where in the cache it lies.
    pub name: String,
    /// What it frees.
    pub size: Size,
}

/// A program that may be using a cache.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct RunningGo {
    /// Its process.
    pub pid: u32,
    /// `go`, `gopls`, `compile`, ….
    pub name: String,
    /// In which folder it runs, as it is shown; none when the system does not say.
    pub folder: Option<String>,
}

/// What is left where it was, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Kept {
    /// Where it lies, as it is shown.
    pub path: String,
    /// Why.
    #[serde(flatten)]
    pub reason: CacheError,
}

/// Which plan to carry out.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct CleanCaches {
    /// Its id.
    pub plan: String,
    /// Also while Go's programs are running: they may fail, and nothing worse.
    #[serde(default)]
    pub beside_running: bool,
}

/// What happens during `cache_clean`, `cache_purge` and the like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum CleanEvent {
    /// It begins.
    Started {
        /// What is planned.
        size: Size,
    },
    /// How far it is; at most ten times a second.
    Removing {
        /// What is gone.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        files: u64,
        /// What is gone, in bytes on the disk.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        bytes: u64,
        /// What it is at: `module@version`, or where in the cache.
        name: String,
    },
}

/// What came of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct CleanReport {
    /// What is gone from its place.
    pub removed: Vec<Removed>,
    /// What is left.
    pub kept: Vec<Kept>,
    /// What the deleted files and folders held on the disk, in bytes; 0 while everything can still be undone. A file that a
    /// program has open gives its space back when that program closes it.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub freed_bytes: u64,
    /// It was stopped; what was done is here.
    pub cancelled: bool,
    /// What was set aside, by which it is undone or deleted; none when nothing was.
    pub aside: Option<String>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// One thing that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Removed {
    /// Of what cache.
    pub kind: CacheKind,
    /// Of what part.
    pub part: Part,
    /// Where it lay, as it is shown.
    pub path: String,
    /// What it took, in bytes on the disk.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub bytes: u64,
    /// Its files.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub files: u64,
}
