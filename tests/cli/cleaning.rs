//! `cache plan`, `clean`, `restore`, `purge`: what is shown is what goes, and nothing else.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::{
    filled::{filled, gdesk},
    machine::{Ended, Machine},
};

const MODULES: [&str; 6] = [
    "dep.example/m1@v1.0.0",
    "dep.example/m1@v1.1.0",
    "dep.example/m2@v1.0.0",
    "dep.example/Upper/v2@v2.0.1",
    "other.example/deep/er/m@v0.0.1",
    "other.example/deep@v0.3.0",
];

/// A machine whose module cache the real go filled, and with a small build cache.
struct Ground {
    machine: Machine,
}

impl Ground {
    fn new() -> Self {
        let machine = filled(&MODULES);
        let readme = "This directory holds cached build artifacts from the Go build system.\n";
        for (file, text) in [("README", readme), ("trim.txt", "1\n")] {
            machine.write(&format!("home/.cache/go-build/{file}"), text);
        }
        for number in 0..8 {
            let name = format!("{number:02x}/{}-d", "0123456789abcdef".repeat(4));
            machine.write(&format!("home/.cache/go-build/{name}"), "built");
        }
        Self { machine }
    }

    fn gdesk(&self, line: &str) -> Ended {
        gdesk(&self.machine, line)
    }

    fn modules(&self) -> PathBuf {
        self.machine.path("home/go/pkg/mod")
    }

    /// Every file below, by its place.
    fn files(&self, inside: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let root = self.machine.path(inside);
        collect(&root, &root, &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => collect(root, &path, files),
            false => {
                let place = path.strip_prefix(root).expect("it is inside").to_owned();
                files.insert(place, fs::read(path).expect("a file"));
            }
        }
    }
}

fn sum(list: &Value, key: &str) -> u64 {
    let list = list.as_array().expect("a list");
    list.iter().filter_map(|one| one[key].as_u64()).sum()
}

