//! Which file a path stands for.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{FileError, folder_of};
use crate::error::text;

/// How many links are followed, as Linux does (`MAXSYMLINKS`).
const HOPS: u32 = 40;

/// Where a chain of links ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    /// The file, which need not exist.
    pub(super) path: PathBuf,
    /// Whether a link led there.
    pub(super) linked: bool,
}

/// The file that `path` stands for, links followed and its folder resolved; it need not exist.
///
/// # Errors
/// [`FileError::NotRegular`] for links in a circle, [`FileError::FileUnreadable`] when the system does not let us look.
pub fn resolve(path: &Path) -> Result<PathBuf, FileError> {
    follow(path).map(|resolved| resolved.path)
}

pub(super) fn follow(path: &Path) -> Result<Resolved, FileError> {
    let unreadable = |reason: &io::Error| FileError::FileUnreadable {
        path: text(path),
        reason: reason.to_string(),
    };
    let mut at = path.to_owned();
    for hop in 0..=HOPS {
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_symlink() => {
                let next = fs::read_link(&at).map_err(|reason| unreadable(&reason))?;
                // left as it is written: only the system knows what `..` after a linked folder means
                at = folder_of(&at).join(next);
            }
            Err(reason) if reason.kind() != io::ErrorKind::NotFound => {
                return Err(if is_loop(&reason) {
                    circle(path)
                } else {
                    unreadable(&reason)
                });
            }
            _ => {
                return Ok(Resolved {
                    path: in_real_folder(&at).map_err(|reason| unreadable(&reason))?,
                    linked: hop > 0,
                });
            }
        }
    }
    Err(circle(path))
}

/// One name for one file, however its folder is reached: locks and leftovers are found by it.
fn in_real_folder(path: &Path) -> io::Result<PathBuf> {
    let Some(name) = path.file_name() else {
        return Ok(path.to_owned());
    };
    match fs::canonicalize(folder_of(path)) {
        Ok(folder) => Ok(folder.join(name)),
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        Err(reason) => Err(reason),
    }
}

fn circle(path: &Path) -> FileError {
    FileError::NotRegular {
        path: text(path),
        reason: "links in a circle".to_owned(),
    }
}

#[cfg(unix)]
pub(super) fn is_loop(reason: &io::Error) -> bool {
    reason.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
pub(super) fn is_loop(_: &io::Error) -> bool {
    false
}
