//! What is asked and told when a chain is set, and proven by a real download.

use serde::{Deserialize, Serialize};

use crate::error::Failure;

/// Asks for a chain of mirrors.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct UseMirrors {
    /// Ids of the list, in their order; each is asked for what the one before it does not have. None of them means what
    /// the last test on this network recommends, with its checksum database.
    pub mirrors: Vec<String>,
    /// What no mirror has comes from its origin.
    pub direct: bool,
    /// For GOSUMDB; none leaves it as it is, or as it is recommended.
    pub gosumdb: Option<String>,
}

/// Asks for a real download through what is in effect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct ProveChain {
    /// The module to download, as `path@version`; none takes a small public one.
    pub module: Option<String>,
}

/// What is going on during `mirror_prove`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum ProofEvent {
    /// The download began.
    Fetching {
        /// `path@version`.
        module: String,
    },
}

/// Whether modules come through what is in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Proof {
    /// `path@version`.
    pub module: String,
    /// How long go took, in milliseconds.
    pub elapsed_ms: u32,
    /// The GOPROXY it went through, credentials masked.
    pub goproxy: String,
    /// The GOSUMDB it was verified with, credentials masked.
    pub gosumdb: String,
    /// Why it failed; none when the module is there and verified.
    pub failure: Option<Failure>,
    /// It was stopped.
    pub cancelled: bool,
}
