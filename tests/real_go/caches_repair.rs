//! Damaged modules in a cache of the real go: after the repair it builds what it built before.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use gopherdesk_core::{
    app::App,
    cache::{
        CleanCaches, CleanEvent, ScanCaches, ScanEvent, VerifyCaches, VerifyEvent, VerifyReport,
    },
};

use crate::{caches_usage::ground::Ground, scene::VERSIONS, support::block_on};

/// What is damaged: the middle of what the project needs.
const MODULE: &str = "dep.example/b@v1.2.0";

/// What is done to it; whether go still builds the same, and whether it does offline once that is repaired.
type Row = (&'static str, fn(&Ground), Before, bool);

#[derive(Debug, PartialEq, Eq)]
enum Before {
    /// Go fails, also with the network.
    Broken,
    /// Go builds something else.
    Other,
    /// Go does not look.
    Same,
}

fn tree(ground: &Ground) -> PathBuf {
    ground.cache().join(MODULE)
}

fn download(ground: &Ground, ending: &str) -> PathBuf {
    let folder = ground.cache().join("cache/download/dep.example/b/@v");
    folder.join(format!("v1.2.0.{ending}"))
}

/// Lets somebody write in the tree.
fn open(ground: &Ground) {
    for path in [tree(ground), tree(ground).join("m.go")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("our own");
    }
}

fn lose(ground: &Ground, endings: &[&str]) {
    for ending in endings {
        fs::remove_file(download(ground, ending)).expect("it is there");
    }
}

fn lose_code(ground: &Ground) {
    open(ground);
    fs::remove_file(tree(ground).join("m.go")).expect("it is there");
}

fn lose_tree(ground: &Ground) {
    open(ground);
    fs::remove_dir_all(tree(ground)).expect("our own");
}

fn halve(ground: &Ground) {
    let zip = fs::read(download(ground, "zip")).expect("it is there");
    fs::write(download(ground, "zip"), &zip[..zip.len() / 2]).expect("our own");
}

fn rows() -> [Row; 9] {
    [
        ("half deleted", lose_code, Before::Broken, true),
        (
            "half deleted, without its hash",
            |ground| {
                lose_code(ground);
                lose(ground, &["ziphash"]);
            },
            Before::Broken,
            true,
        ),
        (
            "half deleted, and downloaded again",
            |ground| {
                lose_code(ground);
                lose(ground, &["zip", "ziphash"]);
            },
            Before::Broken,
            true,
        ),
        (
            "edited",
            |ground| {
                open(ground);
                let file = tree(ground).join("m.go");
                let code = fs::read_to_string(&file).expect("it is there");
                fs::write(
                    file,
                    code.replace("\nvar X", "\nfunc init() { println() }\n\nvar X"),
                )
                .expect("our own");
            },
            Before::Other,
            true,
        ),
        ("half a zip", halve, Before::Same, true),
        (
            "half a zip and no tree",
            |ground| {
                lose_tree(ground);
                halve(ground);
            },
            Before::Broken,
            false,
        ),
        (
            "another hash",
            |ground| {
                let other = gopherdesk_core::checksum::go_mod_hash(b"other");
                fs::write(download(ground, "ziphash"), other).expect("our own");
            },
            Before::Broken,
            true,
        ),
        (
            "no hash",
            |ground| lose(ground, &["ziphash"]),
            Before::Same,
            true,
        ),
        (
            "another go.mod",
            |ground| {
                let manifest = download(ground, "mod");
                let text = fs::read_to_string(&manifest).expect("it is there");
                fs::write(manifest, text + "// other\n").expect("our own");
            },
            Before::Broken,
            false,
        ),
    ]
}

fn verify(app: &App) -> VerifyReport {
    let job = app.jobs.start("care".to_owned());
    let silent = |_: ScanEvent| {};
    block_on(app.cache_scan(ScanCaches::default(), &job, &silent)).expect("counted");
    let silent = |_: VerifyEvent| {};
    block_on(app.cache_verify(VerifyCaches::default(), &job, &silent)).expect("compared")
}

fn repair(app: &App, report: &VerifyReport) {
    let ids = report.damaged.iter().map(|damaged| damaged.id.clone());
    let plan = block_on(app.cache_repair(ids.collect())).expect("a plan");
    let job = app.jobs.start("care".to_owned());
    let silent = |_: CleanEvent| {};
    let wish = CleanCaches {
        plan: plan.id,
        beside_running: true,
    };
    let done = block_on(app.cache_clean(wish, &job, &silent)).expect("carried out");
    assert!(done.kept.is_empty(), "{:?}", done.kept);
}

#[test]
fn what_is_damaged_is_found_and_after_its_repair_go_builds_again() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        ground.must("raised", &["mod", "tidy"], &[]);
        let built = ground.build("raised", &[]);
        let app = ground.sandbox.app();
        block_on(app.project_open(ground.place("raised"))).expect("a project");
        let sound = verify(&app);
        assert!(
            sound.versions > 0,
            "{version}: there is something to compare"
        );
        assert_eq!(sound.damaged, [], "{version}: what go put there is sound");
        for (name, damage, before, offline) in rows() {
            // a repaired zip is missing until somebody needs it
            ground.must("raised", &["mod", "download"], &[]);
            damage(&ground);
            let state = match ground.try_build("raised", &[]) {
                Err(_) => Before::Broken,
                Ok(other) if other != built => Before::Other,
                Ok(_) => Before::Same,
            };
            assert_eq!(state, before, "{version} {name}: as go-semantics 5.5 says");
            if name == "no hash" {
                // go made it again
                damage(&ground);
            }
            let report = verify(&app);
            let found: Vec<_> = report
                .damaged
                .iter()
                .map(|one| format!("{}@{}", one.module, one.version))
                .collect();
            assert_eq!(found, [MODULE], "{version} {name}: {report:#?}");
            repair(&app, &report);
            assert_eq!(
                verify(&app).damaged,
                [],
                "{version} {name}: nothing is left of it"
            );
            let vars: &[(&str, &str)] = &[("GOPROXY", "off")];
            match ground.try_build("raised", vars) {
                Ok(again) => assert!(
                    offline && again == built,
                    "{version} {name}: the same bytes"
                ),
                Err(reason) => assert!(!offline, "{version} {name}, offline: {reason}"),
            }
            assert!(
                ground.build("raised", &[]) == built,
                "{version} {name}: the same bytes"
            );
            ground.must("raised", &["mod", "verify"], &[]);
        }
    }
}
