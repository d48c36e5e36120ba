//! Caches: what is there, what would go, what went.

mod clean;
mod relocate;

use gopherdesk_core::cache::{Cache, CacheKind, Condition, Cost, Inventory, PartSize, Size, Tier};

pub(crate) use clean::{aside, aside_note, plan, report, restored, verified};
pub(crate) use relocate::{moved, moving};

use super::{
    BAD, GOOD, QUIET, STRONG, WARN, styled,
    table::{Cell, Table},
};
use crate::{texts::Texts, visible::visible};

/// A number of bytes, as people read it: `12.4 GiB`.
pub(crate) fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if number < 1024 {
        return format!("{number} B");
    }
    #[expect(clippy::cast_precision_loss, reason = "three digits of it are shown")]
    let mut value = number as f64 / 1024.0;
    let mut units = UNITS.iter();
    let mut unit = units.next().copied().unwrap_or_default();
    for next in units {
        // 1023.95 would be printed as 1024.0
        if value < 1023.95 {
            break;
        }
        value /= 1024.0;
        unit = next;
    }
    format!("{value:.1} {unit}")
}

/// As [`bytes`], and says so when it was not counted file by file.
pub(super) fn size(texts: &Texts, size: &Size) -> String {
    let text = bytes(size.bytes);
    match size.estimated {
        true => texts.fill("cache.about", &[("size", &text)]),
        false => text,
    }
}

/// Where every cache is, and who says that it is one.
pub(crate) fn places(texts: &Texts, caches: &[Cache]) -> String {
    if caches.is_empty() {
        return format!("{}\n", texts.say("cache.none"));
    }
    let mut text = String::new();
    for cache in caches {
        text += &head(texts, cache, None);
        text += &standing(texts, cache);
    }
    text
}

/// Every cache with its parts, then what can be freed.
pub(crate) fn inventory(texts: &Texts, inventory: &Inventory) -> String {
    if inventory.caches.is_empty() {
        return format!("{}\n", texts.say("cache.none"));
    }
    let mut text = String::new();
    for cache in &inventory.caches {
        text += &head(texts, cache, Some(&cache.size));
        text += &standing(texts, cache);
        let mut parts = cache.parts.clone();
        parts.sort_by_key(|part| std::cmp::Reverse(part.size.bytes));
        let mut table = Table::default();
        for part in parts {
            table.row(row(texts, &part));
        }
        for line in table.lines() {
            text += &format!("  {line}\n");
        }
    }
    let free = inventory.disks.iter().map(|disk| disk.free).min();
    let holes = [
        ("size", size(texts, &inventory.size)),
        ("files", inventory.size.files.to_string()),
        ("free", free.map(bytes).unwrap_or_default()),
        ("seconds", format!("{:.1}", inventory.elapsed_ms / 1000.0)),
    ];
    let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
    text += &format!("\n{}\n", styled(STRONG, &texts.fill("cache.total", &holes)));
    if inventory.cancelled {
        text += &format!("{}\n", styled(WARN, texts.say("cache.cancelled")));
    }
    text + &offers(texts, inventory)
}

fn head(texts: &Texts, cache: &Cache, counted: Option<&Size>) -> String {
    let kind = texts.name("cache_kinds", &cache.kind);
    let mut line = format!("{}  {}", styled(STRONG, &kind), visible(&cache.path));
    if let Some(counted) = counted {
        line += &format!("  {}", size(texts, counted));
    }
    line + "\n"
}

/// Why it is taken for a cache, and whether it can be cleaned.
fn standing(texts: &Texts, cache: &Cache) -> String {
    let owners = cache.owners.iter();
    let owners = owners.map(|owner| texts.tell_tagged("cache_owners", "owner", owner));
    let owners = owners.collect::<Vec<_>>().join(", ");
    let mut text = match owners.is_empty() {
        true => String::new(),
        false => format!("  {}\n", styled(QUIET, &owners)),
    };
    match &cache.condition {
        Condition::Sound {} => {}
        Condition::Absent {} => {
            let told = texts.tell_tagged("cache_conditions", "condition", &cache.condition);
            text += &format!("  {}\n", styled(QUIET, &told));
        }
        Condition::Refused { reason } => {
            let told = texts.tell("failures", reason);
            text += &format!("  {}\n", styled(BAD, &told));
        }
    }
    if !cache.strangers.is_empty() {
        let names = cache.strangers.join(", ");
        let line = texts.fill("cache.strangers", &[("names", &names)]);
        text += &format!("  {}\n", styled(WARN, &visible(&line)));
    }
    for unread in &cache.unread {
        let told = texts.tell("failures", &unread.reason);
        text += &format!("  {}\n", styled(WARN, &visible(&told)));
    }
    text
}

