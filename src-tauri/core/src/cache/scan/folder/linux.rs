use std::{
    ffi::OsStr,
    fs::File,
    io,
    mem::MaybeUninit,
    ops::ControlFlow,
    os::{
        fd::{AsFd, OwnedFd},
        unix::ffi::OsStrExt,
    },
    path::Path,
};

use jiff::Timestamp;
use rustix::{
    fs::{
        AtFlags, FileType, Mode, OFlags, RawDir, Statx, StatxAttributes, StatxFlags,
        StatxTimestamp, openat, statx,
    },
    io::Errno,
};

use super::{About, Each};

const WANTED: StatxFlags = StatxFlags::BASIC_STATS;

/// How many bytes of names are taken from the system at once.
const NAMES: usize = 32 << 10;

/// An open folder.
#[derive(Debug)]
pub(crate) struct Folder(OwnedFd);

impl Folder {
    /// Opens the top of a cache.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        open(rustix::fs::CWD, path.as_os_str(), OFlags::DIRECTORY).map(Self)
    }

    /// A folder in it.
    pub(crate) fn enter(&self, name: &OsStr) -> io::Result<Self> {
        open(&self.0, name, OFlags::DIRECTORY).map(Self)
    }

    /// A file in it, to be read.
    pub(crate) fn read(&self, name: &OsStr) -> io::Result<File> {
        // a pipe would be waited for
        open(&self.0, name, OFlags::NONBLOCK).map(File::from)
    }

    /// What something in it is.
    pub(crate) fn about(&self, name: &OsStr) -> io::Result<About> {
        let about = statx(&self.0, name, AtFlags::SYMLINK_NOFOLLOW, WANTED)?;
        Ok(About::from(&about))
    }

    /// What it is itself.
    pub(crate) fn itself(&self) -> io::Result<About> {
        let about = statx(&self.0, c"", AtFlags::EMPTY_PATH, WANTED)?;
        Ok(About::from(&about))
    }

    /// Everything in it, the dots left out.
    pub(crate) fn list(&self, each: &mut Each<'_>) -> io::Result<()> {
        let mut buffer = [MaybeUninit::uninit(); NAMES];
        let mut entries = RawDir::new(&self.0, &mut buffer);
        while let Some(entry) = entries.next() {
            let entry = entry?;
            let name = entry.file_name();
            if name == c"." || name == c".." {
                continue;
            }
            let is_folder = match entry.file_type() {
                FileType::Unknown => None,
                kind => Some(kind == FileType::Directory),
            };
            if let ControlFlow::Break(()) = each(OsStr::from_bytes(name.to_bytes()), is_folder) {
                break;
            }
        }
        Ok(())
    }
}

/// Opens without leaving a trace in the access time, where that is allowed.
fn open(parent: impl AsFd, name: &OsStr, kind: OFlags) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | kind;
    let opened = match openat(&parent, name, flags | OFlags::NOATIME, Mode::empty()) {
        // somebody else's
        Err(Errno::PERM) => openat(&parent, name, flags, Mode::empty()),
        opened => opened,
    };
    Ok(opened?)
}

impl From<&Statx> for About {
    fn from(about: &Statx) -> Self {
        let kind = FileType::from_raw_mode(about.stx_mode.into());
        Self {
            is_folder: kind.is_dir(),
            is_file: kind.is_file(),
            is_mount: about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT),
            allocated: about.stx_blocks.saturating_mul(512),
            length: about.stx_size,
            names: about.stx_nlink.into(),
            device: (u64::from(about.stx_dev_major) << 32) | u64::from(about.stx_dev_minor),
            number: about.stx_ino,
            modified: time(&about.stx_mtime),
            changed: time(&about.stx_ctime),
            accessed: time(&about.stx_atime),
        }
    }
}

fn time(stamp: &StatxTimestamp) -> Timestamp {
    let nanoseconds = i32::try_from(stamp.tv_nsec).unwrap_or(0);
    Timestamp::new(stamp.tv_sec, nanoseconds).unwrap_or(match stamp.tv_sec {
        ..0 => Timestamp::MIN,
        0.. => Timestamp::MAX,
    })
}
