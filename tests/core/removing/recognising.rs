//! What is taken for a cache.

use std::{ffi::OsString, fs, path::Path};

use gopherdesk_core::cache::{CacheError, CacheKind, recognise::recognise};

use crate::filled;

fn names(list: &[OsString]) -> Vec<&str> {
    list.iter().filter_map(|name| name.to_str()).collect()
}

fn refused(root: &Path, kind: CacheKind, why: &str) {
    let said = recognise(root, kind);
    assert!(
        matches!(said, Err(CacheError::NotACache { .. })),
        "{why}: {said:?}"
    );
}

#[test]
fn a_module_cache_is_known_by_what_it_holds() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    let made = filled::modules(&root, 4_000);
    assert!(
        made.files.abs_diff(4_000) < 100,
        "about as many files as were asked for: {}",
        made.files
    );
    sandbox.write(&root.join("notes.txt"), "mine");
    sandbox.write(&root.join("Work/plan"), "mine");
    sandbox.write(&root.join("my.folder/photo"), "mine");
    let found = recognise(&root, CacheKind::Modules).expect("a cache");
    assert_eq!(
        names(&found.strangers),
        ["Work", "my.folder", "notes.txt"],
        "what Go did not make"
    );
    assert!(
        names(&found.own).contains(&"cache") && names(&found.own).contains(&"github.com"),
        "what Go made: {:?}",
        found.own
    );
    fs::rename(root.join("cache"), root.join("Cache")).expect("ours");
    let found = recognise(&root, CacheKind::Modules).expect("still one");
    assert!(
        names(&found.strangers).contains(&"Cache"),
        "trees without downloads are Go's as well, and its names have no capitals"
    );
}

#[test]
fn a_folder_with_other_things_is_no_module_cache() {
    let sandbox = super::sandbox();
    let root = sandbox.path("thing");
    refused(&root, CacheKind::Modules, "it is not there");
    sandbox.write(&root, "text");
    refused(&root, CacheKind::Modules, "it is a file");
    fs::remove_file(&root).expect("ours");
    fs::create_dir(&root).expect("a folder");
    let empty = recognise(&root, CacheKind::Modules).expect("an empty folder can be one");
    assert!(empty.is_empty() && empty.strangers.is_empty(), "{empty:?}");
    sandbox.write(&root.join("cache/lock"), "");
    recognise(&root, CacheKind::Modules).expect("Go makes this first");
    sandbox.write(&root.join("cache/thumbnails/1.png"), "mine");
    refused(
        &root,
        CacheKind::Modules,
        "other programs have a folder named cache",
    );
    sandbox.write(&root.join("node_modules/lodash@4.17.21/index.js"), "mine");
    sandbox.write(&root.join("example.com/me@home/letter"), "mine");
    refused(&root, CacheKind::Modules, "an @ makes no version");
    sandbox.write(&root.join("cache/download/example.com/m/@v/list"), "");
    refused(&root, CacheKind::Modules, "a list alone is no download");
    sandbox.write(
        &root.join("cache/download/example.com/m/@v/v1.0.0.mod"),
        "module example.com/m\n",
    );
    let found = recognise(&root, CacheKind::Modules).expect("a download makes one");
    assert_eq!(
        names(&found.own),
        ["cache", "example.com"],
        "the host has a download"
    );
}

#[test]
fn build_caches_say_what_they_are() {
    let sandbox = super::sandbox();
    let root = sandbox.path("build");
    filled::builds(&root, 600);
    sandbox.write(&root.join("fuzz/example.com/m/FuzzX/seed"), "input");
    sandbox.write(&root.join("zz/mine"), "mine");
    let found = recognise(&root, CacheKind::Build).expect("a cache");
    assert_eq!(names(&found.strangers), ["zz"], "no folder of a hash");
    assert_eq!(
        found.own.len(),
        256 + 4,
        "256 folders, fuzz, README, trim.txt, testexpire.txt"
    );
    for kind in [
        CacheKind::Staticcheck,
        CacheKind::GolangciLint,
        CacheKind::Gopls,
        CacheKind::Modules,
    ] {
        refused(&root, kind, "it is Go's own");
    }
    sandbox.write(&root.join("README"), "My project.\n");
    recognise(&root, CacheKind::Build).expect("256 folders and trim.txt are enough");
    fs::remove_file(root.join("trim.txt")).expect("ours");
    refused(&root, CacheKind::Build, "folders alone are not");
    let readme = "This directory holds cached build artifacts from staticcheck.\n";
    sandbox.write(&root.join("README"), readme);
    recognise(&root, CacheKind::Staticcheck).expect("it says so");
    let elsewhere = sandbox.path("readme");
    fs::rename(root.join("README"), &elsewhere).expect("ours");
    std::os::unix::fs::symlink(&elsewhere, root.join("README")).expect("a link");
    refused(&root, CacheKind::Staticcheck, "a link proves nothing");
}

#[test]
fn the_cache_of_gopls_is_known_by_its_answers() {
    let sandbox = super::sandbox();
    let root = sandbox.path("gopls");
    sandbox.write(&root.join("0123abcd/notes"), "mine");
    refused(
        &root,
        CacheKind::Gopls,
        "eight digits are a date to somebody",
    );
    let hash = "ab".repeat(32);
    sandbox.write(&root.join(format!("0123abcd/ab/{hash}-cas")), "answer");
    let found = recognise(&root, CacheKind::Gopls).expect("a cache");
    assert_eq!(names(&found.own), ["0123abcd"], "one version of gopls");
}
