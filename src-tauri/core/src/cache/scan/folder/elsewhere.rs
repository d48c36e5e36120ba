//! By paths: only looking, so a folder that is exchanged meanwhile is at worst counted wrongly.

use std::{
    ffi::OsStr,
    fs::{self, File, Metadata},
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{About, Each};

/// A folder.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The top of a cache.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let about = path.symlink_metadata()?;
        about
            .is_dir()
            .then(|| Self(path.to_owned()))
            .ok_or_else(|| io::ErrorKind::NotADirectory.into())
    }

    /// A folder in it.
    pub(crate) fn enter(&self, name: &OsStr) -> io::Result<Self> {
        match name == ".." {
            // `..` of a path that was put together is the one it was put to
            true => self.0.parent().map(|above| Self(above.to_owned())),
            false => Self::open(&self.0.join(name)).ok(),
        }
        .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// A file in it, to be read.
    pub(crate) fn read(&self, name: &OsStr) -> io::Result<File> {
        File::open(self.0.join(name))
    }

    /// What something in it is.
    pub(crate) fn about(&self, name: &OsStr) -> io::Result<About> {
        self.0
            .join(name)
            .symlink_metadata()
            .map(|about| (&about).into())
    }

    /// What it is itself.
    pub(crate) fn itself(&self) -> io::Result<About> {
        self.0.symlink_metadata().map(|about| (&about).into())
    }

    /// Everything in it.
    pub(crate) fn list(&self, each: &mut Each<'_>) -> io::Result<()> {
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let is_folder = entry.file_type().ok().map(|kind| kind.is_dir());
            if let ControlFlow::Break(()) = each(&entry.file_name(), is_folder) {
                break;
            }
        }
        Ok(())
    }
}

impl From<&Metadata> for About {
    fn from(about: &Metadata) -> Self {
        let time = |time: io::Result<std::time::SystemTime>| {
            let time = time.ok().and_then(|time| Timestamp::try_from(time).ok());
            time.unwrap_or(Timestamp::UNIX_EPOCH)
        };
        let modified = time(about.modified());
        let numbers = numbers(about);
        Self {
            is_folder: about.is_dir(),
            is_file: about.is_file(),
            is_mount: false,
            allocated: numbers.allocated,
            length: about.len(),
            names: numbers.names,
            device: numbers.device,
            number: numbers.number,
            modified,
            changed: modified,
            accessed: time(about.accessed()),
        }
    }
}

struct Numbers {
    allocated: u64,
    names: u64,
    device: u64,
    number: u64,
}

#[cfg(unix)]
fn numbers(about: &Metadata) -> Numbers {
    use std::os::unix::fs::MetadataExt;
    Numbers {
        allocated: about.blocks().saturating_mul(512),
        names: about.nlink(),
        device: about.dev(),
        number: about.ino(),
    }
}

/// The standard library tells neither there.
#[cfg(not(unix))]
fn numbers(about: &Metadata) -> Numbers {
    Numbers {
        allocated: about.len(),
        names: 1,
        device: 0,
        number: 0,
    }
}
