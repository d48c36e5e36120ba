//! The entries of one list, and what is wrong with them.

use serde::Serialize;

use super::named;
use crate::{
    environment::check::{glob, lists, public},
    secret::mask_text,
};

/// An entry as it stands in the variable, raw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// The pattern.
    pub(crate) pattern: String,
    /// What follows the colon in GOVCS; none where there is no colon, and in the other lists.
    pub(crate) systems: Option<String>,
}

/// What is wrong with a pattern, or surprising about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum PatternProblem {
    /// Stands in the list before.
    Duplicate {},
    /// Another entry covers all that it covers; in GOVCS one before it, which is the one that decides.
    CoveredBy {
        /// That entry, masked.
        pattern: String,
    },
    /// Not a glob that Go can match: it matches nothing.
    Malformed {},
    /// Of GOVCS: not `pattern:vcs|vcs`. Go refuses every direct fetch.
    WithoutSystems {},
    /// An address, or with user, port, version or `.git`: it matches no path of a module.
    NotAPath {
        /// What was meant.
        meant: String,
    },
    /// Spaces are part of it, so it matches nothing.
    Spaces {
        /// What was meant.
        meant: String,
    },
    /// Hosts in paths of modules are in lower case, so it matches nothing.
    UpperCase {
        /// What was meant.
        meant: String,
    },
    /// `;`, or a comma that is none: one entry with it inside, which matches nothing.
    Separator {},
    /// Go downloads nothing from a host without a dot.
    HostWithoutDot {},
    /// `*.corp.example` does not cover `corp.example`.
    MissesBare {
        /// What is not covered.
        bare: String,
    },
    /// Covers a host that everybody's modules are on.
    PublicHost {},
    /// Covers every module there is.
    Everything {},
}

/// The entries of a value. Go cuts at commas and passes over what is empty (go-semantics 3); in GOVCS it also trims
/// (2.6).
pub(crate) fn parse(list: &str, value: &str) -> Vec<Written> {
    let is_vcs = list == "GOVCS";
    let entries = value.split(',').filter(|entry| !entry.is_empty());
    let entries = entries.map(|entry| if is_vcs { entry.trim() } else { entry });
    let written = |entry: &str| match entry.split_once(':').filter(|_| is_vcs) {
        Some((pattern, systems)) => Written {
            pattern: pattern.trim().to_owned(),
            systems: Some(systems.trim().to_owned()),
        },
        None => Written {
            pattern: entry.to_owned(),
            systems: None,
        },
    };
    entries.map(written).collect()
}

/// The value that these entries are.
pub(crate) fn print<'a>(entries: impl IntoIterator<Item = &'a Written>) -> String {
    let entries = entries.into_iter().map(|entry| match &entry.systems {
        Some(systems) => format!("{}:{systems}", entry.pattern),
        None => entry.pattern.clone(),
    });
    entries.collect::<Vec<_>>().join(",")
}

/// What is wrong with the entry at this place among those that count.
pub(crate) fn judge(list: &str, entries: &[Written], place: usize) -> Vec<PatternProblem> {
    let Some(entry) = entries.get(place) else {
        return Vec::new();
    };
    let is_vcs = list == "GOVCS";
    let mut problems = Vec::new();
    if is_vcs && entry.systems.as_ref().is_none_or(String::is_empty) {
        problems.push(PatternProblem::WithoutSystems {});
    }
    if is_vcs && matches!(entry.pattern.as_str(), "public" | "private") {
        return problems;
    }
    problems.extend(of_itself(list, &entry.pattern));
    if entries[..place]
        .iter()
        .any(|other| other.pattern == entry.pattern)
    {
        problems.push(PatternProblem::Duplicate {});
    } else if let Some(wider) = wider(entries, place, is_vcs) {
        let pattern = mask_text(&wider.pattern);
        problems.push(PatternProblem::CoveredBy { pattern });
    }
    if let Some(bare) = bare(&entry.pattern)
        && !entries
            .iter()
            .any(|other| glob::covers(&other.pattern, bare))
    {
        let bare = bare.to_owned();
        problems.push(PatternProblem::MissesBare { bare });
    }
    problems
}

/// The entry that covers all that the one at this place covers.
fn wider(entries: &[Written], place: usize, is_vcs: bool) -> Option<&Written> {
    let entry = &entries[place];
    let mut others = entries.iter().enumerate();
    let found = others.find(|(at, other)| {
        let is_meant = *at < place || (!is_vcs && *at > place);
        let is_group = is_vcs && matches!(other.pattern.as_str(), "public" | "private");
        // of two that cover each other the first one stays
        let is_same = *at > place && glob::covers(&entry.pattern, &other.pattern);
        is_meant && !is_group && !is_same && glob::covers(&other.pattern, &entry.pattern)
    });
    found.map(|(_, other)| other)
}

/// What can be said of a pattern without its list.
fn of_itself(list: &str, pattern: &str) -> Option<PatternProblem> {
    let trimmed = pattern.trim();
    if pattern.contains([';', '，', '；', '、']) {
        return Some(PatternProblem::Separator {});
    }
    if trimmed != pattern || trimmed.contains(char::is_whitespace) {
        let meant = trimmed.split_whitespace().next().unwrap_or_default();
        let meant = mask_text(meant);
        return Some(PatternProblem::Spaces { meant });
    }
    if !lists::is_glob(pattern) {
        return Some(PatternProblem::Malformed {});
    }
    let bare = pattern.strip_suffix('/').unwrap_or(pattern);
    let is_path = !bare.contains(':') && !bare.contains('@') && !bare.ends_with(".git");
    if !is_path {
        let meant = named::meant(pattern)?;
        return Some(PatternProblem::NotAPath { meant });
    }
    let host = bare.split('/').next().unwrap_or_default();
    if host.contains(|c: char| c.is_ascii_uppercase()) {
        let meant = format!("{}{}", host.to_lowercase(), &bare[host.len()..]);
        return Some(PatternProblem::UpperCase { meant });
    }
    // of GOVCS and GOINSECURE whole hosts are named on purpose as well, but never all of them
    if glob::covers(pattern, "q7z-any.example/q7z-any")
        && glob::covers(pattern, "q7z-any.invalid/m")
    {
        return Some(PatternProblem::Everything {}).filter(|_| list != "GOVCS");
    }
    if list != "GOVCS" && public::is_covered(pattern) {
        return Some(PatternProblem::PublicHost {});
    }
    let is_word = !host.contains(['.', '*', '?', '[', '\\']);
    // what people write for "no module at all"
    let is_none = bare == "none" && matches!(list, "GONOPROXY" | "GONOSUMDB");
    (is_word && !is_none).then_some(PatternProblem::HostWithoutDot {})
}

/// `corp.example` of `*.corp.example`.
fn bare(pattern: &str) -> Option<&str> {
    let bare = pattern.strip_prefix("*.")?;
    let bare = bare.strip_suffix('/').unwrap_or(bare);
    (named::is_host(bare) && !bare.contains(['*', '?'])).then_some(bare)
}

#[cfg(test)]
mod tests;
