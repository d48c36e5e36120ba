use serde::Serialize;

/// Why a start-up file cannot be understood or changed, or the shell did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum StartupError {
    /// The line is no longer there.
    #[error("the line that sets it is no longer there")]
    AssignmentGone {},
    /// The line does more than set the variable.
    #[error("line {line} of {path} does more than set the variable")]
    AssignmentEntangled {
        /// The file.
        path: String,
        /// The line.
        line: u32,
    },
    /// It is not a line of a file.
    #[error("{place} is not a file")]
    AssignmentElsewhere {
        /// Registry key, launchd, ….
        place: String,
    },
    /// No login shell is known.
    #[error("no login shell is known")]
    ShellUnknown {},
    /// It did not answer in time.
    #[error("{shell} did not answer within {seconds} s")]
    ShellTimedOut {
        /// `zsh`.
        shell: String,
        /// The deadline.
        seconds: u32,
    },
    /// It ended without saying what it was asked.
    #[error("{shell} did not say what it was asked: {reason}")]
    ShellSilent {
        /// `zsh`.
        shell: String,
        /// What it wrote on standard error, masked; or what the system said.
        reason: String,
    },
}
