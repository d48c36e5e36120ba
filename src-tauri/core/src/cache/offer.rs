//! What can be freed, the safest first.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::Size;

/// What to free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
#[serde(tag = "tier", rename_all = "snake_case")]
pub enum Tier {
    /// Extracted trees whose zip is there: Go extracts them again, without the network (go-semantics 5.5).
    Trees {},
    /// Repositories of modules that came without a mirror.
    Clones {},
    /// What interrupted downloads and extractions left.
    Leftovers {},
    /// Versions that no named project needs.
    Unused {},
    /// All but the newest versions of each module.
    Older {
        /// How many stay.
        keep: u32,
    },
    /// Versions that were not read for so many days, by access times.
    Stale {
        /// How many.
        days: u32,
    },
    /// Go's own versions that no project and no installation names.
    Toolchains {},
    /// What was built and not used for so many days.
    Builds {
        /// How many; 0 is everything that was built.
        days: u32,
    },
    /// What tests printed: they run again.
    Tests {},
    /// Inputs that fuzzing found. They do not come back by themselves.
    Fuzz {},
    /// Caches of gopls, staticcheck and golangci-lint.
    Tools {},
    /// The module caches, all of them.
    Modules {},
    /// Whatever it takes, the safest first, to hold all caches below a size.
    Limit {
        /// The size, in bytes.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        bytes: u64,
    },
}

/// What a tier would free, and what that costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Offer {
    /// The tier.
    pub tier: Tier,
    /// What it frees.
    pub size: Size,
    /// Versions, repositories or entries.
    pub count: u32,
    /// What it costs.
    pub cost: Cost,
}

/// What it takes to have something again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "cache.ts"))]
pub struct Cost {
    /// Versions that Go extracts again when it needs them, without the network.
    pub extract: u32,
    /// Versions that have to be downloaded again when they are needed.
    pub download: u32,
    /// How large these downloads are, in bytes.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub download_bytes: u64,
    /// Repositories that are fetched again when a new version of a module is wanted without a mirror.
    pub clone: u32,
    /// The next build takes longer, or tests run again.
    pub rebuild: bool,
    /// Something that nothing brings back.
    pub lost: bool,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.extract = self.extract.saturating_add(other.extract);
        self.download = self.download.saturating_add(other.download);
        self.download_bytes = self.download_bytes.saturating_add(other.download_bytes);
        self.clone = self.clone.saturating_add(other.clone);
        self.rebuild |= other.rebuild;
        self.lost |= other.lost;
    }
}
