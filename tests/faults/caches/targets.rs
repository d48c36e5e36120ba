//! Pointed at places that are no caches, or never cleaned, or caches under another name: refused, or exact.

mod places;

use std::{
    collections::BTreeSet,
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, chown, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use gopherdesk_core::{
    cache::{
        CacheError, CacheKind,
        remove::{Control, Guard, Root},
    },
    host::Host,
};
use libtest_mimic::Trial;

use super::{ground, trial};
use crate::ground::{self as grounds, command, put};
use places::{Place, Wanted};

const TARGETS: &str = "targets: sixty places and more";
const ROOT: &str = "targets: nothing as the administrator";

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial(TARGETS, || {
            let ground = grounds::folder();
            let folder = ground.path();
            places::build(folder);
            // mounts of our own, and then a user without powers
            let script = format!(
                "cd '{0}' && mount -t tmpfs none disk && cp -R real/. disk/ && cp -R real disk/inside \
                 && mount --bind real bound && mount -t tmpfs none frozen && cp -R real frozen/inside \
                 && mount -o remount,ro frozen && mkdir -p crossed/example.com/m@v1.0.0/mounted \
                 && mount --bind precious crossed/example.com/m@v1.0.0/mounted && cd here \
                 && exec unshare --user --map-user=1000 --map-group=1000 \"$@\"",
                folder.display()
            );
            let wrapper = ["unshare", "-rm", "sh", "-c", &script, "sh"];
            let output = command(&wrapper, TARGETS, folder)
                .output()
                .expect("unshare is installed");
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{said}{}",
                String::from_utf8_lossy(&output.stderr)
            );
            println!("{said}");
        }),
        trial(ROOT, || {
            let ground = grounds::folder();
            places::build(ground.path());
            let mut host = Host::sandbox(ground.path());
            assert!(!host.administrator, "tests are nobody's administrator");
            host.administrator = true;
            let refused = Root::open(
                &ground.path().join("real"),
                CacheKind::Modules,
                &Guard::new(&host, &[]),
            );
            assert!(
                matches!(refused, Err(CacheError::RunningAsRoot {})),
                "whatever it is: {refused:?}"
            );
        }),
    ]
}

/// Plays the role if it is one of ours.
pub(super) fn play(role: &str, host: &Host) -> bool {
    if role != TARGETS {
        return false;
    }
    let folder = ground(host);
    let places = [folder.join("home/go"), folder.join("goroot")];
    let guard = Guard::new(host, &places);
    let canaries = canaries(Path::new(folder));
    assert!(
        canaries.len() >= 40,
        "there is much to lose: {}",
        canaries.len()
    );
    let all = places::all(folder);
    assert!(all.len() >= 60, "as many as were promised: {}", all.len());
    let mut refused = 0;
    for place in &all {
        refused += u32::from(visit(place, &guard));
        for canary in &canaries {
            let found = fs::read(canary).unwrap_or_default();
            assert_eq!(found, b"mine", "{} is lost at {place:?}", canary.display());
        }
    }
    println!(
        "{} places, {refused} refused, {} canaries",
        all.len(),
        canaries.len()
    );
    true
}

/// Deletes everything that is Go's there; whether it was refused.
fn visit(place: &Place, guard: &Guard) -> bool {
    let opened = Root::open(&place.path, place.kind, guard);
    let (wanted, root) = match (&place.wanted, opened) {
        (Wanted::Refused(code), Err(reason)) => {
            let said = serde_json::to_value(&reason).expect("a code");
            assert_eq!(said["code"], *code, "{place:?}");
            return true;
        }
        (Wanted::Exact { kept }, Ok(root)) => (*kept, root),
        (_, Ok(root)) => panic!("{place:?} was opened: {:?}", root.recognised()),
        (_, Err(reason)) => panic!("{place:?}: {reason:?}"),
    };
    let mut kept = Vec::new();
    for name in root.recognised().own.clone() {
        kept.extend(root.remove(Path::new(&name), &Control::QUIET).kept);
    }
    let reasons: BTreeSet<_> = kept
        .iter()
        .map(|kept| serde_json::to_value(&kept.reason).expect("a code")["code"].to_string())
        .collect();
    let expected: BTreeSet<_> = wanted.iter().map(|code| format!("{code:?}")).collect();
    assert_eq!(reasons, expected, "{place:?}: {kept:?}");
    let zip = root
        .path()
        .join("cache/download/example.com/m/@v/v1.0.0.zip");
    assert!(!zip.exists(), "what is Go's is gone: {place:?}");
    if place.refill {
        places::cache(root.path());
    }
    false
}

/// Files that nobody but the user made, by what they hold.
fn canaries(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            let kind = entry.file_type().expect("it has one");
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && fs::read(&path).is_ok_and(|bytes| bytes == b"mine") {
                found.push(path);
            }
        }
    }
    found
}

/// Links, modes and owners, as places need them.
fn link(to: &Path, at: &Path) {
    symlink(to, at).expect("a link");
}

fn close(folder: &Path) {
    fs::set_permissions(folder, Permissions::from_mode(0o000)).expect("ours");
}

/// Gives a folder to somebody else; whether we may.
fn give_away(folder: &Path) -> bool {
    chown(folder, Some(65_534), Some(65_534)).is_ok()
}

fn pipe(at: &Path) {
    let status = Command::new("mkfifo").arg(at).status().expect("coreutils");
    assert!(status.success(), "a pipe");
}

fn mine(file: &Path) {
    put(file, b"mine");
}
