use serde::Serialize;

/// Why a folder is no project, or none that can be downloaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum ProjectError {
    /// No list gave out this id, or the project was forgotten.
    #[error("no project has the id {id}")]
    UnknownProject {
        /// What was asked for.
        id: String,
    },
    /// Neither a `go.mod` nor a `go.work`, in the folder or above it.
    #[error("{path} holds no go.mod or go.work, nor does a folder above it")]
    NoProject {
        /// The folder.
        path: String,
    },
    /// The name of the folder is no text, so it cannot be kept.
    #[error("the name of {path} is no text")]
    FolderNotText {
        /// The folder, as far as it can be shown.
        path: String,
    },
    /// A `go.mod` or `go.work` that go would not read either.
    #[error("line {line} of {path} cannot be read")]
    ManifestInvalid {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: u32,
    },
    /// A `go.sum` that go would not read either.
    #[error("line {line} of {path} is no line of a go.sum")]
    SumsInvalid {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: u32,
    },
    /// A workspace of more modules than anybody has.
    #[error("{path} names more than {limit} modules")]
    TooManyMembers {
        /// The file.
        path: String,
        /// The limit.
        limit: u32,
    },
    /// It wants a newer Go than the one that is asked, and that is not on this machine.
    #[error("the project wants {wanted}, and {present} is here")]
    NeedsNewerGo {
        /// `go1.99`.
        wanted: String,
        /// `go1.27.3`.
        present: String,
    },
}
