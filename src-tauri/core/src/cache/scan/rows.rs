//! What was found of each version, put together.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{modules::part_of_version, tally::Tally};
use crate::{
    cache::{CachedVersion, Entry, Part, Place, Size, VersionState},
    module::unescape,
};

/// What of a version lies in `@v`, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Info,
    Mod,
    Zip,
    Hash,
    Lock,
    Partial,
}

/// When a file was written and read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) modified: Timestamp,
    pub(super) read: Option<Timestamp>,
}

/// An extracted tree.
#[derive(Debug)]
pub(super) struct Tree {
    /// Where it lies: `module@version`, escaped.
    pub(super) at: String,
    pub(super) size: Size,
    pub(super) fetched: Timestamp,
    pub(super) read: Option<Timestamp>,
}

/// All that was found in a cache, in no order.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) trees: Vec<Tree>,
    pub(super) entries: Vec<Entry>,
    downloads: BTreeMap<String, BTreeMap<String, Download>>,
}

#[derive(Debug, Default)]
struct Download {
    size: Size,
    zip: bool,
    partial: Option<Size>,
    published: Option<String>,
    /// The zip's, before those of the lock and the rest.
    fetched: Option<(u8, Timestamp)>,
    read: Option<Timestamp>,
}

impl Piece {
    /// The version and the piece that a name in `@v` stands for.
    pub(super) fn of(name: &str) -> Option<(&str, Self)> {
        let (version, ending) = name.rsplit_once('.')?;
        let piece = match ending {
            "info" => Self::Info,
            "mod" => Self::Mod,
            "zip" => Self::Zip,
            "ziphash" => Self::Hash,
            "lock" => Self::Lock,
            "partial" => Self::Partial,
            _ => return None,
        };
        Some((version, piece))
    }
}

impl Found {
    /// Adds what `.info` files say.
    pub(super) fn published(&mut self, module: &str, times: Vec<(String, String)>) {
        for (version, time) in times {
            self.download(module, version).published = Some(time);
        }
    }

    /// Adds a piece of a version.
    pub(super) fn piece(
        &mut self,
        module: &str,
        version: String,
        piece: Piece,
        size: Size,
        times: Times,
    ) {
        let download = self.download(module, version);
        download.size += size;
        let rank = match piece {
            Piece::Zip => 3,
            Piece::Lock => 2,
            Piece::Mod => 1,
            Piece::Info | Piece::Hash | Piece::Partial => 0,
        };
        download.fetched = download.fetched.max(Some((rank, times.modified)));
        match piece {
            Piece::Zip => download.zip = true,
            Piece::Partial => download.partial = Some(size),
            // what every build reads of a module that it uses
            Piece::Mod | Piece::Hash => download.read = download.read.max(times.read),
            Piece::Info | Piece::Lock => {}
        }
    }

    fn download(&mut self, module: &str, version: String) -> &mut Download {
        if !self.downloads.contains_key(module) {
            self.downloads.insert(module.to_owned(), BTreeMap::new());
        }
        let versions = self.downloads.entry(module.to_owned()).or_default();
        versions.entry(version).or_default()
    }

    /// The rows of the table, in no order; what is half extracted is counted as a leftover.
    pub(super) fn rows(
        self,
        place: &Place,
        now: Timestamp,
        tally: &mut Tally,
    ) -> (Vec<CachedVersion>, Vec<Entry>) {
        let Self {
            trees,
            mut entries,
            mut downloads,
        } = self;
        let mut pairs: Vec<(String, String, Option<Tree>, Option<Download>)> = Vec::new();
        for tree in trees {
            let Some((module, version)) = tree.at.split_once('@') else {
                continue;
            };
            let of_module = downloads.get_mut(module);
            let download = of_module.and_then(|versions| versions.remove(version));
            pairs.push((module.to_owned(), version.to_owned(), Some(tree), download));
        }
        for (module, versions) in downloads {
            for (version, download) in versions {
                pairs.push((module.clone(), version, None, Some(download)));
            }
        }
        let mut rows = Vec::with_capacity(pairs.len());
        for (module, version, tree, download) in pairs {
            // an extraction that did not end is no version that Go would use
            if let Some(partial) = download.as_ref().and_then(|download| download.partial) {
                let at = format!("cache/download/{module}/@v/{version}.partial");
                let half = tree.as_ref().map(|tree| tree.size).unwrap_or_default();
                tally.shift(
                    part_of_version(&format!("{module}@")),
                    Part::Leftovers,
                    half,
                    1,
                );
                entries.push(Entry {
                    cache: place.id.clone(),
                    part: Part::Leftovers,
                    name: at.clone(),
                    path: at.into(),
                    size: half + partial,
                });
            }
            if download.is_some() {
                tally.add(part_of_version(&module), Size::default(), 1);
            }
            rows.extend(row(place, now, &module, &version, tree, download));
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        (rows, entries)
    }
}

/// None for what has no name that Go could have written.
fn row(
    place: &Place,
    now: Timestamp,
    module: &str,
    version: &str,
    tree: Option<Tree>,
    download: Option<Download>,
) -> Option<CachedVersion> {
    let (module, version) = (unescape(module)?, unescape(version)?);
    let zip = download.as_ref().is_some_and(|download| download.zip);
    let partial = download
        .as_ref()
        .is_some_and(|download| download.partial.is_some());
    let state = match (tree.is_some(), zip) {
        _ if partial => VersionState::Interrupted,
        (true, true) => VersionState::Whole,
        (false, true) => VersionState::Packed,
        (true, false) => VersionState::Unpacked,
        (false, false) => VersionState::Listed,
    };
    // a clock that was wrong then says nothing
    let plausible = |at: &Timestamp| at.as_second() > 0 && *at <= now;
    let fetched = download.as_ref().and_then(|download| download.fetched);
    let fetched = fetched
        .map(|(_, at)| at)
        .or_else(|| tree.as_ref().map(|tree| tree.fetched))
        .filter(plausible);
    let read = [
        download.as_ref().and_then(|download| download.read),
        tree.as_ref().and_then(|tree| tree.read),
    ];
    let sizes = (
        tree.as_ref().map(|tree| tree.size),
        download.as_ref().map(|download| download.size),
    );
    Some(CachedVersion {
        id: format!("{}:{module}@{version}", place.id),
        cache: place.id.clone(),
        module,
        version,
        state,
        tree: sizes.0,
        download: sizes.1,
        size: sizes.0.unwrap_or_default() + sizes.1.unwrap_or_default(),
        published: download.and_then(|download| download.published),
        fetched: fetched.map(second),
        used: read.into_iter().flatten().max().map(second),
        used_by: Vec::new(),
    })
}

/// To the second, as people read it.
fn second(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second())
        .unwrap_or(at)
        .to_string()
}
