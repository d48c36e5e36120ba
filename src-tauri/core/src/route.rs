//! Where go gets a module, who verifies it, and who learns its name: by the environment alone, without asking anybody
//! (cmd/go/internal/modfetch, cmd/go/internal/vcs; go-semantics 2, 3).

mod error;
mod named;
mod of;
mod shorter;
mod vcs;

use serde::{Deserialize, Serialize};

pub use error::RouteFault;
pub use named::{Named, named};
pub use of::{Setting, of};
pub use vcs::allowed;

use crate::error::Failure;

/// Asks where modules come from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct ReadRoute {
    /// Texts that name modules or packages: paths, with `@version` or without, lines of a go.mod, imports.
    pub targets: Vec<String>,
    /// And every module that the project with this id requires.
    #[serde(default)]
    pub project: Option<String>,
}

/// One answer for each module that was named, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
#[serde(untagged)]
pub enum RouteAnswer {
    /// Where it comes from.
    Route(Box<Route>),
    /// It is no path.
    Failed {
        /// What was named, masked.
        module: String,
        /// The line of the text that names it, from 1; none when the text has only one.
        line: Option<u32>,
        /// Why.
        failure: Failure,
    },
}

/// Asks whether a list of patterns covers a path.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct MatchRoute {
    /// As GOPRIVATE and its family have them.
    pub patterns: String,
    /// The path.
    pub target: String,
}

/// Whether it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct Matched {
    /// It does.
    pub r#match: bool,
    /// The first pattern that does.
    pub pattern: Option<String>,
}

/// A list of sources, as Go reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParsedList {
    /// In the order in which Go asks them.
    pub list: Vec<ParsedSource>,
    /// What go prints when it refuses the list, masked.
    pub error: Option<String>,
}

/// One source of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParsedSource {
    /// An address, masked; `direct`, `off`, or `noproxy`: the origin of what GONOPROXY names.
    pub url: String,
    /// When the next one is asked.
    pub fallback: Fallback,
}

/// When the next source is asked, whatever stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// Only if this one does not have it.
    NotFoundOnly,
    /// Whatever goes wrong.
    AnyError,
}

/// Where one module comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct Route {
    /// Its path.
    pub module: String,
    /// The version that was named.
    pub version: Option<String>,
    /// Why no mirror is asked for it; none when mirrors are.
    pub private: Option<Private>,
    /// The places go asks, in their order, as if each answered that it does not have it. Empty when go refuses before it
    /// asks anybody.
    pub steps: Vec<Step>,
    /// What happens at the origin; none when go never comes to it.
    pub direct: Option<AtOrigin>,
    /// Who verifies it.
    pub checksum: Checksum,
    /// Who learns a private name although nobody outside should.
    pub leaks: Vec<Leak>,
    /// What makes go refuse.
    pub error: Option<RouteFault>,
}

/// Which pattern makes a module private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct Private {
    /// `GOPRIVATE`, `GONOPROXY`, or `GONOSUMDB`.
    pub by: String,
    /// The pattern.
    pub pattern: String,
}

/// A place that is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct Step {
    /// An address, masked; `direct`, or `off`.
    pub from: String,
    /// When the next one is asked; none for the last.
    pub next: Option<Next>,
    /// The id of the shipped mirror that it is.
    pub mirror: Option<String>,
}

/// When the next place is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
#[serde(rename_all = "kebab-case")]
pub enum Next {
    /// This one does not have it.
    OnMissing,
    /// Whatever goes wrong with this one.
    OnAnyError,
}

/// How the origin is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct AtOrigin {
    /// The rule of GOVCS that decides, `pattern:programs`.
    pub rule: String,
    /// Programs that may fetch it; `all` is every one.
    pub vcs: Vec<String>,
    /// The pattern of GOINSECURE that allows http and any certificate.
    pub insecure: Option<String>,
}

/// Who verifies a module that is not in go.sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct Checksum {
    /// A database is asked.
    pub verified: bool,
    /// Why it is, or is not.
    pub reason: ChecksumReason,
    /// The name of the database.
    pub database: Option<String>,
    /// Where it is asked, in this order; each passes the question on only if the one before does not serve it.
    pub sources: Vec<String>,
}

/// Why a module is verified or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum ChecksumReason {
    /// GOSUMDB names a database, and nothing excludes the module.
    Database {},
    /// Toolchains are always verified.
    Toolchain {},
    /// GOSUMDB is off.
    SumdbOff {},
    /// A pattern excludes it.
    Excluded {
        /// `GONOSUMDB` or `GOPRIVATE`.
        by: String,
        /// The pattern.
        pattern: String,
    },
    /// Go cannot use GOSUMDB.
    Broken {},
}

/// Somebody outside who learns a private name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
pub struct Leak {
    /// Who: an address, masked.
    pub to: String,
    /// What is told: the path, or a shorter one.
    pub name: String,
    /// As what.
    pub r#as: LeakAs,
    /// What lets it happen.
    pub why: LeakReason,
}

/// As what somebody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
#[serde(rename_all = "snake_case")]
pub enum LeakAs {
    /// A mirror.
    Mirror,
    /// The checksum database.
    Database,
}

/// What lets a private name out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
#[serde(rename_all = "snake_case")]
pub enum LeakReason {
    /// GONOPROXY is set, and does not name the module.
    NotInGonoproxy,
    /// GONOSUMDB is set, and does not name the module.
    NotInGonosumdb,
    /// No pattern covers the shorter path, which `go get` of a package asks for as well when the origin does not have it.
    ShorterNotCovered,
}

#[cfg(test)]
mod tests;
