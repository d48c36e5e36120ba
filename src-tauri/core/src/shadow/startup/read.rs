//! Reading a file that may be anything: a pipe is never waited for, a device never touched.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    path::Path,
};

/// What is read of a start-up file, in bytes; a longer one is passed over.
const LIMIT: u64 = 2 << 20;

/// The bytes of a regular file of at most [`LIMIT`] bytes, links followed.
pub(in crate::shadow) fn read(path: &Path) -> io::Result<Vec<u8>> {
    // asked before it is opened, because opening a device can do something
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let file = open(path)?;
    let mut bytes = Vec::new();
    let is_file = file.metadata()?.is_file();
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if !is_file || bytes.len() as u64 > LIMIT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    // a pipe that took its place since would block
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}
