//! The places.

use std::{
    fs,
    path::{Path, PathBuf},
};

use gopherdesk_core::cache::CacheKind;

use super::{close, give_away, link, mine, pipe};
use crate::ground::put;

/// Somewhere to clean.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) kind: CacheKind,
    pub(super) wanted: Wanted,
    /// Others need it again.
    pub(super) refill: bool,
}

/// What has to come of it.
#[derive(Debug)]
pub(super) enum Wanted {
    Refused(&'static str),
    /// What is Go's is gone, and the rest is kept for these reasons.
    Exact {
        kept: &'static [&'static str],
    },
}

const README: &str = "This directory holds cached build artifacts from the Go build system.\n";

/// A module cache as Go makes it, in a place where somebody has things of his own as well.
pub(super) fn cache(root: &Path) {
    let downloads = root.join("cache/download/example.com/m/@v");
    put(&downloads.join("v1.0.0.mod"), b"module example.com/m\n");
    put(&downloads.join("v1.0.0.zip"), b"zip");
    put(
        &root.join("example.com/m@v1.0.0/go.mod"),
        b"module example.com/m\n",
    );
    if !root.join("My Documents/letter").exists() {
        mine(&root.join("My Documents/letter"));
    }
}

/// Everything below `folder` before anything is mounted.
pub(super) fn build(folder: &Path) {
    for place in [
        "home",
        "home/go",
        "home/go/src",
        "home/go/pkg",
        "home/go/bin",
        "home/Documents",
        "home/Downloads",
        "home/.ssh",
        "home/projects",
        "home/passwd-home",
        "goroot",
        "goroot/src",
        "own",
        "own/state",
        "own/cache",
        "here",
        "repository",
        "worktree",
        "real",
        "new\nline",
        "foreign",
        "closed",
        "linked",
        "crossed",
    ] {
        cache(&folder.join(place));
    }
    cache(folder);
    mine(&folder.join("precious/diary"));
    for empty in ["disk", "bound", "frozen", "empty"] {
        fs::create_dir_all(folder.join(empty)).expect("a folder");
    }
    mine(&folder.join("repository/.git/HEAD"));
    mine(&folder.join("worktree/.git"));
    put(
        &folder.join("root/etc/passwd"),
        format!(
            "root:x:0:0::/:/bin/sh\nme:x:1000:1000:Me:{}:/bin/sh\n",
            folder.join("home/passwd-home").display()
        )
        .as_bytes(),
    );
    link(
        &folder.join("precious"),
        &folder.join("linked/example.com/away"),
    );
    link(
        &folder.join("precious"),
        &folder.join("linked/example.com/m@v1.0.0/away"),
    );
    for (name, to) in [
        ("to-root", PathBuf::from("/")),
        ("to-home", folder.join("home")),
        ("to-goroot", folder.join("goroot")),
        ("to-gopath", folder.join("home/go")),
        ("to-repository", folder.join("repository")),
        ("to-disk", folder.join("disk")),
        ("to-here", folder.join("here")),
        ("to-real", folder.join("real")),
        ("to-to-real", folder.join("to-real")),
        ("to-nothing", folder.join("nothing")),
        ("to-itself", folder.join("to-itself")),
    ] {
        link(&to, &folder.join(name));
    }
    for bin in ["aa", "bb"] {
        mine(&folder.join("letters").join(bin).join("letter"));
        mine(&folder.join("readme").join(bin).join("letter"));
    }
    put(&folder.join("readme/README"), b"My letters\n");
    put(&folder.join("build/README"), README.as_bytes());
    put(
        &folder.join(format!("build/aa/{}-a", "aa".repeat(32))),
        b"v1",
    );
    mine(&folder.join("build/aa/letter"));
    mine(&folder.join("build/photos/1"));
    link(&folder.join("build/README"), &folder.join("letters/README"));
    mine(&folder.join("node/node_modules/lodash@4.17.21/index.js"));
    mine(&folder.join("node/cache/index"));
    mine(&folder.join("browser/cache/download/movie"));
    mine(&folder.join("dates/01234567/ab/diary"));
    mine(&folder.join("file"));
    pipe(&folder.join("pipe"));
    if !give_away(&folder.join("foreign")) {
        // without powers nothing can be given away; a folder that nobody can read is refused as well
        close(&folder.join("foreign"));
    }
    close(&folder.join("closed"));
}

