//! Go's caches: what takes the space, and how it is freed without harm.
//!
//! Nothing is taken for a cache because of its name: each is recognised by what it holds. What is freed is
//! shown first, entry by entry ([`CachePlan`]), and only what was recognised is touched.

pub mod aside;
pub mod builds;
pub mod choose;
pub mod clean;
pub mod disk;
pub mod layout;
pub mod locate;
pub mod offers;
pub mod plan;
pub mod recognise;
pub mod relocate;
pub mod remove;
pub mod running;
pub mod scan;
pub mod usage;
pub mod verify;

mod care;
mod error;
mod inventory;
mod offer;
mod report;
mod scanned;
mod size;

use serde::{Deserialize, Serialize};

pub use care::{
    Aside, Damage, DamagedVersion, MoveCache, MoveEvent, MovePlan, Restored, VerifyCaches,
    VerifyEvent, VerifyReport,
};
pub use error::CacheError;
pub use inventory::{
    Age, Cache, CachedVersion, Condition, Disk, Inventory, Owner, Part, PartSize, ScanCaches,
    ScanEvent, UsageSource, UsingProject, VersionState,
};
pub use offer::{Cost, Offer, Tier};
pub use report::{
    CachePlan, CleanCaches, CleanEvent, CleanReport, Kept, PlanCaches, PlanItem, Removed, RunningGo,
};
pub use scanned::{Entry, Place, Scanned};
pub use size::Size;

/// Names a cache: a hash of where it lies, links followed, so that the page names no folder and one place has one name.
pub type CacheId = String;

/// What a cache is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(rename_all = "snake_case")]
pub enum CacheKind {
    /// GOMODCACHE (go-semantics 5.1).
    Modules,
    /// GOCACHE (go-semantics 5.9).
    Build,
    /// Of gopls, the language server.
    Gopls,
    /// Of staticcheck.
    Staticcheck,
    /// Of golangci-lint.
    GolangciLint,
}
