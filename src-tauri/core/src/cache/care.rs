//! Damage and its repair, what was set aside, and moving a cache: as they are asked for and shown.

use serde::{Deserialize, Serialize};

use super::{CacheError, CacheId, Kept, Removed, Size};

/// What to verify.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(default)]
pub struct VerifyCaches {
    /// Only these caches; all when none is named.
    pub caches: Vec<CacheId>,
    /// Only these versions; all when none is named.
    pub versions: Vec<String>,
}

/// What happens during `cache_verify`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
// a profile has events of this name too, and the table of commands imports both
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "cache.ts", rename = "CacheVerifyEvent")
)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum VerifyEvent {
    /// It begins.
    Started {
        /// How many versions there are.
        versions: u32,
    },
    /// How far it is; at most ten times a second.
    Verified {
        /// How many versions were looked at.
        versions: u32,
        /// How many bytes were read.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        bytes: u64,
        /// How many of them are damaged.
        damaged: u32,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct VerifyReport {
    /// How many versions were looked at.
    pub versions: u32,
    /// Those with a fault.
    pub damaged: Vec<DamagedVersion>,
    /// It was stopped; what was found is here.
    pub cancelled: bool,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
}

/// A version that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct DamagedVersion {
    /// The row: `cache:module@version`.
    pub id: String,
    /// The module's path.
    pub module: String,
    /// As Go writes it.
    pub version: String,
    /// What is wrong.
    pub faults: Vec<Damage>,
}

/// What is wrong with a version in the cache (go-semantics 5.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "damage", rename_all = "snake_case")]
pub enum Damage {
    /// The extracted tree is not what its hash says: edited, or half deleted. Go would use it for ever.
    Tree {},
    /// The zip is not what its hash says.
    Zip {},
    /// The zip cannot be read at all.
    ZipUnreadable {},
    /// There is no recorded hash though there is a tree, or it is no hash, or that of something else. Go trusts the tree
    /// without it once the zip is there.
    Hash {},
    /// All of it is what no project's `go.sum` has.
    Sum {
        /// The first of these projects: its folder, as it is shown.
        project: String,
    },
    /// The `.mod` is what no project's `go.sum` has.
    Manifest {
        /// The first of these projects: its folder, as it is shown.
        project: String,
    },
    /// It could not be read.
    Unreadable {
        /// What the system said.
        reason: String,
    },
}

/// A whole cache that left its place and is not deleted yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Aside {
    /// By this it is put back or deleted.
    pub id: String,
    /// What it was.
    pub removed: Vec<Removed>,
    /// What it takes, in bytes on the disk.
    pub size: Size,
    /// Since when, RFC 3339.
    pub at: String,
    /// Deleting it has begun: it cannot be put back.
    pub purging: bool,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Restored {
    /// What is in its place again.
    pub removed: Vec<Removed>,
    /// What is not: Go put something new there meanwhile, which stays.
    pub kept: Vec<Kept>,
}

/// Where a module cache would go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct MovePlan {
    /// By this it is carried out.
    pub id: String,
    /// From where, as it is shown.
    pub from: String,
    /// To where, as it is shown.
    pub to: String,
    /// How much is copied.
    pub size: Size,
    /// What is free there, in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub free: u64,
    /// An earlier move to there was interrupted: what was copied counts.
    pub resumed: bool,
    /// Why it cannot be done; none when it can.
    pub refused: Option<CacheError>,
}

/// Which move to carry out.
#[derive(Debug, Clone, Deserialize)]
pub struct MoveCache {
    /// Its id.
    pub plan: String,
    /// Also while Go's programs are running: what they put into the cache meanwhile may stay behind.
    #[serde(default)]
    pub beside_running: bool,
}

/// What happens during `cache_move`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum MoveEvent {
    /// Copying; at most ten times a second.
    Copying {
        /// Files that are there.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        files: u64,
        /// Bytes that are there.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        bytes: u64,
    },
    /// Comparing the copy with what it is of.
    Comparing {
        /// Files that are the same.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        files: u64,
    },
    /// GOMODCACHE is being set.
    Switching {},
}
