//! What each tier would free, for the page and for `gdesk cache list`.

use super::{
    Cost, Offer, Scanned, Size, Tier,
    choose::{Chooser, Circumstances},
};

/// Every tier that is offered, the safest first; several of one kind differ in how far they go.
const TIERS: &[Tier] = &[
    Tier::Leftovers {},
    Tier::Trees {},
    Tier::Clones {},
    Tier::Unused {},
    Tier::Older { keep: 1 },
    Tier::Older { keep: 2 },
    Tier::Older { keep: 3 },
    Tier::Stale { days: 30 },
    Tier::Stale { days: 90 },
    Tier::Stale { days: 180 },
    Tier::Stale { days: 365 },
    Tier::Toolchains {},
    Tier::Builds { days: 30 },
    Tier::Builds { days: 14 },
    Tier::Builds { days: 7 },
    Tier::Builds { days: 1 },
    Tier::Tests {},
    Tier::Builds { days: 0 },
    Tier::Tools {},
    Tier::Fuzz {},
    Tier::Modules {},
];

/// Of how many days a scan counts what was not used for so long.
pub const AGES: &[u32] = &[1, 7, 14, 30];

/// What can be freed of what was scanned.
pub fn offers(scanned: &Scanned, circumstances: &Circumstances) -> Vec<Offer> {
    let chooser = Chooser {
        scanned,
        circumstances,
    };
    TIERS.iter().map(|tier| offer(&chooser, tier)).collect()
}

fn offer(chooser: &Chooser<'_>, tier: &Tier) -> Offer {
    let (mut size, mut count, mut cost) = (Size::default(), 0_u32, Cost::default());
    // what cannot be cleaned is not offered
    for pick in chooser.cleanable(tier) {
        size += chooser.size(&pick);
        count = count.saturating_add(chooser.count(&pick));
        cost += chooser.cost(&pick);
    }
    Offer {
        tier: tier.clone(),
        size,
        count,
        cost,
    }
}
