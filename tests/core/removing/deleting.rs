//! What is gone, what stays, and that both are counted exactly.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use gopherdesk_core::cache::{
    CacheError, CacheKind, Size,
    remove::{Control, Guard, Removal, Root, Version},
};

use crate::{filled, support::Sandbox};

/// Everything below a folder, and the folder itself: as the disk has it.
pub(super) fn manifest(folder: &Path) -> Size {
    let about = folder.symlink_metadata().expect("it is there");
    let mut size = Size {
        bytes: about.blocks() * 512,
        ..Size::default()
    };
    if !about.is_dir() {
        size.apparent = about.len();
        size.files = 1;
        return size;
    }
    for entry in fs::read_dir(folder).expect("a folder") {
        size += manifest(&entry.expect("readable").path());
    }
    size
}

pub(super) fn open(sandbox: &Sandbox, root: &Path, kind: CacheKind) -> Root {
    Root::open(root, kind, &Guard::new(&sandbox.host, &[])).expect("a cache")
}

fn remove(root: &Root, inside: &str) -> Removal {
    root.remove(Path::new(inside), &Control::QUIET)
}

pub(super) fn reasons(removal: &Removal) -> Vec<String> {
    let mut reasons: Vec<_> = removal
        .kept
        .iter()
        .map(|kept| format!("{:?}", kept.reason))
        .collect();
    reasons.sort();
    reasons
}

#[test]
fn what_is_gone_is_counted_to_the_byte() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    filled::modules(&root, 6_000);
    let outside = sandbox.path("outside");
    sandbox.write(&outside, "mine");
    let tree = root.join("golang.org/x/m0@v1.0.0");
    fs::set_permissions(&tree, fs::Permissions::from_mode(0o755)).expect("ours");
    symlink(&outside, tree.join("link")).expect("a link");
    fs::hard_link(tree.join("f1.go"), tree.join("second-name")).expect("a second name");
    fs::hard_link(tree.join("f2.go"), sandbox.path("third-name")).expect("a name outside");
    fs::set_permissions(&tree, fs::Permissions::from_mode(0o555)).expect("ours");
    let mut expected = manifest(&root.join("golang.org"));
    for name in ["f1.go", "f2.go"] {
        let about = fs::metadata(tree.join(name)).expect("there");
        expected.bytes -= about.blocks() * 512;
        expected.apparent -= about.len();
    }
    let opened = open(&sandbox, &root, CacheKind::Modules);
    let removal = remove(&opened, "golang.org");
    assert_eq!(
        removal.size, expected,
        "a file with two names counts once, one with a name elsewhere is not freed"
    );
    assert_eq!(
        reasons(&removal),
        Vec::<String>::new(),
        "all of it was Go's"
    );
    assert!(!root.join("golang.org").exists(), "it is gone");
    assert_eq!(
        fs::read(&outside).expect("there"),
        b"mine",
        "links are not followed"
    );
    let cache = manifest(&root.join("cache"));
    let removal = remove(&opened, "cache");
    assert_eq!(removal.size, cache, "and the downloads likewise");
    assert_eq!(
        remove(&opened, "cache"),
        Removal::default(),
        "what is gone is no fault"
    );
}

#[test]
fn strangers_stay_wherever_they_are() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    filled::modules(&root, 6_000);
    let mine = [
        "github.com/notes.txt",
        "github.com/owner2/plan/a.txt",
        "github.com/owner2/work@home/b.txt",
        "cache/download/github.com/c.txt",
        "cache/mine/d.txt",
    ]
    .map(|path| root.join(path));
    for file in &mine {
        sandbox.write(file, "mine");
    }
    let opened = open(&sandbox, &root, CacheKind::Modules);
    for (inside, left) in [("github.com", 3), ("cache", 2)] {
        let removal = remove(&opened, inside);
        assert_eq!(
            removal.kept.len(),
            left,
            "each is told once: {:?}",
            removal.kept
        );
        assert!(
            removal.size.files > 100,
            "the rest went: {:?}",
            removal.size
        );
    }
    for file in &mine {
        assert_eq!(
            fs::read(file).expect("there"),
            b"mine",
            "{}",
            file.display()
        );
    }
    let size = manifest(&root);
    for inside in ["..", "/etc", "github.com/../../x", "", "nowhere/x", "Work"] {
        sandbox.write(&root.join("Work/plan"), "mine");
        let removal = remove(&opened, inside);
        assert_eq!(
            removal.size,
            Size::default(),
            "{inside:?} is nothing of Go's"
        );
    }
    assert_eq!(manifest(&root).files, size.files + 1, "and nothing went");
}

