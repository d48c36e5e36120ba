//! Private modules: the lists of patterns that keep names from others, and what they cover (go-semantics 2.2 to 2.6, 3).
//!
//! Go has five such lists. Each is a text with commas that Go never judges: what is misspelt matches nothing, in silence.
//! Here they are entries, each with what is wrong with it and which modules of the user's projects it covers.

pub mod check;
pub mod credentials;
pub mod kept;
pub mod paste;
pub mod suggest;

mod entry;
mod error;
pub(crate) mod git;
pub(crate) mod named;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use entry::PatternProblem;
pub use error::PrivateError;

pub(crate) use entry::{Written, judge, parse, print};

use crate::{
    environment::{Origin, Shadowed, check::glob},
    error::Failure,
    secret::mask_text,
};

/// The lists, as they are shown: GONOPROXY and GONOSUMDB follow GOPRIVATE until they are set.
pub const LISTS: [&str; 5] = ["GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS"];

/// Every list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct PrivateLists {
    /// In the order of [`LISTS`].
    pub lists: Vec<PrivateList>,
    /// How many of the folders that the user named could be read: what a pattern covers is said of these.
    pub projects: u32,
    /// Why patterns that are switched off cannot be kept.
    pub trouble: Option<Failure>,
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct PrivateList {
    /// `GOPRIVATE`.
    pub variable: String,
    /// What is edited: the GOENV file's value, or else what go uses; credentials masked.
    pub value: String,
    /// Not set anywhere, so that GOPRIVATE counts in its place: the entries are GOPRIVATE's.
    pub follows: bool,
    /// Where the value that go uses comes from.
    pub origin: Origin,
    /// What outranks the GOENV file, if anything does: the entries are without effect there.
    pub shadowed: Option<Shadowed>,
    /// In their order, those that are switched off among them.
    pub entries: Vec<PrivateEntry>,
}

/// One pattern of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct PrivateEntry {
    /// As it stands there; credentials masked.
    pub pattern: String,
    /// Of GOVCS: `git|hg`, `all`, `off`.
    pub systems: Option<String>,
    /// It stands in the variable; else it is only kept by this program.
    pub enabled: bool,
    /// What is wrong with it.
    pub problems: Vec<PatternProblem>,
    /// The modules that projects of the user require and this pattern covers, by path.
    pub covers: Vec<CoveredModule>,
}

/// A required module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct CoveredModule {
    /// Its path.
    pub module: String,
    /// The folders of the projects that require it, as they are shown.
    pub projects: Vec<String>,
}

/// Asks for a plan that sets one list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct PlanPrivate {
    /// The variable.
    pub list: String,
    /// All its entries, in their order. Without an enabled one the variable is unset: GONOPROXY and GONOSUMDB follow
    /// GOPRIVATE then.
    pub entries: Vec<WantedEntry>,
}

/// An entry as it is to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct WantedEntry {
    /// The pattern; a masked one stands for the one that is there.
    pub pattern: String,
    /// Of GOVCS.
    pub systems: Option<String>,
    /// Written into the variable; else kept by this program when the plan is applied.
    pub enabled: bool,
}

/// Names a pattern that is switched off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct ForgetPattern {
    /// The variable.
    pub list: String,
    /// The pattern, as it is shown.
    pub pattern: String,
}

/// Required modules, each with the folders of the projects that require it.
pub(crate) type Required = BTreeMap<String, Vec<String>>;

/// An entry for the eyes.
pub(crate) fn shown(
    entry: &Written,
    enabled: bool,
    problems: Vec<PatternProblem>,
    required: &Required,
) -> PrivateEntry {
    let covered = |(module, projects): (&String, &Vec<String>)| CoveredModule {
        module: module.clone(),
        projects: projects.clone(),
    };
    PrivateEntry {
        pattern: mask_text(&entry.pattern),
        systems: entry.systems.clone(),
        enabled,
        problems,
        covers: required
            .iter()
            .filter(|(module, _)| glob::covers(&entry.pattern, module))
            .map(covered)
            .collect(),
    }
}
