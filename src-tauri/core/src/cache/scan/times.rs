//! When something was last read, as far as a disk tells.

use std::{fs::Metadata, path::Path};

use jiff::Timestamp;

/// Whether access times are kept where this lies (`noatime`, mount(8)).
#[cfg(unix)]
pub(super) fn are_kept(root: &Path) -> bool {
    use rustix::fs::{StatVfsMountFlags, statvfs};
    statvfs(root).is_ok_and(|about| !about.f_flag.contains(StatVfsMountFlags::NOATIME))
}

#[cfg(not(unix))]
pub(super) fn are_kept(_: &Path) -> bool {
    false
}

/// The last reading of a file, when that was after it was written. What is in the future says nothing.
pub(super) fn read(metadata: &Metadata, now: Timestamp) -> Option<Timestamp> {
    let accessed: Timestamp = metadata.accessed().ok()?.try_into().ok()?;
    (accessed <= now).then_some(accessed)
}

pub(super) fn modified(metadata: &Metadata) -> Option<Timestamp> {
    metadata.modified().ok()?.try_into().ok()
}
