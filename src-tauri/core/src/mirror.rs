//! Module mirrors: which there are, and what a speed test finds out about them.

mod address;
pub mod catalogue;
pub mod choose;
pub mod database;
mod error;
pub mod import;
pub mod own;
pub mod prefetch;
pub mod probes;
pub mod projection;
pub mod race;
pub mod recommend;
pub mod report;
pub mod runs;
pub mod surroundings;
pub mod test;

use serde::{Deserialize, Serialize};

pub use address::Address;
pub use error::MirrorError;

use crate::error::Failure;

/// Every mirror that is known here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Mirrors {
    /// In the user's order.
    pub list: Vec<Mirror>,
    /// Why the user's own cannot be read or changed.
    pub trouble: Option<Failure>,
}

/// A mirror as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Mirror {
    /// Stable, minted by us.
    pub id: String,
    /// What stands in GOPROXY, credentials masked.
    pub url: String,
    /// What people call it, in both languages; an own mirror has one name for both.
    pub name: Words,
    /// Who runs it; empty when nobody said so.
    pub operator: Words,
    /// Where it serves.
    pub region: Option<Region>,
    /// Shipped or the user's own.
    pub kind: MirrorKind,
    /// Whether it can be counted on.
    pub status: MirrorStatus,
    /// What is known about it, each with its source and date.
    pub notes: Vec<Note>,
    /// Checksum databases it passes on, as far as is known; a test finds out.
    pub databases: Vec<String>,
    /// It stands in GOPROXY at the moment.
    pub used: bool,
    /// The module that tests it, `path@version`; none for the usual ones.
    pub probe: Option<String>,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// Where a mirror serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// Mainland China.
    Mainland,
    /// Hong Kong.
    HongKong,
    /// Russia.
    Russia,
    /// Everywhere but mainland China.
    Overseas,
    /// Everywhere.
    Global,
}

/// Who put a mirror into the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(rename_all = "kebab-case")]
pub enum MirrorKind {
    /// The program.
    BuiltIn,
    /// The user.
    Own,
}

/// Whether a mirror can be counted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(rename_all = "snake_case")]
pub enum MirrorStatus {
    /// Its operator keeps it running.
    Current,
    /// It answers, but its operator points elsewhere.
    Legacy,
    /// It is gone.
    Dead,
    /// It never was: made up by texts that copy each other.
    Invented,
}

/// Something that is known about a mirror.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Note {
    /// What.
    pub text: Words,
    /// Who says so: a page or a thread.
    pub source: String,
    /// When, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
}
