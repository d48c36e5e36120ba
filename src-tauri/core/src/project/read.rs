//! What the files of a project say.

use std::{
    collections::BTreeSet,
    ops::Range,
    path::{Component, Path, PathBuf},
};

pub use super::copy::Copied;

use super::{
    ProjectError,
    manifest::{Manifest, Place},
    sums,
};
use crate::{
    error::{Error, text},
    host::replace::read as read_file,
    module::Module,
    toolchain::{Version, version::Stage},
};

/// What a `go.mod` or `go.work` may hold, in bytes.
const MANIFEST_LIMIT: u64 = 4 << 20;

/// What a `go.sum` may hold, in bytes.
const SUMS_LIMIT: u64 = 32 << 20;

/// How many folders one file may name.
const MEMBERS: usize = 2000;

/// The files of a project that decide about modules.
#[derive(Debug, Clone)]
pub struct Contents {
    /// Where its `go.mod` or `go.work` is.
    pub root: PathBuf,
    /// The path of its module; none for a workspace.
    pub module: Option<String>,
    /// How many modules its workspace has; none for a module.
    pub members: Option<usize>,
    /// The newest Go that any of its files wants.
    pub go: Option<Version>,
    /// What `go mod download` will download, as far as the files tell.
    pub wanted: Vec<Module>,
    /// Modules whose zip somebody needed: those of `go.sum`, or else those that are required.
    pub used: Vec<Module>,
    pub(super) files: Vec<ReadFile>,
}

/// One file, as it was read.
#[derive(Debug, Clone)]
pub(super) struct ReadFile {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    /// Where absolute folders stand in it.
    pub(super) absolute: Vec<(Range<usize>, PathBuf)>,
}

/// The folder of the project in which `folder` lies: the nearest one with a `go.work` or a `go.mod`.
///
/// # Errors
/// There is none.
pub fn root_of(folder: &Path) -> Result<PathBuf, ProjectError> {
    let holds = |folder: &&Path| {
        ["go.work", "go.mod"]
            .iter()
            .any(|name| folder.join(name).is_file())
    };
    let folder = clean(folder);
    let found = folder.ancestors().find(holds).map(Path::to_owned);
    found.ok_or_else(|| ProjectError::NoProject {
        path: text(&folder),
    })
}

/// Reads a project; without `workspaces` a `go.work` does not count, as with `GOWORK=off`.
///
/// # Errors
/// There is none, or one of its files cannot be read.
pub fn read(root: &Path, workspaces: bool) -> Result<Contents, Error> {
    let mut reading = Reading::default();
    let work = match workspaces {
        true => reading.manifest(&root.join("go.work"))?,
        false => None,
    };
    let Some(work) = work else {
        let module = reading.manifest(&root.join("go.mod"))?;
        let module = module.ok_or_else(|| ProjectError::NoProject { path: text(root) })?;
        let used = reading.sums(&root.join("go.sum"))?;
        reading.replaced(root, &module)?;
        return Ok(reading.module(root, module, used));
    };
    let mut used = reading.sums(&root.join("go.work.sum"))?;
    reading.replaced(root, &work)?;
    let mut own = BTreeSet::new();
    for member in &work.members {
        let folder = resolved(root, &member.folder);
        // a folder without one is go's to refuse
        let Some(module) = reading.manifest(&folder.join("go.mod"))? else {
            continue;
        };
        used.extend(reading.sums(&folder.join("go.sum"))?);
        reading.replaced(&folder, &module)?;
        own.extend(module.module);
    }
    used.retain(|module| !own.contains(module.path()));
    used.sort_by_cached_key(Module::to_string);
    used.dedup();
    Ok(Contents {
        root: root.to_owned(),
        module: None,
        members: Some(work.members.len()),
        go: reading.go,
        wanted: used.clone(),
        used,
        files: reading.files,
    })
}

/// A hash that a project knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum<'a> {
    /// It is of the `go.mod` alone, and not of the zip.
    pub manifest: bool,
    /// As `go.sum` has it.
    pub hash: &'a str,
}

impl Contents {
    /// Every line of every `go.sum`.
    pub fn sums(&self) -> impl Iterator<Item = (Module, Sum<'_>)> {
        let files = self.files.iter().filter(|file| {
            let name = file.path.file_name().unwrap_or_default();
            name == "go.sum" || name == "go.work.sum"
        });
        files
            .flat_map(|file| sums::lines(&file.bytes))
            .map(|(module, manifest, hash)| (module, Sum { manifest, hash }))
    }

    /// Every Go that its files name, as a release is called: by `toolchain`, and by `go` as go understands that line
    /// (cmd/go/internal/toolchain, `Select`).
    pub fn toolchains(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for manifest in self.manifests() {
            let named = manifest.toolchain.filter(|name| name.starts_with("go"));
            names.extend(named);
            let go = manifest.go.as_deref().and_then(version);
            names.extend(go.as_ref().map(release));
        }
        names
    }

