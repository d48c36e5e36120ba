//! A module cache for one download, and a module to ask from.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{
    host::{
        Host,
        replace::{self, FileError},
    },
    toolchain::ask::create_private,
};

/// What is older belongs to a run that crashed: no download takes so long ([`super::project::PREFETCH_DEADLINE`]).
const STALE: Duration = Duration::from_secs(2 * 60 * 60);

/// How often, and how long apart, a folder is removed again in which a dying program still writes.
const TRIES: u32 = 25;
const PAUSE: Duration = Duration::from_millis(20);

/// A folder of its own, removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Makes one, and removes what runs that crashed left behind.
    pub(crate) fn new(host: &Host) -> Result<Self, FileError> {
        let all = host.folders.cache.join("fetch");
        let failed = |reason: io::Error| replace::failed(&all, &reason, 0);
        create_private(&all).map_err(failed)?;
        sweep(&all);
        let made = tempfile::Builder::new().tempdir_in(&all).map_err(failed)?;
        let scratch = Self {
            folder: made.keep(),
        };
        for folder in [scratch.cache(), scratch.module()] {
            create_private(&folder).map_err(failed)?;
        }
        Ok(scratch)
    }

    /// Makes an empty module to ask from: without it one in a folder above would be asked.
    pub(super) fn empty_module(&self) -> Result<(), FileError> {
        let manifest = self.module().join("go.mod");
        fs::File::create_new(&manifest)
            .and_then(|mut file| {
                io::Write::write_all(&mut file, b"module gopherdesk.invalid/fetch\n")
            })
            .map_err(|reason| replace::failed(&manifest, &reason, 0))
    }

    /// The module cache.
    pub(crate) fn cache(&self) -> PathBuf {
        self.folder.join("cache")
    }

    /// Where the module is, or the copy of a project.
    pub(crate) fn module(&self) -> PathBuf {
        self.folder.join("module")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for _ in 0..TRIES {
            match remove(&self.folder) {
                Ok(()) => return,
                Err(reason) => tracing::debug!(%reason, "a download is not removed yet"),
            }
            thread::sleep(PAUSE);
        }
        tracing::warn!(folder = %self.folder.display(), "a download stays until the next one");
    }
}

fn sweep(all: &Path) {
    let entries = fs::read_dir(all).into_iter().flatten().flatten();
    for entry in entries {
        let age = entry
            .metadata()
            .and_then(|about| about.modified())
            .ok()
            .and_then(|made| made.elapsed().ok());
        if age.is_some_and(|age| age > STALE)
            && let Err(reason) = remove(&entry.path())
        {
            tracing::warn!(%reason, "what an earlier download left stays");
        }
    }
}

/// Removes what go made: it takes the right to write away from every folder of a module. Links are removed, not followed.
fn remove(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    for entry in entries {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => remove(&entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_dir(folder)
}