/// Each of them, and what has to come of it.
pub(super) fn all(folder: &Path) -> Vec<Place> {
    let mut all = Vec::new();
    let mut add = |path: PathBuf, kind, wanted, refill| {
        all.push(Place {
            path,
            kind,
            wanted,
            refill,
        });
    };
    let text = folder.display();
    let forbidden = [
        "/",
        "//",
        "/.",
        "/../",
        "/usr/..",
        "{}",
        "{}/",
        "{}/.",
        "{}/home",
        "{}/home/",
        "{}/home/.",
        "{}/home/../home",
        "{}/home/Documents/..",
        "{}/..",
        "{}/home/go",
        "{}/home/go/src",
        "{}/home/go/pkg",
        "{}/home/go/bin",
        "{}/goroot",
        "{}/goroot/src",
        "{}/own",
        "{}/own/state",
        "{}/own/cache",
        "{}/here",
        "{}/here/../here",
        "{}/repository",
        "{}/repository/",
        "{}/worktree",
        "{}/disk",
        "{}/bound",
        "{}/home/passwd-home",
        "{}/frozen",
        "{}/to-root",
        "{}/to-home",
        "{}/to-goroot",
        "{}/to-gopath",
        "{}/to-repository",
        "{}/to-disk",
        "{}/to-here",
        "/dev",
        "/proc",
    ];
    for path in forbidden {
        let path = path.replace("{}", &text.to_string());
        add(
            path.into(),
            CacheKind::Modules,
            Wanted::Refused("place_forbidden"),
            false,
        );
    }
    let no_cache = [
        ("off", CacheKind::Modules),
        ("", CacheKind::Modules),
        ("real", CacheKind::Modules),
        ("../real", CacheKind::Modules),
        ("{}/to-nothing", CacheKind::Modules),
        ("{}/nothing", CacheKind::Modules),
        ("{}/file", CacheKind::Modules),
        ("{}/pipe", CacheKind::Modules),
        ("{}/node", CacheKind::Modules),
        ("{}/browser", CacheKind::Modules),
        ("{}/precious", CacheKind::Modules),
        ("{}/build", CacheKind::Modules),
        ("{}/letters", CacheKind::Build),
        ("{}/readme", CacheKind::Build),
        ("{}/real", CacheKind::Build),
        ("{}/build", CacheKind::Staticcheck),
        ("{}/build", CacheKind::GolangciLint),
        ("{}/dates", CacheKind::Gopls),
        ("{}/real", CacheKind::Gopls),
    ];
    for (path, kind) in no_cache {
        let path = path.replace("{}", &text.to_string());
        add(path.into(), kind, Wanted::Refused("not_a_cache"), false);
    }
    let foreign = match fs::read_dir(folder.join("foreign")) {
        Ok(_) => "not_owned",
        Err(_) => "cache_system",
    };
    for (name, code) in [
        ("foreign", foreign),
        ("closed", "cache_system"),
        ("to-itself", "not_a_cache"),
        ("frozen/inside", "cache_read_only"),
    ] {
        add(
            folder.join(name),
            CacheKind::Modules,
            Wanted::Refused(code),
            false,
        );
    }
    let exact: [(&str, CacheKind, &[&str]); 15] = [
        ("real", CacheKind::Modules, &[]),
        ("real/", CacheKind::Modules, &[]),
        ("real/.", CacheKind::Modules, &[]),
        ("precious/../real", CacheKind::Modules, &[]),
        ("to-real", CacheKind::Modules, &[]),
        ("to-real/", CacheKind::Modules, &[]),
        ("to-to-real", CacheKind::Modules, &[]),
        ("home/Documents", CacheKind::Modules, &[]),
        ("home/Downloads", CacheKind::Modules, &[]),
        ("home/.ssh", CacheKind::Modules, &[]),
        ("home/projects", CacheKind::Modules, &[]),
        ("new\nline", CacheKind::Modules, &[]),
        ("empty", CacheKind::Modules, &[]),
        ("linked", CacheKind::Modules, &["not_a_cache"]),
        ("crossed", CacheKind::Modules, &["mounted_inside"]),
    ];
    for (name, kind, kept) in exact {
        let refill = name.contains("real");
        add(folder.join(name), kind, Wanted::Exact { kept }, refill);
    }
    add(
        folder.join("disk/inside"),
        CacheKind::Modules,
        Wanted::Exact { kept: &[] },
        false,
    );
    add(
        folder.join("build"),
        CacheKind::Build,
        Wanted::Exact {
            kept: &["not_a_cache"],
        },
        false,
    );
    all
}
