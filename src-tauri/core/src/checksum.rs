//! What a checksum database says of a module, proven: its signature, the record, the tree the record is in, and the hash
//! of the module's zip (go-semantics 4.3, 4.4).
//!
//! A signed tree alone proves nothing of the record that came beside it: whoever passes both on could have taken the tree
//! from another answer. So a record counts when its hash is a leaf of the tree that was signed, by the same tiles that Go
//! asks for. What Go does besides, holding each tree against the last one it saw, needs a memory of trees that a question
//! to one mirror does not have.

mod dirhash;
mod key;
mod note;
mod record;
mod setting;
mod tree;

use serde::{Deserialize, Serialize};

pub use dirhash::{
    ENTRIES, UNPACKED, ZipFault, files_hash, go_mod_hash, is_hash, zip_file_hash, zip_hash,
};
pub use key::{Database, KeyFault};
pub use note::SignedTree;
pub use record::{Record, lookup};
pub use setting::{Gosumdb, SettingFault};
pub use tree::{Tile, proves, tiles};

/// A SHA-256, as trees and tiles hold it.
pub type Hash = [u8; 32];

/// What is wrong with a checksum database's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(rename_all = "snake_case")]
pub enum RecordFault {
    /// No record and no signed tree.
    Malformed,
    /// The database did not sign it.
    Signature,
    /// It names another module, or another hash than the known one.
    OtherModule,
    /// The record is not in the signed tree.
    NotInTree,
    /// The lookup is refused.
    Refused,
}
