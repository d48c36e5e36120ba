//! The pieces of one version, as they lie there.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
    sync::{Mutex, PoisonError},
};

use super::{
    Target,
    gauge::{Gauge, Gauged},
    tree,
};
use crate::checksum::{go_mod_hash, zip_file_hash};

/// What a `.mod` or a hash may have, in bytes: Go itself takes no larger `go.mod` (golang.org/x/mod/zip, `MaxGoMod`).
const LIMIT: u64 = 16 << 20;

/// A zip or a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Absent,
    /// Its `h1:`.
    Hash(String),
    /// It has none: no zip, or a tree with something that no module has.
    Broken,
    /// What the system said.
    Unreadable(String),
}

/// What there is of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pieces {
    pub(super) zip: Piece,
    /// The text of the `.ziphash`.
    pub(super) recorded: Option<String>,
    /// The tree, unless an interrupted extraction is marked: then Go makes it anew.
    pub(super) tree: Piece,
    /// The `h1:` of the `.mod`.
    pub(super) manifest: Option<String>,
    /// What the system said of one that cannot be read.
    pub(super) failure: Option<String>,
}

impl Piece {
    pub(super) fn hash(&self) -> Option<&str> {
        match self {
            Self::Hash(hash) => Some(hash),
            Self::Absent | Self::Broken | Self::Unreadable(_) => None,
        }
    }
}

impl Pieces {
    pub(super) fn look(target: &Target, gauge: &Gauge<'_>) -> Self {
        let mut failure = None;
        let mut small = |piece| {
            read(&target.download(piece), LIMIT).unwrap_or_else(|reason| {
                failure = Some(reason.to_string());
                None
            })
        };
        let recorded = small("ziphash").map(|text| String::from_utf8_lossy(&text).into_owned());
        let manifest = small("mod").map(|text| go_mod_hash(&text));
        let tree = match target.download("partial").symlink_metadata() {
            Ok(_) => Piece::Absent,
            Err(_) => tree::look(&target.tree(), &target.module, gauge),
        };
        Self {
            zip: zip(&target.download("zip"), gauge),
            recorded,
            tree,
            manifest,
            failure,
        }
    }
}

fn zip(path: &Path, gauge: &Gauge<'_>) -> Piece {
    let file = match open(path) {
        Ok(Some(file)) => file,
        Ok(None) => return Piece::Absent,
        Err(reason) => return Piece::Unreadable(reason.to_string()),
    };
    let failure = Mutex::new(None);
    let hash = zip_file_hash(BufReader::with_capacity(
        64 << 10,
        Gauged {
            file,
            gauge,
            failure: &failure,
        },
    ));
    let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    match (hash, failure) {
        (Ok(hash), _) => Piece::Hash(hash),
        (Err(_), Some(reason)) => Piece::Unreadable(reason),
        (Err(_), None) => Piece::Broken,
    }
}

/// A file of Go's is no link and no pipe; what is, is as good as not there.
fn open(path: &Path) -> io::Result<Option<File>> {
    match path.symlink_metadata() {
        Ok(about) if about.is_file() => File::open(path).map(Some),
        Ok(_) => Ok(None),
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(reason) if reason.kind() == io::ErrorKind::NotADirectory => Ok(None),
        Err(reason) => Err(reason),
    }
}

fn read(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = open(path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}
