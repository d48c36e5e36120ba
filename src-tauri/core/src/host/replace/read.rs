//! Reading a file that may be anything.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{FileError, resolve::is_loop};
use crate::error::text;

/// How long an empty file may be one that somebody is about to fill.
const UNSETTLED: Duration = Duration::from_millis(200);

/// The bytes of a regular file, links followed; none if and only if it does not exist. `limit` is in bytes.
///
/// Never waits: a pipe or a device is refused, not read.
///
/// # Errors
/// [`FileError::NotRegular`], [`FileError::FileTooLarge`] (nothing is read), [`FileError::FileUnreadable`].
pub fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    let unreadable = |reason: io::Error| FileError::FileUnreadable {
        path: text(path),
        reason: reason.to_string(),
    };
    let too_large = || FileError::FileTooLarge {
        path: text(path),
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    };
    let file = match open(path) {
        Ok(file) => file,
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(reason) => {
            return Err(match irregular(path, &reason) {
                Some(what) => not_regular(path, what),
                None => unreadable(reason),
            });
        }
    };
    let about = file.metadata().map_err(unreadable)?;
    if let Some(what) = kind(about.file_type()) {
        return Err(not_regular(path, what));
    }
    if about.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    // it may grow while it is read, and some file systems say 0
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(Some(bytes))
}

/// As [`read`], but does not take an empty file at its word: `go env -w` empties the GOENV file before it writes it
/// (go-semantics 1.9), and what is read in between is nothing anybody meant. Waits a fifth of a second for its content.
///
/// # Errors
/// As [`read`].
pub fn read_settled(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    let until = Instant::now() + UNSETTLED;
    loop {
        let bytes = read(path, limit)?;
        if bytes.as_ref().is_none_or(|bytes| !bytes.is_empty()) || Instant::now() >= until {
            return Ok(bytes);
        }
        thread::sleep(UNSETTLED / 20);
    }
}

/// Opens without waiting for the other end of a pipe and without becoming the terminal's owner.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, super::standing::WITHOUT_WAITING);
    options.open(path)
}

/// What cannot even be opened, by what it is.
fn irregular(path: &Path, reason: &io::Error) -> Option<&'static str> {
    if is_loop(reason) {
        return Some("links in a circle");
    }
    path.metadata()
        .ok()
        .and_then(|about| kind(about.file_type()))
}

pub(super) fn not_regular(path: &Path, what: &str) -> FileError {
    FileError::NotRegular {
        path: text(path),
        reason: what.to_owned(),
    }
}

/// What it is, if it is no regular file.
#[cfg(unix)]
pub(super) fn kind(kind: std::fs::FileType) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some("a folder")
    } else if kind.is_fifo() {
        Some("a pipe")
    } else if kind.is_socket() {
        Some("a socket")
    } else {
        Some("a device")
    }
}

/// What it is, if it is no regular file.
#[cfg(not(unix))]
pub(super) fn kind(kind: std::fs::FileType) -> Option<&'static str> {
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some("a folder")
    } else {
        Some("a device")
    }
}
