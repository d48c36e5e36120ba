//! What a file has besides its bytes, and how its successor gets it.

use std::{
    collections::BTreeMap,
    ffi::CString,
    fs::{self, File, OpenOptions},
    io,
    os::{
        fd::AsFd,
        unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    },
    path::Path,
};

use rustix::{
    fs::{Gid, OFlags, Uid, XattrFlags, fchown, fgetxattr, flistxattr, fremovexattr, fsetxattr},
    io::Errno,
};

use super::{
    FileError, Loss, failed,
    read::{kind, not_regular},
};
use crate::error::text;

/// How a file that may be a pipe or a terminal is opened.
#[expect(
    clippy::cast_possible_wrap,
    reason = "the system's type for flags is signed here and unsigned there"
)]
pub(super) const WITHOUT_WAITING: i32 = OFlags::NONBLOCK
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC)
    .bits() as i32;

/// The access list, an attribute with a name of the system's.
const ACCESS_LIST: &[u8] = b"system.posix_acl_access";

/// What Linux allows for a list of names and for one value, in bytes (`XATTR_LIST_MAX`, `XATTR_SIZE_MAX`).
const ATTRIBUTE_LIMIT: usize = 1 << 16;

/// Mode, owner, names and attributes of a file that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    mode: u32,
    owner: u32,
    group: u32,
    attributes: BTreeMap<CString, Vec<u8>>,
}

impl Standing {
    /// What `path` has, links not followed; none if it does not exist.
    ///
    /// Opened for writing, though nothing is written: only that tells whether the user means it to be changed (mode,
    /// immutable flag, read-only file system). Replacing needs no such permission, so nothing else would.
    pub(super) fn of(path: &Path) -> Result<Option<Self>, FileError> {
        let refused = |reason: io::Error| failed(path, &reason, 0);
        let regular = |about: &fs::Metadata| match kind(about.file_type()) {
            Some(what) => Err(not_regular(path, what)),
            None => Ok(()),
        };
        // before it is opened: a device may act on that alone
        match fs::symlink_metadata(path) {
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
            about => regular(&about.map_err(refused)?)?,
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(WITHOUT_WAITING)
            .open(path)
            .map_err(refused)?;
        let about = file.metadata().map_err(refused)?;
        regular(&about)?;
        if about.nlink() > 1 {
            return Err(lost(path, Loss::HardLink));
        }
        Ok(Some(Self {
            mode: about.mode() & 0o7777,
            owner: about.uid(),
            group: about.gid(),
            attributes: attributes(&file).map_err(|reason| refused(reason.into()))?,
        }))
    }

    /// Gives all of it to `staged`, or says what could not be given.
    pub(super) fn carry_over(&self, staged: &File, path: &Path) -> Result<(), FileError> {
        let about = staged
            .metadata()
            .map_err(|reason| failed(path, &reason, 0))?;
        let owner = (about.uid() != self.owner).then(|| Uid::from_raw(self.owner));
        let group = (about.gid() != self.group).then(|| Gid::from_raw(self.group));
        if owner.is_some() || group.is_some() {
            fchown(staged, owner, group)
                .map_err(|reason| not_kept(path, Loss::Owner, &reason.into()))?;
        }
        self.carry_attributes(staged)
            .map_err(|reason| not_kept(path, Loss::Attributes, &reason.into()))?;
        // last: a change of owner takes set-id bits away, an access list changes the group's bits
        staged
            .set_permissions(fs::Permissions::from_mode(self.mode))
            .map_err(|reason| not_kept(path, Loss::Mode, &reason))?;
        let about = staged
            .metadata()
            .map_err(|reason| failed(path, &reason, 0))?;
        // some file systems say yes and do nothing
        if about.mode() & 0o7777 != self.mode {
            return Err(lost(path, Loss::Mode));
        }
        if (about.uid(), about.gid()) != (self.owner, self.group) {
            return Err(lost(path, Loss::Owner));
        }
        Ok(())
    }

    fn carry_attributes(&self, staged: &File) -> Result<(), Errno> {
        // the folder may give every new file an access list that the old file does not have
        for name in attributes(staged)?.into_keys() {
            if !self.attributes.contains_key(&name) {
                fremovexattr(staged, name.as_c_str())?;
            }
        }
        for (name, value) in &self.attributes {
            fsetxattr(staged, name.as_c_str(), value, XattrFlags::empty())?;
        }
        Ok(())
    }
}

/// The attributes that belong to the user; none where the file system knows none.
fn attributes(file: impl AsFd) -> Result<BTreeMap<CString, Vec<u8>>, Errno> {
    let mut names = Vec::with_capacity(ATTRIBUTE_LIMIT);
    match flistxattr(&file, rustix::buffer::spare_capacity(&mut names)) {
        Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(BTreeMap::new()),
        listed => listed?,
    };
    let mut found = BTreeMap::new();
    for name in names.split(|&byte| byte == 0).filter(|name| is_users(name)) {
        let Ok(name) = CString::new(name) else {
            continue;
        };
        let mut value = Vec::with_capacity(ATTRIBUTE_LIMIT);
        fgetxattr(
            &file,
            name.as_c_str(),
            rustix::buffer::spare_capacity(&mut value),
        )?;
        found.insert(name, value);
    }
    Ok(found)
}

/// Linux puts a namespace before each name; what the system and its policies set, they set on the new file too.
#[cfg(not(target_os = "macos"))]
fn is_users(name: &[u8]) -> bool {
    name.starts_with(b"user.") || name == ACCESS_LIST
}

/// macOS has no namespaces; `com.apple.provenance` is the system's own note.
#[cfg(target_os = "macos")]
fn is_users(name: &[u8]) -> bool {
    !name.is_empty() && name != ACCESS_LIST && name != b"com.apple.provenance"
}

fn not_kept(path: &Path, what: Loss, reason: &io::Error) -> FileError {
    match failed(path, reason, 0) {
        full @ FileError::DiskFull { .. } => full,
        _ => lost(path, what),
    }
}

fn lost(path: &Path, what: Loss) -> FileError {
    FileError::WouldLose {
        path: text(path),
        what,
    }
}
