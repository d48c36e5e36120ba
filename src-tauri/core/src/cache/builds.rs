//! The entries of a build cache (go-semantics 5.9; `cmd/go/internal/cache`): `xx/<hash>-a` and `xx/<hash>-d`.

use std::{
    fs::{DirEntry, File, Metadata},
    io::Read as _,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};

use super::{Size, choose::present};

/// Go notes a use only when the last note is older than that (`mtimeInterval`, cache.go).
const INTERVAL: SignedDuration = SignedDuration::from_hours(1);

/// How what a test printed begins, in the file of what it looked at (`cmd/go/internal/test`, `tryCacheWithID`).
const LOG: &[u8] = b"# test log\n";

/// One file of a build cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Where in the cache it lies.
    pub path: PathBuf,
    /// What it takes.
    pub size: Size,
}

struct Seen {
    built: Built,
    used: Timestamp,
    folder: bool,
}

/// What Go has not used for so many days.
///
/// What was used in the future is as new as can be. Ages count from the last use of anything where that is a year ago: more
/// likely the clock is wrong than that nothing was built since.
pub fn older_than(cache: &Path, now: Timestamp, days: u32) -> Vec<Built> {
    let seen = entries(cache);
    let newest = seen
        .iter()
        .map(|seen| seen.used)
        .filter(|used| *used <= now);
    let present = present(now, newest.max());
    let age = SignedDuration::from_hours(i64::from(days).saturating_mul(24)) + INTERVAL;
    let Ok(before) = present.checked_sub(age) else {
        return Vec::new();
    };
    let old = seen.into_iter().filter(|seen| seen.used < before);
    old.map(|seen| seen.built).collect()
}

/// What tests looked at and printed: without it they run again.
///
/// Go tells such a file from another only by the action that leads to it. Here it is told by how it begins: the log of what
/// a test looked at always does so, and without the log no output is used; an output that begins in its own way stays.
pub fn tests(cache: &Path) -> Vec<Built> {
    let seen = entries(cache).into_iter().filter(|seen| !seen.folder);
    let named = seen.filter(|seen| seen.built.path.to_string_lossy().ends_with("-d"));
    named
        .filter(|seen| is_of_a_test(&cache.join(&seen.built.path)))
        .map(|seen| seen.built)
        .collect()
}

/// Whether it begins as the log or the output of a test does.
pub fn is_of_a_test(file: &Path) -> bool {
    let mut head = [0; 11];
    let Ok(mut file) = File::open(file) else {
        return false;
    };
    let read = file.read(&mut head).unwrap_or(0);
    is_test_result(head.get(..read).unwrap_or_default())
}

/// Whether an output that begins so is the log or the output of a test.
pub fn is_test_result(head: &[u8]) -> bool {
    let beginnings: [&[u8]; 4] = [LOG, b"ok  \t", b"=== RUN", b"\x16=== RUN"];
    beginnings
        .iter()
        .any(|beginning| head.starts_with(beginning))
}

/// Whether Go's build cache has a file of this name: the hash of what was asked or of what came of it.
pub fn is_entry(name: &str) -> bool {
    let Some((hash, "a" | "d")) = name.split_once('-') else {
        return false;
    };
    hash.len() == 64 && is_hexadecimal(hash)
}

/// Whether Go's build cache has a folder of this name.
pub fn is_bin(name: &str) -> bool {
    name.len() == 2 && is_hexadecimal(name)
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn entries(cache: &Path) -> Vec<Seen> {
    let mut seen = Vec::new();
    for bin in read(cache) {
        let name = bin.file_name();
        let is_folder = bin.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_folder || !name.to_str().is_some_and(is_bin) {
            continue;
        }
        let own = |entry: &DirEntry| entry.file_name().to_str().is_some_and(is_entry);
        for entry in read(&bin.path()).into_iter().filter(own) {
            // what is gone meanwhile is no entry
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            let Some(used) = metadata.modified().ok().and_then(|at| at.try_into().ok()) else {
                continue;
            };
            let path = Path::new(&name).join(entry.file_name());
            seen.push(Seen {
                built: Built {
                    size: size(&metadata, &entry.path()),
                    path,
                },
                used,
                folder: metadata.is_dir(),
            });
        }
    }
    seen
}

fn read(folder: &Path) -> Vec<DirEntry> {
    folder.read_dir().into_iter().flatten().flatten().collect()
}

/// Since Go 1.24 an output may be a folder with one program in it.
fn size(metadata: &Metadata, path: &Path) -> Size {
    let own = of(metadata);
    if !metadata.is_dir() {
        return own;
    }
    let inside = read(path)
        .into_iter()
        .filter_map(|entry| entry.metadata().ok());
    own + inside.map(|metadata| of(&metadata)).sum()
}

fn of(metadata: &Metadata) -> Size {
    let is_folder = metadata.is_dir();
    Size {
        bytes: blocks(metadata),
        apparent: if is_folder { 0 } else { metadata.len() },
        files: u64::from(!is_folder),
        estimated: false,
    }
}

#[cfg(unix)]
fn blocks(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    metadata.blocks().saturating_mul(512)
}

#[cfg(not(unix))]
fn blocks(metadata: &Metadata) -> u64 {
    metadata.len()
}
