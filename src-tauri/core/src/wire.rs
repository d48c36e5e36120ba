//! How values of the system are written where only text can stand.

use std::path::{Path, PathBuf};

use serde::Serializer;

/// A path as text; bytes that are no text are replaced, because nobody on the other side opens it.
pub(crate) fn path<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&path.display())
}

/// As [`path`], or null.
#[expect(clippy::ref_option, reason = "serde passes the field as it is")]
pub(crate) fn path_or_none<S: Serializer>(
    path: &Option<PathBuf>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match path {
        Some(path) => to.collect_str(&path.display()),
        None => to.serialize_none(),
    }
}
