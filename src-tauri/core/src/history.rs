//! Every change the program made, with its cause, and its undo.

pub mod earlier;
pub mod journal;
pub mod undo;

mod error;

use serde::{Deserialize, Serialize};

pub use error::HistoryError;

use crate::{plan::PlanKind, profile::Title};

/// One change, as it is shown. Credentials are masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "history.ts"))]
pub struct Entry {
    /// Names it for `history_undo`.
    pub id: String,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// Why.
    pub cause: Cause,
    /// Which kind of file.
    pub kind: PlanKind,
    /// The file, home written as `~`.
    pub path: String,
    /// The variables.
    pub changes: Vec<EntryChange>,
    /// The entry that undid this one.
    pub undone_by: Option<String>,
}

/// One variable of an [`Entry`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "history.ts"))]
pub struct EntryChange {
    /// The variable.
    pub name: String,
    /// Before; none when it was not set there.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// Why a change was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "history.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Cause {
    /// Values were edited.
    Edited {},
    /// Lines of the GOENV file were repaired.
    Repaired {
        /// How many.
        lines: u32,
    },
    /// A profile was switched to.
    ProfileUsed {
        /// Which.
        profile: String,
        /// What it was called.
        title: Title,
        /// The profile that was active before; none when the environment was a custom one.
        from: Option<String>,
    },
    /// A line of a start-up file was commented out.
    CommentedOut {
        /// Its number.
        line: u32,
    },
    /// Another change was undone.
    Undone {
        /// Its id.
        entry: String,
    },
}

/// The history, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "history.ts"))]
pub struct History {
    /// What was done.
    pub entries: Vec<Entry>,
    /// Lines of the journal that could not be read; they are kept.
    pub unreadable: u32,
}
