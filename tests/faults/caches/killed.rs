//! Killed at every step: nothing that Go would trust wrongly, and the next start finishes it.

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use gopherdesk_core::{
    cache::{
        CacheKind,
        aside::Asides,
        remove::{Control, Guard, Version},
    },
    host::Host,
};
use libtest_mimic::Trial;

use super::{ground, open, set_aside, trial};
use crate::{
    filled,
    ground::{self as grounds, BEGIN, END, put},
    trace::{self, Fault},
};

const VERSION: &str = "killed: a version";
const CLONE: &str = "killed: a repository";
const LEAVING: &str = "killed: a cache that leaves";
const RETURNING: &str = "killed: a cache that comes back";
const PURGED: &str = "killed: a cache that is deleted";

/// So many of the steps of each, evenly; all of them where there are fewer.
const POINTS: usize = 100;

const FIRST: &str = "golang.org/x/m0@v1.0.0";

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial(VERSION, || {
            kill(VERSION, |before, host, _| {
                trusted(before, &modules(host));
                remove_version(host);
                let root = modules(host);
                assert!(!root.join(FIRST).exists(), "the next start finishes it");
                assert!(
                    !filled::download(&root, FIRST, "partial").exists(),
                    "and leaves no mark"
                );
            });
        }),
        trial(CLONE, || {
            kill(CLONE, |before, host, _| {
                let clone = clone(host);
                if clone.exists() {
                    let whole = before
                        .keys()
                        .filter(|path| path.starts_with(&clone))
                        .count();
                    assert_eq!(picture(&clone).len() + 1, whole, "git has all of it");
                }
                remove_clone(host);
                assert!(!clone.exists(), "the next start finishes it");
                assert!(
                    clone.with_extension("lock").exists(),
                    "others may wait there"
                );
            });
        }),
        trial(LEAVING, || {
            kill(LEAVING, |before, host, what| {
                trusted(before, &modules(host));
                put_back(host);
                same(before, host, what);
            });
        }),
        trial(RETURNING, || {
            kill(RETURNING, |before, host, what| {
                trusted(before, &modules(host));
                put_back(host);
                same(before, host, what);
            });
        }),
        trial(PURGED, || {
            kill(PURGED, |before, host, what| {
                let asides = Asides::open(host);
                match asides.list().first() {
                    Some(aside) if !aside.purging => {
                        put_back(host);
                        same(before, host, what);
                        return;
                    }
                    Some(aside) => {
                        let guard = Guard::new(host, &[]);
                        asides
                            .purge(&aside.id, &guard, &Control::QUIET)
                            .unwrap_or_else(|reason| panic!("{reason}: {what}"));
                    }
                    None => {}
                }
                assert_eq!(asides.list(), [], "nothing is left in the records: {what}");
                let left: Vec<_> = picture(&modules(host)).into_keys().collect();
                assert_eq!(
                    left,
                    [modules(host).join("notes.txt")],
                    "only what is not Go's: {what}"
                );
            });
        }),
    ]
}

/// Plays the role if it is one of ours.
pub(super) fn play(role: &str, host: &Host) -> bool {
    let work: &dyn Fn() = match role {
        VERSION => &|| remove_version(host),
        CLONE => &|| remove_clone(host),
        LEAVING => &|| {
            drop(set_aside(
                host,
                &open(host, &modules(host), CacheKind::Modules),
            ))
        },
        RETURNING => &|| put_back(host),
        PURGED => &|| {
            let asides = Asides::open(host);
            let id = asides.list()[0].id.clone();
            let guard = Guard::new(host, &[]);
            asides
                .purge(&id, &guard, &Control::QUIET)
                .expect("it is there");
        },
        _ => return false,
    };
    drop(fs::metadata(BEGIN));
    work();
    drop(fs::metadata(END));
    println!("ok");
    true
}

type Picture = BTreeMap<PathBuf, (u64, u32, i64, u64)>;

