//! What a line of the journal says.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    history::{Cause, EntryChange},
    plan::{DraftValue, PlanKind},
};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(super) enum Record {
    /// About to be done.
    Intent(Box<Intent>),
    /// How it ended.
    End(End),
}

/// A change, raw: it may hold credentials and never leaves the core.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Its place in the order, from 1.
    pub seq: u64,
    /// Names it.
    pub id: String,
    /// When it was announced.
    pub at: Timestamp,
    /// Why.
    pub cause: Cause,
    /// Which kind of file.
    pub kind: PlanKind,
    /// The file, links not followed.
    pub path: RawText,
    /// The variables.
    pub changes: Vec<RawChange>,
    /// The lines of a start-up file, so that its undo needs no backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<LineChange>,
    /// What the bytes before hash to; none when there was no file.
    pub before_hash: Option<String>,
    /// What the bytes after hash to; none when the file goes away.
    pub after_hash: Option<String>,
    /// The file in `backups` that holds the bytes before.
    pub backup: Option<String>,
}

/// How a change ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    /// Which one.
    pub(super) id: String,
    /// How.
    pub(super) state: State,
}

/// The ends of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Made.
    Done,
    /// Not made.
    Abandoned,
    /// Neither can be told: another program changed the file after a crash.
    Interrupted,
}

/// One variable, raw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawChange {
    /// The variable.
    pub name: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// Lines that went and came, at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChange {
    /// The number of the first one, from 1.
    pub line: usize,
    /// With their line endings.
    pub removed: RawText,
    /// With their line endings.
    pub added: RawText,
}

/// Bytes that are text nearly always.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RawText {
    /// Valid UTF-8.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
}

impl Intent {
    /// The file, links not followed.
    pub fn target(&self) -> PathBuf {
        self.path.to_path()
    }

    /// Whether `found` is what the change leaves.
    pub fn leaves(&self, found: Option<&[u8]>) -> bool {
        found.map(crate::host::fingerprint) == self.after_hash
    }

    /// Whether `found` is what was there before.
    pub fn found(&self, found: Option<&[u8]>) -> bool {
        found.map(crate::host::fingerprint) == self.before_hash
    }
}

impl RawText {
    pub(super) fn of_path(path: &Path) -> Self {
        Self::of(path.as_os_str().as_encoded_bytes())
    }

    fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Bytes(bytes.to_owned()),
        }
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes.as_slice(),
        }
    }

    #[cfg(unix)]
    fn to_path(&self) -> PathBuf {
        let name: &OsStr = std::os::unix::ffi::OsStrExt::from_bytes(self.bytes());
        PathBuf::from(name)
    }

    #[cfg(not(unix))]
    fn to_path(&self) -> PathBuf {
        let name = String::from_utf8_lossy(self.bytes());
        PathBuf::from(OsStr::new(name.as_ref()))
    }
}

impl LineChange {
    /// What differs between two contents, in whole lines; none when a file comes, goes or stays the same.
    pub(super) fn between(before: Option<&[u8]>, after: Option<&[u8]>) -> Option<Self> {
        let split = |bytes: &'_ [u8]| -> Vec<Vec<u8>> {
            bytes
                .split_inclusive(|&byte| byte == b'\n')
                .map(<[u8]>::to_vec)
                .collect()
        };
        let (before, after) = (split(before?), split(after?));
        let head = before
            .iter()
            .zip(&after)
            .take_while(|(old, new)| old == new)
            .count();
        let tail = before[head..]
            .iter()
            .rev()
            .zip(after[head..].iter().rev())
            .take_while(|(old, new)| old == new)
            .count();
        let removed = before[head..before.len() - tail].concat();
        let added = after[head..after.len() - tail].concat();
        (removed != added).then(|| Self {
            line: head + 1,
            removed: RawText::of(&removed),
            added: RawText::of(&added),
        })
    }
}

impl From<&DraftValue> for RawChange {
    fn from(value: &DraftValue) -> Self {
        Self {
            name: value.name.clone(),
            before: value.before.clone(),
            after: value.after.clone(),
        }
    }
}

impl From<&RawChange> for EntryChange {
    fn from(change: &RawChange) -> Self {
        let masked = |value: &Option<String>| value.as_deref().map(crate::secret::mask_text);
        Self {
            name: change.name.clone(),
            before: masked(&change.before),
            after: masked(&change.after),
        }
    }
}
