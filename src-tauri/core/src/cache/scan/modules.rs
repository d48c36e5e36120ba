//! Counting a module cache: versions with their trees and downloads, repositories, what databases said, leftovers.

mod downloads;
mod trees;

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, PoisonError},
};

use super::{Counted, Scan, index::Index, meter::Meter, spread, times, walk::Walk};
use crate::{
    cache::{CachedVersion, Entry, Part, Place, Size, VersionState, choose::TOOLCHAIN},
    module::escape,
};
use downloads::Download;
use trees::Tree;

/// One counting.
pub(super) struct Counting<'a> {
    pub(super) scan: &'a Scan<'a>,
    pub(super) place: &'a Place,
    pub(super) walk: &'a Walk<'a>,
    pub(super) meter: &'a Meter<'a>,
    pub(super) index: &'a Mutex<Index>,
}

/// A module and a version.
type Name = (String, String);

/// Something to count.
enum Work {
    Tree(Name, Box<Tree>),
    Clone(Entry),
    Leftover(Entry),
    Database,
}

impl Counting<'_> {
    pub(super) fn run(&self) -> Counted {
        let root = &self.place.path;
        let (mut downloads, mut entries) = self.downloads();
        let (trees, unfinished) = self.trees();
        let mut work: Vec<_> = trees
            .into_iter()
            .map(|(name, tree)| Work::Tree(name, Box::new(tree)))
            .collect();
        work.extend(self.clones().into_iter().map(Work::Clone));
        work.extend(unfinished.into_iter().map(Work::Leftover));
        work.push(Work::Database);
        let (rows, more) = (Mutex::new(BTreeMap::new()), Mutex::new(Vec::new()));
        let keeps_times = times::are_kept(root);
        spread(work, self.walk.cancel(), |work| match work {
            Work::Tree(name, tree) => {
                let zip = downloads
                    .get(&name)
                    .and_then(|download| download.zip.as_ref());
                let size = self.size(&tree, zip.map(|zip| zip.path.as_path()));
                let used = keeps_times.then(|| self.last_read(&tree)).flatten();
                self.meter.add(part_of(&name, Part::Trees), size, 1);
                let mut rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
                rows.insert(name, (tree, size, used));
            }
            Work::Clone(mut entry) | Work::Leftover(mut entry) => {
                entry.size = self.walk.folder(&root.join(&entry.path));
                self.meter.add(entry.part, entry.size, 1);
                let mut more = more.lock().unwrap_or_else(PoisonError::into_inner);
                more.push(entry);
            }
            Work::Database => {
                let size = self.walk.folder(&root.join("cache/download/sumdb"));
                let count = u32::try_from(size.files).unwrap_or(u32::MAX);
                self.meter.add(Part::Database, size, count);
            }
        });
        let rows = rows.into_inner().unwrap_or_else(PoisonError::into_inner);
        entries.extend(more.into_inner().unwrap_or_else(PoisonError::into_inner));
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        let mut versions: Vec<_> = rows
            .into_iter()
            .map(|(name, (tree, size, used))| {
                let download = downloads.remove(&name);
                let mut row = self.row(name, download.as_ref());
                row.tree = Some(size);
                row.size += size;
                row.used = used.map(|at| at.to_string());
                row.fetched = row
                    .fetched
                    .or_else(|| Some(times::modified(&tree.metadata)?.to_string()));
                row.state = match download {
                    Some(download) if download.partial => VersionState::Interrupted,
                    Some(download) if download.zip.is_some() => VersionState::Whole,
                    _ => VersionState::Unpacked,
                };
                row
            })
            .collect();
        for (name, download) in downloads {
            versions.push(self.row(name, Some(&download)));
        }
        versions.sort_by(order);
        Counted {
            versions,
            entries,
            ages: Vec::new(),
        }
    }

    /// A version as its download alone tells.
    fn row(&self, (module, version): Name, download: Option<&Download>) -> CachedVersion {
        let size = download.map(|download| download.size);
        CachedVersion {
            id: format!("{}:{module}@{version}", self.place.id),
            cache: self.place.id.clone(),
            state: match download {
                Some(download) if download.zip.is_some() => VersionState::Packed,
                Some(download) if download.partial => VersionState::Interrupted,
                _ => VersionState::Listed,
            },
            module,
            version,
            tree: None,
            download: size,
            size: size.unwrap_or_default(),
            published: download.and_then(|download| download.published.clone()),
            fetched: download.and_then(|download| Some(download.fetched?.to_string())),
            used: None,
            used_by: Vec::new(),
        }
    }

    /// From the last scan, from the zip, or counted.
    fn size(&self, tree: &Tree, zip: Option<&Path>) -> Size {
        let index = || self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.scan.exact {
            let known = index().find(&tree.path, &tree.metadata);
            if let Some(size) = known.or_else(|| super::zip::tree(zip?)) {
                index().note(&tree.path, &tree.metadata, size);
                return size;
            }
        }
        let size = self.walk.folder(&tree.path);
        if !self.walk.cancel().is_cancelled() {
            index().note(&tree.path, &tree.metadata, size);
        }
        size
    }

    fn clones(&self) -> Vec<Entry> {
        let folder = self.place.path.join("cache/vcs");
        let folders = self
            .walk
            .entries(&folder)
            .filter(|(_, about)| about.is_dir());
        folders
            .filter_map(|(path, _)| {
                let name = path.file_name()?.to_str()?;
                let told = std::fs::read_to_string(folder.join(format!("{name}.info")));
                // `git3:https://…`
                let told = told.unwrap_or_default();
                let address = told.trim().split_once(':').map(|(_, address)| address);
                let shown = address.unwrap_or(name);
                Some(Entry {
                    cache: self.place.id.clone(),
                    part: Part::Clones,
                    path: Path::new("cache/vcs").join(name),
                    name: crate::secret::mask_text(shown),
                    size: Size::default(),
                })
            })
            .collect()
    }
}

/// Go's own versions are a part of their own.
fn part_of((module, _): &Name, part: Part) -> Part {
    match module == TOOLCHAIN {
        true => Part::Toolchains,
        false => part,
    }
}

/// Where the tree of a version lies.
fn tree_of((module, version): &Name) -> String {
    format!("{}@{}", escape(module), escape(version))
}

/// By module, the newest version first.
fn order(one: &CachedVersion, other: &CachedVersion) -> Ordering {
    let modules = one.module.cmp(&other.module);
    modules
        .then_with(|| precedence(&other.version).cmp(&precedence(&one.version)))
        .then_with(|| one.version.cmp(&other.version))
}

/// What is no version of semver is older than any that is.
fn precedence(version: &str) -> Option<semver::Version> {
    semver::Version::parse(version.strip_prefix('v')?).ok()
}
