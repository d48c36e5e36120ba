//! Where caches are found, through the whole program.

use std::{fs, os::unix::fs::symlink};

use gopherdesk_core::cache::{
    Cache, CacheError, CacheKind, Condition, Owner, ScanCaches, ScanEvent,
};

use super::Ground;
use crate::support::block_on;

fn list(ground: &Ground) -> Vec<Cache> {
    block_on(ground.sandbox.app().cache_list(())).expect("a list")
}

fn of(caches: &[Cache], kind: CacheKind) -> Vec<&str> {
    let own = caches.iter().filter(|cache| cache.kind == kind);
    own.map(|cache| cache.path.as_str()).collect()
}

#[test]
fn a_cache_that_is_named_twice_is_listed_once() {
    let ground = Ground::new();
    ground.file("example.com/m@v1.0.0/go.mod", 20);
    let text = format!(
        "GOMODCACHE={}\n",
        ground.sandbox.path("home/link").display()
    );
    symlink(ground.modules(), ground.sandbox.path("home/link")).expect("a link");
    ground.sandbox.write(&ground.sandbox.env_file(), text);
    let caches = list(&ground);
    assert_eq!(
        of(&caches, CacheKind::Modules),
        ["~/go/pkg/mod"],
        "{caches:?}"
    );
    let owners = &caches[0].owners;
    assert_eq!(
        owners[..],
        [Owner::Effective {}, Owner::Standard {}],
        "both say so"
    );
}

#[test]
fn a_cache_that_is_not_there_yet_is_told() {
    let ground = Ground::new();
    let text = format!("GOMODCACHE={}\n", ground.sandbox.path("home/new").display());
    ground.sandbox.write(&ground.sandbox.env_file(), text);
    let caches = list(&ground);
    assert_eq!(
        of(&caches, CacheKind::Modules),
        ["~/new"],
        "go will make it"
    );
    assert_eq!(
        caches[0].condition,
        Condition::Absent {},
        "nothing is there"
    );
}

#[test]
fn the_folder_of_a_start_up_file_moves_the_module_cache() {
    let mut ground = Ground::new();
    let gopath = ground.sandbox.path("home/elsewhere");
    fs::create_dir_all(gopath.join("pkg/mod/example.com/m@v1.0.0")).expect("a folder");
    let value = format!("{}:/other", gopath.display());
    ground.sandbox.host.vars.set("GOPATH", value);
    let caches = list(&ground);
    let first = &caches[0];
    assert_eq!(
        first.path, "~/elsewhere/pkg/mod",
        "below the first folder of GOPATH"
    );
    assert_eq!(
        first.owners[0],
        Owner::Effective {},
        "that is the one in effect"
    );
}

#[test]
fn what_go_takes_for_no_place_is_none() {
    for text in [
        "GOCACHE=off\nGOMODCACHE=off\n",
        "GOCACHE=relative\nGOMODCACHE=relative\n",
    ] {
        let ground = Ground::new();
        ground.sandbox.write(&ground.sandbox.env_file(), text);
        assert_eq!(list(&ground), [], "{text}");
    }
}

#[test]
fn caches_of_tools_are_recognised_by_what_they_hold() {
    let ground = Ground::new();
    let hash = "0123456789abcdef".repeat(4);
    let own = ground.sandbox.path("home/.cache");
    let entry = own.join(format!("gopls/89abcdef/01/{hash}-cas"));
    ground.sandbox.write(&entry, "an answer");
    let readme = "This directory holds cached build artifacts from staticcheck.\n";
    ground
        .sandbox
        .write(&own.join("staticcheck/README"), readme);
    ground
        .sandbox
        .write(&own.join("golangci-lint/holiday.jpg"), "a picture");
    let caches = list(&ground);
    let conditions: Vec<_> = caches
        .iter()
        .map(|cache| (cache.kind, &cache.condition))
        .collect();
    assert_eq!(conditions.len(), 3, "{conditions:?}");
    for (kind, condition) in conditions {
        let sound = matches!(condition, Condition::Sound {});
        let expected = kind != CacheKind::GolangciLint;
        assert_eq!(sound, expected, "{kind:?}: {condition:?}");
    }
    let counted = ground.scan(true);
    assert_eq!(
        counted.size.files, 2,
        "a name is no proof: the picture is not looked at"
    );
}

#[test]
fn only_what_is_named_is_counted() {
    let ground = Ground::new();
    ground.file("example.com/m@v1.0.0/go.mod", 20);
    crate::filled::builds(&ground.builds(), 50);
    let app = ground.sandbox.app();
    let job = app.jobs.start("scan".to_owned());
    let caches = list(&ground);
    let build = caches.iter().find(|cache| cache.kind == CacheKind::Build);
    let wish = ScanCaches {
        caches: vec![build.expect("a build cache").id.clone()],
        exact: false,
    };
    let scanned = block_on(app.cache_scan(wish, &job, &|_: ScanEvent| {}));
    let inventory = scanned.expect("it is known");
    assert_eq!(inventory.caches.len(), 1, "{:?}", inventory.caches);
    assert_eq!(inventory.size.files, 50, "of that one");
    let wish = ScanCaches {
        caches: vec!["no-such".to_owned()],
        exact: false,
    };
    let refused = block_on(app.cache_scan(wish, &job, &|_: ScanEvent| {}));
    let refused = refused.expect_err("nobody knows it");
    let cache = "no-such".to_owned();
    assert_eq!(
        refused,
        CacheError::UnknownCache { cache }.into(),
        "it names it"
    );
}
