//! Counting file by file. No link is followed and no other disk entered.

use std::{
    collections::HashSet,
    fs::{self, Metadata},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tokio_util::sync::CancellationToken;

use crate::cache::Size;

/// What is known across one cache.
pub(super) struct Walk<'a> {
    device: Option<u64>,
    cancel: &'a CancellationToken,
    /// Files with several names that were counted.
    twice: Mutex<HashSet<(u64, u64)>>,
}

impl<'a> Walk<'a> {
    pub(super) fn of(root: &Path, cancel: &'a CancellationToken) -> Self {
        Self {
            device: root.metadata().ok().as_ref().map(device),
            cancel,
            twice: Mutex::default(),
        }
    }

    pub(super) const fn cancel(&self) -> &CancellationToken {
        self.cancel
    }

    /// Everything in a folder, and the folder itself. What cannot be read counts as nothing.
    pub(super) fn folder(&self, folder: &Path) -> Size {
        let Ok(metadata) = folder.symlink_metadata() else {
            return Size::default();
        };
        let mut size = self.own(&metadata);
        let mut ahead: Vec<PathBuf> = vec![folder.to_owned()];
        while let Some(folder) = ahead.pop() {
            for (path, metadata) in self.entries(&folder) {
                size += self.own(&metadata);
                if metadata.is_dir() {
                    ahead.push(path);
                }
            }
        }
        size
    }

    /// What lies in a folder, on the same disk, one by one.
    pub(super) fn entries(&self, folder: &Path) -> impl Iterator<Item = (PathBuf, Metadata)> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .take_while(|_| !self.cancel.is_cancelled())
            .filter_map(|entry| {
                // it may be gone meanwhile
                let metadata = entry.metadata().ok()?;
                let elsewhere = metadata.is_dir() && Some(device(&metadata)) != self.device;
                (!elsewhere).then(|| (entry.path(), metadata))
            })
    }

    /// One file or folder, without what is in it.
    pub(super) fn own(&self, metadata: &Metadata) -> Size {
        let is_folder = metadata.is_dir();
        let again = !is_folder && self.is_counted(metadata);
        Size {
            bytes: if again { 0 } else { blocks(metadata) },
            apparent: if is_folder { 0 } else { metadata.len() },
            files: u64::from(!is_folder),
            estimated: false,
        }
    }

    #[cfg(unix)]
    fn is_counted(&self, metadata: &Metadata) -> bool {
        use std::os::unix::fs::MetadataExt;
        if metadata.nlink() < 2 {
            return false;
        }
        let mut twice = self.twice.lock().unwrap_or_else(PoisonError::into_inner);
        !twice.insert((metadata.dev(), metadata.ino()))
    }

    #[cfg(not(unix))]
    fn is_counted(&self, _: &Metadata) -> bool {
        false
    }
}

#[cfg(unix)]
fn device(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(metadata)
}

#[cfg(not(unix))]
fn device(_: &Metadata) -> u64 {
    0
}

/// What the disk holds for it: a hole in a sparse file is nothing.
#[cfg(unix)]
fn blocks(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata).saturating_mul(512)
}

#[cfg(not(unix))]
fn blocks(metadata: &Metadata) -> u64 {
    metadata.len()
}
