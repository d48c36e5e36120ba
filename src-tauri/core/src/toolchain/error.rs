use serde::Serialize;

/// Why there is no Go, or no answer from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum ToolchainError {
    /// Nowhere.
    #[error("no go command was found in {count} places", count = searched.len())]
    GoNotFound {
        /// The folders looked into.
        searched: Vec<String>,
    },
    /// There, but the system does not run it.
    #[error("cannot run {path}: {reason}")]
    GoNotExecutable {
        /// The go command.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// Stopped at its deadline.
    #[error("{path} did not answer within {seconds} s")]
    GoTimedOut {
        /// The go command.
        path: String,
        /// The deadline.
        seconds: u32,
    },
    /// Ended by a signal.
    #[error("{path} was ended by signal {signal}")]
    GoKilled {
        /// The go command.
        path: String,
        /// The signal's number.
        signal: i32,
    },
    /// Wrote something that is not what go writes.
    #[error("{path} did not answer like go: {output}")]
    GoUnreadable {
        /// The go command.
        path: String,
        /// The beginning of what it wrote, masked.
        output: String,
    },
    /// Ran, and refused.
    #[error("{path} ended with status {status}: {message}")]
    GoRefused {
        /// The go command.
        path: String,
        /// Its exit status.
        status: i32,
        /// What it wrote on standard error, masked.
        message: String,
    },
    /// Before 1.13: no `go env -w`, no GOENV.
    #[error("{path} is {version}, older than go1.13")]
    GoTooOld {
        /// The go command.
        path: String,
        /// Its version.
        version: String,
    },
    /// Named by the user, and no go command.
    #[error("{path} is not a go command")]
    NotGo {
        /// What the user named.
        path: String,
    },
    /// An id that no list gave out.
    #[error("no go has the id {id}")]
    UnknownToolchain {
        /// The id.
        id: String,
    },
}
