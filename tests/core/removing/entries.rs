//! Repositories, leftovers, and the entries of builds.

use std::{fs, path::PathBuf};

use gopherdesk_core::cache::{CacheKind, Size, remove::Control};

use super::deleting::{manifest, open, reasons};
use crate::filled;

#[test]
fn repositories_and_leftovers_go_with_what_belongs_to_them() {
    let sandbox = super::sandbox();
    let root = sandbox.path("mod");
    let made = filled::modules(&root, 1_000);
    let hash = "0123456789abcdef".repeat(4);
    let clones = root.join("cache/vcs");
    sandbox.write(&clones.join(&hash).join("objects/pack/x.pack"), "pack");
    sandbox.write(
        &clones.join(format!("{hash}.info")),
        "git3:https://example.com/x",
    );
    sandbox.write(&clones.join(format!("{hash}.lock")), "");
    let version = &made.versions[0];
    let leftovers = [
        filled::download(&root, version, "zip4711.tmp"),
        root.join(format!("{version}.tmp-4711/a/b.go")),
        filled::download(&root, &made.versions[1], "partial"),
    ];
    for file in &leftovers {
        sandbox.write(file, "");
    }
    let opened = open(&sandbox, &root, CacheKind::Modules);
    let removal = opened.remove_clone(&PathBuf::from(format!("cache/vcs/{hash}")), &Control::QUIET);
    assert_eq!(removal.size.files, 2, "a pack and a note: {removal:?}");
    let left: Vec<_> = fs::read_dir(&clones)
        .expect("there")
        .map(|entry| entry.expect("readable").file_name())
        .collect();
    assert_eq!(
        left,
        [std::ffi::OsString::from(format!("{hash}.lock"))],
        "others may wait at it"
    );
    for file in &leftovers {
        let inside = file.strip_prefix(&root).expect("in it");
        let inside = match inside.to_str().expect("text").split_once(".tmp-4711") {
            Some((tree, _)) => PathBuf::from(format!("{tree}.tmp-4711")),
            None => inside.to_owned(),
        };
        let removal = opened.remove_leftover(&inside, &Control::QUIET);
        assert_eq!(
            reasons(&removal),
            Vec::<String>::new(),
            "{}",
            inside.display()
        );
        assert!(!root.join(&inside).exists(), "{}", inside.display());
    }
    assert!(root.join(version).exists(), "the tree beside them is sound");
    assert!(
        !root.join(&made.versions[1]).exists(),
        "and that one was half extracted"
    );
}

#[test]
fn entries_of_builds_go_one_by_one() {
    let sandbox = super::sandbox();
    let root = sandbox.path("build");
    filled::builds(&root, 2_000);
    let mut entries: Vec<_> = ["00", "01"]
        .iter()
        .flat_map(|bin| fs::read_dir(root.join(bin)).expect("there"))
        .map(|entry| entry.expect("readable").path())
        .collect();
    entries.sort();
    let program = root.join("02").join(format!("{}-d", "02".repeat(32)));
    sandbox.write(&program.join("app"), "program");
    entries.push(program);
    let used = entries.remove(3);
    let touched = fs::File::options().append(true).open(&used).expect("there");
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(3_600);
    touched.set_modified(later).expect("ours");
    let expected: Size = entries.iter().map(|path| manifest(path)).sum();
    let stranger = root.join("00/notes.txt");
    sandbox.write(&stranger, "mine");
    let inside = |path: &PathBuf| path.strip_prefix(&root).expect("in it").to_owned();
    let mut wanted: Vec<_> = entries.iter().map(inside).collect();
    wanted.extend([
        inside(&used),
        inside(&stranger),
        "00/gone".into(),
        "README/x".into(),
    ]);
    let opened = open(&sandbox, &root, CacheKind::Build);
    let since = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    let removal = opened.remove_built(
        wanted.iter().map(PathBuf::as_path),
        Some(since),
        &Control::QUIET,
    );
    assert_eq!(removal.size, expected, "exactly these: {:?}", removal.kept);
    assert!(
        used.exists() && stranger.exists(),
        "a build wants the one, Go has no part in the other"
    );
    assert!(root.join("00").is_dir(), "a running build writes there");
    assert_eq!(removal.kept.len(), 3, "and it is said: {:?}", removal.kept);
}