/// Kills the role at one step after the other, and checks what is left each time.
fn kill(role: &str, check: impl Fn(&Picture, &Host, &str)) {
    let ground = grounds::folder();
    let prepare = |name: &str| {
        let host = Host::sandbox(&ground.path().join(name));
        let before = fill(&host);
        if [RETURNING, PURGED].contains(&role) {
            set_aside(&host, &open(&host, &modules(&host), CacheKind::Modules));
        }
        (host, before)
    };
    let (host, _) = prepare("undisturbed");
    let calls = trace::calls(role, super::ground(&host));
    let every = calls.len().div_ceil(POINTS).max(1);
    let mut points = 0;
    for (number, call) in calls.iter().enumerate().step_by(every) {
        points += 1;
        let (host, before) = prepare(&number.to_string());
        trace::inject(role, super::ground(&host), call, Fault::Kill);
        check(&before, &host, &format!("killed at {call:?}"));
        fs::remove_dir_all(super::ground(&host)).expect("ours");
    }
    assert!(points >= 20, "a step is a system call: {points}");
    println!("{role}: killed at {points} of {} calls", calls.len());
}

fn modules(host: &Host) -> PathBuf {
    ground(host).join("mod")
}

fn clone(host: &Host) -> PathBuf {
    let hash = "0123456789abcdef".repeat(4);
    modules(host).join("cache/vcs").join(hash)
}

fn fill(host: &Host) -> Picture {
    let root = modules(host);
    fs::create_dir_all(ground(host).join("home")).expect("a home");
    filled::modules(&root, 70);
    put(&root.join("notes.txt"), b"mine");
    let clone = clone(host);
    for file in ["HEAD", "config", "objects/pack/a.pack", "refs/heads/main"] {
        put(&clone.join(file), b"git");
    }
    put(&clone.with_extension("info"), b"git3:https://example.com/x");
    let alone = root.join("example.com@v1.0.0");
    put(&alone.join("a/b.go"), b"package b\n");
    for folder in [&alone.join("a"), &alone] {
        fs::set_permissions(folder, Permissions::from_mode(0o555)).expect("ours");
    }
    picture(&root)
}

fn remove_version(host: &Host) {
    let (module, version) = FIRST.split_once('@').expect("a version");
    let wanted = Version {
        module: module.to_owned(),
        version: version.to_owned(),
        tree: true,
        zip: true,
        ..Version::default()
    };
    let root = open(host, &modules(host), CacheKind::Modules);
    let removal = root.remove_version(&wanted, &Control::QUIET);
    assert_eq!(removal.kept, [], "nobody keeps it");
}

fn remove_clone(host: &Host) {
    let root = open(host, &modules(host), CacheKind::Modules);
    let clone = clone(host);
    let inside = clone.strip_prefix(modules(host)).expect("in it");
    root.remove_clone(inside, &Control::QUIET);
    for entry in fs::read_dir(modules(host).join("cache/vcs")).expect("there") {
        let path = entry.expect("readable").path();
        if path.to_string_lossy().contains(".tmp-") {
            let inside = path.strip_prefix(modules(host)).expect("in it");
            root.remove_leftover(inside, &Control::QUIET);
        }
    }
}

fn put_back(host: &Host) {
    let asides = Asides::open(host);
    for aside in asides.list() {
        let restored = asides
            .restore(&aside.id, &Guard::new(host, &[]))
            .expect("it is there");
        assert_eq!(restored.kept, [], "nothing is in the way");
    }
}

/// By what nobody could tell it from what it was: inode, mode, time, length.
fn picture(folder: &Path) -> Picture {
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

/// A tree that Go would use is whole (go-semantics 5.4): each that is there and has no mark.
fn trusted(before: &Picture, root: &Path) {
    let now = picture(root);
    let trees = [
        "golang.org/x/m0@v1.0.0",
        "golang.org/x/m0@v1.1.0",
        "example.com@v1.0.0",
    ];
    for version in trees {
        let tree = root.join(version);
        if !tree.exists() || filled::download(root, version, "partial").exists() {
            continue;
        }
        let files = |of: &Picture| -> Vec<_> {
            of.iter()
                .filter(|(path, _)| path.starts_with(&tree))
                .map(|(path, (number, _, _, length))| (path.clone(), *number, *length))
                .collect()
        };
        assert_eq!(
            files(&now),
            files(before),
            "Go would use the half of {version}"
        );
    }
}

fn same(before: &Picture, host: &Host, what: &str) {
    let now = picture(&modules(host));
    let told = |of: &Picture, other: &Picture| -> Vec<_> {
        of.iter()
            .filter(|(path, about)| other.get(*path) != Some(about))
            .map(|(path, about)| format!("{} {about:?}", path.display()))
            .collect()
    };
    assert!(
        now == *before,
        "everything is as it was: {what}: lost or changed {:#?}, found {:#?}",
        told(before, &now),
        told(&now, before)
    );
}
