//! A project's files in a place of our own, where go may run.

use std::{
    fs::{self, File},
    io::Write,
    path::{Component, Path, PathBuf},
};

use super::{manifest::quote, read::Contents};
use crate::host::replace::{self, FileError, make_private_folder};

/// A project that go can be asked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where go is to be started.
    pub folder: PathBuf,
    /// For GOWORK.
    pub work: PathBuf,
}

impl Contents {
    /// Writes the files below `folder`, each as deep as it is on the machine, so that folders they name relative to each
    /// other are found; absolute ones are rewritten.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn copy_into(&self, folder: &Path) -> Result<Copied, FileError> {
        for file in &self.files {
            let path = below(folder, &file.path);
            if let Some(parent) = path.parent() {
                make_private_folder(parent)?;
            }
            let mut bytes = file.bytes.clone();
            for (at, place) in file.absolute.iter().rev() {
                let copied = below(folder, place);
                let word = quote(&copied.to_string_lossy());
                bytes.splice(at.clone(), word.bytes());
            }
            File::create_new(&path)
                .and_then(|mut file| file.write_all(&bytes))
                .map_err(|reason| replace::failed(&path, &reason, bytes.len()))?;
        }
        let copied = below(folder, &self.root);
        let work = match self.members {
            Some(_) => copied.join("go.work"),
            None => PathBuf::from("off"),
        };
        // of a workspace without a module of its own, and without members that could be read
        fs::create_dir_all(&copied).map_err(|reason| replace::failed(&copied, &reason, 0))?;
        Ok(Copied {
            folder: copied,
            work,
        })
    }
}

/// `/home/ann/app` as `<folder>/home/ann/app`, `C:\app` as `<folder>\C\app`.
fn below(folder: &Path, path: &Path) -> PathBuf {
    let mut copied = folder.to_owned();
    for part in path.components() {
        match part {
            Component::Prefix(prefix) => {
                let drive = prefix.as_os_str().to_string_lossy();
                copied.push(drive.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
            }
            Component::Normal(name) => copied.push(name),
            Component::RootDir | Component::CurDir | Component::ParentDir => {}
        }
    }
    copied
}
