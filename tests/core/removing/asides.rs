//! Whole caches out of their place, and back.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use gopherdesk_core::{
    cache::{
        CacheError, CacheKind, Part, Removed, Size,
        aside::{Asides, Leaving},
        remove::{Control, Guard, Root},
    },
    error::Error,
};

use super::deleting::{manifest, open};
use crate::{filled, support::Sandbox};

/// Everything below a folder, by which nobody could tell it from what it was: inode, mode, time, length.
fn picture(folder: &Path) -> BTreeMap<PathBuf, (u64, u32, i64, u64)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("readable").path();
            let about = path.symlink_metadata().expect("there");
            let time = about.mtime() * 1_000_000_000 + about.mtime_nsec();
            if about.is_dir() {
                folders.push(path.clone());
            }
            let length = if about.is_dir() { 0 } else { about.len() };
            found.insert(path, (about.ino(), about.mode(), time, length));
        }
    }
    found
}

fn leaving(root: &Root, size: Size) -> Leaving<'_> {
    Leaving {
        root,
        removed: vec![Removed {
            kind: root.kind(),
            part: Part::Trees,
            path: root.path().display().to_string(),
            bytes: size.bytes,
            files: size.files,
        }],
        size,
        fuzz: false,
    }
}

struct Ground {
    sandbox: Sandbox,
    modules: PathBuf,
    builds: PathBuf,
}

impl Ground {
    fn new() -> Self {
        let sandbox = super::sandbox();
        let (modules, builds) = (sandbox.path("mod"), sandbox.path("build"));
        filled::modules(&modules, 3_000);
        filled::builds(&builds, 1_000);
        sandbox.write(&modules.join("notes.txt"), "mine");
        sandbox.write(&modules.join("github.com/owner2/inner.txt"), "mine");
        sandbox.write(&builds.join("fuzz/example.com/FuzzX/seed"), "input");
        Self {
            sandbox,
            modules,
            builds,
        }
    }

    fn asides(&self) -> Asides {
        Asides::open(&self.sandbox.host)
    }

    fn guard(&self) -> Guard {
        Guard::new(&self.sandbox.host, &[])
    }

