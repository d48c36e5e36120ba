//! Any depth, any width, any number: with few handles and little memory, as a user who is nobody special.

use std::{
    fs::{self, File},
    io::Read,
    os::{fd::OwnedFd, unix::fs::PermissionsExt},
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use gopherdesk_core::{
    cache::{
        CacheKind, Size,
        remove::{Control, Removal, Version},
    },
    host::Host,
};
use libtest_mimic::Trial;
use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};

use super::{USER, ground, open, trial};
use crate::{
    filled,
    ground::{self as grounds, command, put},
};

const DEEP: &str = "large: 20,000 folders deep";
const WIDE: &str = "large: one folder with very many files";
const MANY: &str = "large: very many files";
const LOCKED: &str = "large: trees that are read-only";
const STOPPED: &str = "large: stopped in the middle";

/// `GOPHERDESK_LARGE=1` makes them as large as `reliability.md` has them: 500,000 in one folder, a million in all.
const LARGE: &str = "GOPHERDESK_LARGE";

/// Under so many handles and so much memory, in KiB.
const HANDLES: &str = "ulimit -n 256 && exec \"$@\"";
const MEMORY: u64 = 100 << 10;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial(DEEP, || {
            with_handles(DEEP, |root| {
                let tree = root.join("golang.org/x/m0@v1.0.0");
                fs::set_permissions(&tree, fs::Permissions::from_mode(0o755)).expect("ours");
                deepen(&tree, "d", 20_000);
                // 255 bytes each: far more than a path may have
                deepen(&tree, &"n".repeat(255), 200);
                // each level has something to go back for
                broaden(&tree.join("b"), 60);
            });
        }),
        trial(WIDE, || {
            with_handles(WIDE, |root| {
                let folder = root.join("golang.org/x/m0@v1.0.0/wide");
                fs::set_permissions(
                    folder.parent().expect("a tree"),
                    fs::Permissions::from_mode(0o755),
                )
                .expect("ours");
                fs::create_dir(&folder).expect("a folder");
                let count = if is_large() { 500_000 } else { 50_000 };
                for number in 0..count {
                    File::create(folder.join(format!("a-file-with-some-name-{number}")))
                        .expect("a file");
                }
            });
        }),
        trial(MANY, || {
            let ground = grounds::folder();
            fill(ground.path(), if is_large() { 1_000_000 } else { 60_000 });
            as_user(MANY, ground.path());
        }),
        trial(LOCKED, || {
            let ground = grounds::folder();
            fill(ground.path(), 3_000);
            as_user(LOCKED, ground.path());
        }),
        trial(STOPPED, || {
            let ground = grounds::folder();
            fill(ground.path(), 30_000);
            as_user(STOPPED, ground.path());
        }),
    ]
}

/// Plays the role if it is one of ours.
pub(super) fn play(role: &str, host: &Host) -> bool {
    let root = ground(host).join("mod");
    match role {
        DEEP | WIDE => {
            // given by its caller, who counted while filling
            let expected = expected(host);
            let cache = open(host, &root, CacheKind::Modules);
            let handles = Mutex::new(0);
            let stop = || {
                let mut most = handles.lock().expect("nobody panics");
                *most = (*most).max(open_handles());
                false
            };
            let control = Control {
                stop: &stop,
                ..Control::QUIET
            };
            let removal = cache.remove(Path::new("golang.org"), &control);
            assert_eq!(removal.kept, [], "all of it goes");
            assert_eq!(removal.size.files, expected, "and is counted");
            assert!(!root.join("golang.org").exists(), "it is gone");
            let most = *handles.lock().expect("nobody panics");
            assert!(most <= 64, "{most} handles are open");
        }
        MANY => {
            let expected = expected(host);
            let cache = open(host, &root, CacheKind::Modules);
            let mut removal = Removal::default();
            for name in cache.recognised().own.clone() {
                removal.add(cache.remove(Path::new(&name), &Control::QUIET));
            }
            assert_eq!(removal.kept, [], "all of it goes");
            assert_eq!(removal.size.files, expected, "and is counted");
            assert!(
                fs::read_dir(&root).expect("there").next().is_none(),
                "nothing is left"
            );
        }
        LOCKED => locked(host, &root),
        STOPPED => stopped(host, &root),
        _ => return false,
    }
    let memory = memory();
    assert!(memory <= MEMORY, "{memory} KiB of memory");
    true
}

/// Go makes its trees so that nobody changes them by accident: as their owner, they can be deleted all the same.
fn locked(host: &Host, root: &Path) {
    let tree = root.join("golang.org/x/m0@v1.0.0");
    let refused = File::create(tree.join("new"));
    assert!(
        refused.is_err(),
        "without powers a tree is read-only, or this proves nothing"
    );
    let cache = open(host, root, CacheKind::Modules);
    let version = Version {
        module: "golang.org/x/m0".to_owned(),
        version: "v1.0.0".to_owned(),
        tree: true,
        ..Version::default()
    };
    assert_eq!(
        cache.remove_version(&version, &Control::QUIET).kept,
        [],
        "it goes"
    );
    assert!(!tree.exists(), "all of it");
    let alone = root.join("example2.com@v1.0.0");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(
        mode(&alone),
        0o555,
        "a module at the top cannot be moved as it is"
    );
    let id = super::set_aside(host, &cache);
    assert!(!alone.exists(), "and leaves with the others");
    let asides = gopherdesk_core::cache::aside::Asides::open(host);
    let guard = gopherdesk_core::cache::remove::Guard::new(host, &[]);
    let restored = asides.restore(&id, &guard).expect("it is there");
    assert_eq!(restored.kept, [], "it comes back");
    assert_eq!(mode(&alone), 0o555, "read-only as it was");
    let cache = open(host, root, CacheKind::Modules);
    let id = super::set_aside(host, &cache);
    let removal = asides
        .purge(&id, &guard, &Control::QUIET)
        .expect("it is there");
    assert_eq!(removal.kept, [], "all of it can be deleted");
    assert!(
        fs::read_dir(root).expect("there").next().is_none(),
        "nothing is left"
    );
}

