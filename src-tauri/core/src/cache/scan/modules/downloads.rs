//! `cache/download`: what proxies answered, by module and version.

use std::{
    collections::BTreeMap,
    fs::{self, Metadata},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::Deserialize;

use super::{Counting, Name, part_of, tree_of};
use crate::{
    cache::{Entry, Part, Size, layout::Zone, scan::times},
    module::unescape,
};

/// What lies beside each other of one version.
#[derive(Debug, Default)]
pub(super) struct Download {
    pub(super) size: Size,
    pub(super) zip: Option<Zip>,
    /// An extraction began and did not end.
    pub(super) partial: bool,
    pub(super) published: Option<String>,
    pub(super) fetched: Option<Timestamp>,
}

#[derive(Debug)]
pub(super) struct Zip {
    pub(super) path: PathBuf,
}

/// What `.info` says (go-semantics 4.1).
#[derive(Debug, Deserialize)]
struct Info {
    #[serde(rename = "Time")]
    time: Option<Timestamp>,
}

impl Counting<'_> {
    /// Every version that something was downloaded of, and leftovers.
    pub(super) fn downloads(&self) -> (BTreeMap<Name, Download>, Vec<Entry>) {
        let (mut found, mut leftovers) = (BTreeMap::new(), Vec::new());
        let base = self.place.path.join("cache/download");
        let mut ahead = vec![(base.clone(), Zone::Downloads)];
        while let Some((folder, zone)) = ahead.pop() {
            for (path, metadata) in self.walk.entries(&folder) {
                if !metadata.is_dir() {
                    continue;
                }
                let name = path.file_name().unwrap_or_default().as_encoded_bytes();
                match zone.enter(name, true) {
                    Some(Zone::DownloadPaths) => ahead.push((path, Zone::DownloadPaths)),
                    Some(Zone::Whole) if name == b"@v" => {
                        let module = module_of(&base, &folder);
                        if let Some(module) = module {
                            self.versions(&module, &path, &mut found, &mut leftovers);
                        }
                    }
                    _ => {}
                }
            }
        }
        (found, leftovers)
    }

    fn versions(
        &self,
        module: &str,
        folder: &Path,
        found: &mut BTreeMap<Name, Download>,
        leftovers: &mut Vec<Entry>,
    ) {
        let mut own: BTreeMap<Name, Download> = BTreeMap::new();
        for (path, metadata) in self.walk.entries(folder) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let size = self.walk.own(&metadata);
            if name.ends_with(".tmp") {
                self.leave(&path, size, leftovers);
                continue;
            }
            let known = name.rsplit_once('.');
            let known = known.and_then(|(version, ending)| Some((unescape(version)?, ending)));
            match known {
                Some((version, ending)) if is_ending(ending) => {
                    let download = own.entry((module.to_owned(), version)).or_default();
                    download.take(path.clone(), ending, &metadata, size);
                }
                // the list of versions, and its lock
                _ => self.meter.add(Part::Downloads, size, 0),
            }
        }
        for (name, mut download) in own {
            if download.partial {
                self.unfinished(&name, folder, leftovers);
            }
            download.published = published(folder, &name.1);
            self.meter
                .add(part_of(&name, Part::Downloads), download.size, 1);
            found.insert(name, download);
        }
    }

    /// Go extracts again where `.partial` lies, so that what is there is of no use (go-semantics 5.4).
    fn unfinished(&self, name: &Name, folder: &Path, leftovers: &mut Vec<Entry>) {
        let version = crate::module::escape(&name.1);
        let mark = folder.join(format!("{version}.partial"));
        let Some(mut entry) = self.leftover(&mark) else {
            return;
        };
        entry.size = match self.place.path.join(tree_of(name)).symlink_metadata() {
            Ok(_) => self.walk.folder(&self.place.path.join(tree_of(name))),
            Err(_) => Size::default(),
        };
        leftovers.push(entry);
    }

    fn leave(&self, path: &Path, size: Size, leftovers: &mut Vec<Entry>) {
        if let Some(mut entry) = self.leftover(path) {
            entry.size = size;
            self.meter.add(Part::Leftovers, size, 1);
            leftovers.push(entry);
        }
    }
}

impl Download {
    fn take(&mut self, path: PathBuf, ending: &str, metadata: &Metadata, size: Size) {
        self.size += size;
        match ending {
            "zip" => {
                self.fetched = times::modified(metadata);
                self.zip = Some(Zip { path });
            }
            "partial" => self.partial = true,
            // a version without a zip came when its `.mod` did
            "mod" if self.zip.is_none() => self.fetched = times::modified(metadata),
            _ => {}
        }
    }
}

/// What Go keeps of a version (go-semantics 5.1).
fn is_ending(ending: &str) -> bool {
    matches!(
        ending,
        "info" | "mod" | "zip" | "ziphash" | "lock" | "partial"
    )
}

fn module_of(base: &Path, folder: &Path) -> Option<String> {
    let inside = folder.strip_prefix(base).ok()?.to_str()?;
    unescape(&inside.replace(std::path::MAIN_SEPARATOR, "/"))
}

fn published(folder: &Path, version: &str) -> Option<String> {
    let file = folder.join(format!("{}.info", crate::module::escape(version)));
    let info: Info = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    Some(info.time?.to_string())
}
