//! Versions of modules, and whatever else a module cache is made of.

use gopherdesk_core::cache::{CacheKind, Part, VersionState};

use super::{Ground, cache, part, row};

fn download(ground: &Ground, module: &str, version: &str, endings: &[&str]) {
    for ending in endings {
        ground.file(
            &format!("cache/download/{module}/@v/{version}.{ending}"),
            100,
        );
    }
}

#[test]
fn each_version_is_in_the_state_that_go_sees() {
    let ground = Ground::new();
    ground.file("example.com/whole@v1.0.0/go.mod", 20);
    download(
        &ground,
        "example.com/whole",
        "v1.0.0",
        &["info", "mod", "zip", "ziphash", "lock"],
    );
    download(&ground, "example.com/packed", "v1.0.0", &["mod", "zip"]);
    ground.file("example.com/unpacked@v1.0.0/go.mod", 20);
    download(&ground, "example.com/listed", "v1.0.0", &["info", "mod"]);
    ground.file("example.com/half@v1.0.0/go.mod", 20);
    download(&ground, "example.com/half", "v1.0.0", &["zip", "partial"]);
    let inventory = ground.scan(true);
    for (name, state) in [
        ("example.com/whole@v1.0.0", VersionState::Whole),
        ("example.com/packed@v1.0.0", VersionState::Packed),
        ("example.com/unpacked@v1.0.0", VersionState::Unpacked),
        ("example.com/listed@v1.0.0", VersionState::Listed),
        ("example.com/half@v1.0.0", VersionState::Interrupted),
    ] {
        assert_eq!(row(&inventory, name).state, state, "{name}");
    }
    let whole = row(&inventory, "example.com/whole@v1.0.0");
    let (tree, download) = (
        whole.tree.expect("a tree"),
        whole.download.expect("a download"),
    );
    assert_eq!((tree.files, download.files), (1, 5), "each by itself");
    assert_eq!(whole.size, tree + download, "both together");
}

#[test]
fn names_are_as_go_writes_them() {
    let ground = Ground::new();
    ground.file("github.com/!azure/!sdk@v1.0.0-!r!c1/go.mod", 20);
    download(&ground, "github.com/!azure/!sdk", "v1.0.0-!r!c1", &["zip"]);
    ground.file("example.com/x@v1.0.0/go.mod", 20);
    ground.file("example.com/x@v1.0.0/sub@v9/file.go", 20);
    ground.file("example.com/x/sub@v1.0.0/go.mod", 30);
    ground.file("example.com/y/v2@v2.0.0+incompatible/go.mod", 20);
    let inventory = ground.scan(true);
    let names: Vec<_> = inventory
        .versions
        .iter()
        .map(|row| (row.module.as_str(), row.version.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            ("example.com/x", "v1.0.0"),
            ("example.com/x/sub", "v1.0.0"),
            ("example.com/y/v2", "v2.0.0+incompatible"),
            ("github.com/Azure/Sdk", "v1.0.0-RC1"),
        ],
        "a nested module lies beside the one above it, and what lies in a tree is no version"
    );
    let outer = row(&inventory, "example.com/x@v1.0.0").tree;
    assert_eq!(
        outer.expect("a tree").apparent,
        40,
        "without the nested module"
    );
}

#[test]
fn the_newest_version_comes_first() {
    let ground = Ground::new();
    let versions = [
        "v1.10.0",
        "v1.9.0",
        "v1.9.0-rc.10",
        "v1.9.0-rc.2",
        "v0.0.0-20200101000000-abcdefabcdef",
        "v0.0.0-20190101000000-abcdefabcdef",
    ];
    for version in versions {
        download(&ground, "example.com/m", version, &["mod"]);
    }
    let inventory = ground.scan(true);
    let rows = inventory.versions.iter().map(|row| row.version.as_str());
    assert_eq!(
        rows.collect::<Vec<_>>(),
        versions,
        "by the order of semver, not of letters"
    );
}

#[test]
fn each_part_is_told_by_itself() {
    let ground = Ground::new();
    let hash = "0123456789abcdef".repeat(4);
    let go = "v0.0.1-go1.22.10.linux-amd64";
    ground.file(&format!("golang.org/toolchain@{go}/bin/go"), 5_000);
    download(
        &ground,
        "golang.org/toolchain",
        go,
        &["zip", "ziphash", "lock"],
    );
    ground.file("example.com/m@v1.0.0/go.mod", 20);
    download(&ground, "example.com/m", "v1.0.0", &["mod", "zip"]);
    ground.file("cache/download/example.com/m/@v/list", 7);
    ground.file(
        "cache/download/sumdb/sum.golang.org/lookup/example.com/m@v1.0.0",
        300,
    );
    ground.file("cache/download/sumdb/sum.golang.org/tile/8/0/000", 900);
    ground.file("cache/lock", 0);
    ground.file(&format!("cache/vcs/{hash}/HEAD"), 50);
    let recorded = ground.at(&format!("cache/vcs/{hash}.info"));
    ground
        .sandbox
        .write(&recorded, "git3:https://ann:canary@git.example/repo.git");
    ground.file(&format!("cache/vcs/{hash}.lock"), 0);
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    for (wanted, apparent, count) in [
        (Part::Trees, 20, 1),
        (Part::Downloads, 207, 1),
        (Part::Toolchains, 5_300, 2),
        (Part::Database, 1_200, 1),
        (Part::Clones, 94, 1),
    ] {
        let (size, number) = part(modules, wanted);
        assert_eq!((size.apparent, number), (apparent, count), "{wanted:?}");
    }
    assert_eq!(
        modules.size,
        super::manifest(&ground.modules()),
        "nothing is left out"
    );
}

#[test]
fn what_was_interrupted_is_a_leftover() {
    let ground = Ground::new();
    ground.file("example.com/half@v1.0.0/big.go", 5_000);
    download(&ground, "example.com/half", "v1.0.0", &["zip", "lock"]);
    ground.file("cache/download/example.com/half/@v/v1.0.0.partial", 0);
    ground.file(
        "cache/download/example.com/half/@v/v1.1.0.zip123456.tmp",
        700,
    );
    ground.file("example.com/half@v1.1.0.tmp-9876/go.mod", 30);
    // a lock alone is how go leaves it, and others may be waiting at it
    download(&ground, "example.com/half", "v1.2.0", &["lock"]);
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    let (size, count) = part(modules, Part::Leftovers);
    assert_eq!(
        (size.apparent, count),
        (5_730, 3),
        "with the tree that go extracts anew"
    );
    let (trees, count) = part(modules, Part::Trees);
    assert_eq!((trees.apparent, count), (0, 0), "no tree that go would use");
    assert_eq!(
        modules.size,
        super::manifest(&ground.modules()),
        "and nothing twice"
    );
}