#[test]
fn a_version_goes_and_what_the_graph_needs_stays() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    let made = filled::modules(&root, 2_000);
    let opened = open(&sandbox, &root, CacheKind::Modules);
    let named = |text: &str| {
        let (module, version) = text.split_once('@').expect("a version");
        Version {
            module: module.to_owned(),
            version: version.to_owned(),
            ..Version::default()
        }
    };
    let left = |version: &str| -> Vec<&str> {
        ["zip", "ziphash", "mod", "info", "lock", "partial"]
            .into_iter()
            .filter(|ending| filled::download(&root, version, ending).exists())
            .collect()
    };
    let first = &made.versions[0];
    let expected = manifest(&root.join(first));
    let tree = Version {
        tree: true,
        ..named(first)
    };
    let removal = opened.remove_version(&tree, &Control::QUIET);
    assert_eq!(
        removal.size, expected,
        "its tree, and not the mark that stood for it"
    );
    assert!(!root.join(first).exists(), "it is gone");
    assert_eq!(
        left(first),
        ["zip", "ziphash", "mod", "info", "lock"],
        "Go extracts it again"
    );
    let second = &made.versions[1];
    let whole = Version {
        tree: true,
        zip: true,
        hash: true,
        ..named(second)
    };
    opened.remove_version(&whole, &Control::QUIET);
    assert_eq!(
        left(second),
        ["mod", "info", "lock"],
        "module graphs need them"
    );
    let third = &made.versions[2];
    let seal = gopherdesk_core::cache::plan::Seal::of(&root.join(first).with_extension("nothing"));
    assert_eq!(seal, None, "nothing has no seal");
    let other = gopherdesk_core::cache::plan::Seal::of(&root.join(&made.versions[3]));
    let replaced = Version {
        tree: true,
        seal: other,
        ..named(third)
    };
    let removal = opened.remove_version(&replaced, &Control::QUIET);
    assert!(
        matches!(removal.kept[0].reason, CacheError::EntryReplaced { .. }),
        "it is not what was shown: {removal:?}"
    );
    assert!(root.join(third).join("go.mod").exists(), "so it stays");
    fs::remove_dir_all(root.join("cache/download/golang.org")).expect("ours");
    let alone = Version {
        tree: true,
        ..named(third)
    };
    opened.remove_version(&alone, &Control::QUIET);
    assert!(
        !root.join(third).exists(),
        "a tree without downloads goes as well"
    );
    assert!(
        !root.join("cache/download/golang.org").exists(),
        "and nothing is made for it"
    );
}

#[test]
fn what_go_works_on_is_left_to_it() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    let made = filled::modules(&root, 1_000);
    let opened = open(&sandbox, &root, CacheKind::Modules);
    let (module, version) = made.versions[0].split_once('@').expect("a version");
    let wanted = Version {
        module: module.to_owned(),
        version: version.to_owned(),
        tree: true,
        ..Version::default()
    };
    let lock = fs::File::open(filled::download(&root, &made.versions[0], "lock")).expect("there");
    lock.lock().expect("nobody has it");
    let control = Control {
        patience: std::time::Duration::from_millis(50),
        ..Control::QUIET
    };
    let removal = opened.remove_version(&wanted, &control);
    assert!(
        matches!(removal.kept[0].reason, CacheError::EntryLocked { .. }),
        "go holds it: {removal:?}"
    );
    assert!(
        root.join(&made.versions[0]).join("go.mod").exists(),
        "so it stays"
    );
    let asked = AtomicUsize::new(0);
    let stop = || asked.fetch_add(1, Ordering::Relaxed) > 2;
    let control = Control {
        stop: &stop,
        ..Control::QUIET
    };
    let removal = opened.remove_version(&wanted, &control);
    assert!(removal.stopped, "nobody waits longer than the caller");
    drop(lock);
    opened.remove_version(&wanted, &Control::QUIET);
    assert!(
        !root.join(&made.versions[0]).exists(),
        "nobody holds it any more"
    );
}

#[test]
fn it_ends_when_it_is_told_to() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    let made = filled::modules(&root, 4_000);
    let opened = open(&sandbox, &root, CacheKind::Modules);
    let stop = || true;
    let control = Control {
        stop: &stop,
        ..Control::QUIET
    };
    let removal = opened.remove(Path::new("cache"), &control);
    assert!(
        removal.stopped && removal.size == Size::default(),
        "before anything: {removal:?}"
    );
    let (module, version) = made.versions[0].split_once('@').expect("a version");
    let wanted = Version {
        module: module.to_owned(),
        version: version.to_owned(),
        tree: true,
        zip: true,
        hash: true,
        ..Version::default()
    };
    let removal = opened.remove_version(&wanted, &control);
    assert!(removal.stopped, "it says so");
    assert!(
        filled::download(&root, &made.versions[0], "partial").exists(),
        "Go makes anew what may be half deleted"
    );
    assert!(
        filled::download(&root, &made.versions[0], "zip").exists(),
        "from this"
    );
}

#[test]
fn what_is_no_tree_is_not_marked_as_half_extracted() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    let made = filled::modules(&root, 1_000);
    let elsewhere = sandbox.path("elsewhere");
    fs::rename(root.join(&made.versions[0]), &elsewhere).expect("ours");
    symlink(&elsewhere, root.join(&made.versions[0])).expect("a link");
    let (module, version) = made.versions[0].split_once('@').expect("a version");
    let wanted = Version {
        module: module.to_owned(),
        version: version.to_owned(),
        tree: true,
        zip: true,
        ..Version::default()
    };
    let opened = open(&sandbox, &root, CacheKind::Modules);
    let removal = opened.remove_version(&wanted, &Control::QUIET);
    assert!(
        matches!(removal.kept[0].reason, CacheError::EntryReplaced { .. }),
        "a link is no tree: {removal:?}"
    );
    for ending in ["partial", "zip"] {
        let there = filled::download(&root, &made.versions[0], ending).exists();
        assert_eq!(there, ending == "zip", "Go goes on using it: {ending}");
    }
    assert!(
        elsewhere.join("go.mod").exists(),
        "nothing is touched behind it"
    );
}
