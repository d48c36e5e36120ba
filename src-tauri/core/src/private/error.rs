use serde::Serialize;

/// Why a list of patterns is not changed, or nothing is said of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum PrivateError {
    /// None of Go's lists of patterns.
    #[error("{list} is no list of patterns")]
    UnknownList {
        /// What was named.
        list: String,
    },
    /// Empty, or with a comma or a line end, so that it would be several entries or none.
    #[error("{pattern:?} cannot be one entry of {list}")]
    PatternInvalid {
        /// The list.
        list: String,
        /// The pattern, masked.
        pattern: String,
    },
    /// Masked, and no entry of the list looks like it.
    #[error("{pattern} stands for no entry of the list")]
    MaskedPatternUnknown {
        /// The pattern, masked.
        pattern: String,
    },
    /// Not kept, or not switched off.
    #[error("{pattern} is not a pattern of {list} that is switched off")]
    PatternNotKept {
        /// The list.
        list: String,
        /// The pattern, masked.
        pattern: String,
    },
    /// Not the address of a repository over https, http or ssh, or one with a login in it.
    #[error("{text} is not the address of a repository")]
    RepositoryInvalid {
        /// What was given, masked.
        text: String,
    },
    /// No list names it, so it is not asked.
    #[error("no list of private modules covers {host}")]
    NotPrivate {
        /// The host.
        host: String,
    },
}
