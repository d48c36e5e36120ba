//! A module cache in another place: to the byte, whatever happens on the way.

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use gopherdesk_core::cache::{
    CacheError, Size,
    relocate::{Copied, Move, Mover},
};

use crate::{filled, support::Sandbox};

struct Ground {
    sandbox: Sandbox,
    from: PathBuf,
    to: PathBuf,
}

impl Ground {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let from = sandbox.path("home/go/pkg/mod");
        filled::modules(&from, 1500);
        let to = sandbox.path("disk/modules");
        Self { sandbox, from, to }
    }

    fn plan(&self, to: &Path) -> Move {
        let size = Size {
            bytes: 1,
            ..Size::default()
        };
        Move::plan(&self.sandbox.host, &self.from, to, size)
    }

    fn refused(&self, to: &Path) -> Option<CacheError> {
        self.plan(to).plan.refused
    }

    fn run(&self) -> Result<Copied, CacheError> {
        Mover::new(&self.plan(&self.to), &|| false, &|_| {}).run()
    }
}

/// Every file and folder: its bytes, its mode, and of files the time.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, (Vec<u8>, u32, i64)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let (path, about) = (entry.path(), entry.metadata().expect("it is there"));
            let inside = path.strip_prefix(root).expect("inside").to_owned();
            match about.is_dir() {
                true => {
                    found.insert(inside, (Vec::new(), about.mode(), 0));
                    folders.push(path);
                }
                false => {
                    let bytes = fs::read(&path).expect("a file");
                    found.insert(inside, (bytes, about.mode(), about.mtime()));
                }
            }
        }
    }
    found
}

#[test]
fn a_copy_is_the_same_to_the_byte_with_modes_and_times() {
    let ground = Ground::new();
    let before = snapshot(&ground.from);
    let copied = ground.run().expect("there is nothing in the way");
    let files = before
        .values()
        .filter(|(_, mode, _)| mode & 0o170_000 == 0o100_000)
        .count();
    assert_eq!(
        (copied.files, copied.stopped),
        (files as u64, false),
        "each file"
    );
    let planned = ground.plan(&ground.to);
    assert!(planned.plan.resumed, "until go is told of it, it can go on");
    planned.finish().expect("our own folder");
    assert!(snapshot(&ground.to) == before, "bytes, modes and times");
    assert!(
        snapshot(&ground.from) == before,
        "nothing is taken from the old one"
    );
}

#[test]
fn a_copy_that_was_stopped_anywhere_goes_on() {
    let ground = Ground::new();
    let before = snapshot(&ground.from);
    let all = before.len() as u64;
    for stop_after in [0, 1, 7, all / 2, all - 1] {
        let asked = AtomicU64::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) >= stop_after;
        let copied = Mover::new(&ground.plan(&ground.to), &stop, &|_| {}).run();
        assert!(
            copied.expect("to be stopped is no failure").stopped,
            "after {stop_after}"
        );
        assert!(
            ground.plan(&ground.to).plan.resumed,
            "after {stop_after} it goes on"
        );
    }
    // as a crash leaves a file: half of it, with the time of that moment
    let copied = snapshot(&ground.to).into_iter();
    let mut files = copied.filter(|(_, (bytes, ..))| bytes.len() > 4);
    let half = ground
        .to
        .join(files.next_back().expect("some were copied").0);
    fs::set_permissions(&half, Permissions::from_mode(0o644)).expect("our own file");
    fs::write(&half, "half").expect("our own file");
    ground.run().expect("to its end");
    ground.plan(&ground.to).finish().expect("our own folder");
    assert!(
        snapshot(&ground.to) == before,
        "as if it had never been stopped"
    );
}

