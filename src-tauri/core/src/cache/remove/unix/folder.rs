//! An opened folder: what can be done from there without following a link or entering a disk.

use std::{
    ffi::{CStr, CString},
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    path::Path,
};

use rustix::{
    fs::{AtFlags, FileType, Mode, OFlags, RawMode, Stat},
    io::Errno,
};

use crate::cache::{Size, plan::Seal};

const FLAGS: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// How often a way is tried again that was changed while the system walked it.
const TRIES: u32 = 8;

/// A folder, and what it was when it was opened.
#[derive(Debug)]
pub(super) struct Folder {
    fd: OwnedFd,
    about: About,
}

/// What the system says of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct About {
    pub(super) device: u64,
    pub(super) number: u64,
    pub(super) owner: u32,
    pub(super) mode: RawMode,
    pub(super) folder: bool,
    /// How many names it has.
    pub(super) names: u64,
    /// What the disk holds for it, in bytes.
    pub(super) blocks: u64,
    pub(super) length: u64,
    /// When it was last written, in seconds since 1970.
    pub(super) modified: i64,
}

/// Why a folder is not entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// Nothing is there.
    Gone,
    /// A link, or a file.
    NoFolder,
    /// Another disk, or the same one a second time.
    Mounted,
    /// Somebody else's.
    Foreign,
    /// Nothing of Go's.
    Stranger,
    /// The system refused.
    System(Errno),
}

impl From<Errno> for Obstacle {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::NOENT => Self::Gone,
            Errno::LOOP | Errno::NOTDIR => Self::NoFolder,
            Errno::XDEV | Errno::BUSY => Self::Mounted,
            errno => Self::System(errno),
        }
    }
}

impl Folder {
    /// Opens a folder by a name that holds no links any more.
    pub(super) fn open(resolved: &Path) -> Result<Self, Errno> {
        Self::of(system::open(resolved)?)
    }

    fn of(fd: OwnedFd) -> Result<Self, Errno> {
        let about = About::of(&rustix::fs::fstat(&fd)?);
        Ok(Self { fd, about })
    }

    /// A folder in it, of the same user and on the same disk.
    pub(super) fn enter(&self, name: &CStr) -> Result<Self, Obstacle> {
        let fd = system::enter(self.fd.as_fd(), name)?;
        let child = Self::of(fd)?;
        if child.about.device != self.about.device {
            return Err(Obstacle::Mounted);
        }
        if child.about.owner != self.about.owner {
            return Err(Obstacle::Foreign);
        }
        Ok(child)
    }

    /// Another handle of it.
    pub(super) fn again(&self) -> Result<Self, Errno> {
        let fd = rustix::io::fcntl_dupfd_cloexec(&self.fd, 0)?;
        Ok(Self {
            fd,
            about: self.about,
        })
    }

    /// Lets its owner change what is in it, as Go's trees do not; gives the mode that it had if that was changed.
    pub(super) fn unlock(&self) -> Result<Option<Mode>, Errno> {
        let mode = Mode::from_raw_mode(self.about.mode);
        let needed = Mode::RWXU;
        if mode.contains(needed) {
            return Ok(None);
        }
        rustix::fs::fchmod(&self.fd, mode | needed)?;
        Ok(Some(mode))
    }

    /// Gives it the mode back that [`Folder::unlock`] took.
    pub(super) fn lock(&self, mode: Mode) -> Result<(), Errno> {
        rustix::fs::fchmod(&self.fd, mode)
    }

    /// Makes a folder in it for the user alone, or enters the one that is there.
    pub(super) fn make(&self, name: &CStr) -> Result<Self, Obstacle> {
        match rustix::fs::mkdirat(&self.fd, name, Mode::RWXU) {
            Ok(()) | Err(Errno::EXIST) => self.enter(name),
            Err(errno) => Err(errno.into()),
        }
    }

    /// The names in it.
    pub(super) fn names(&self) -> Result<Vec<CString>, Errno> {
        self.rewind()?;
        let mut names = Vec::new();
        let mut buffer = vec![MaybeUninit::uninit(); 32 << 10];
        while self.list(&mut buffer, &mut |name, _| names.push(name.to_owned()))? {}
        names.sort_unstable();
        Ok(names)
    }