    fn set_aside(&self) -> String {
        let modules = open(&self.sandbox, &self.modules, CacheKind::Modules);
        let builds = open(&self.sandbox, &self.builds, CacheKind::Build);
        let size = |path: &Path| manifest(path);
        let both = vec![
            leaving(&modules, size(&self.modules)),
            leaving(&builds, size(&self.builds)),
        ];
        let set = self.asides().set_aside(both).expect("a record");
        assert_eq!(set.kept, [], "all of it is Go's and ours");
        set.id.expect("something left")
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .into_string()
                .expect("text")
        })
        .filter(|name| !name.starts_with(".gopherdesk-aside-"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_cache_comes_back_as_it_was() {
    let ground = Ground::new();
    let before = (picture(&ground.modules), picture(&ground.builds));
    let id = ground.set_aside();
    assert_eq!(
        names(&ground.modules),
        ["notes.txt"],
        "what is not Go's stays"
    );
    assert_eq!(
        names(&ground.builds),
        ["README", "fuzz", "testexpire.txt", "trim.txt"],
        "and what a build cache says of itself, and what nothing brings back"
    );
    let list = Asides::open(&ground.sandbox.host).list();
    assert_eq!(list.len(), 1, "the next start finds it: {list:?}");
    assert_eq!(list[0].removed.len(), 2, "both caches");
    assert!(!list[0].purging, "nothing is deleted yet");
    let restored = ground
        .asides()
        .restore(&id, &ground.guard())
        .expect("it is there");
    assert_eq!(restored.kept, [], "nothing is in the way");
    assert_eq!(restored.removed.len(), 2, "both are in their places");
    assert_eq!(
        picture(&ground.modules),
        before.0,
        "inode, mode, time and length of each"
    );
    assert_eq!(picture(&ground.builds), before.1, "in both");
    assert_eq!(ground.asides().list(), [], "it is not aside any more");
    let again = ground.asides().restore(&id, &ground.guard());
    assert!(
        matches!(again, Err(Error::Cache(CacheError::NothingAside {}))),
        "and cannot come back twice: {again:?}"
    );
}

#[test]
fn what_go_made_meanwhile_stays() {
    let ground = Ground::new();
    let id = ground.set_aside();
    let root = &ground.modules;
    // a build: one module was downloaded and extracted anew, of another only the manifest, and the build cache filled
    let new = [
        root.join("golang.org/x/m0@v1.0.0/go.mod"),
        filled::download(root, "golang.org/x/m0@v1.0.0", "zip"),
        filled::download(root, "golang.org/x/m0@v1.0.0", "ziphash"),
        filled::download(root, "golang.org/x/m0@v1.0.0", "mod"),
        filled::download(root, "golang.org/x/m0@v1.1.0", "mod"),
        root.join("cache/lock"),
        ground.builds.join("00").join(format!("00{:062x}-a", 1)),
    ];
    for file in &new {
        ground.sandbox.write(file, "new");
    }
    fs::create_dir(ground.builds.join("01")).expect("Go makes all 256");
    let restored = ground
        .asides()
        .restore(&id, &ground.guard())
        .expect("it is there");
    for file in &new {
        assert_eq!(fs::read(file).expect("there"), b"new", "{}", file.display());
    }
    assert_eq!(
        names(&root.join("golang.org/x/m0@v1.0.0")),
        ["go.mod"],
        "two trees are never mixed"
    );
    for back in [
        root.join("golang.org/x/m0@v1.1.0/go.mod"),
        filled::download(root, "golang.org/x/m0@v1.1.0", "zip"),
        filled::download(root, "golang.org/x/m0@v1.1.0", "ziphash"),
        filled::download(root, "golang.org/x/m0@v1.0.0", "info"),
        root.join("github.com/owner2/inner.txt"),
        ground.builds.join("00").join(format!("00{:062x}-d", 7_920)),
        ground.builds.join("01").join(format!("01{:062x}-a", 1)),
    ] {
        assert!(back.exists(), "{} is back", back.display());
    }
    let told: Vec<_> = restored.kept.iter().map(|kept| &kept.path).collect();
    assert!(
        told.iter()
            .any(|path| path.ends_with("golang.org/x/m0@v1.0.0"))
            && told.len() < 8,
        "and it is said where: {told:?}"
    );
    let left = ground.asides().list();
    assert!(
        left.len() == 1 && left[0].purging,
        "what was replaced can only be deleted: {left:?}"
    );
    ground
        .asides()
        .purge(&id, &ground.guard(), &Control::QUIET)
        .expect("the rest");
    assert_eq!(ground.asides().list(), [], "nothing is left");
}

#[test]
fn purging_deletes_exactly_what_is_go_s() {
    let ground = Ground::new();
    let id = ground.set_aside();
    let places =
        [&ground.modules, &ground.builds].map(|root| root.join(format!(".gopherdesk-aside-{id}")));
    let mut expected: Size = places.iter().map(|place| manifest(place)).sum();
    let inner = places[0].join("github.com/owner2");
    for stays in [
        &inner.join("inner.txt"),
        &inner,
        &places[0].join("github.com"),
        &places[0],
    ] {
        let about = fs::metadata(stays).expect("there");
        expected.bytes -= about.blocks() * 512;
    }
    expected.files -= 1;
    expected.apparent -= 4;
    let told = AtomicBool::new(false);
    let progress = |size: Size| told.store(size.files > 0, Ordering::Relaxed);
    let control = Control {
        progress: &progress,
        ..Control::QUIET
    };
    let removal = ground
        .asides()
        .purge(&id, &ground.guard(), &control)
        .expect("it is there");
    assert_eq!(removal.size.files, expected.files, "file by file");
    assert_eq!(removal.size.apparent, expected.apparent, "byte by byte");
    let inner = ground.modules.join("github.com/owner2/inner.txt");
    assert_eq!(
        fs::read(&inner).expect("there"),
        b"mine",
        "what is not Go's is where it was"
    );
    let kept: Vec<_> = removal.kept.iter().map(|kept| kept.path.as_str()).collect();
    assert_eq!(kept, [inner.to_str().expect("text")], "and it is said so");
    assert_eq!(
        names(&ground.modules),
        ["github.com", "notes.txt"],
        "nothing else is left"
    );
    assert!(
        places.iter().all(|place| !place.exists()),
        "not even a folder of ours"
    );
    assert_eq!(ground.asides().list(), [], "and nothing in the records");
}

#[test]
fn what_is_stopped_before_it_is_deleted_comes_back() {
    let ground = Ground::new();
    let id = ground.set_aside();
    let stop = || true;
    let control = Control {
        stop: &stop,
        ..Control::QUIET
    };
    let removal = ground
        .asides()
        .purge(&id, &ground.guard(), &control)
        .expect("it is there");
    assert!(
        removal.stopped && removal.size.files == 0,
        "nothing is gone: {removal:?}"
    );
    let restored = ground.asides().restore(&id, &ground.guard());
    assert!(
        restored.is_ok_and(|restored| restored.kept.is_empty()),
        "all of it is back"
    );
}

#[test]
fn what_is_being_deleted_does_not_come_back() {
    let ground = Ground::new();
    let id = ground.set_aside();
    // not before it begins, and at once when it has
    let asked = AtomicBool::new(false);
    let stop = || asked.swap(true, Ordering::Relaxed);
    let control = Control {
        stop: &stop,
        ..Control::QUIET
    };
    let removal = ground
        .asides()
        .purge(&id, &ground.guard(), &control)
        .expect("it is there");
    assert!(removal.stopped, "it was told to");
    let list = ground.asides().list();
    assert!(
        list.len() == 1 && list[0].purging,
        "it goes on at the next start: {list:?}"
    );
    let refused = ground.asides().restore(&id, &ground.guard());
    assert!(
        matches!(refused, Err(Error::Cache(CacheError::NothingAside {}))),
        "half of it may be gone: {refused:?}"
    );
    ground
        .asides()
        .purge(&id, &ground.guard(), &Control::QUIET)
        .expect("to the end");
    assert_eq!(ground.asides().list(), [], "now it is gone");
}

#[test]
fn what_is_nothing_leaves_nothing() {
    let ground = Ground::new();
    let empty = ground.sandbox.path("empty");
    fs::create_dir(&empty).expect("a folder");
    let root = open(&ground.sandbox, &empty, CacheKind::Modules);
    let set = ground
        .asides()
        .set_aside(vec![leaving(&root, Size::default())])
        .expect("a record");
    assert_eq!(set.id, None, "nothing left");
    assert_eq!(names(&empty), Vec::<String>::new(), "nothing was made");
    let gone = ground.set_aside();
    fs::remove_dir_all(ground.modules.join(format!(".gopherdesk-aside-{gone}"))).expect("ours");
    fs::remove_dir_all(ground.builds.join(format!(".gopherdesk-aside-{gone}"))).expect("ours");
    assert_eq!(ground.asides().list(), [], "somebody else deleted it");
}
