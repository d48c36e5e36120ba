//! Extracted trees: folders with `@` in their name, anywhere but in `cache`.

use std::{
    fs::Metadata,
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{Counting, Name};
use crate::{
    cache::{Entry, Part, Size, layout::Zone, scan::times},
    module::unescape,
};

/// One of them.
pub(super) struct Tree {
    pub(super) path: PathBuf,
    pub(super) metadata: Metadata,
}

impl Counting<'_> {
    /// Every tree, and what extractions left that did not end (`m@v.tmp-…`).
    pub(super) fn trees(&self) -> (Vec<(Name, Tree)>, Vec<Entry>) {
        let (mut trees, mut unfinished) = (Vec::new(), Vec::new());
        let mut ahead = vec![(self.place.path.clone(), Zone::Modules)];
        while let Some((folder, zone)) = ahead.pop() {
            for (path, metadata) in self.walk.entries(&folder) {
                if !metadata.is_dir() {
                    continue;
                }
                let name = path.file_name().unwrap_or_default().as_encoded_bytes();
                match zone.enter(name, true) {
                    Some(Zone::Paths) => ahead.push((path, Zone::Paths)),
                    Some(Zone::Whole) => match name_of(&self.place.path, &path) {
                        Some(name) => trees.push((name, Tree { path, metadata })),
                        None => unfinished.extend(self.leftover(&path)),
                    },
                    _ => {}
                }
            }
        }
        (trees, unfinished)
    }

    /// When a file at the top of a tree was last read. Folders are no witness: counting reads them.
    pub(super) fn last_read(&self, tree: &Tree) -> Option<Timestamp> {
        let files = self.walk.entries(&tree.path);
        let files = files.filter(|(_, metadata)| metadata.is_file());
        files
            .filter_map(|(_, metadata)| times::read(&metadata, self.scan.now()))
            .max()
    }

    pub(super) fn leftover(&self, path: &Path) -> Option<Entry> {
        let inside = path.strip_prefix(&self.place.path).ok()?;
        Some(Entry {
            cache: self.place.id.clone(),
            part: Part::Leftovers,
            path: inside.to_owned(),
            name: inside.display().to_string(),
            size: Size::default(),
        })
    }
}

/// The module and version of a tree; none for one that an extraction left.
fn name_of(root: &Path, tree: &Path) -> Option<Name> {
    let inside = tree.strip_prefix(root).ok()?.to_str()?;
    let inside = inside.replace(std::path::MAIN_SEPARATOR, "/");
    let (module, version) = inside.rsplit_once('@')?;
    if version.contains(".tmp-") {
        return None;
    }
    Some((unescape(module)?, unescape(version)?))
}
