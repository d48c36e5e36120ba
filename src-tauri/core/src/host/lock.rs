//! One writer at a time for each file, between all runs of this program.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    Folders,
    replace::{FileError, failed, key, make_private_folder, resolve},
};
use crate::error::text;

/// How long a writer waits for another one unless its caller knows better. A change takes milliseconds.
pub const WAIT: Duration = Duration::from_secs(5);

/// How often a lock that is held is tried again.
const PAUSE: Duration = Duration::from_millis(5);

/// The right to write one file. It ends with the value, or with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    target: PathBuf,
    _file: File,
}

impl Lock {
    /// Waits up to `wait` for the right to write what `path` stands for.
    ///
    /// The lock is a file in the state folder, never the user's file or one beside it. Where the file system knows no
    /// locks (some network mounts) the lock is given all the same: the comparison before each rename has to do.
    ///
    /// # Errors
    /// [`FileError::FileBusy`] after `wait`; the state folder is not usable; links in a circle.
    pub fn hold(folders: &Folders, path: &Path, wait: Duration) -> Result<Self, FileError> {
        let target = resolve(path)?;
        let folder = folders.state.join("locks");
        make_private_folder(&folder)?;
        let name = folder.join(key(&target));
        let unusable = |reason: io::Error| failed(&name, &reason, 0);
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&name).map_err(unusable)?;
        let until = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() >= until => {
                    return Err(FileError::FileBusy { path: text(path) });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(reason)) if is_unsupported(&reason) => {
                    tracing::warn!(path = %target.display(), %reason, "no lock: only comparing");
                    break;
                }
                Err(TryLockError::Error(reason)) => return Err(unusable(reason)),
            }
        }
        Ok(Self {
            target,
            _file: file,
        })
    }

    /// The file, links followed.
    pub fn target(&self) -> &Path {
        &self.target
    }
}

#[cfg(unix)]
fn is_unsupported(reason: &io::Error) -> bool {
    use rustix::io::Errno;
    matches!(
        Errno::from_io_error(reason),
        Some(Errno::NOLCK | Errno::NOSYS | Errno::OPNOTSUPP)
    )
}

#[cfg(not(unix))]
fn is_unsupported(reason: &io::Error) -> bool {
    reason.kind() == io::ErrorKind::Unsupported
}
