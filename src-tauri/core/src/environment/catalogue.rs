//! The variables Go has: which version knows them, where they belong, whether they can be written.

use serde::Serialize;

/// Where a variable stands in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Where modules come from and how they are verified.
    Modules,
    /// Which Go runs.
    Toolchain,
    /// Folders.
    Paths,
    /// What is built, and for what.
    Build,
    /// The C side.
    Cgo,
    /// Debugging, telemetry, and what go only reports.
    Debug,
    /// Known to this Go, not to us.
    Other,
}