fn row(texts: &Texts, part: &PartSize) -> [Cell; 3] {
    [
        Cell::plain(&texts.name("cache_parts", &part.part)),
        Cell::plain(&size(texts, &part.size)),
        Cell::new(&part.count.to_string(), QUIET),
    ]
}

/// What can be freed: the word that `gdesk cache clean` takes, how much, and at what price.
fn offers(texts: &Texts, inventory: &Inventory) -> String {
    let mut table = Table::default();
    let offers = inventory.offers.iter().filter(|offer| offer.count > 0);
    for offer in offers {
        table.row([
            Cell::new(&word(&offer.tier), GOOD),
            Cell::plain(&size(texts, &offer.size)),
            Cell::plain(&texts.tier(&offer.tier)),
            Cell::new(&cost(texts, &offer.cost), QUIET),
        ]);
    }
    let lines = table.lines();
    let mut text = match lines.is_empty() {
        true => String::new(),
        false => format!("\n{}\n", texts.say("cache.offers")),
    };
    for line in lines {
        text += &format!("  {line}\n");
    }
    if inventory.projects.is_empty() && inventory.caches.iter().any(is_of_modules) {
        text += &format!("{}\n", styled(QUIET, texts.say("cache.no_projects")));
    }
    text
}

fn is_of_modules(cache: &Cache) -> bool {
    cache.kind == CacheKind::Modules && !cache.parts.is_empty()
}

/// How a tier is asked for.
fn word(tier: &Tier) -> String {
    match tier {
        Tier::Trees {} => "trees".to_owned(),
        Tier::Clones {} => "clones".to_owned(),
        Tier::Leftovers {} => "leftovers".to_owned(),
        Tier::Unused {} => "unused".to_owned(),
        Tier::Older { keep } => format!("older={keep}"),
        Tier::Stale { days } => format!("stale={days}"),
        Tier::Toolchains {} => "toolchains".to_owned(),
        Tier::Builds { days: 0 } => "builds".to_owned(),
        Tier::Builds { days } => format!("builds={days}"),
        Tier::Tests {} => "tests".to_owned(),
        Tier::Fuzz {} => "fuzz".to_owned(),
        Tier::Tools {} => "tools".to_owned(),
        Tier::Modules {} => "modules".to_owned(),
        Tier::Limit { bytes } => format!("limit={bytes}"),
    }
}

/// What it takes to have it again.
pub(super) fn cost(texts: &Texts, cost: &Cost) -> String {
    let mut parts = Vec::new();
    let holes = [
        ("extract", cost.extract.to_string()),
        ("download", cost.download.to_string()),
        ("clone", cost.clone.to_string()),
        ("size", bytes(cost.download_bytes)),
    ];
    let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
    for (key, counts) in [
        ("extract", cost.extract > 0),
        ("download", cost.download > 0),
        ("clone", cost.clone > 0),
        ("rebuild", cost.rebuild),
        ("lost", cost.lost),
    ] {
        if counts {
            parts.push(texts.fill_shared("cache_costs", key, &holes));
        }
    }
    match parts.is_empty() {
        true => texts.fill_shared("cache_costs", "nothing", &holes),
        false => parts.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_rounded_as_people_read_them() {
        for (number, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1536, "1.5 KiB"),
            (1_048_575, "1.0 MiB"),
            (14_400_000_000, "13.4 GiB"),
            (u64::MAX, "16384.0 PiB"),
        ] {
            assert_eq!(bytes(number), text, "{number}");
        }
    }
}
