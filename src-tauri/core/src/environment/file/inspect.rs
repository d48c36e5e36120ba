//! The state of the GOENV file, before anything is done with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{EnvText, LIMIT, locate};
use crate::{
    environment::{EnvFile, EnvironmentError, FileProblem, fault},
    host::{Host, fingerprint, replace},
};

/// What the GOENV file is, and its bytes when it can be read.
///
/// `known` says which variables this Go has. The faults do not yet include lines that only go itself complains about.
pub fn inspect(host: &Host, context: &fault::Context<'_>) -> (EnvFile, Option<Vec<u8>>) {
    let path = match locate(host) {
        Ok(path) => path,
        Err(error) => return (absent(host, &error), None),
    };
    let (bytes, problem) = match look(&path) {
        Ok(bytes) => (bytes, unwritable(&path)),
        Err(problem) => (None, Some(problem)),
    };
    let file = EnvFile {
        path: Some(path.display().to_string()),
        exists: path.symlink_metadata().is_ok(),
        problem,
        revision: revision(bytes.as_deref()),
        faults: bytes
            .as_deref()
            .map(|bytes| fault::faults(&EnvText::parse(bytes), context))
            .unwrap_or_default(),
    };
    (file, bytes)
}

/// Names a state of the file: two plans with one revision were made on the same bytes.
pub fn revision(bytes: Option<&[u8]>) -> String {
    bytes.map_or_else(|| "absent".to_owned(), fingerprint)
}

fn absent(host: &Host, error: &EnvironmentError) -> EnvFile {
    let problem = match error {
        EnvironmentError::FileSwitchedOff {} => FileProblem::SwitchedOff {},
        EnvironmentError::FileRelative { .. } => FileProblem::RelativePath {},
        _ => FileProblem::NoPlace {},
    };
    let named = host
        .vars
        .get_nonempty("GOENV")
        .filter(|_| problem == FileProblem::RelativePath {});
    EnvFile {
        path: named.map(|path| path.to_string_lossy().into_owned()),
        exists: false,
        problem: Some(problem),
        revision: revision(None),
        faults: Vec::new(),
    }
}

fn look(path: &Path) -> Result<Option<Vec<u8>>, FileProblem> {
    if let Ok(target) = fs::read_link(path)
        && fs::metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    {
        return Err(FileProblem::DanglingLink {
            target: target.display().to_string(),
        });
    }
    replace::read(path, LIMIT).map_err(|error| match error {
        replace::FileError::NotRegular { .. } => FileProblem::NotAFile {},
        error => FileProblem::Unreadable {
            reason: error.to_string(),
        },
    })
}

/// Why it could not be replaced: the folder decides, and the mode of the file says what its owner wants.
fn unwritable(path: &Path) -> Option<FileProblem> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = existing_folder(&target)?;
    let refused = [Some(folder), target.exists().then_some(target)]
        .into_iter()
        .flatten()
        .find_map(|place| access(&place).err());
    refused.map(|reason| FileProblem::ReadOnly {
        reason: reason.to_string(),
    })
}

fn existing_folder(file: &Path) -> Option<PathBuf> {
    file.ancestors()
        .skip(1)
        .find(|folder| folder.is_dir())
        .map(Path::to_owned)
}

/// Asks the system, because a mode says nothing of read-only mounts, lists of access rights and root.
#[cfg(unix)]
fn access(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

#[cfg(not(unix))]
fn access(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.permissions().readonly() && path.is_file() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(())
}