fn stopped(host: &Host, root: &Path) {
    let total = expected(host);
    let cache = open(host, root, CacheKind::Modules);
    let (asked, news) = (Mutex::new(None::<Instant>), Mutex::new(Size::default()));
    let is_stopped = AtomicBool::new(false);
    let stop = || {
        let begun = news.lock().expect("nobody panics").files > 0;
        if begun && !is_stopped.swap(true, Ordering::Relaxed) {
            *asked.lock().expect("nobody panics") = Some(Instant::now());
        }
        begun
    };
    let progress = |size: Size| *news.lock().expect("nobody panics") = size;
    let control = Control {
        stop: &stop,
        progress: &progress,
        ..Control::QUIET
    };
    let removal = cache.remove(Path::new("github.com"), &control);
    let asked = asked.into_inner().expect("nobody panics");
    // a machine that deletes all of it between two questions has nothing to stop
    if let Some(asked) = asked {
        assert!(removal.stopped, "it says so: {removal:?}");
        assert!(
            asked.elapsed() < Duration::from_millis(500),
            "nobody waits for the end of it: {:?}",
            asked.elapsed()
        );
    }
    let rest = cache.remove(Path::new("github.com"), &Control::QUIET);
    let others = ["golang.org", "gopkg.in", "cache"];
    let mut files = removal.size.files + rest.size.files;
    for name in others {
        files += cache.remove(Path::new(name), &Control::QUIET).size.files;
    }
    for name in cache.recognised().own.clone() {
        files += cache.remove(Path::new(&name), &Control::QUIET).size.files;
    }
    assert_eq!(files, total, "nothing is counted twice, nothing is lost");
}

fn is_large() -> bool {
    std::env::var_os(LARGE).is_some()
}

fn fill(ground: &Path, files: usize) {
    fs::create_dir_all(ground.join("home")).expect("a home");
    let made = filled::modules(&ground.join("mod"), files);
    put(&ground.join("expected"), made.files.to_string().as_bytes());
}

fn expected(host: &Host) -> u64 {
    let text = fs::read_to_string(ground(host).join("expected")).expect("counted");
    text.parse().expect("a number")
}

/// A cache with a large tree in it, deleted with 256 handles at most.
fn with_handles(role: &str, enlarge: impl FnOnce(&Path)) {
    let ground = grounds::folder();
    let root = ground.path().join("mod");
    fs::create_dir_all(ground.path().join("home")).expect("a home");
    filled::modules(&root, 70);
    enlarge(&root);
    let files = count(&root.join("golang.org"));
    put(
        &ground.path().join("expected"),
        files.to_string().as_bytes(),
    );
    as_user(role, ground.path());
}

fn as_user(role: &str, ground: &Path) {
    let wrapper: Vec<_> = USER
        .iter()
        .copied()
        .chain(["sh", "-c", HANDLES, "sh"])
        .collect();
    let output = command(&wrapper, role, ground)
        .output()
        .expect("unshare is installed");
    assert!(
        output.status.success(),
        "the role {role} ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A chain of folders, each with a file.
fn deepen(folder: &Path, name: &str, depth: usize) {
    let mut at: OwnedFd = File::open(folder).expect("a folder").into();
    for _ in 0..depth {
        mkdirat(&at, name, Mode::RWXU).expect("a folder");
        let flags = OFlags::DIRECTORY | OFlags::RDONLY;
        at = openat(&at, name, flags, Mode::empty()).expect("it is there");
        let flags = OFlags::CREATE | OFlags::WRONLY;
        drop(openat(&at, "file", flags, Mode::RUSR).expect("a file"));
    }
}

/// A chain of folders with three more in each, which have some as well.
fn broaden(folder: &Path, depth: usize) {
    let mut at = folder.to_owned();
    for _ in 0..depth {
        for side in 0..3 {
            put(&at.join(format!("s{side}/t/file")), b"");
        }
        at.push("d");
    }
}

/// What is no folder below, however deep.
fn count(folder: &Path) -> u64 {
    let start = openat(
        CWD,
        folder,
        OFlags::DIRECTORY | OFlags::RDONLY,
        Mode::empty(),
    );
    let mut folders = vec![start.expect("a folder")];
    let mut files = 0;
    while let Some(at) = folders.pop() {
        for entry in rustix::fs::Dir::read_from(&at).expect("readable") {
            let entry = entry.expect("readable");
            match entry.file_name() {
                name if name == c"." || name == c".." => {}
                name if entry.file_type().is_dir() => {
                    let flags = OFlags::DIRECTORY | OFlags::RDONLY | OFlags::NOFOLLOW;
                    folders.push(openat(&at, name, flags, Mode::empty()).expect("it is there"));
                }
                _ => files += 1,
            }
        }
    }
    files
}

fn open_handles() -> usize {
    fs::read_dir("/proc/self/fd").expect("there").count()
}

/// The most that this process ever had, in KiB (proc_pid_status(5)).
fn memory() -> u64 {
    let mut text = String::new();
    File::open("/proc/self/status")
        .and_then(|mut file| file.read_to_string(&mut text))
        .expect("readable");
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .expect("the kernel says it")
        .parse()
        .expect("a number")
}
