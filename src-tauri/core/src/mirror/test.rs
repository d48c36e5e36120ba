//! The speed test.

use serde::Deserialize;

/// Asks for a speed test.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct TestMirrors {
    /// Ids of the list, or addresses; none of them means all that are not dead.
    pub mirrors: Vec<String>,
    /// Waits for slow mirrors instead of cutting them off.
    pub patient: bool,
    /// A project whose modules the projection is for: an id of `project_list`, or a folder on a terminal; none is a
    /// typical service.
    pub project: Option<String>,
}
