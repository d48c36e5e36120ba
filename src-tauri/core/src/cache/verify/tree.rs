//! The hash of an extracted tree (golang.org/x/mod/sumdb/dirhash, `HashDir`).

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    sync::Mutex,
};

use sha2::{Digest, Sha256};

use super::{
    gauge::{Gauge, Gauged},
    pieces::Piece,
};
use crate::{
    cache::choose::TOOLCHAIN,
    checksum::{self, files_hash},
    module::Module,
};

/// How much is read at once.
const BUFFER: usize = 64 << 10;

/// The files of a tree, by the names that they have in the zip.
type Files = Vec<(Vec<u8>, checksum::Hash)>;

/// Why there is no hash.
enum Fault {
    /// Something that no module has: a link, a name that is no text.
    Strange,
    System(io::Error),
}

impl From<io::Error> for Fault {
    fn from(reason: io::Error) -> Self {
        Self::System(reason)
    }
}

/// Reads every file of the tree; no link is followed.
pub(super) fn look(tree: &Path, module: &Module, gauge: &Gauge<'_>) -> Piece {
    match tree.symlink_metadata() {
        Ok(about) if about.is_dir() => {}
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Piece::Absent,
        Err(reason) if reason.kind() == io::ErrorKind::NotADirectory => return Piece::Absent,
        Err(reason) => return Piece::Unreadable(reason.to_string()),
        Ok(_) => return Piece::Broken,
    }
    let mut walk = Walk {
        gauge,
        toolchain: module.path() == TOOLCHAIN,
        files: Vec::new(),
        buffer: vec![0; BUFFER],
    };
    match walk.all(tree, module.to_string()) {
        Ok(()) => Piece::Hash(files_hash(walk.files)),
        Err(Fault::Strange) => Piece::Broken,
        Err(Fault::System(reason)) => Piece::Unreadable(reason.to_string()),
    }
}

struct Walk<'a> {
    gauge: &'a Gauge<'a>,
    toolchain: bool,
    files: Files,
    buffer: Vec<u8>,
}

impl Walk<'_> {
    fn all(&mut self, tree: &Path, name: String) -> Result<(), Fault> {
        let mut folders = vec![(tree.to_owned(), name)];
        while let Some((folder, name)) = folders.pop() {
            let mut entries = Vec::new();
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let Ok(own) = entry.file_name().into_string() else {
                    return Err(Fault::Strange);
                };
                entries.push((own, entry.file_type()?));
            }
            // a toolchain's zip has `_go.mod`, and go copies that to `go.mod` (cmd/go/internal/toolchain, `Exec`)
            let copied = self.toolchain && entries.iter().any(|(own, _)| own == "_go.mod");
            for (own, kind) in entries {
                let (path, name) = (folder.join(&own), format!("{name}/{own}"));
                if kind.is_dir() {
                    folders.push((path, name));
                } else if !kind.is_file() || own.contains('\n') {
                    return Err(Fault::Strange);
                } else if !(copied && own == "go.mod") {
                    let content = self.content(&path)?;
                    self.files.push((name.into_bytes(), content));
                }
            }
        }
        Ok(())
    }

    fn content(&mut self, path: &Path) -> io::Result<checksum::Hash> {
        let mut file = Gauged {
            file: File::open(path)?,
            gauge: self.gauge,
            failure: &Mutex::new(None),
        };
        let mut content = Sha256::new();
        loop {
            match file.read(&mut self.buffer)? {
                0 => return Ok(content.finalize().into()),
                read => content.update(self.buffer.get(..read).unwrap_or_default()),
            }
        }
    }
}