#[test]
fn what_is_complete_is_not_copied_again_and_what_is_wrong_is() {
    let ground = Ground::new();
    let before = snapshot(&ground.from);
    ground.run().expect("a copy");
    let (inside, (bytes, ..)) = before
        .iter()
        .find(|(path, (bytes, ..))| !bytes.is_empty() && !path.starts_with("cache"))
        .expect("a file of a tree");
    let wrong = ground.to.join(inside);
    let about = wrong.metadata().expect("it was copied");
    let time = about.modified().expect("a time");
    fs::set_permissions(&wrong, Permissions::from_mode(0o644)).expect("our own file");
    fs::write(&wrong, vec![b'?'; bytes.len()]).expect("our own file");
    let file = fs::File::options()
        .write(true)
        .open(&wrong)
        .expect("our own file");
    file.set_modified(time).expect("our own file");
    fs::set_permissions(&wrong, about.permissions()).expect("our own file");
    let kept = ground
        .to
        .join("cache/lock")
        .metadata()
        .expect("it was copied")
        .ino();
    ground.run().expect("it is mended");
    let again = ground
        .to
        .join("cache/lock")
        .metadata()
        .expect("it stays")
        .ino();
    assert_eq!(kept, again, "what is complete stays");
    ground.plan(&ground.to).finish().expect("our own folder");
    assert!(snapshot(&ground.to) == before, "every byte was compared");
}

#[test]
fn places_that_are_none_are_refused() {
    let ground = Ground::new();
    let full = ground.sandbox.path("full");
    ground.sandbox.write(&full.join("mine"), "mine");
    let link = ground.sandbox.path("link");
    symlink(&ground.from, &link).expect("our own folder");
    for (to, expected) in [
        (ground.from.clone(), "in"),
        (ground.from.join("new"), "in"),
        (ground.sandbox.path("home/go"), "in"),
        (link.join("deeper/new"), "in"),
        (PathBuf::from("relative"), "in"),
        (full.clone(), "full"),
        (full.join("mine"), "full"),
    ] {
        let refused = ground.refused(&to);
        let as_expected = match expected {
            "in" => matches!(refused, Some(CacheError::TargetInCache { .. })),
            _ => matches!(refused, Some(CacheError::TargetNotEmpty { .. })),
        };
        assert!(as_expected, "{}: {refused:?}", to.display());
        let planned = ground.plan(&to);
        let run = Mover::new(&planned, &|| false, &|_| {}).run();
        assert!(run.is_err(), "{}: nor is it carried out", to.display());
    }
    assert_eq!(
        fs::read(full.join("mine")).expect("it stays"),
        b"mine",
        "not a byte of others"
    );
    let huge = Size {
        bytes: u64::MAX,
        ..Size::default()
    };
    let planned = Move::plan(&ground.sandbox.host, &ground.from, &ground.to, huge);
    assert!(
        matches!(planned.plan.refused, Some(CacheError::NoRoom { .. })),
        "{:?}",
        planned.plan
    );
    assert!(!ground.to.exists(), "a plan makes nothing");
}

#[test]
fn a_place_that_filled_since_it_was_shown_is_left_alone() {
    let ground = Ground::new();
    let planned = ground.plan(&ground.to);
    assert_eq!(planned.plan.refused, None, "it was empty");
    ground.sandbox.write(&ground.to.join("mine"), "mine");
    let refused = Mover::new(&planned, &|| false, &|_| {}).run();
    assert!(
        matches!(refused, Err(CacheError::TargetNotEmpty { .. })),
        "{refused:?}"
    );
    assert_eq!(
        fs::read_dir(&ground.to).expect("a folder").count(),
        1,
        "nothing beside it"
    );
}

#[test]
fn what_go_never_puts_there_is_not_copied() {
    let ground = Ground::new();
    let link = ground.from.join("cache/download/out");
    symlink("/etc/passwd", &link).expect("our own folder");
    let refused = ground.run();
    assert!(
        matches!(refused, Err(CacheError::EntryReplaced { .. })),
        "a link: {refused:?}"
    );
    fs::remove_file(&link).expect("our own link");
    ground.run().expect("and without it it goes on");
}