    /// What something in it is, links not followed.
    pub(super) fn about(&self, name: &CStr) -> Result<About, Errno> {
        rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW).map(|about| About::of(&about))
    }

    /// Deletes something that is no folder.
    pub(super) fn unlink(&self, name: &CStr) -> Result<(), Errno> {
        rustix::fs::unlinkat(&self.fd, name, AtFlags::empty())
    }

    /// Deletes an empty folder.
    pub(super) fn remove(&self, name: &CStr) -> Result<(), Errno> {
        rustix::fs::unlinkat(&self.fd, name, AtFlags::REMOVEDIR)
    }

    /// Gives something another name, here or elsewhere; never that of something else.
    pub(super) fn rename(&self, name: &CStr, to: &Self, new: &CStr) -> Result<(), Errno> {
        system::rename(self.fd.as_fd(), name, to.fd.as_fd(), new)
    }

    /// Begins to list it anew.
    pub(super) fn rewind(&self) -> Result<(), Errno> {
        rustix::fs::seek(&self.fd, rustix::fs::SeekFrom::Start(0)).map(drop)
    }

    /// The next entries, the dots left out; whether there may be more.
    pub(super) fn list(
        &self,
        buffer: &mut [MaybeUninit<u8>],
        each: &mut dyn FnMut(&CStr, FileType),
    ) -> Result<bool, Errno> {
        system::list(self.fd.as_fd(), buffer, &mut |name, kind| {
            if name != c"." && name != c".." {
                each(name, kind);
            }
        })
    }

    pub(super) fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    pub(super) const fn is(&self) -> &About {
        &self.about
    }

    /// Whether a disk, or a folder of one, is mounted at it.
    pub(super) fn is_mounted(&self) -> Result<bool, Errno> {
        system::is_mounted(self.fd.as_fd(), &self.about)
    }
}

