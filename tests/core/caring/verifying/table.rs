//! The rows of go-semantics 5.5 and more: what can become of a version.

use std::{
    fs::{self, File, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use gopherdesk_core::{cache::Damage, checksum};

use super::Ground;

/// Lets somebody write where Go does not.
fn open(folder: &Path) {
    fs::set_permissions(folder, Permissions::from_mode(0o755)).expect("our own folder");
}

fn remove_tree(tree: &Path) {
    let entries = fs::read_dir(tree).expect("a folder").flatten();
    for folder in entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
    {
        remove_tree(&folder);
    }
    open(tree);
    fs::remove_dir_all(tree).expect("our own folder");
}

pub(super) fn append(path: &Path, text: &str) {
    let mut bytes = fs::read(path).expect("a file");
    bytes.extend_from_slice(text.as_bytes());
    replace(path, &bytes);
}

fn replace(path: &Path, bytes: &[u8]) {
    open(path.parent().expect("a folder"));
    fs::remove_file(path).expect("our own file");
    fs::write(path, bytes).expect("our own file");
}

fn truncate(path: &Path) {
    let length = path.metadata().expect("a file").len();
    let file = File::options()
        .write(true)
        .open(path)
        .expect("our own file");
    file.set_len(length / 2).expect("our own file");
}

/// A damage or a sound state, done to one version, and what is to be found.
pub(super) type Row = (&'static str, fn(&Ground, &str), Vec<Damage>);

pub(super) fn rows() -> Vec<Row> {
    vec![
        ("untouched", |_, _| {}, vec![]),
        ("no tree", |g, v| remove_tree(&g.tree(v)), vec![]),
        ("no zip", |g, v| lose_all(g, v, &["zip"]), vec![]),
        (
            "no tree and no hash",
            |g, v| {
                remove_tree(&g.tree(v));
                lose_all(g, v, &["ziphash"]);
            },
            vec![],
        ),
        (
            "no tree and no zip",
            |g, v| {
                remove_tree(&g.tree(v));
                lose_all(g, v, &["zip"]);
            },
            vec![],
        ),
        (
            "no .mod, no .info, no lock",
            |g, v| lose_all(g, v, &["mod", "info", "lock"]),
            vec![],
        ),
        (
            "half extracted, and marked",
            |g, v| {
                open(&g.tree(v));
                fs::remove_file(g.tree(v).join("go.mod")).expect("our own file");
                fs::write(g.download(v, "partial"), "").expect("our own folder");
            },
            vec![],
        ),
        (
            "a file is missing",
            |g, v| {
                open(&g.tree(v));
                fs::remove_file(g.tree(v).join("go.mod")).expect("our own file");
            },
            vec![Damage::Tree {}],
        ),
        (
            "a file more",
            |g, v| {
                open(&g.tree(v));
                fs::write(g.tree(v).join("more.go"), "package m\n").expect("our own folder");
            },
            vec![Damage::Tree {}],
        ),
        (
            "a file was edited",
            |g, v| append(&g.tree(v).join("go.mod"), "// mine\n"),
            vec![Damage::Tree {}],
        ),
        (
            "a file is a link",
            |g, v| {
                let file = g.tree(v).join("go.mod");
                open(&g.tree(v));
                let elsewhere = g.download(v, "mod");
                fs::remove_file(&file).expect("our own file");
                symlink(elsewhere, file).expect("our own folder");
            },
            vec![Damage::Tree {}],
        ),
        (
            "a file is missing, and the hash",
            |g, v| {
                open(&g.tree(v));
                fs::remove_file(g.tree(v).join("go.mod")).expect("our own file");
                lose_all(g, v, &["ziphash"]);
            },
            vec![Damage::Hash {}, Damage::Tree {}],
        ),
        (
            "a tree with nothing beside it",
            |g, v| lose_all(g, v, &["zip", "ziphash"]),
            vec![Damage::Hash {}],
        ),
        (
            "no hash",
            |g, v| lose_all(g, v, &["ziphash"]),
            vec![Damage::Hash {}],
        ),
        (
            "no hash, but a text",
            |g, v| replace(&g.download(v, "ziphash"), b"h1:"),
            vec![Damage::Hash {}],
        ),
        (
            "another hash",
            |g, v| {
                let other = checksum::go_mod_hash(b"other");
                replace(&g.download(v, "ziphash"), other.as_bytes());
            },
            vec![Damage::Hash {}],
        ),
        (
            "half a zip",
            |g, v| truncate(&g.download(v, "zip")),
            vec![Damage::ZipUnreadable {}],
        ),
        (
            "half a zip and no tree",
            |g, v| {
                remove_tree(&g.tree(v));
                truncate(&g.download(v, "zip"));
            },
            vec![Damage::ZipUnreadable {}],
        ),
        (
            "an empty zip",
            |g, v| replace(&g.download(v, "zip"), b""),
            vec![Damage::ZipUnreadable {}],
        ),
        (
            "the zip of another version",
            |g, v| {
                let other = g.versions.first().expect("some");
                let bytes = fs::read(g.download(other, "zip")).expect("the first is untouched");
                replace(&g.download(v, "zip"), &bytes);
            },
            vec![Damage::Zip {}],
        ),
        (
            "a tree that is a file",
            |g, v| {
                remove_tree(&g.tree(v));
                fs::write(g.tree(v), "").expect("our own folder");
            },
            vec![Damage::Tree {}],
        ),
    ]
}

pub(super) fn lose_all(ground: &Ground, version: &str, endings: &[&str]) {
    for ending in endings {
        fs::remove_file(ground.download(version, ending)).expect("our own file");
    }
}
