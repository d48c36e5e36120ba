//! Whether a place is a cache, by what it holds.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    io::{ErrorKind, Read},
    path::Path,
};

use super::{
    CacheError, CacheKind,
    layout::{ASIDE, Zone},
};
use crate::error::text;

/// How many folders are looked into for the first thing that only Go makes.
const SEARCH: u32 = 256;

/// What each tool writes into the README of its cache.
const READMES: &[(CacheKind, &[u8])] = &[
    // cmd/go/internal/cache, `cacheREADME`
    (
        CacheKind::Build,
        b"This directory holds cached build artifacts from the Go build system.",
    ),
    // honnef.co/go/tools/lintcmd/cache, `cacheREADME`
    (
        CacheKind::Staticcheck,
        b"This directory holds cached build artifacts from staticcheck.",
    ),
    // golangci-lint, internal/go/cache, `cacheREADME`
    (
        CacheKind::GolangciLint,
        b"This directory holds cached build artifacts from golangci-lint.",
    ),
];

/// A place that is a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The names at its top that are Go's.
    pub own: Vec<OsString>,
    /// Those that are not; they are left alone.
    pub strangers: Vec<OsString>,
}

impl Recognised {
    /// Nothing is in it but, at most, strangers.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty()
    }
}

/// Looks at what lies in `root`; an empty folder is an empty cache.
///
/// # Errors
/// [`CacheError::NotACache`]: there is something, and nothing of it shows that Go made it, or no folder at all.
/// [`CacheError::CacheSystem`] when it cannot be read.
pub fn recognise(root: &Path, kind: CacheKind) -> Result<Recognised, CacheError> {
    let not_a_cache = || CacheError::NotACache { path: text(root) };
    let unreadable = |reason: std::io::Error| match reason.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => not_a_cache(),
        _ => CacheError::CacheSystem {
            path: text(root),
            reason: reason.to_string(),
        },
    };
    let mut found = Recognised::default();
    for entry in fs::read_dir(root).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(ASIDE.as_bytes()) {
            // what this program put there is nobody's
        } else if is_own(root, kind, &entry) {
            found.own.push(name);
        } else {
            found.strangers.push(name);
        }
    }
    found.own.sort_unstable();
    found.strangers.sort_unstable();
    let nothing = found.is_empty() && found.strangers.is_empty();
    (nothing || is_proven(root, kind, &found))
        .then_some(found)
        .ok_or_else(not_a_cache)
}

fn is_own(root: &Path, kind: CacheKind, entry: &fs::DirEntry) -> bool {
    let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
    let name = entry.file_name();
    match Zone::of(kind).enter(name.as_encoded_bytes(), folder) {
        None => false,
        // a host's name may be anybody's folder
        Some(Zone::Paths) => {
            root.join("cache/download").join(&name).is_dir() || is_or_holds_tree(root, &name)
        }
        Some(_) => true,
    }
}

/// Something is there that only the tool makes.
fn is_proven(root: &Path, kind: CacheKind, found: &Recognised) -> bool {
    match kind {
        CacheKind::Modules => {
            let downloads = root.join("cache/download");
            found.own.iter().any(|name| is_or_holds_tree(root, name))
                || holds(
                    &downloads,
                    Zone::Downloads,
                    &mut SEARCH.clone(),
                    &is_download,
                )
                || (found.strangers.is_empty()
                    && holds_no_stranger(&root.join("cache"), Zone::Cache, &mut SEARCH.clone()))
        }
        CacheKind::Build | CacheKind::Staticcheck | CacheKind::GolangciLint => {
            let folders = found.own.iter().filter(|name| name.len() == 2).count();
            let mut readmes = READMES.iter();
            match readmes.find(|(_, text)| starts_with(&root.join("README"), text)) {
                Some((tool, _)) => *tool == kind,
                None => folders == 256 && root.join("trim.txt").is_file(),
            }
        }
        CacheKind::Gopls => found.own.iter().any(|name| holds_answers(&root.join(name))),
    }
}

/// `@v` holds what a proxy answers with.
fn is_download(path: &Path, zone: Zone) -> bool {
    let endings = ["info", "mod", "zip"];
    zone == Zone::Whole
        && path.file_name().is_some_and(|name| name == "@v")
        && fs::read_dir(path).is_ok_and(|mut files| {
            files.any(|file| {
                let name = file.map(|file| file.file_name()).unwrap_or_default();
                Path::new(&name)
                    .extension()
                    .is_some_and(|ending| endings.iter().any(|known| ending == *known))
            })
        })
}

/// A name at the top of a module cache that is a version's, or a folder of the paths to some.
fn is_or_holds_tree(root: &Path, name: &OsStr) -> bool {
    match Zone::Modules.enter(name.as_encoded_bytes(), true) {
        Some(Zone::Whole) => true,
        Some(Zone::Paths) => {
            let is_tree = |_: &Path, zone: Zone| zone == Zone::Whole;
            holds(&root.join(name), Zone::Paths, &mut SEARCH.clone(), &is_tree)
        }
        _ => false,
    }
}

/// Whether a folder that passes lies below `folder`; `search` folders are looked into at most.
fn holds(
    folder: &Path,
    zone: Zone,
    search: &mut u32,
    passes: &impl Fn(&Path, Zone) -> bool,
) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    for entry in entries.flatten() {
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let Some(inside) = zone.enter(entry.file_name().as_encoded_bytes(), true) else {
            continue;
        };
        if passes(&entry.path(), inside) {
            return true;
        }
        if *search == 0 || inside == Zone::Whole {
            continue;
        }
        *search -= 1;
        if holds(&entry.path(), inside, search, passes) {
            return true;
        }
    }
    false
}

/// Nothing but names of Go's, as far as one has to look: before anything was downloaded there is little.
fn holds_no_stranger(folder: &Path, zone: Zone, search: &mut u32) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.all(|entry| {
        let Ok(entry) = entry else {
            return false;
        };
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        match zone.enter(entry.file_name().as_encoded_bytes(), is_folder) {
            None => false,
            Some(Zone::Whole) => true,
            Some(_) if *search == 0 => false,
            Some(inside) => {
                *search -= 1;
                holds_no_stranger(&entry.path(), inside, search)
            }
        }
    })
}

/// gopls's folder of one of its versions: two digits of a hash, then the hash and the kind of the answer.
fn holds_answers(version: &Path) -> bool {
    let folders = fs::read_dir(version).into_iter().flatten().flatten();
    folders
        .filter(|folder| {
            Zone::Build.enter(folder.file_name().as_encoded_bytes(), true) == Some(Zone::Results)
        })
        .take(16)
        .any(|folder| {
            let answers = fs::read_dir(folder.path()).into_iter().flatten().flatten();
            answers.take(16).any(|answer| {
                Zone::Results
                    .enter(answer.file_name().as_encoded_bytes(), false)
                    .is_some()
            })
        })
}

/// A README is a file and no link to one.
fn starts_with(path: &Path, text: &[u8]) -> bool {
    let mut start = vec![0; text.len()];
    fs::symlink_metadata(path).is_ok_and(|about| about.is_file())
        && File::open(path)
            .and_then(|mut file| file.read_exact(&mut start))
            .is_ok_and(|()| start == text)
}