    fn manifests(&self) -> impl Iterator<Item = Manifest> {
        let manifests = self.files.iter().filter(|file| {
            let name = file.path.file_name().unwrap_or_default();
            name == "go.mod" || name == "go.work"
        });
        manifests.filter_map(|file| Manifest::parse(&file.bytes).ok())
    }

    /// The paths of modules of others that its files require or put in the place of one.
    pub fn required(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        for manifest in self.manifests() {
            paths.extend(manifest.names().map(str::to_owned));
        }
        paths
    }
}

#[derive(Default)]
struct Reading {
    files: Vec<ReadFile>,
    go: Option<Version>,
}

impl Reading {
    /// Reads a `go.mod` or `go.work`; none when it does not exist.
    fn manifest(&mut self, path: &Path) -> Result<Option<Manifest>, Error> {
        let Some(bytes) = read_file(path, MANIFEST_LIMIT)? else {
            return Ok(None);
        };
        let manifest = Manifest::parse(&bytes).map_err(|line| ProjectError::ManifestInvalid {
            path: text(path),
            line,
        })?;
        if manifest.places().count() > MEMBERS {
            return Err(ProjectError::TooManyMembers {
                path: text(path),
                limit: MEMBERS as u32,
            }
            .into());
        }
        let go = manifest.go.as_deref().and_then(version);
        if go > self.go {
            self.go = go;
        }
        let absolute = |place: &Place| {
            let folder = Path::new(&place.folder);
            let cleaned = || (place.at.clone(), clean(folder));
            folder.is_absolute().then(cleaned)
        };
        self.keep(ReadFile {
            path: path.to_owned(),
            absolute: manifest.places().filter_map(absolute).collect(),
            bytes,
        });
        Ok(Some(manifest))
    }

    /// Reads a `go.sum`; one that does not exist has nothing in it.
    fn sums(&mut self, path: &Path) -> Result<Vec<Module>, Error> {
        let Some(bytes) = read_file(path, SUMS_LIMIT)? else {
            return Ok(Vec::new());
        };
        let modules = sums::modules(&bytes).map_err(|line| ProjectError::SumsInvalid {
            path: text(path),
            line,
        })?;
        self.keep(ReadFile {
            path: path.to_owned(),
            bytes,
            absolute: Vec::new(),
        });
        Ok(modules)
    }

    /// Reads the `go.mod` of every folder that stands for a module: go wants to know what it requires.
    fn replaced(&mut self, folder: &Path, manifest: &Manifest) -> Result<(), Error> {
        let members: BTreeSet<_> = manifest.members.iter().map(|place| &place.folder).collect();
        for place in manifest.places() {
            if members.contains(&place.folder) {
                continue;
            }
            let path = resolved(folder, &place.folder).join("go.mod");
            if let Some(bytes) = read_file(&path, MANIFEST_LIMIT)? {
                // what it replaces itself does not count
                let absolute = Vec::new();
                self.keep(ReadFile {
                    path,
                    bytes,
                    absolute,
                });
            }
        }
        Ok(())
    }

    /// A member of a workspace may stand for a module as well: what was read first has its folders.
    fn keep(&mut self, file: ReadFile) {
        match self.files.iter_mut().find(|known| known.path == file.path) {
            Some(known) if known.absolute.is_empty() => *known = file,
            Some(_) => {}
            None => self.files.push(file),
        }
    }

    fn module(self, root: &Path, manifest: Manifest, sums: Vec<Module>) -> Contents {
        let required: Vec<Module> = manifest
            .require
            .iter()
            .filter_map(|(path, version)| manifest.instead_of(path, version))
            .filter_map(|(path, version)| format!("{path}@{version}").parse().ok())
            .collect();
        // since 1.17 a go.mod names all that its packages need, and go downloads just those
        let names_all = self.go.as_ref().is_some_and(|go| go.at_least(1, 17));
        let or_required = |sums: &[Module]| match sums {
            [] => required.clone(),
            sums => sums.to_vec(),
        };
        Contents {
            root: root.to_owned(),
            module: manifest.module,
            members: None,
            go: self.go,
            wanted: match names_all {
                true => required.clone(),
                false => or_required(&sums),
            },
            used: or_required(&sums),
            files: self.files,
        }
    }
}

/// `go 1.24.3` of a file, as a toolchain is called.
fn version(words: &str) -> Option<Version> {
    Version::parse(&format!("go{words}"))
}

/// `go1.24.0` for the language version `go1.24`.
fn release(version: &Version) -> String {
    match version.pre {
        Stage::Language => format!("{version}.0"),
        _ => version.to_string(),
    }
}

/// A folder as go finds it from `from`: without a look at links (`filepath.Join`).
pub(super) fn resolved(from: &Path, folder: &str) -> PathBuf {
    clean(&from.join(folder))
}

fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                cleaned.pop();
            }
            part => cleaned.push(part),
        }
    }
    cleaned
}

#[cfg(test)]
mod tests;
