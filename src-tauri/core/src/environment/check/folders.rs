//! Folders: absolute, and not so wide that a cleaner would take somebody's home (go-semantics 1.7, reliability 2.1).

use std::path::Path;

use super::{CheckContext, Consequence, Findings, Problem};
use crate::host::Os;

/// Folders at the root that hold more than one program's files.
const SHARED: &[&str] = &[
    "applications",
    "home",
    "library",
    "media",
    "mnt",
    "opt",
    "private",
    "program files",
    "program files (x86)",
    "programdata",
    "run",
    "srv",
    "system",
    "tmp",
    "users",
    "usr",
    "var",
    "volumes",
];

/// Folders at the root in which nothing at all is for others to write.
const CLOSED: &[&str] = &[
    "bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "proc", "sbin", "sys", "windows",
];

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

/// What lies in the folder beside Go's own files, or who else may write there. By the path alone: what is on the disk can
/// change until the value is used.
pub(super) fn danger(name: &str, value: &str, context: &CheckContext<'_>) -> Option<Consequence> {
    let entries: Vec<&str> = match name {
        "GOPATH" => value.split(context.os.list_separator()).collect(),
        _ => vec![value],
    };
    let found = entries
        .into_iter()
        .filter(|entry| is_absolute(entry, context.os))
        .filter_map(|entry| danger_of_entry(name, entry, context));
    // the graver one: what others write is run
    found.max_by_key(|found| *found == Consequence::FolderOfOthers)
}

fn danger_of_entry(name: &str, entry: &str, context: &CheckContext<'_>) -> Option<Consequence> {
    let is_share = entry.starts_with(r"\\") || entry.starts_with("//");
    if context.os == Os::Windows && is_share {
        return Some(Consequence::FolderOfOthers);
    }
    let folder = elements(entry, context.os);
    let home = context
        .home
        .map(|home| elements(&home.to_string_lossy(), context.os));
    if let Some(home) = &home {
        if folder.starts_with(home) {
            return (folder == *home).then_some(Consequence::FolderOfOtherThings);
        }
        if is_home_of_somebody(&folder) {
            return Some(Consequence::FolderOfOthers);
        }
        if home.starts_with(&folder) {
            return Some(Consequence::FolderOfOtherThings);
        }
    }
    // the usual place for programs that a user installs for all
    if name == "GOBIN" && folder == ["usr", "local", "bin"] {
        return None;
    }
    is_of_the_system(&folder).then_some(Consequence::FolderOfOtherThings)
}

fn is_home_of_somebody(folder: &[String]) -> bool {
    match folder {
        [first, _, ..] => matches!(first.as_str(), "home" | "users" | "root"),
        [first] => first == "root",
        [] => false,
    }
}

fn is_of_the_system(folder: &[String]) -> bool {
    match folder {
        [] => true,
        [first] if SHARED.contains(&first.as_str()) => true,
        [first, ..] if CLOSED.contains(&first.as_str()) => true,
        [first, _] => first == "usr",
        [first, second, _] => first == "usr" && second == "local",
        _ => false,
    }
}

/// The names of the folders on the way, without the drive; in lower case where the system makes no difference.
fn elements(path: &str, os: Os) -> Vec<String> {
    let (path, separators): (_, &[char]) = match os {
        Os::Windows => (path.get(2..).unwrap_or_default(), &['/', '\\']),
        Os::Linux | Os::Macos => (path, &['/']),
    };
    let mut elements = Vec::new();
    for element in path.split(separators) {
        match element {
            "" | "." => {}
            ".." => drop(elements.pop()),
            name if os == Os::Linux => elements.push(name.to_owned()),
            name => elements.push(name.to_lowercase()),
        }
    }
    elements
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
