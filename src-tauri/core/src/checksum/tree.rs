use sha2::{Digest, Sha256};

use super::{Hash, Record};

/// How many levels of the tree a tile spans; every database in use has this height.
const HEIGHT: u32 = 8;

/// Hashes in a full tile.
const FULL: u64 = 1 << HEIGHT;

/// A piece of the tree: up to 256 neighbouring hashes of one level (golang.org/x/mod/sumdb/tlog, `Tile`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// The level of its hashes, in steps of eight: each hash is of 256 to this power records.
    level: u32,
    /// Which of this level, counted from 0.
    number: u64,
    /// How many hashes, 1 to 256.
    width: u64,
}

impl Tile {
    /// Where a database has it, below its own address: `tile/8/0/x001/234.p/5`.
    pub fn path(&self) -> String {
        let mut number = format!("{:03}", self.number % 1000);
        let mut rest = self.number / 1000;
        while rest > 0 {
            number = format!("x{:03}/{number}", rest % 1000);
            rest /= 1000;
        }
        let partial = match self.width {
            FULL => String::new(),
            width => format!(".p/{width}"),
        };
        format!("tile/{HEIGHT}/{}/{number}{partial}", self.level)
    }

    /// The same when it is full, to ask for where a partial one is gone because the tree has grown; none for a full one.
    pub fn full(&self) -> Option<Self> {
        (self.width < FULL).then_some(Self {
            width: FULL,
            ..*self
        })
    }

    /// How long its content is.
    pub fn bytes(&self) -> usize {
        usize::try_from(self.width).unwrap_or(usize::MAX) * size_of::<Hash>()
    }

    /// Whether its content holds everything that `other` has.
    fn covers(&self, other: &Self) -> bool {
        (self.level, self.number) == (other.level, other.number) && self.width >= other.width
    }
}

/// The tiles that prove a record to be in a tree of this size: those at the tree's right edge, which come to its root, then
/// those above the record, the highest first. None for a record that cannot be in it.
pub fn tiles(record_id: u64, tree_size: u64) -> Vec<Tile> {
    if record_id >= tree_size {
        return Vec::new();
    }
    edge(tree_size)
        .chain(above(record_id, tree_size).into_iter().rev())
        .collect()
}

/// Whether the record is in the tree that came with it: its hash stands where its id says, and the tiles come to the root
/// that was signed (golang.org/x/mod/sumdb/tlog, `TileHashReader`).
///
/// Every tile is held against the one above it. The go command does so since 1.25.13, 1.26.6 and 1.27 (CVE-2026-56865,
/// golang/go#80744); older ones believe a mirror that makes tiles up.
///
/// `contents` may hold full tiles in place of partial ones, in any order.
pub fn proves(record: &Record, contents: &[(Tile, Vec<u8>)]) -> bool {
    proof(record, contents).is_some()
}

fn proof(record: &Record, contents: &[(Tile, Vec<u8>)]) -> Option<()> {
    let (id, size) = (record.id, record.tree.size);
    if id >= size {
        return None;
    }
    let hashes = |tile: Tile| -> Option<Vec<Hash>> {
        let (_, bytes) = contents
            .iter()
            .find(|(held, bytes)| held.covers(&tile) && bytes.len() == held.bytes())?;
        let (hashes, _) = bytes.as_chunks::<{ size_of::<Hash>() }>();
        Some(hashes[..usize::try_from(tile.width).ok()?].to_vec())
    };

    // from the right to the left, so from small subtrees to large ones
    let mut root: Option<Hash> = None;
    for tile in edge(size) {
        let hashes = hashes(tile)?;
        let mut rest = hashes.as_slice();
        while !rest.is_empty() {
            // the last subtree is as large as the lowest bit of the width
            let (before, subtree) = rest.split_at(rest.len() - (1 << rest.len().trailing_zeros()));
            let subtree = fold(subtree);
            root = Some(root.map_or(subtree, |right| node(&subtree, &right)));
            rest = before;
        }
    }
    if root? != record.tree.root {
        return None;
    }

    // what the root does not vouch for is vouched for by the tile above, up to one that the root vouches for
    let mut below = record.leaf();
    let mut index = id;
    for tile in above(id, size) {
        let hashes = hashes(tile)?;
        if at(&hashes, index)? != below {
            return None;
        }
        below = fold(&hashes);
        index >>= HEIGHT;
    }
    let last = edge(size).find(|tile| tile.level == level(id, size))?;
    (at(&hashes(last)?, index)? == below).then_some(())
}

/// The hash with this number of its level, out of the tile it is in.
fn at(hashes: &[Hash], number: u64) -> Option<Hash> {
    hashes.get(usize::try_from(number % FULL).ok()?).copied()
}

/// The partial tiles of a tree, the lowest first. Each complete subtree of which the root is made is in one of them.
fn edge(size: u64) -> impl Iterator<Item = Tile> {
    (0..u64::BITS / HEIGHT).filter_map(move |level| {
        let hashes = size >> (HEIGHT * level);
        let width = hashes % FULL;
        (width > 0).then_some(Tile {
            level,
            number: hashes / FULL,
            width,
        })
    })
}

/// The full tiles above a record, the lowest first, up to below the one at the edge.
fn above(id: u64, size: u64) -> Vec<Tile> {
    (0..level(id, size))
        .map(|level| Tile {
            level,
            number: id >> (HEIGHT * (level + 1)),
            width: FULL,
        })
        .collect()
}

/// The level at which the tile above a record is at the edge of the tree.
fn level(id: u64, size: u64) -> u32 {
    let is_at_edge = |level: u32| {
        let beyond = HEIGHT * (level + 1);
        beyond >= u64::BITS || id >> beyond == size >> beyond
    };
    (0..u64::BITS / HEIGHT)
        .find(|level| is_at_edge(*level))
        .unwrap_or_default()
}

/// The hash over a complete subtree: as many hashes as a power of two.
fn fold(hashes: &[Hash]) -> Hash {
    match hashes {
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node(&fold(left), &fold(right))
        }
    }
}

/// The hash of two neighbours (RFC 6962, section 2.1).
fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}
