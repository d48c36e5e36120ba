//! Staged files: their names, and what is left of them after a crash.

use std::{fs, io, path::Path, time::Duration};

use tempfile::{Builder, NamedTempFile};

use super::{FileError, failed, folder_of, key, resolve::resolve};
use crate::host::{Folders, lock::Lock};

/// How the name of every staged file begins.
const PREFIX: &str = ".gopherdesk-";

/// A new file beside `target`, for the user alone unless `shared`. It goes away when it is dropped.
pub(super) fn create(target: &Path, shared: bool) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    let prefix = prefix(target);
    builder.prefix(&prefix).rand_bytes(8);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(if shared {
        // less the umask, by the system itself
        0o666
    } else {
        0o600
    }));
    #[cfg(not(unix))]
    let _ = shared;
    builder.tempfile_in(folder_of(target))
}

/// Removes what a crash left beside `path`, and says how many files that were.
///
/// Only while no other run of this program writes `path`: the lock tells a leftover from work in progress.
///
/// # Errors
/// [`FileError::FileBusy`]: somebody is writing. Otherwise as [`resolve`], or a leftover cannot be removed.
pub fn sweep(folders: &Folders, path: &Path) -> Result<u32, FileError> {
    let target = resolve(path)?;
    if leftovers(&target).is_empty() {
        return Ok(0);
    }
    let lock = Lock::hold(folders, path, Duration::ZERO)?;
    sweep_held(&lock, lock.target())
}

/// As [`sweep`], by who holds the lock under which `target` is written.
pub(crate) fn sweep_held(_held: &Lock, target: &Path) -> Result<u32, FileError> {
    let mut count = 0;
    for found in leftovers(target) {
        fs::remove_file(&found).map_err(|reason| failed(&found, &reason, 0))?;
        count += 1;
    }
    Ok(count)
}

/// Whether there may be something to sweep in `folder`, whatever file it belongs to.
pub(crate) fn is_littered(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        })
    })
}

fn leftovers(target: &Path) -> Vec<std::path::PathBuf> {
    let prefix = prefix(target);
    let Ok(entries) = fs::read_dir(folder_of(target)) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(&prefix))
        })
        .map(|entry| entry.path())
        .collect()
}

fn prefix(target: &Path) -> String {
    format!("{PREFIX}{}-", key(target))
}
