//! Start-up files: which there are, and what they set. Read as text, never run.

use std::path::PathBuf;

use super::Assignment;
use crate::host::Host;

/// What start-up files and the system set for the variables that are `wanted`, in the order in which it happens.
pub fn assignments(_host: &Host, _wanted: impl Fn(&str) -> bool) -> Vec<Assignment> {
    Vec::new()
}

/// Files that set, or could set, a variable, for the watcher: also those that do not exist yet.
pub fn files(_host: &Host) -> Vec<PathBuf> {
    Vec::new()
}
