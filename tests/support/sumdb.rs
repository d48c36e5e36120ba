//! A checksum database of the tests' own: as many records as a test wants, and a key that everybody can make.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

type Hash = [u8; 32];

/// The name of every database here.
pub(crate) const NAME: &str = "sum.gopherdesk.test";

/// A database with all its records.
#[derive(Clone)]
pub(crate) struct Sumdb {
    key: SigningKey,
    pub(crate) records: Vec<String>,
    /// The hashes of complete subtrees: of one record, of two, of four, and so on.
    levels: Vec<Vec<Hash>>,
}

impl Sumdb {
    /// A database with `size` records, of modules that nobody has, but for those that are given with their ids.
    pub(crate) fn new(size: usize, given: &[(usize, String)]) -> Self {
        let mut records: Vec<String> = (0..size)
            .map(|id| record(&format!("filler.example/m{id}"), "v1.0.0", "h1:", "h1:"))
            .collect();
        for (id, text) in given {
            records[*id].clone_from(text);
        }
        let mut levels = vec![records.iter().map(|text| leaf(text)).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let (pairs, _) = below.as_chunks::<2>();
            levels.push(
                pairs
                    .iter()
                    .map(|[left, right]| node(left, right))
                    .collect(),
            );
        }
        Self {
            key: SigningKey::from_bytes(&[7; 32]),
            records,
            levels,
        }
    }

    /// The same records, signed by somebody else of the same name.
    pub(crate) fn with_seed(mut self, seed: u8) -> Self {
        self.key = SigningKey::from_bytes(&[seed; 32]);
        self
    }

    /// `name+hash+key`, for GOSUMDB.
    pub(crate) fn key(&self) -> String {
        let public = self.public();
        let hash = hexadecimal(&self.key_id());
        format!("{NAME}+{hash}+{}", STANDARD.encode(public))
    }

    /// What a lookup of this record says, with the tree of the first `size` records.
    pub(crate) fn lookup(&self, id: usize, size: usize) -> String {
        format!("{id}\n{}\n{}", self.records[id], self.signed(size))
    }

    /// The content of a tile, `0/x001/234.p/5`, of the tree of the first `size` records; a partial one only as wide as it
    /// is there.
    pub(crate) fn tile(&self, path: &str, size: usize) -> Option<Vec<u8>> {
        let (level, number) = path.split_once('/')?;
        let (number, width) = match number.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (number, 256),
        };
        let number = number.split('/').try_fold(0, |number, digits| {
            let digits: usize = digits.trim_start_matches('x').parse().ok()?;
            Some(number * 1000 + digits)
        })?;
        let level: usize = level.parse().ok()?;
        let there = (size >> (8 * level)).saturating_sub(number * 256).min(256);
        if there == 0 || width > there {
            return None;
        }
        let hashes = self.levels.get(8 * level)?;
        Some(hashes[number * 256..number * 256 + width].concat())
    }

    /// The signed tree of the first `size` records.
    pub(crate) fn signed(&self, size: usize) -> String {
        let root = STANDARD.encode(self.root(size));
        let text = format!("go.sum database tree\n{size}\n{root}\n");
        let mut signature = self.key_id().to_vec();
        signature.extend(self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {NAME} {}\n", STANDARD.encode(signature))
    }

    /// The hash over the first `size` records, as RFC 6962, section 2.1, defines it.
    pub(crate) fn root(&self, size: usize) -> Hash {
        fn over(leaves: &[Hash]) -> Hash {
            match leaves {
                [] => Sha256::digest([]).into(),
                [one] => *one,
                _ => {
                    let left = leaves.len().next_power_of_two() / 2;
                    node(&over(&leaves[..left]), &over(&leaves[left..]))
                }
            }
        }
        over(&self.levels[0][..size])
    }

    fn public(&self) -> Vec<u8> {
        let mut public = vec![1];
        public.extend(self.key.verifying_key().to_bytes());
        public
    }

    fn key_id(&self) -> [u8; 4] {
        let sum = Sha256::new()
            .chain_update(NAME)
            .chain_update("\n")
            .chain_update(self.public())
            .finalize();
        [sum[0], sum[1], sum[2], sum[3]]
    }
}

/// The text of a record.
pub(crate) fn record(module: &str, version: &str, zip: &str, go_mod: &str) -> String {
    format!("{module} {version} {zip}\n{module} {version}/go.mod {go_mod}\n")
}

fn leaf(text: &str) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(text)
        .finalize()
        .into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
