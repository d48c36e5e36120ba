//! What there is, as it is shown.

use serde::{Deserialize, Serialize};

use super::{CacheError, CacheId, CacheKind, Kept, Offer, Size};

/// What to look at.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(default)]
pub struct ScanCaches {
    /// Only these; all when none is named.
    pub caches: Vec<CacheId>,
    /// Count file by file, instead of from zips and from the last scan.
    pub exact: bool,
}

/// What happens during `cache_scan`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ScanEvent {
    /// The caches are known, none is counted.
    Started {
        /// Without sizes.
        caches: Vec<Cache>,
    },
    /// A cache as far as it is counted; at most ten times a second.
    Counted {
        /// Which.
        cache: CacheId,
        /// Up to now.
        parts: Vec<PartSize>,
        /// Up to now.
        size: Size,
        /// Nothing more comes.
        done: bool,
    },
    /// Everything is counted; which project uses what is being found out.
    Relating {
        /// How many projects there are.
        projects: u32,
    },
}

/// Every cache, and what is in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Inventory {
    /// Every cache that was found, the user's present ones first.
    pub caches: Vec<Cache>,
    /// Every version of a module in them, by module and version, the newest first.
    pub versions: Vec<CachedVersion>,
    /// The projects that were named, to which `used_by` points.
    pub projects: Vec<UsingProject>,
    /// The disks on which the caches lie.
    pub disks: Vec<Disk>,
    /// What can be freed, the safest first.
    pub offers: Vec<Offer>,
    /// Of all caches.
    pub size: Size,
    /// It was stopped; what was counted is here.
    pub cancelled: bool,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
    /// When it ended, RFC 3339.
    pub at: String,
}

/// One cache.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Cache {
    /// Its name.
    pub id: CacheId,
    /// What it is of.
    pub kind: CacheKind,
    /// Where it lies, as it is shown.
    pub path: String,
    /// Who says that it is one.
    pub owners: Vec<Owner>,
    /// Whether it is what it is said to be, and can be cleaned.
    pub condition: Condition,
    /// What it is made of; empty parts are left out.
    pub parts: Vec<PartSize>,
    /// Of a build cache: what was not used for so many days, each line holding the older ones too.
    pub ages: Vec<Age>,
    /// All of it.
    pub size: Size,
    /// Where in `disks` it lies; none when that is unknown.
    pub disk: Option<u32>,
    /// The names at its top that do not belong to Go; they are left alone. No more than twenty.
    pub strangers: Vec<String>,
    /// What in it could not be looked into, and so is not counted. No more than twenty.
    pub unread: Vec<Kept>,
}

/// Why a place is taken for a cache.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "owner", rename_all = "snake_case")]
pub enum Owner {
    /// Go's environment names it, as it is in effect now.
    Effective {},
    /// Another Go on this machine names it.
    Toolchain {
        /// As Go writes it: `go1.26.8`.
        version: String,
    },
    /// A version manager's folder has it.
    VersionManager {
        /// `gvm`, `goenv`, `asdf`, `mise`.
        name: String,
    },
    /// An earlier value that this program changed named it.
    History {},
    /// Where the tool keeps its own unless it is told otherwise.
    Standard {},
}

/// Whether a cache is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "condition", rename_all = "snake_case")]
pub enum Condition {
    /// It was recognised.
    Sound {},
    /// Nothing is there yet.
    Absent {},
    /// It was recognised or is empty, and is only looked at.
    Refused {
        /// Why nothing in it is touched.
        reason: CacheError,
    },
}

/// What a cache is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Modules, extracted.
    Trees,
    /// Modules as they were downloaded: zip, mod, info, and the hashes beside them.
    Downloads,
    /// Repositories of modules that came without a mirror.
    Clones,
    /// What checksum databases said.
    Database,
    /// Go's own versions, extracted and as downloaded.
    Toolchains,
    /// What an interrupted download or extraction left.
    Leftovers,
    /// What was built.
    Results,
    /// What tests printed, to be printed again.
    Tests,
    /// Inputs that fuzzing found.
    Fuzz,
    /// Whatever a tool keeps.
    Tool,
}

/// One part of a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct PartSize {
    /// Which.
    pub part: Part,
    /// How much.
    pub size: Size,
    /// Versions, repositories or entries.
    pub count: u32,
}

/// What was not used for some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Age {
    /// Not for so many days.
    pub days: u32,
    /// How much of it.
    pub size: Size,
}

/// One version of a module in a cache.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct CachedVersion {
    /// Names the row: `cache:module@version`.
    pub id: String,
    /// In which cache.
    pub cache: CacheId,
    /// The module's path.
    pub module: String,
    /// As Go writes it.
    pub version: String,
    /// What it is in.
    pub state: VersionState,
    /// The extracted tree.
    pub tree: Option<Size>,
    /// Zip, mod, info and what lies beside them.
    pub download: Option<Size>,
    /// Both.
    pub size: Size,
    /// When the version was made, by its `.info`, RFC 3339.
    pub published: Option<String>,
    /// When it came into the cache, RFC 3339.
    pub fetched: Option<String>,
    /// When it was last read, RFC 3339: a guess from access times, none where the disk keeps none. Go itself keeps none
    /// (go-semantics 5.8).
    pub used: Option<String>,
    /// Which of `projects` need it.
    pub used_by: Vec<u32>,
}

/// Which of the pieces of a version are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(rename_all = "snake_case")]
pub enum VersionState {
    /// Tree and zip.
    Whole,
    /// Only the download: Go extracts it when it is needed.
    Packed,
    /// Only the tree: without the zip it has to be downloaded again once the tree is gone.
    Unpacked,
    /// Neither: its `.mod` or `.info`, of a few hundred bytes, that the module graph needs.
    Listed,
    /// An extraction or a download that did not end.
    Interrupted,
}

/// A project, and how it is known what it uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct UsingProject {
    /// Of the list of projects.
    pub id: String,
    /// Its folder's name.
    pub name: String,
    /// Its folder, as it is shown.
    pub path: String,
    /// How it is known.
    pub source: UsageSource,
}

/// How it is known what a project uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum UsageSource {
    /// Go's own build list (`go list -m all`, without the network).
    BuildList {},
    /// The files `go.mod` and `go.sum`: the build list could not be had. That names at least what is used.
    Sums {},
    /// Nothing is known: its files cannot be read. What it uses may look unused.
    Unknown {},
}

/// A disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Disk {
    /// What this user can still write, in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub free: u64,
    /// All of it, in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub total: u64,
}
