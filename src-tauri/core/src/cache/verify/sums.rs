//! What the user's projects know of modules.

use std::collections::BTreeMap;

use crate::{module::Module, project::read::Contents};

/// Every line of every `go.sum` of the projects that were named.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// As they are shown.
    projects: Vec<String>,
    /// Hashes, and by the number of which project.
    zips: BTreeMap<Module, Vec<(String, usize)>>,
    manifests: BTreeMap<Module, Vec<(String, usize)>>,
}

/// What they know of one version.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'a> {
    projects: &'a [String],
    zip: &'a [(String, usize)],
    manifest: &'a [(String, usize)],
}

impl Sums {
    /// Adds a project, by its folder as it is shown.
    pub fn add(&mut self, shown: String, project: &Contents) {
        let number = self.projects.len();
        self.projects.push(shown);
        for (module, sum) in project.sums() {
            let hashes = match sum.manifest {
                true => &mut self.manifests,
                false => &mut self.zips,
            };
            let hashes = hashes.entry(module).or_default();
            if !hashes.iter().any(|(hash, _)| hash == sum.hash) {
                hashes.push((sum.hash.to_owned(), number));
            }
        }
    }

    pub(super) fn of(&self, module: &Module) -> Known<'_> {
        Known {
            projects: &self.projects,
            zip: self.zips.get(module).map_or(&[], Vec::as_slice),
            manifest: self.manifests.get(module).map_or(&[], Vec::as_slice),
        }
    }
}

impl<'a> Known<'a> {
    /// Some project has this hash of the zip.
    pub(super) fn has(&self, hash: &str) -> bool {
        self.zip.iter().any(|(known, _)| known == hash)
    }

    /// Projects have hashes of the zip.
    pub(super) const fn is_known(&self) -> bool {
        !self.zip.is_empty()
    }

    /// The first project that has another hash of the zip, when none has this one.
    pub(super) fn against(&self, hash: &str) -> Option<&'a str> {
        self.first(self.zip, hash)
    }

    /// The same of the `.mod`.
    pub(super) fn against_manifest(&self, hash: &str) -> Option<&'a str> {
        self.first(self.manifest, hash)
    }

    fn first(&self, known: &[(String, usize)], hash: &str) -> Option<&'a str> {
        if known.iter().any(|(known, _)| known == hash) {
            return None;
        }
        let (_, number) = known.first()?;
        self.projects.get(*number).map(String::as_str)
    }
}
