//! When something was last read, as far as a disk tells.

use std::path::Path;

use jiff::Timestamp;

use super::folder::About;

/// Whether access times are kept where this lies (`noatime`, mount(8)).
#[cfg(unix)]
pub(super) fn are_kept(root: &Path) -> bool {
    use rustix::fs::{StatVfsMountFlags, statvfs};
    statvfs(root).is_ok_and(|about| !about.f_flag.contains(StatVfsMountFlags::NOATIME))
}

/// NTFS keeps none unless somebody asks for them.
#[cfg(not(unix))]
pub(super) fn are_kept(_: &Path) -> bool {
    false
}

/// The last reading, when that was after it was written. What is in the future says nothing.
pub(super) fn read(about: &About, now: Timestamp) -> Option<Timestamp> {
    let written = about.modified.max(about.changed);
    (about.accessed > written && about.accessed <= now).then_some(about.accessed)
}
