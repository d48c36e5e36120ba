//! What leaves with a whole cache, one by one.

use super::{Part, Place, PlanItem, Size, TOOLCHAIN};
use crate::cache::{Cache, Scanned};

/// Versions and repositories as the scan knows them, and what else each part holds.
pub(super) fn items(scanned: &Scanned, place: &Place, cache: &Cache) -> Vec<PlanItem> {
    let item = |part, name: &str, size| PlanItem {
        cache: place.id.clone(),
        kind: place.kind,
        part,
        name: name.to_owned(),
        size,
    };
    let mut items = Vec::new();
    let rows = scanned.inventory.versions.iter();
    for row in rows.filter(|row| row.cache == place.id) {
        let name = format!("{}@{}", row.module, row.version);
        for (size, part) in [(row.tree, Part::Trees), (row.download, Part::Downloads)] {
            let toolchain = row.module == TOOLCHAIN;
            let part = if toolchain { Part::Toolchains } else { part };
            items.extend(size.map(|size| item(part, &name, size)));
        }
    }
    let clones = scanned.entries.iter();
    let clones = clones.filter(|entry| entry.cache == place.id && entry.part == Part::Clones);
    items.extend(clones.map(|entry| item(entry.part, &entry.name, entry.size)));
    for part in &cache.parts {
        // nothing brings the corpus of fuzzing back, so it goes only when it is asked for
        if part.part == Part::Fuzz {
            continue;
        }
        let named = items.iter().filter(|item| item.part == part.part);
        let named: Size = named.map(|item| item.size).sum();
        let rest = Size {
            bytes: part.size.bytes.saturating_sub(named.bytes),
            apparent: part.size.apparent.saturating_sub(named.apparent),
            files: part.size.files.saturating_sub(named.files),
            estimated: part.size.estimated,
        };
        if rest.bytes > 0 || rest.files > 0 {
            items.push(item(part.part, &cache.path, rest));
        }
    }
    items
}