#[test]
fn what_was_shown_goes_and_nothing_else() {
    let ground = Ground::new();
    let before = ground.files("home/go");
    let plan = ground
        .gdesk("cache plan trees --json")
        .ends(0, "a plan")
        .json();
    assert_eq!(
        plan["items"].as_array().map(Vec::len),
        Some(MODULES.len()),
        "entry by entry: {plan:#}"
    );
    assert_eq!(ground.files("home/go"), before, "a plan touches nothing");
    let report = ground
        .gdesk("cache clean trees --beside-go --yes --json")
        .ends(0, "cleaned")
        .json();
    assert_eq!(report["kept"], json!([]), "everything went: {report:#}");
    assert_eq!(report["cancelled"], json!(false), "to its end");
    assert_eq!(
        sum(&report["removed"], "files"),
        2 * MODULES.len() as u64,
        "two files a module: {report:#}"
    );
    assert!(
        report["freed_bytes"].as_u64() > Some(0),
        "and it is free: {report:#}"
    );
    let after = ground.files("home/go");
    let is_of_a_tree = |path: &&PathBuf| !path.starts_with("pkg/mod/cache");
    assert_eq!(
        after.keys().filter(is_of_a_tree).count(),
        0,
        "no tree is left"
    );
    let downloads = |files: &BTreeMap<PathBuf, Vec<u8>>| -> BTreeMap<_, _> {
        let kept = files.iter().filter(|(path, _)| !is_of_a_tree(path));
        kept.map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    assert_eq!(
        downloads(&after),
        downloads(&before),
        "and every other byte is as it was"
    );
    ground
        .gdesk("cache clean trees --beside-go --yes")
        .ends(0, "a second time")
        .says("nothing to free", "and says so");
}

#[test]
fn one_version_goes_alone() {
    let ground = Ground::new();
    let report = ground
        .gdesk("cache clean dep.example/Upper/v2@v2.0.1 --beside-go --yes --json")
        .ends(0, "cleaned")
        .json();
    assert_eq!(report["kept"], json!([]), "{report:#}");
    let root = ground.modules();
    assert!(
        !root.join("dep.example/!upper/v2@v2.0.1").exists(),
        "its tree"
    );
    let downloads = root.join("cache/download/dep.example/!upper/v2/@v");
    assert!(!downloads.join("v2.0.1.zip").exists(), "its zip");
    assert!(
        downloads.join("v2.0.1.mod").exists(),
        "the module graph of others needs it"
    );
    assert!(
        !downloads.join("v2.0.1.partial").exists(),
        "nothing is left half done"
    );
    assert!(
        root.join("dep.example/m1@v1.0.0").exists() && root.join("dep.example/m2@v1.0.0").exists(),
        "the others stay"
    );
    let refused = ground
        .gdesk("cache clean dep.example/m9@v1.0.0 --beside-go --yes --json")
        .ends(1, "it is in no cache")
        .json();
    assert_eq!(refused["code"], "unknown_version", "{refused:#}");
}

#[test]
fn a_whole_cache_leaves_at_once_and_comes_back() {
    let ground = Ground::new();
    let before = ground.files("home");
    let report = ground
        .gdesk("cache clean all --keep-aside --beside-go --yes --json")
        .ends(0, "set aside")
        .json();
    assert_eq!(report["freed_bytes"], json!(0), "nothing is claimed early");
    let id = report["aside"].as_str().expect("it can be put back");
    assert!(
        !ground.modules().join("dep.example").exists(),
        "out of the way"
    );
    ground.gdesk("cache list").ends(0, "listed").warns(
        "were set aside",
        "what takes space still is said, though it is in no cache",
    );
    ground
        .gdesk(&format!("cache restore {id}"))
        .ends(0, "put back");
    let own = |path: &PathBuf| path.starts_with("go") || path.starts_with(".cache");
    let caches = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<_> {
        let kept = files.iter().filter(|(path, _)| own(path));
        kept.map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    assert_eq!(
        caches(&ground.files("home")),
        caches(&before),
        "byte for byte"
    );
    ground
        .gdesk("cache restore --json")
        .ends(1, "nothing is aside any more");
    ground
        .gdesk("cache clean all --keep-aside --beside-go --yes")
        .ends(0, "again");
    let purged = ground
        .gdesk("cache purge --yes --json")
        .ends(0, "deleted")
        .json();
    assert!(
        purged["freed_bytes"].as_u64() > Some(0),
        "now it is free: {purged:#}"
    );
    assert!(
        ground.files("home/go/pkg/mod").is_empty(),
        "nothing is left of the module cache"
    );
    assert!(
        ground.machine.path("home/.cache/go-build/README").exists(),
        "by this Go knows its build cache"
    );
}

#[test]
fn nothing_goes_without_being_asked_for() {
    let ground = Ground::new();
    let before = ground.files("home/go");
    let refused = ground
        .gdesk("cache clean all --json")
        .ends(1, "no terminal to ask on")
        .json();
    assert_eq!(refused["code"], "needs_confirmation", "{refused:#}");
    let plan = ground
        .gdesk("cache clean all --dry-run --json")
        .ends(0, "a plan")
        .json();
    assert_eq!(plan["undoable"], json!(true), "{plan:#}");
    ground
        .gdesk("cache clean everything --beside-go --yes")
        .ends(2, "no such tier");
    assert_eq!(ground.files("home/go"), before, "nothing is touched");
}

#[test]
fn strangers_in_a_cache_stay() {
    let ground = Ground::new();
    let mine = ground.modules().join("my-notes");
    fs::create_dir_all(&mine).expect("our own folder");
    fs::write(mine.join("thesis.txt"), "years of work").expect("our own folder");
    ground
        .gdesk("cache clean all --beside-go --yes --json")
        .ends(0, "cleaned");
    assert_eq!(
        fs::read_to_string(mine.join("thesis.txt")).ok().as_deref(),
        Some("years of work"),
        "it was never Go's"
    );
    assert!(
        !ground.modules().join("dep.example").exists(),
        "what was Go's is gone"
    );
}

#[test]
fn the_administrator_deletes_nothing() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only an administrator can be refused as one");
        return;
    }
    let ground = Ground::new();
    let before = ground.files("home/go");
    let ended = ground
        .machine
        .gdesk("cache clean trees --beside-go --yes --json");
    let said = ended.json();
    assert!(
        said.to_string().contains("running_as_root"),
        "it says why: {said:#}"
    );
    assert_eq!(ground.files("home/go"), before, "nothing is touched");
}
