use sha2::{Digest, Sha256};

use super::{Database, Hash, RecordFault, SignedTree, note::plain};
use crate::module::Module;

/// What a database says of a module, beside a tree that it signed. Whether the record is in that tree is another question:
/// [`super::proves`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The how manieth record of the database it says to be, counted from 0.
    pub id: u64,
    /// Lines of go.sum, each with its line feed.
    pub text: String,
    /// The tree it came with.
    pub tree: SignedTree,
}

/// Reads the answer to `lookup/<module>@<version>`, and verifies the signature of its tree
/// (golang.org/x/mod/sumdb/tlog, `ParseRecord`).
///
/// # Errors
/// [`RecordFault::Malformed`], [`RecordFault::Signature`].
pub fn lookup(body: &[u8], database: &Database) -> Result<Record, RecordFault> {
    let malformed = RecordFault::Malformed;
    let body = plain(body).ok_or(malformed)?;
    let (id, rest) = body.split_once('\n').ok_or(malformed)?;
    let id: i64 = id.parse().map_err(|_| malformed)?;
    let end = rest.find("\n\n").ok_or(malformed)?;
    let (text, note) = (&rest[..=end], &rest[end + 2..]);
    Ok(Record {
        id: u64::try_from(id).map_err(|_| malformed)?,
        text: text.to_owned(),
        tree: SignedTree::open(note.as_bytes(), database)?,
    })
}

impl Record {
    /// The hash of the module's zip, `h1:…`; none when the record names another module or another version.
    pub fn zip_hash(&self, module: &Module) -> Option<&str> {
        self.hash_of(module.path(), module.version())
    }

    /// The hash of the module's go.mod file, `h1:…`.
    pub fn go_mod_hash(&self, module: &Module) -> Option<&str> {
        self.hash_of(module.path(), &format!("{}/go.mod", module.version()))
    }

    /// Its hash as a leaf of the tree (RFC 6962, section 2.1).
    pub fn leaf(&self) -> Hash {
        Sha256::new()
            .chain_update([0])
            .chain_update(&self.text)
            .finalize()
            .into()
    }

    fn hash_of(&self, path: &str, version: &str) -> Option<&str> {
        let of_it = |line: &'_ str| -> Option<usize> {
            let rest = line.strip_prefix(path)?.strip_prefix(' ')?;
            let hash = rest.strip_prefix(version)?.strip_prefix(' ')?;
            hash.starts_with("h1:").then_some(line.len() - hash.len())
        };
        self.text
            .lines()
            .find_map(|line| of_it(line).map(|at| &line[at..]))
    }
}
