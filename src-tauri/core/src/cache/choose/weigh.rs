//! What a pick frees, and what it takes to have it again.

use super::{Chooser, Pick, holds_zip};
use crate::cache::{CacheId, CacheKind, CachedVersion, Cost, Part, Size};

impl Chooser<'_> {
    /// What a pick frees, as the scan knows it.
    pub fn size(&self, pick: &Pick) -> Size {
        let part = |cache: usize, wanted: fn(Part) -> bool| -> Size {
            let parts = self.scanned.inventory.caches.get(cache).map(|c| &c.parts);
            let parts = parts.into_iter().flatten();
            parts.filter(|p| wanted(p.part)).map(|p| p.size).sum()
        };
        match *pick {
            Pick::Tree(row) => self.row(row).and_then(|row| row.tree).unwrap_or_default(),
            Pick::Version(row) => self.row(row).map(|row| row.size).unwrap_or_default(),
            Pick::Repair { row, pieces } => {
                let row = self.row(row);
                let tree = row.and_then(|row| row.tree).filter(|_| pieces.tree);
                let download = row.and_then(|row| row.download).filter(|_| pieces.zip);
                [tree, download].into_iter().flatten().sum()
            }
            Pick::Entry(row) => self.entry(row).map(|entry| entry.size).unwrap_or_default(),
            Pick::Builds { cache, days } => {
                let ages = self.scanned.inventory.caches.get(cache).map(|c| &c.ages);
                let mut ages = ages.into_iter().flatten();
                let age = ages.find(|age| age.days == days);
                age.map(|age| age.size).unwrap_or_default()
            }
            Pick::Tests(cache) => part(cache, |part| part == Part::Tests),
            Pick::Fuzz(cache) => part(cache, |part| part == Part::Fuzz),
            Pick::Whole(cache) => part(cache, |part| part != Part::Fuzz),
        }
    }

    /// What it takes to have a pick again.
    pub fn cost(&self, pick: &Pick) -> Cost {
        match *pick {
            Pick::Tree(_) => Cost {
                extract: 1,
                ..Cost::default()
            },
            Pick::Version(row) => self.row(row).map(download).unwrap_or_default(),
            // with the tree as it should be, go builds without the zip
            Pick::Repair { row, pieces } if pieces.zip && pieces.hash => {
                self.row(row).map(download).unwrap_or_default()
            }
            Pick::Repair { pieces, .. } => Cost {
                extract: u32::from(pieces.tree),
                ..Cost::default()
            },
            Pick::Entry(row) => Cost {
                clone: u32::from(self.entry(row).is_some_and(|e| e.part == Part::Clones)),
                ..Cost::default()
            },
            Pick::Builds { .. } | Pick::Tests(_) => Cost {
                rebuild: true,
                ..Cost::default()
            },
            Pick::Fuzz(_) => Cost {
                lost: true,
                ..Cost::default()
            },
            Pick::Whole(cache) => self.whole_cost(cache),
        }
    }

    /// Versions, repositories or entries.
    pub fn count(&self, pick: &Pick) -> u32 {
        let of = |cache: usize, wanted: fn(Part) -> bool| -> u32 {
            let parts = self.scanned.inventory.caches.get(cache).map(|c| &c.parts);
            let parts = parts.into_iter().flatten();
            let counts = parts.filter(|p| wanted(p.part)).map(|p| p.count);
            counts.fold(0, u32::saturating_add)
        };
        match *pick {
            Pick::Tree(_) | Pick::Version(_) | Pick::Repair { .. } | Pick::Entry(_) => 1,
            Pick::Builds { .. } => u32::try_from(self.size(pick).files).unwrap_or(u32::MAX),
            Pick::Tests(cache) => of(cache, |part| part == Part::Tests),
            Pick::Fuzz(cache) => of(cache, |part| part == Part::Fuzz),
            Pick::Whole(cache) => of(cache, |part| part != Part::Fuzz),
        }
    }

    /// Of which cache a pick is: its row.
    pub fn cache_of(&self, pick: &Pick) -> Option<usize> {
        let named = |id: &CacheId| {
            let caches = &self.scanned.inventory.caches;
            caches.iter().position(|cache| cache.id == *id)
        };
        match *pick {
            Pick::Tree(row) | Pick::Version(row) | Pick::Repair { row, .. } => {
                named(&self.row(row)?.cache)
            }
            Pick::Entry(row) => named(&self.entry(row)?.cache),
            Pick::Builds { cache, .. }
            | Pick::Tests(cache)
            | Pick::Fuzz(cache)
            | Pick::Whole(cache) => Some(cache),
        }
    }

    fn whole_cost(&self, cache: usize) -> Cost {
        let Some(cache) = self.scanned.inventory.caches.get(cache) else {
            return Cost::default();
        };
        let mut cost = Cost::default();
        let own = |row: &&CachedVersion| row.cache == cache.id;
        for row in self.scanned.inventory.versions.iter().filter(own) {
            cost += download(row);
        }
        let clones = cache.parts.iter().find(|part| part.part == Part::Clones);
        cost.clone = clones.map_or(0, |part| part.count);
        cost.rebuild = cache.kind != CacheKind::Modules;
        cost
    }
}

fn download(row: &CachedVersion) -> Cost {
    let there = row.tree.is_some() || holds_zip(row);
    Cost {
        download: u32::from(there),
        download_bytes: row.download.map_or(0, |size| size.apparent),
        ..Cost::default()
    }
}
