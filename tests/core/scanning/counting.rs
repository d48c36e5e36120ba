//! Sizes, to the byte.

use gopherdesk_core::cache::{CacheKind, Part, ScanEvent, VersionState};

use super::{Ground, cache, manifest, part, scan};
use crate::filled;

#[test]
fn what_is_counted_is_what_the_disk_holds() {
    let ground = Ground::new();
    let made = filled::modules(&ground.modules(), 3_000);
    let built = filled::builds(&ground.builds(), 2_000);
    let (inventory, events) = scan(&ground.sandbox.app(), true);
    let modules = cache(&inventory, CacheKind::Modules);
    assert_eq!(modules.size, manifest(&ground.modules()), "to the byte");
    assert_eq!(modules.size.files, made.files, "as they were made");
    assert_eq!(modules.size.apparent, made.apparent, "as they were made");
    let builds = cache(&inventory, CacheKind::Build);
    assert_eq!(builds.size, manifest(&ground.builds()), "to the byte");
    assert_eq!(builds.size.files, built.files, "as they were made");
    assert_eq!(inventory.size, modules.size + builds.size, "of all caches");
    let mut named: Vec<_> = inventory
        .versions
        .iter()
        .map(|row| format!("{}@{}", row.module, row.version))
        .collect();
    let mut versions = made.versions;
    named.sort();
    versions.sort();
    assert_eq!(named, versions, "each version is a row");
    let rows = inventory.versions.iter();
    let whole = rows.filter(|row| row.state == VersionState::Whole);
    assert_eq!(whole.count(), versions.len(), "with zip and tree");
    let (_, trees) = part(modules, Part::Trees);
    assert_eq!(trees as usize, versions.len(), "one tree each");
    let ends = events
        .iter()
        .filter(|event| matches!(event, ScanEvent::Counted { done: true, .. }));
    assert_eq!(ends.count(), 2, "the end of each cache is told");
}
