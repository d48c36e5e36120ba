//! What is asked and told when a profile is verified.

use serde::{Deserialize, Serialize};

use super::ProfileState;
use crate::error::Failure;

/// Asks whether a profile is in effect.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct VerifyProfile {
    /// Which.
    pub id: String,
    /// Also download a module with the real go, into a temporary module cache.
    pub fetch: bool,
    /// The module to download, as `path@version`; none takes a small public one.
    pub module: Option<String>,
}

/// What is going on during `profile_verify`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum VerifyEvent {
    /// The values were compared.
    Compared {
        /// How the profile stands.
        state: ProfileState,
    },
    /// A download began.
    Fetching {
        /// `path@version`.
        module: String,
    },
}

/// Whether a profile is in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Verified {
    /// The profile.
    pub id: String,
    /// How it stands to the environment Go sees.
    pub state: ProfileState,
    /// Whether a real download works; none when it was not asked for.
    pub fetch: Option<Fetched>,
    /// It was stopped; what was found until then is here.
    pub cancelled: bool,
}

/// What came of a real download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Fetched {
    /// `path@version`.
    pub module: String,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u32,
    /// The GOPROXY it went through, credentials masked.
    pub goproxy: String,
    /// Why it failed; none when the module is there and verified.
    pub failure: Option<Failure>,
}
