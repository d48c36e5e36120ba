//! Whatever it takes to hold all caches below a size.

use std::cmp::Reverse;

use super::{Chooser, Pick, TOOLCHAIN};
use crate::cache::Tier;

/// The safest first. Within each, what was used longest ago goes first.
const ORDER: &[Tier] = &[
    Tier::Leftovers {},
    Tier::Trees {},
    Tier::Clones {},
    Tier::Builds { days: 30 },
    Tier::Tools {},
    Tier::Builds { days: 7 },
    Tier::Unused {},
    Tier::Builds { days: 0 },
    Tier::Toolchains {},
];

impl Chooser<'_> {
    pub(super) fn limit(&self, bytes: u64) -> Vec<Pick> {
        let mut candidates = Vec::new();
        for tier in ORDER {
            candidates.extend(self.by_use(self.of(tier)));
        }
        // versions that somebody needs are the last to go
        let others = self.rows(|row| row.module != TOOLCHAIN).map(Pick::Version);
        candidates.extend(self.by_use(others.collect()));
        let mut left = self.scanned.inventory.size.bytes;
        let mut picks: Vec<Pick> = Vec::new();
        for pick in candidates {
            if left <= bytes {
                break;
            }
            let gone = self.gone(&picks, &pick);
            let gain = self.size(&pick).bytes.saturating_sub(gone);
            if gain > 0 {
                left = left.saturating_sub(gain);
                picks.push(pick);
            }
        }
        picks
    }

    /// What of a pick is gone with the earlier ones, in bytes.
    fn gone(&self, picks: &[Pick], pick: &Pick) -> u64 {
        let holds = |earlier: &&Pick| match (*earlier, pick) {
            (Pick::Tree(one) | Pick::Version(one), Pick::Version(other))
            | (
                Pick::Builds { cache: one, .. },
                Pick::Builds { cache: other, .. } | Pick::Whole(other),
            ) => one == other,
            _ => false,
        };
        let sizes = picks.iter().filter(holds).map(|held| self.size(held).bytes);
        match pick {
            // what is older than a week holds what is older than a month
            Pick::Builds { .. } | Pick::Whole(_) => sizes.max().unwrap_or(0),
            _ => sizes.sum(),
        }
    }

    fn by_use(&self, mut picks: Vec<Pick>) -> Vec<Pick> {
        picks.sort_by_cached_key(|pick| {
            let row = match pick {
                Pick::Tree(row) | Pick::Version(row) => self.row(*row),
                _ => None,
            };
            let time = row.and_then(|row| row.used.clone().or_else(|| row.fetched.clone()));
            (time.unwrap_or_default(), Reverse(self.size(pick).bytes))
        });
        picks
    }
}
