//! The order of the rows.

use semver::Version;

use crate::cache::CachedVersion;

/// By module, the newest version first.
pub(super) fn sort(rows: &mut [CachedVersion]) {
    rows.sort_by_cached_key(|row| {
        let newest = std::cmp::Reverse(precedence(&row.version));
        (row.module.clone(), newest, row.id.clone())
    });
}

/// What is no version of semver is older than any that is.
fn precedence(version: &str) -> Option<Version> {
    Version::parse(version.strip_prefix('v')?).ok()
}
