//! Replacing a user's file as a whole: resolved, compared, staged beside it, synced, renamed, read back.
//!
//! After a crash at any instant the file is byte for byte the old one or the new one. `go env -w` truncates in place
//! and takes no lock, so a lock of ours cannot keep it out: the bytes are compared right before the rename instead.

mod error;
mod leftover;
mod read;
mod resolve;
#[cfg_attr(not(unix), path = "replace/standing_elsewhere.rs")]
mod standing;

use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    path::Path,
};

use tempfile::NamedTempFile;

pub use error::{FileError, Loss};
pub use leftover::sweep;
pub(crate) use leftover::{is_littered, sweep_held};
pub use read::{read, read_settled};
pub use resolve::resolve;

use crate::error::text;
use resolve::Resolved;
use standing::Standing;

/// Who may read a file, and the folders above it, that did not exist before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Birth {
    /// Whoever the umask lets, as every file that go makes.
    Shared,
    /// The user alone: our own files hold values with credentials.
    Private,
}

/// Replaces a user's file if it still holds `expected`; none stands for "does not exist", also as `new`.
///
/// Links are followed and stay links; mode, owner, group, extended attributes and ACL are kept. A new file gets the
/// mode that go would give it. Hold a [`super::lock::Lock`] meanwhile: it keeps other runs of this program out.
///
/// # Errors
/// [`FileError::NotDurable`] when the new content is in place all the same; with every other error the file is as it
/// was, or as another program left it.
pub fn replace(path: &Path, expected: Option<&[u8]>, new: Option<&[u8]>) -> Result<(), FileError> {
    change(path, expected, new, Birth::Shared)
}

/// As [`replace`], for our own files: what is made is for the user alone (0600, folders 0700).
///
/// # Errors
/// As [`replace`].
pub fn replace_private(
    path: &Path,
    expected: Option<&[u8]>,
    new: Option<&[u8]>,
) -> Result<(), FileError> {
    change(path, expected, new, Birth::Private)
}

/// Makes a folder of our own and those above it, for the user alone.
///
/// # Errors
/// The system does not let us.
pub(crate) fn make_private_folder(folder: &Path) -> Result<(), FileError> {
    make_folder(folder, Birth::Private).map_err(|reason| failed(folder, &reason, 0))
}

fn change(
    path: &Path,
    expected: Option<&[u8]>,
    new: Option<&[u8]>,
    birth: Birth,
) -> Result<(), FileError> {
    let target = resolve::follow(path)?;
    let standing = Standing::of(&target.path)?;
    if standing.is_some() != expected.is_some() {
        return Err(FileError::FileChanged { path: text(path) });
    }
    match new {
        Some(bytes) => put(&target, standing.as_ref(), expected, bytes, birth),
        None => remove(&target.path, standing.as_ref(), expected),
    }
}

/// Stages the new bytes beside the target and renames them over it.
fn put(
    target: &Resolved,
    standing: Option<&Standing>,
    expected: Option<&[u8]>,
    new: &[u8],
    birth: Birth,
) -> Result<(), FileError> {
    let path = &target.path;
    let full = |reason: &io::Error| failed(path, reason, new.len());
    let folder = folder_of(path);
    // a link that leads into a folder that is not there is broken: what it was meant for is not ours to guess
    if !target.linked {
        make_folder(folder, birth).map_err(|reason| full(&reason))?;
    }
    let mut staged = leftover::create(path, standing.is_none() && birth == Birth::Shared)
        .map_err(|reason| full(&reason))?;
    staged.write_all(new).map_err(|reason| full(&reason))?;
    if let Some(standing) = standing {
        standing.carry_over(staged.as_file(), path)?;
    }
    staged
        .as_file()
        .sync_all()
        .map_err(|reason| full(&reason))?;
    unchanged(path, standing, expected)?;
    persist(staged, path, expected.is_some())
        .and_then(|()| sync_folder(folder))
        .or_else(|reason| settle(path, expected, Some(new), &reason))
}

fn remove(
    path: &Path,
    standing: Option<&Standing>,
    expected: Option<&[u8]>,
) -> Result<(), FileError> {
    if standing.is_none() {
        return Ok(());
    }
    unchanged(path, standing, expected)?;
    fs::remove_file(path)
        .and_then(|()| sync_folder(folder_of(path)))
        .or_else(|reason| settle(path, expected, None, &reason))
}

/// The last look before the change: bytes, mode, owner and names are what they were.
fn unchanged(
    path: &Path,
    standing: Option<&Standing>,
    expected: Option<&[u8]>,
) -> Result<(), FileError> {
    if Standing::of(path)?.as_ref() == standing && holds(path, expected)? {
        Ok(())
    } else {
        Err(FileError::FileChanged { path: text(path) })
    }
}

fn holds(path: &Path, bytes: Option<&[u8]>) -> Result<bool, FileError> {
    let limit = bytes.map_or(0, <[u8]>::len) as u64;
    match read(path, limit) {
        Ok(found) => Ok(found.as_deref() == bytes),
        Err(FileError::FileTooLarge { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Something failed in or after the step that makes the change: what the file holds now decides what is reported.
fn settle(
    path: &Path,
    expected: Option<&[u8]>,
    new: Option<&[u8]>,
    reason: &io::Error,
) -> Result<(), FileError> {
    if holds(path, new)? {
        Err(FileError::NotDurable {
            path: text(path),
            reason: reason.to_string(),
        })
    } else if holds(path, expected)? {
        Err(failed(path, reason, new.map_or(0, <[u8]>::len)))
    } else {
        Err(FileError::FileChanged { path: text(path) })
    }
}

/// Renames over what is there, or, where nothing was, only if there still is nothing.
fn persist(staged: NamedTempFile, path: &Path, over: bool) -> io::Result<()> {
    let done = if over {
        staged.persist(path)
    } else {
        staged.persist_noclobber(path)
    };
    done.map(drop).map_err(|failed| failed.error)
}

/// Makes missing folders, and makes sure that they survive a power failure.
fn make_folder(folder: &Path, birth: Birth) -> io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if birth == Birth::Private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = birth;
    builder.create(folder)?;
    missing
        .into_iter()
        .try_for_each(|made| sync_folder(folder_of(made)))
}

/// Makes the names inside a folder survive a power failure.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder)?.sync_all() {
        // a file system without this kind of sync has no more to offer
        Err(reason) if reason.kind() == io::ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}

/// Windows keeps names with its own journal and gives no handle to sync.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The error for a step before the change. `needed` is in bytes.
pub(crate) fn failed(path: &Path, reason: &io::Error, needed: usize) -> FileError {
    match reason.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileError::DiskFull {
            path: text(path),
            bytes: u32::try_from(needed).unwrap_or(u32::MAX),
        },
        _ => FileError::FileUnwritable {
            path: text(path),
            reason: reason.to_string(),
        },
    }
}

/// What leftovers and the lock of a file carry in their names.
pub(super) fn key(path: &Path) -> String {
    super::fingerprint(path.as_os_str().as_encoded_bytes())[..16].to_owned()
}
