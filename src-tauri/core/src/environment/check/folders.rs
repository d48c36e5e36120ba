//! Folders: absolute, and not so wide that a cleaner would take somebody's home (go-semantics 1.7, reliability 2.1).

use std::path::Path;

use super::{CheckContext, Findings, Problem};
use crate::host::Os;

/// Go looks at the start of the whole list only and is stopped by any later entry afterwards: so each is looked at.
pub(super) fn gopath(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    for entry in value
        .split(context.os.list_separator())
        .filter(|entry| !entry.is_empty())
    {
        absolute(entry, context, findings);
    }
}

pub(super) fn folder(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    // `GOCACHE=off` is no exception: since Go 1.12 every build fails on it
    if value.is_empty() {
        return;
    }
    absolute(value, context, findings);
    let wide = Path::new(value).parent().is_none()
        || context.home.is_some_and(|home| home.starts_with(value));
    if wide {
        findings.warnings.push(Problem::FolderTooWide {
            folder: value.to_owned(),
        });
    }
}

fn absolute(entry: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    if entry.starts_with('~') {
        findings.refusals.push(Problem::TildePath {
            entry: entry.to_owned(),
        });
    } else if !is_absolute(entry, context.os) {
        findings.refusals.push(Problem::RelativePath {
            entry: entry.to_owned(),
        });
    }
}

/// `filepath.IsAbs` of that system.
pub(super) fn is_absolute(path: &str, os: Os) -> bool {
    let bytes = path.as_bytes();
    match os {
        Os::Linux | Os::Macos => path.starts_with('/'),
        Os::Windows => {
            path.starts_with(r"\\")
                || (bytes.len() > 2
                    && bytes[0].is_ascii_alphabetic()
                    && bytes[1] == b':'
                    && matches!(bytes[2], b'\\' | b'/'))
        }
    }
}
