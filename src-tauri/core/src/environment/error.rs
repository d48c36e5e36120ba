use serde::Serialize;

use super::check::Problem;

/// Why Go's environment cannot be read or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum EnvironmentError {
    /// `GOENV=off`: go would write the default file all the same and never read it (go-semantics 1.9).
    #[error("GOENV=off switches the file off")]
    FileSwitchedOff {},
    /// No home, so no place for the file.
    #[error("there is no place for the GOENV file: no home folder")]
    FileWithoutPlace {},
    /// GOENV is a relative path: another file in every folder.
    #[error("GOENV is the relative path {path}")]
    FileRelative {
        /// Its value.
        path: String,
    },
    /// No such variable in this Go.
    #[error("go knows no variable {name}")]
    UnknownVariable {
        /// The variable.
        name: String,
    },
    /// `go env -w` refuses it with this Go.
    #[error("{name} cannot be changed")]
    NotSettable {
        /// The variable.
        name: String,
    },
    /// Only the process environment sets it.
    #[error("{name} can only be set by the process environment")]
    ProcessOnly {
        /// The variable.
        name: String,
    },
    /// Twice in one wish.
    #[error("{name} is given twice")]
    NamedTwice {
        /// The variable.
        name: String,
    },
    /// A value that Go would refuse, now or later.
    #[error("the value of {name} is not valid: {problem:?}")]
    InvalidValue {
        /// The variable.
        name: String,
        /// What is wrong.
        problem: Problem,
    },
    /// go itself did not accept the file that would be written.
    #[error("go refuses the changed file: {message}")]
    RefusedByGo {
        /// What it said, masked.
        message: String,
    },
    /// A line that is not at fault was to be repaired.
    #[error("line {line} needs no repair")]
    NothingToRepair {
        /// The line.
        line: u32,
    },
    /// The plan changes nothing.
    #[error("nothing would change")]
    NothingToChange {},
}
