//! What a tier takes, out of what a scan saw.

mod limit;
mod repair;
#[cfg(test)]
mod tests;
mod weigh;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

pub use repair::Pieces;

use super::{
    CacheError, CacheId, CacheKind, CachedVersion, Condition, Entry, Part, PlanCaches, Scanned,
    Tier, UsageSource, VersionState,
};

/// The module that Go's own versions are kept as (`cmd/go/internal/gover`, `IsToolchain`).
pub const TOOLCHAIN: &str = "golang.org/toolchain";

/// Access times may be a day behind (`relatime`, mount(8)).
const DOUBT: SignedDuration = SignedDuration::from_hours(24);

/// One thing to free.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pick {
    /// The extracted tree of the version in this row; its zip stays.
    Tree(usize),
    /// Tree and zip of the version in this row; what the module graph needs stays.
    Version(usize),
    /// Damaged pieces of the version in this row.
    Repair {
        /// Its row.
        row: usize,
        /// Which.
        pieces: Pieces,
    },
    /// The repository or the leftover in this row of the entries.
    Entry(usize),
    /// What a build cache has not used for so many days.
    Builds {
        /// Its row.
        cache: usize,
        /// How many days.
        days: u32,
    },
    /// What tests printed, in the build cache of this row.
    Tests(usize),
    /// The inputs of fuzzing, in the build cache of this row.
    Fuzz(usize),
    /// The whole cache in this row; of a build cache the corpus of fuzzing stays, which nothing brings back.
    Whole(usize),
}

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Nothing twice, and nothing that another one holds.
    pub picks: BTreeSet<Pick>,
    /// What was asked for and stays.
    pub kept: Vec<(String, CacheError)>,
}

/// What the scan does not know.
#[derive(Debug, Clone, Default)]
pub struct Circumstances {
    /// The time of day.
    pub now: Timestamp,
    /// Versions of [`TOOLCHAIN`] that an installation, a setting or a running program names.
    pub toolchains: BTreeSet<String>,
}

/// Chooses from what a scan saw.
#[derive(Debug, Clone, Copy)]
pub struct Chooser<'a> {
    /// What it saw.
    pub scanned: &'a Scanned,
    /// What else matters.
    pub circumstances: &'a Circumstances,
}

