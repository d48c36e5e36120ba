//! The bytes before each change.

use std::{
    collections::HashSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::PathBuf,
};

use super::{make_folder, unwritable};
use crate::host::replace::{self, FileError};

/// The largest file that is kept, in bytes; also the largest that is read back.
const LIMIT: u64 = 64 << 20;

/// A folder with one file a change, for the user alone.
#[derive(Debug)]
pub(super) struct Backups {
    folder: PathBuf,
}

impl Backups {
    pub(super) const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps `bytes` under `name`; false if the name is taken.
    pub(super) fn keep(&self, name: &str, bytes: &[u8]) -> Result<bool, FileError> {
        let path = self.folder.join(name);
        make_folder(&path)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = match options.open(&path) {
            Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
            file => file.map_err(|reason| unwritable(&path, &reason, bytes.len()))?,
        };
        file.write_all(bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| replace::sync_folder(&self.folder))
            .map_err(|reason| {
                drop(fs::remove_file(&path));
                unwritable(&path, &reason, bytes.len())
            })?;
        Ok(true)
    }

    /// What was kept under `name`, if it still is.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, FileError> {
        replace::read(&self.folder.join(name), LIMIT)
    }

    /// Gives up one.
    pub(super) fn remove(&self, name: &str) {
        // left behind, it only takes room until it is pruned
        drop(fs::remove_file(self.folder.join(name)));
    }

    /// Gives up all but `wanted`.
    pub(super) fn prune(&self, wanted: &HashSet<&str>) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            // only names that we give: numbers
            if let Some(name) = name.to_str()
                && name.bytes().all(|byte| byte.is_ascii_digit())
                && !wanted.contains(name)
            {
                self.remove(name);
            }
        }
    }
}
