//! A folder that is looked at: what is in it, links not followed, access times left as they are.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;

use std::{ffi::OsStr, ops::ControlFlow};

use jiff::Timestamp;

use crate::cache::Size;

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::Folder;
#[cfg(target_os = "linux")]
pub(super) use linux::Folder;

/// What the system says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct About {
    pub(super) is_folder: bool,
    pub(super) is_file: bool,
    /// Another disk, or a folder of one, is mounted there.
    pub(super) is_mount: bool,
    /// Allocated, in bytes.
    pub(super) allocated: u64,
    pub(super) length: u64,
    /// How many names it has.
    pub(super) names: u64,
    pub(super) device: u64,
    pub(super) number: u64,
    pub(super) modified: Timestamp,
    pub(super) changed: Timestamp,
    pub(super) accessed: Timestamp,
}

/// Takes a name, and whether it is a folder where the listing says so; ends the listing when told to.
pub(super) type Each<'a> = dyn FnMut(&OsStr, Option<bool>) -> ControlFlow<()> + 'a;

impl About {
    /// What it takes by itself.
    pub(super) fn size(&self) -> Size {
        Size {
            bytes: self.allocated,
            apparent: if self.is_folder { 0 } else { self.length },
            files: u64::from(!self.is_folder),
            estimated: false,
        }
    }
}
