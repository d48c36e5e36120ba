//! What a file has besides its bytes, where neither mode nor owner goes with the file: it is the folder's.

use std::{fs, fs::File, io, path::Path};

use super::{
    FileError, failed,
    read::{kind, not_regular},
};

/// A file that exists and may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing;

impl Standing {
    /// What `path` has; none if it does not exist.
    pub(super) fn of(path: &Path) -> Result<Option<Self>, FileError> {
        let about = match fs::symlink_metadata(path) {
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
            about => about.map_err(|reason| failed(path, &reason, 0))?,
        };
        if let Some(what) = kind(about.file_type()) {
            return Err(not_regular(path, what));
        }
        if about.permissions().readonly() {
            let reason = io::Error::from(io::ErrorKind::PermissionDenied);
            return Err(failed(path, &reason, 0));
        }
        Ok(Some(Self))
    }

    /// The new file inherits what the folder gives.
    pub(super) fn carry_over(&self, _: &File, _: &Path) -> Result<(), FileError> {
        Ok(())
    }
}
