use serde::Serialize;

/// Why a mirror is not kept, tested or chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum MirrorError {
    /// Neither an id, nor a name, nor an address in the list.
    #[error("there is no mirror {mirror}")]
    UnknownMirror {
        /// What was asked for, masked.
        mirror: String,
    },
    /// No mirror was named, and no test on this network recommends any.
    #[error("no mirror was named, and no test on this network recommends one")]
    NoRecommendation {},
}
