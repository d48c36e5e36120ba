use serde::Serialize;

/// Why a module did not come through.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum FetchError {
    /// The real go could not download a module.
    #[error("go could not download {module}: {message}")]
    FetchFailed {
        /// `path@version`.
        module: String,
        /// What go says, credentials masked.
        message: String,
    },
}
