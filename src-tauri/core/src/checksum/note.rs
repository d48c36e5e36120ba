use base64::Engine;

use super::{
    Database, Hash, RecordFault,
    key::{BASE64, is_name},
};

/// What every signed tree begins with (golang.org/x/mod/sumdb/tlog, `ParseTree`).
const TREE: &str = "go.sum database tree\n";

/// More signatures than that are not looked at (golang.org/x/mod/sumdb/note, `Open`).
const SIGNATURES: usize = 100;

/// A longer text of a signed tree is none, in bytes.
const TEXT: usize = 1_000_000;

/// The tree of all records up to a moment, as its database signed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedTree {
    /// How many records it has.
    pub size: u64,
    /// The hash over all of them (RFC 6962, section 2.1).
    pub root: Hash,
}

impl SignedTree {
    /// Reads a note, and counts it only if this database signed it (golang.org/x/mod/sumdb/note, `Open`).
    ///
    /// # Errors
    /// [`RecordFault::Malformed`], [`RecordFault::Signature`].
    pub fn open(note: &[u8], database: &Database) -> Result<Self, RecordFault> {
        let note = plain(note).ok_or(RecordFault::Malformed)?;
        let at = note.rfind("\n\n").ok_or(RecordFault::Malformed)?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        if !is_signed(text, signatures, database)? {
            return Err(RecordFault::Signature);
        }
        parse(text).ok_or(RecordFault::Malformed)
    }
}

/// A text of lines, without other control characters.
pub(super) fn plain(bytes: &[u8]) -> Option<&str> {
    let text = str::from_utf8(bytes).ok()?;
    let is_plain = text.bytes().all(|byte| byte >= 0x20 || byte == b'\n');
    is_plain.then_some(text)
}

/// Whether one of the signatures is this database's. Others do not matter, but each line has to be one.
fn is_signed(text: &str, signatures: &str, database: &Database) -> Result<bool, RecordFault> {
    let lines = signatures
        .strip_suffix('\n')
        .ok_or(RecordFault::Malformed)?;
    let mut is_signed = false;
    for (number, line) in lines.split('\n').enumerate() {
        let (name, hash, signature) = signature_of(line)
            .filter(|_| number < SIGNATURES)
            .ok_or(RecordFault::Malformed)?;
        // of a repeated one the first counts
        if is_signed || name != database.name || hash != database.hash {
            continue;
        }
        if !database.signed(text.as_bytes(), &signature) {
            return Err(RecordFault::Signature);
        }
        is_signed = true;
    }
    Ok(is_signed)
}

/// `— name base64`, where the first four bytes say which of the name's keys it is.
fn signature_of(line: &str) -> Option<(&str, u32, Vec<u8>)> {
    let (name, data) = line.strip_prefix("— ")?.split_once(' ')?;
    let mut data = BASE64.decode(data).ok()?;
    if !is_name(name) || data.len() < 5 {
        return None;
    }
    let signature = data.split_off(4);
    let hash = u32::from_be_bytes(data.try_into().ok()?);
    Some((name, hash, signature))
}

/// Size and root; lines that follow are for later.
fn parse(text: &str) -> Option<SignedTree> {
    if text.len() > TEXT {
        return None;
    }
    let mut lines = text.strip_prefix(TREE)?.split('\n');
    let (size, root) = (lines.next()?, lines.next()?);
    // the line of the root is a whole one
    lines.next()?;
    let number: u64 = size.parse().ok()?;
    // one spelling only, and a number that Go can hold
    if number.to_string() != size || i64::try_from(number).is_err() {
        return None;
    }
    let root = BASE64.decode(root).ok()?.try_into().ok()?;
    Some(SignedTree { size: number, root })
}