impl About {
    #[expect(
        clippy::unnecessary_cast,
        clippy::useless_conversion,
        clippy::cast_sign_loss,
        reason = "the numbers have other types on other systems, and are never negative"
    )]
    fn of(about: &Stat) -> Self {
        Self {
            device: about.st_dev as u64,
            number: about.st_ino.into(),
            owner: about.st_uid,
            mode: about.st_mode as RawMode,
            folder: FileType::from_raw_mode(about.st_mode as RawMode).is_dir(),
            names: about.st_nlink as u64,
            blocks: (about.st_blocks as u64).saturating_mul(512),
            length: about.st_size as u64,
            modified: about.st_mtime as i64,
        }
    }

    /// What the disk has more when this name of a file goes: the last of its names frees it.
    pub(super) const fn freed(&self) -> Size {
        let last = self.names <= 1;
        Size {
            bytes: if last { self.blocks } else { 0 },
            apparent: if last { self.length } else { 0 },
            files: 1,
            estimated: false,
        }
    }

    /// By what it is known again.
    pub(super) const fn seal(&self) -> Seal {
        Seal::new(self.device, self.number)
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::fs::{
        CWD, RawDir, RenameFlags, ResolveFlags, StatxAttributes, StatxFlags, openat, openat2,
        renameat, renameat_with, statx,
    };

    use super::{
        About, AsFd, AtFlags, BorrowedFd, CStr, Errno, FLAGS, FileType, MaybeUninit, Mode, OwnedFd,
        Path, TRIES,
    };

    /// The kernel is older than 5.6, or a sandbox hides the call.
    static WITHOUT_OPENAT2: AtomicBool = AtomicBool::new(false);

    pub(super) fn open(resolved: &Path) -> Result<OwnedFd, Errno> {
        let resolve = ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match openat2(CWD, resolved, FLAGS, Mode::empty(), resolve) {
            Err(Errno::NOSYS | Errno::PERM) => super::open_step_by_step(resolved),
            opened => opened,
        }
    }

    pub(super) fn enter(parent: BorrowedFd<'_>, name: &CStr) -> Result<OwnedFd, Errno> {
        let resolve = ResolveFlags::BENEATH
            | ResolveFlags::NO_SYMLINKS
            | ResolveFlags::NO_MAGICLINKS
            | ResolveFlags::NO_XDEV;
        for _ in 0..TRIES {
            if WITHOUT_OPENAT2.load(Ordering::Relaxed) {
                break;
            }
            match openat2(parent, name, FLAGS, Mode::empty(), resolve) {
                Err(Errno::AGAIN) => {}
                Err(Errno::NOSYS) => WITHOUT_OPENAT2.store(true, Ordering::Relaxed),
                opened => return opened,
            }
        }
        let fd = openat(parent, name, FLAGS, Mode::empty())?;
        match is_mount(fd.as_fd())? {
            true => Err(Errno::XDEV),
            false => Ok(fd),
        }
    }

    pub(super) fn rename(
        from: BorrowedFd<'_>,
        name: &CStr,
        to: BorrowedFd<'_>,
        new: &CStr,
    ) -> Result<(), Errno> {
        match renameat_with(from, name, to, new, RenameFlags::NOREPLACE) {
            // some file systems know no such promise
            Err(Errno::INVAL | Errno::NOSYS) => match super::is_there(to, new)? {
                true => Err(Errno::EXIST),
                false => renameat(from, name, to, new),
            },
            renamed => renamed,
        }
    }

    pub(super) fn list(
        folder: BorrowedFd<'_>,
        buffer: &mut [MaybeUninit<u8>],
        each: &mut dyn FnMut(&CStr, FileType),
    ) -> Result<bool, Errno> {
        let mut entries = RawDir::new(folder, buffer);
        let mut any = false;
        while let Some(entry) = entries.next() {
            let entry = entry?;
            any = true;
            each(entry.file_name(), entry.file_type());
            if entries.is_buffer_empty() {
                break;
            }
        }
        Ok(any)
    }

    pub(super) fn is_mounted(folder: BorrowedFd<'_>, about: &About) -> Result<bool, Errno> {
        Ok(is_mount(folder)? || super::is_other_disk_than_above(folder, about)?)
    }

    fn is_mount(folder: BorrowedFd<'_>) -> Result<bool, Errno> {
        let about = statx(folder, c"", AtFlags::EMPTY_PATH, StatxFlags::TYPE)?;
        Ok(about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use rustix::fs::{Dir, openat, renameat};

    use super::{
        About, BorrowedFd, CStr, Errno, FLAGS, FileType, MaybeUninit, Mode, OwnedFd, Path,
    };

    pub(super) fn open(resolved: &Path) -> Result<OwnedFd, Errno> {
        super::open_step_by_step(resolved)
    }

    pub(super) fn enter(parent: BorrowedFd<'_>, name: &CStr) -> Result<OwnedFd, Errno> {
        openat(parent, name, FLAGS, Mode::empty())
    }

    pub(super) fn rename(
        from: BorrowedFd<'_>,
        name: &CStr,
        to: BorrowedFd<'_>,
        new: &CStr,
    ) -> Result<(), Errno> {
        match super::is_there(to, new)? {
            true => Err(Errno::EXIST),
            false => renameat(from, name, to, new),
        }
    }

    /// All of them: there is no place to go on from when entries are deleted meanwhile.
    pub(super) fn list(
        folder: BorrowedFd<'_>,
        _: &mut [MaybeUninit<u8>],
        each: &mut dyn FnMut(&CStr, FileType),
    ) -> Result<bool, Errno> {
        for entry in Dir::read_from(folder)? {
            let entry = entry?;
            each(entry.file_name(), entry.file_type());
        }
        Ok(false)
    }

    pub(super) fn is_mounted(folder: BorrowedFd<'_>, about: &About) -> Result<bool, Errno> {
        super::is_other_disk_than_above(folder, about)
    }
}

/// Each folder of the way by itself, none of them a link.
fn open_step_by_step(resolved: &Path) -> Result<OwnedFd, Errno> {
    let mut fd = rustix::fs::openat(rustix::fs::CWD, c"/", FLAGS, Mode::empty())?;
    for part in resolved.components().skip(1) {
        fd = rustix::fs::openat(&fd, part.as_os_str(), FLAGS, Mode::empty())?;
    }
    Ok(fd)
}

fn is_there(folder: BorrowedFd<'_>, name: &CStr) -> Result<bool, Errno> {
    match rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(_) => Ok(true),
        Err(Errno::NOENT) => Ok(false),
        Err(errno) => Err(errno),
    }
}

fn is_other_disk_than_above(folder: BorrowedFd<'_>, about: &About) -> Result<bool, Errno> {
    let above = rustix::fs::statat(folder, c"..", AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(About::of(&above).device != about.device)
}
