//! After cleaning, the real go builds what it built before, without any network.

mod counting;
mod ground;

use std::collections::BTreeMap;

use gopherdesk_core::cache::{CacheKind, CleanEvent, Part, Tier, VersionState};

use crate::scene::VERSIONS;
use ground::{Ground, clean, plan, scan};

#[test]
fn after_the_trees_are_gone_everything_builds_again_offline() {
    for version in VERSIONS {
        let ground = Ground::filled(version);
        let before = built(&ground, version);
        let app = ground.app(&[]);
        let inventory = scan(&app);
        let whole = inventory.versions.iter();
        let whole = whole.filter(|row| row.state == VersionState::Whole).count();
        assert_eq!(whole, Ground::versions(), "{version}: go downloaded them");
        let plan = plan(&app, vec![Tier::Trees {}]);
        assert_eq!(
            plan.items.len(),
            Ground::versions(),
            "{version}: entry by entry"
        );
        assert_eq!(
            (plan.cost.extract as usize, plan.cost.download),
            (Ground::versions(), 0),
            "{version}: nothing to download again"
        );
        let (report, events) = clean(&app, &plan).expect("it is known");
        assert!(report.kept.is_empty(), "{version}: {:?}", report.kept);
        let files: u64 = report.removed.iter().map(|removed| removed.files).sum();
        assert_eq!(files, plan.size.files, "{version}: exactly what was shown");
        assert_eq!(
            report.freed_bytes, plan.size.bytes,
            "{version}: exactly what was shown"
        );
        assert!(
            matches!(events.first(), Some(CleanEvent::Started { .. })),
            "{version}: it is told"
        );
        let after = scan(&app);
        let left = |part| {
            let caches = after.caches.iter().flat_map(|cache| &cache.parts);
            let of = caches.filter(|found| found.part == part);
            of.map(|found| found.count).sum::<u32>()
        };
        assert_eq!(left(Part::Trees), 0, "{version}: read back");
        assert_eq!(
            left(Part::Downloads) as usize,
            Ground::versions(),
            "{version}: the downloads stay"
        );
        assert_eq!(built(&ground, version), before, "{version}: byte for byte");
    }
}

#[test]
fn what_no_project_needs_goes_and_the_projects_build() {
    // what goes and what stays follows from rules that are the same in each (go-semantics 5.5)
    if let Some(version) = VERSIONS.last().copied() {
        let ground = Ground::filled(version);
        let before = built(&ground, version);
        let app = ground.app(&["old", "new"]);
        scan(&app);
        let plan = plan(&app, vec![Tier::Unused {}]);
        let (report, _) = clean(&app, &plan).expect("it is known");
        assert!(report.kept.is_empty(), "{version}: {:?}", report.kept);
        let after = scan(&app);
        let left = after.versions.iter();
        let left = left.filter(|row| row.tree.is_some()).count();
        assert_eq!(left, 8, "{version}: four modules of each named project");
        for project in ["old", "new"] {
            let program = ground.build(project).expect("it has all it needs");
            assert_eq!(program, before[project], "{version}: byte for byte");
        }
        let missing = ground.build("odd").expect_err("nobody named it");
        assert!(
            missing.contains("module lookup disabled"),
            "{version}: its modules went: {missing}"
        );
    }
}

#[test]
fn a_module_cache_that_left_comes_back_or_goes_for_good() {
    if let Some(version) = VERSIONS.last().copied() {
        let ground = Ground::filled(version);
        let before = built(&ground, version);
        let app = ground.app(&[]);
        scan(&app);
        let whole = plan(&app, vec![Tier::Modules {}]);
        assert!(whole.undoable, "{version}: the whole cache");
        let (report, _) = clean(&app, &whole).expect("it is known");
        assert_eq!(report.freed_bytes, 0, "{version}: not yet");
        let aside = report.aside.expect("it can come back");
        ground.build("old").expect_err("the modules are not there");
        let restored = crate::support::block_on(app.cache_restore(aside)).expect("put back");
        assert!(restored.kept.is_empty(), "{version}: {:?}", restored.kept);
        assert_eq!(built(&ground, version), before, "{version}: byte for byte");
        scan(&app);
        let whole = plan(&app, vec![Tier::Modules {}]);
        let (report, _) = clean(&app, &whole).expect("it is known");
        let aside = report.aside.expect("it can come back");
        let job = app.jobs.start("purge".to_owned());
        let purged = crate::support::block_on(app.cache_purge(aside, &job, &|_: CleanEvent| {}))
            .expect("it is known");
        assert!(purged.kept.is_empty(), "{version}: {:?}", purged.kept);
        assert!(
            purged.freed_bytes >= whole.size.bytes,
            "{version}: {} of {}",
            purged.freed_bytes,
            whole.size.bytes
        );
        let after = scan(&app);
        let modules = after.caches.iter();
        let mut modules = modules.filter(|cache| cache.kind == CacheKind::Modules);
        assert!(
            modules.all(|cache| cache.size.files == 0),
            "{version}: nothing is left"
        );
    }
}

fn built(ground: &Ground, version: &str) -> BTreeMap<&'static str, Vec<u8>> {
    Ground::names()
        .map(|name| {
            let program = ground.build(name);
            let program = program.unwrap_or_else(|said| panic!("{version} {name}: {said}"));
            (name, program)
        })
        .collect()
}
