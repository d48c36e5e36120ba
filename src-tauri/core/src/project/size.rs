//! How much a download of a project is.

use std::path::Path;

use crate::module::Module;

/// What a module's zip has when nobody knows, in bytes: a typical service of 120 modules downloads 25 MB
/// (`mirrors.md`, section 3).
pub const TYPICAL: u64 = 25_000_000 / 120;

/// The zips of these modules, in bytes: those that are in this module cache as they are, others as [`TYPICAL`].
pub fn of(modules: &[Module], cache: Option<&Path>) -> u64 {
    let known = |module: &Module| {
        let zip = cache?
            .join("cache/download")
            .join(format!("{}.zip", module.address()));
        zip.metadata().ok().map(|about| about.len())
    };
    let sizes = modules
        .iter()
        .map(|module| known(module).unwrap_or(TYPICAL));
    sizes.sum()
}
