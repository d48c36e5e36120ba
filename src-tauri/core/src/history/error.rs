use serde::Serialize;

/// Why something cannot be applied or undone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum HistoryError {
    /// No such entry.
    #[error("no change has the id {id}")]
    UnknownEntry {
        /// The id.
        id: String,
    },
    /// It was undone already.
    #[error("this change was undone already")]
    AlreadyUndone {},
    /// What it changed was changed again since.
    #[error("changed since: {}", what.join(", "))]
    Drifted {
        /// The variables, or the file.
        what: Vec<String>,
    },
    /// No such plan, or it was applied already.
    #[error("no plan has the id {id}")]
    UnknownPlan {
        /// The id.
        id: String,
    },
    /// The file is not what it was when the plan was made.
    #[error("{path} was changed by another program since this was planned")]
    Stale {
        /// The file.
        path: String,
    },
    /// A danger was not confirmed.
    #[error("not confirmed: {}", names.join(", "))]
    Unconfirmed {
        /// The variables.
        names: Vec<String>,
    },
}
