//! Copies of the GOENV file for go to read, before anything is in its place.

use std::{fs, io, io::Write};

use tempfile::NamedTempFile;

use crate::{host::Host, toolchain::ask::create_private};

/// A file that only its owner reads, among our own; gone when it is dropped.
pub(super) fn stage(host: &Host, bytes: &[u8]) -> io::Result<NamedTempFile> {
    create_private(&host.folders.cache)?;
    let mut staged = tempfile::Builder::new()
        .prefix("goenv-")
        // go takes a relative path from its own folder
        .tempfile_in(fs::canonicalize(&host.folders.cache)?)?;
    staged.write_all(bytes)?;
    staged.flush()?;
    Ok(staged)
}
