//! What a disk may hold besides plain files.

use std::{
    ffi::OsStr,
    fs::{self, File},
    os::unix::{ffi::OsStrExt, fs::symlink},
    process::Command,
};

use gopherdesk_core::cache::{CacheKind, Condition, Part};

use super::{Ground, cache, manifest, part, row};

const TREE: &str = "example.com/odd@v1.0.0";

#[test]
fn a_file_with_several_names_counts_once() {
    let ground = Ground::new();
    ground.file(&format!("{TREE}/one.go"), 10_000);
    let (one, two) = (format!("{TREE}/one.go"), "example.com/odd@v1.1.0/two.go");
    fs::create_dir_all(ground.at("example.com/odd@v1.1.0/deep")).expect("a folder");
    fs::hard_link(ground.at(&one), ground.at(two)).expect("a second name");
    fs::hard_link(
        ground.at(&one),
        ground.at("example.com/odd@v1.1.0/deep/three.go"),
    )
    .expect("a third name");
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    assert_eq!(
        modules.size,
        manifest(&ground.modules()),
        "once, as the disk has it"
    );
    assert_eq!(modules.size.files, 1, "one file");
    assert_eq!(modules.size.apparent, 10_000, "its length, once");
}

#[test]
fn holes_take_no_room() {
    let ground = Ground::new();
    let file = ground.at(&format!("{TREE}/sparse.bin"));
    ground.file(&format!("{TREE}/go.mod"), 20);
    let sparse = File::create(file).expect("a file");
    sparse.set_len(1 << 30).expect("a hole");
    let inventory = ground.scan(true);
    let size = row(&inventory, TREE).tree.expect("a tree");
    assert_eq!(size.apparent, (1 << 30) + 20, "as long as it says");
    assert!(
        size.bytes < 1 << 20,
        "the disk holds next to nothing: {size:?}"
    );
}

#[test]
fn links_are_counted_and_not_followed() {
    let ground = Ground::new();
    let outside = ground.sandbox.path("home/outside");
    ground.sandbox.write(&outside.join("canary"), [0; 50_000]);
    ground.file(&format!("{TREE}/go.mod"), 20);
    symlink(&outside, ground.at(&format!("{TREE}/inside"))).expect("a link");
    symlink(&outside, ground.at("example.com/linked@v1.0.0")).expect("a link");
    symlink(&outside, ground.at("example.org")).expect("a link");
    fs::create_dir_all(ground.at("cache/download/example.com/odd")).expect("a folder");
    symlink(&outside, ground.at("cache/download/example.com/odd/@v")).expect("a link");
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    let tree = row(&inventory, TREE).tree.expect("a tree");
    assert_eq!(tree.files, 2, "the manifest and the link itself");
    assert!(
        modules.size.apparent < 50_000,
        "nothing of what it leads to"
    );
    assert_eq!(
        inventory.versions.len(),
        1,
        "a link is no tree: {:?}",
        inventory.versions
    );
}

#[test]
fn names_of_any_bytes_are_counted() {
    let ground = Ground::new();
    ground.file(&format!("{TREE}/go.mod"), 20);
    for name in [
        &b"line\nbreak"[..],
        b"\xff\xfe",
        "模块".as_bytes(),
        b"-rf",
        b" ",
        &[b'n'; 255],
    ] {
        let path = ground.at(TREE).join(OsStr::from_bytes(name));
        fs::write(path, [0; 100]).expect("a file");
        let folder = ground.at(TREE).join("deep").join(OsStr::from_bytes(name));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(OsStr::from_bytes(name)), [0; 10]).expect("a file");
    }
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    assert_eq!(modules.size, manifest(&ground.modules()), "each of them");
    assert_eq!(modules.size.files, 13, "each of them");
}

#[test]
fn any_depth_is_counted_with_few_open_folders() {
    let ground = Ground::new();
    ground.file(&format!("{TREE}/go.mod"), 20);
    // deeper than a path may be long, so step by step
    let mut folder = rustix::fs::open(
        ground.at(TREE),
        rustix::fs::OFlags::DIRECTORY,
        rustix::fs::Mode::empty(),
    )
    .expect("a folder");
    for _ in 0..2_000 {
        rustix::fs::mkdirat(&folder, "d", rustix::fs::Mode::RWXU).expect("a folder");
        rustix::fs::mkdirat(&folder, "e", rustix::fs::Mode::RWXU).expect("a folder");
        folder = rustix::fs::openat(
            &folder,
            "d",
            rustix::fs::OFlags::DIRECTORY,
            rustix::fs::Mode::empty(),
        )
        .expect("a folder");
    }
    let mode = rustix::fs::Mode::RUSR;
    rustix::fs::openat(&folder, "deepest", rustix::fs::OFlags::CREATE, mode).expect("a file");
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    assert_eq!(modules.unread, [], "all of it was read");
    let (trees, _) = part(modules, Part::Trees);
    assert_eq!(trees.files, 2, "the last one too");
    let folders = trees.bytes / 4096;
    assert!(
        folders >= 4_000,
        "the folders beside the way too: {folders}"
    );
    // the standard library opens every folder of the way at once
    let removed = Command::new("rm").arg("-rf").arg(ground.at(TREE)).status();
    assert!(
        removed.is_ok_and(|status| status.success()),
        "our own folder"
    );
}

#[test]
fn strangers_are_neither_counted_nor_entered() {
    let ground = Ground::new();
    ground.file(&format!("{TREE}/go.mod"), 20);
    ground.file("notes/diary.txt", 40_000);
    ground.file("example.com/notes.txt", 40_000);
    ground.file("cache/mine/notes.txt", 40_000);
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    assert_eq!(modules.strangers, ["notes"], "told");
    assert_eq!(
        modules.size.apparent, 20,
        "not counted: nobody will touch them"
    );
}

#[test]
fn what_is_no_cache_is_not_walked() {
    let ground = Ground::new();
    ground.file("Documents/letter.txt", 40_000);
    let inventory = ground.scan(true);
    let modules = cache(&inventory, CacheKind::Modules);
    let condition = &modules.condition;
    assert!(
        matches!(condition, Condition::Refused { .. }),
        "{condition:?}"
    );
    assert_eq!(modules.size.files, 0, "it may be a home");
}