impl Chooser<'_> {
    /// What a wish comes to.
    ///
    /// # Errors
    /// A cache or a version has no such name.
    pub fn choose(&self, wish: &PlanCaches) -> Result<Choice, CacheError> {
        let inventory = &self.scanned.inventory;
        let known = |id: &CacheId| inventory.caches.iter().any(|cache| cache.id == *id);
        if let Some(cache) = wish.caches.iter().find(|id| !known(id)) {
            let cache = cache.clone();
            return Err(CacheError::UnknownCache { cache });
        }
        let mut choice = Choice::default();
        for id in &wish.versions {
            let row = inventory.versions.iter().position(|row| row.id == *id);
            let row = row.ok_or_else(|| CacheError::UnknownVersion {
                version: id.clone(),
            })?;
            self.add(Pick::Version(row), &wish.caches, &mut choice);
        }
        for tier in &wish.tiers {
            for pick in self.of(tier) {
                self.add(pick, &wish.caches, &mut choice);
            }
        }
        choice.picks = self.merged(choice.picks);
        Ok(choice)
    }

    /// What one tier takes of the caches that can be cleaned.
    pub fn cleanable(&self, tier: &Tier) -> BTreeSet<Pick> {
        let mut choice = Choice::default();
        for pick in self.of(tier) {
            self.add(pick, &[], &mut choice);
        }
        self.merged(choice.picks)
    }

    /// What one tier takes, wherever it lies.
    pub fn of(&self, tier: &Tier) -> Vec<Pick> {
        match tier {
            Tier::Trees {} => self
                .rows(|row| row.state == VersionState::Whole && row.module != TOOLCHAIN)
                .map(Pick::Tree)
                .collect(),
            Tier::Clones {} => self.entries(Part::Clones),
            Tier::Leftovers {} => self.entries(Part::Leftovers),
            Tier::Unused {} => self.unused(),
            Tier::Older { keep } => self.older(*keep),
            Tier::Stale { days } => self.stale(*days),
            Tier::Toolchains {} => self
                .rows(|row| row.module == TOOLCHAIN && !self.is_needed(row))
                .map(Pick::Version)
                .collect(),
            Tier::Builds { days: 0 } => self.whole(|kind| kind == CacheKind::Build),
            Tier::Builds { days } => self.builds(*days),
            Tier::Tests {} => self.parts(Part::Tests).map(Pick::Tests).collect(),
            Tier::Fuzz {} => self.parts(Part::Fuzz).map(Pick::Fuzz).collect(),
            Tier::Tools {} => {
                self.whole(|kind| !matches!(kind, CacheKind::Modules | CacheKind::Build))
            }
            Tier::Modules {} => self.whole(|kind| kind == CacheKind::Modules),
            Tier::Limit { bytes } => self.limit(*bytes),
        }
    }

    fn row(&self, row: usize) -> Option<&CachedVersion> {
        self.scanned.inventory.versions.get(row)
    }

    fn entry(&self, row: usize) -> Option<&Entry> {
        self.scanned.entries.get(row)
    }

    fn rows(&self, wanted: impl Fn(&CachedVersion) -> bool) -> impl Iterator<Item = usize> {
        let rows = self.scanned.inventory.versions.iter().enumerate();
        rows.filter(move |(_, row)| (row.tree.is_some() || holds_zip(row)) && wanted(row))
            .map(|(number, _)| number)
    }

    fn entries(&self, part: Part) -> Vec<Pick> {
        let entries = self.scanned.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| entry.part == part)
            .map(|(number, _)| Pick::Entry(number))
            .collect()
    }

    fn whole(&self, wanted: impl Fn(CacheKind) -> bool) -> Vec<Pick> {
        let caches = self.scanned.inventory.caches.iter().enumerate();
        caches
            .filter(|(_, cache)| wanted(cache.kind) && !cache.parts.is_empty())
            .map(|(number, _)| Pick::Whole(number))
            .collect()
    }

    fn parts(&self, part: Part) -> impl Iterator<Item = usize> {
        let caches = self.scanned.inventory.caches.iter().enumerate();
        caches
            .filter(move |(_, cache)| {
                cache.kind == CacheKind::Build && cache.parts.iter().any(|p| p.part == part)
            })
            .map(|(number, _)| number)
    }

    fn builds(&self, days: u32) -> Vec<Pick> {
        self.parts(Part::Results)
            .map(|cache| Pick::Builds { cache, days })
            .filter(|pick| self.size(pick).files > 0)
            .collect()
    }

    /// Nobody can say what is unused without any project, or with one that cannot be read.
    pub fn knows_use(&self) -> bool {
        let projects = &self.scanned.inventory.projects;
        let unknown = |source: &UsageSource| matches!(source, UsageSource::Unknown {});
        !projects.is_empty() && !projects.iter().any(|project| unknown(&project.source))
    }

    fn unused(&self) -> Vec<Pick> {
        if !self.knows_use() {
            return Vec::new();
        }
        self.rows(|row| row.module != TOOLCHAIN && !self.is_needed(row))
            .map(Pick::Version)
            .collect()
    }

    fn older(&self, keep: u32) -> Vec<Pick> {
        let mut seen: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        let mut picks = Vec::new();
        // the newest come first
        for number in self.rows(|row| row.module != TOOLCHAIN) {
            let Some(row) = self.row(number) else {
                continue;
            };
            let newer = seen.entry((&row.cache, &row.module)).or_default();
            if *newer >= keep && !self.is_needed(row) {
                picks.push(Pick::Version(number));
            }
            *newer = newer.saturating_add(1);
        }
        picks
    }

    fn stale(&self, days: u32) -> Vec<Pick> {
        let Some(before) = self.before(days) else {
            return Vec::new();
        };
        // without a time of its last use a version is not called unused
        let is_stale = |row: &CachedVersion| {
            let used = row.used.as_deref().and_then(|at| at.parse().ok());
            used.is_some_and(|used: Timestamp| used < before)
        };
        self.rows(|row| row.module != TOOLCHAIN && is_stale(row) && !self.is_needed(row))
            .map(Pick::Version)
            .collect()
    }

    /// The end of what was not used for so many days. Counted from the last use of anything where that is a year ago: more
    /// likely the clock is wrong than that nothing was built since.
    fn before(&self, days: u32) -> Option<Timestamp> {
        let rows = self.scanned.inventory.versions.iter();
        let times = rows.flat_map(|row| [&row.used, &row.fetched]);
        let times = times.flatten().filter_map(|at| at.parse().ok());
        let now = self.circumstances.now;
        let present = present(now, times.filter(|at| *at <= now).max());
        let days = SignedDuration::from_hours(i64::from(days).saturating_mul(24));
        present.checked_sub(days).ok()?.checked_sub(DOUBT).ok()
    }

    fn is_needed(&self, row: &CachedVersion) -> bool {
        let named = row.module == TOOLCHAIN && self.circumstances.toolchains.contains(&row.version);
        named || !row.used_by.is_empty()
    }

    /// Takes a pick, or says why it stays.
    fn add(&self, pick: Pick, caches: &[CacheId], choice: &mut Choice) {
        let Some(cache) = self.cache_of(&pick) else {
            return;
        };
        let Some(cache) = self.scanned.inventory.caches.get(cache) else {
            return;
        };
        if !caches.is_empty() && !caches.contains(&cache.id) {
            return;
        }
        if let Condition::Refused { reason } = &cache.condition {
            let kept = (cache.path.clone(), reason.clone());
            if !choice.kept.contains(&kept) {
                choice.kept.push(kept);
            }
            return;
        }
        if let Pick::Version(number) | Pick::Repair { row: number, .. } = pick
            && let Some(row) = self.row(number)
            && row.module == TOOLCHAIN
            && self.circumstances.toolchains.contains(&row.version)
        {
            let name = format!("{}@{}", row.module, row.version);
            let reason = CacheError::ToolchainInUse { name: name.clone() };
            choice.kept.push((name, reason));
            return;
        }
        choice.picks.insert(pick);
    }

    /// Leaves out what another pick holds.
    fn merged(&self, picks: BTreeSet<Pick>) -> BTreeSet<Pick> {
        let whole: BTreeSet<_> = picks
            .iter()
            .filter_map(|pick| match pick {
                Pick::Whole(cache) => Some(*cache),
                _ => None,
            })
            .collect();
        let mut built: BTreeMap<usize, u32> = BTreeMap::new();
        for pick in &picks {
            if let Pick::Builds { cache, days } = *pick {
                let least = built.entry(cache).or_insert(days);
                *least = days.min(*least);
            }
        }
        let is_held = |pick: &Pick| match *pick {
            Pick::Whole(_) | Pick::Fuzz(_) => false,
            ref inner if self.cache_of(inner).is_some_and(|c| whole.contains(&c)) => true,
            Pick::Tree(row) => picks.contains(&Pick::Version(row)),
            Pick::Builds { cache, days } => built.get(&cache).is_some_and(|least| *least < days),
            _ => false,
        };
        picks
            .iter()
            .filter(|pick| !is_held(pick))
            .cloned()
            .collect()
    }
}

/// The time that ages are counted from.
pub fn present(now: Timestamp, newest: Option<Timestamp>) -> Timestamp {
    let year = SignedDuration::from_hours(366 * 24);
    match newest {
        Some(newest) if now.duration_since(newest) > year => newest,
        _ => now,
    }
}

/// Whether the zip of a version is there.
pub fn holds_zip(row: &CachedVersion) -> bool {
    matches!(row.state, VersionState::Whole | VersionState::Packed)
}
