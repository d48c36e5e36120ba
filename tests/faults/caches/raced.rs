//! Somebody swaps folders for links and mounts while they are deleted: nothing outside is touched, not even its mode.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    sync::{
        Barrier,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use gopherdesk_core::{
    cache::{CacheKind, remove::Control},
    host::Host,
};
use libtest_mimic::Trial;
use rustix::mount::{UnmountFlags, mount_bind, unmount};

use super::{ground, open, trial};
use crate::ground::{self as grounds, put, succeed};

const FOLDER: &str = "raced: a folder becomes a link";
const PARENT: &str = "raced: the folder above becomes a link";
const MOUNT: &str = "raced: a disk is mounted at a folder";

const ROUNDS: u32 = 500;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial(FOLDER, || alone(FOLDER, &[])),
        trial(PARENT, || alone(PARENT, &[])),
        trial(MOUNT, || alone(MOUNT, &["unshare", "-rm"])),
    ]
}

fn alone(role: &str, wrapper: &[&str]) {
    let ground = grounds::folder();
    succeed(wrapper, role, ground.path());
}

/// Plays the role if it is one of ours.
pub(super) fn play(role: &str, host: &Host) -> bool {
    let swap: fn(&Path, &Path) -> bool = match role {
        FOLDER | PARENT => swap_for_link,
        MOUNT => swap_for_mount,
        _ => return false,
    };
    let victim = ground(host).join("victim");
    put(&victim.join("inner/precious"), b"mine");
    for folder in [victim.join("inner"), victim.clone()] {
        // a mode that a careless deleter would change
        fs::set_permissions(folder, Permissions::from_mode(0o555)).expect("ours");
    }
    let before = picture(&victim);
    let (swaps, met) = (AtomicU32::new(0), AtomicU32::new(0));
    for round in 0..ROUNDS {
        let root = ground(host).join(format!("mod{round}"));
        fill(&root);
        let target = match role {
            PARENT => root.join("example.com"),
            _ => root.join("example.com/m@v1.0.0/d"),
        };
        let cache = open(host, &root, CacheKind::Modules);
        let end = AtomicBool::new(false);
        let begun = Barrier::new(2);
        thread::scope(|scope| {
            scope.spawn(|| {
                swaps.fetch_add(u32::from(swap(&target, &victim)), Ordering::Relaxed);
                begun.wait();
                while !end.load(Ordering::Relaxed) {
                    swaps.fetch_add(u32::from(swap(&target, &victim)), Ordering::Relaxed);
                }
            });
            begun.wait();
            let removal = cache.remove(Path::new("example.com"), &Control::QUIET);
            met.fetch_add(u32::from(!removal.kept.is_empty()), Ordering::Relaxed);
            end.store(true, Ordering::Relaxed);
        });
        assert_eq!(
            picture(&victim),
            before,
            "nothing outside is touched, in round {round}"
        );
        let _ = unmount(&target, UnmountFlags::DETACH);
        fs::remove_dir_all(&root).expect("ours");
    }
    let (swaps, met) = (swaps.into_inner(), met.into_inner());
    println!("{role}: {swaps} swaps in {ROUNDS} rounds, {met} of them were noticed");
    assert!(swaps >= ROUNDS, "somebody is at it in every round: {swaps}");
    true
}

fn fill(root: &Path) {
    put(
        &root.join("cache/download/example.com/m/@v/v1.0.0.mod"),
        b"module example.com/m\n",
    );
    for folder in ["a", "d/x", "d/y", "d/z", "e"] {
        for file in 0..12 {
            let folder = root.join("example.com/m@v1.0.0").join(folder);
            put(&folder.join(format!("{file}.go")), b"package p\n");
        }
    }
    put(&root.join("example.com/inner/m@v1.0.0/go.mod"), b"");
}

/// For a moment a link to the victim lies where the folder was.
fn swap_for_link(target: &Path, victim: &Path) -> bool {
    let away = target.with_extension("away");
    if fs::rename(target, &away).is_err() {
        return false;
    }
    let swapped = symlink(victim, target).is_ok();
    thread::yield_now();
    let _ = fs::remove_file(target);
    let _ = fs::rename(&away, target);
    swapped
}

/// For a moment the victim is mounted over the folder.
fn swap_for_mount(target: &Path, victim: &Path) -> bool {
    let mounted = mount_bind(victim, target).is_ok();
    if mounted {
        thread::yield_now();
        let _ = unmount(target, UnmountFlags::DETACH);
    }
    mounted
}

fn picture(folder: &Path) -> Vec<(PathBuf, u32, i64, Option<Vec<u8>>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let about = fs::metadata(&next).expect("there");
        found.push((next.clone(), about.mode(), about.ctime_nsec(), None));
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("readable").path();
            let about = path.symlink_metadata().expect("there");
            if about.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).ok();
                found.push((path, about.mode(), about.ctime_nsec(), bytes));
            }
        }
    }
    found.sort();
    found
}
