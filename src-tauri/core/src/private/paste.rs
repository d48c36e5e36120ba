//! Patterns for whatever was pasted: an address, an import path, lines of a go.mod, a page of a repository.

use serde::Serialize;

use super::named::{self, Named};
use crate::{environment::check::public, secret::mask_text};

/// What was found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct PastedPatterns {
    /// One for each host and path, in the order in which they were named.
    pub found: Vec<Pasted>,
    /// What gives no pattern, and why.
    pub refused: Vec<RefusedPaste>,
}

/// Something that names modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct Pasted {
    /// What was pasted; credentials masked.
    pub text: String,
    /// The host that it is on.
    pub host: String,
    /// Everybody's modules are on that host.
    pub public: bool,
    /// What could be added, the recommended choice first.
    pub choices: Vec<PatternChoice>,
}

/// Patterns that could be added together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct PatternChoice {
    /// The patterns.
    pub patterns: Vec<String>,
    /// What they cover.
    pub scope: PatternScope,
}

/// What a pattern covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(rename_all = "snake_case")]
pub enum PatternScope {
    /// Every module of the host.
    Host,
    /// Every module of a group, team or owner there.
    Group,
    /// One repository.
    Repository,
    /// The pattern as it was written.
    AsWritten,
    /// Every host below a domain, and the domain itself.
    Domain,
}

/// Something that gives no pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct RefusedPaste {
    /// What was pasted; credentials masked.
    pub text: String,
    /// Why.
    pub why: PasteFault,
}

/// Why something gives no pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum PasteFault {
    /// Neither an address nor the path of a module.
    NotAPath {},
    /// It would cover modules of everybody: an owner has to follow the host.
    WholePublicHost {
        /// The host, or the pattern that covers such hosts.
        host: String,
    },
    /// Go downloads nothing from a host without a dot.
    HostWithoutDot {
        /// The host.
        host: String,
    },
}

/// Reads a text. Words that look like nothing are only mentioned where nothing else was found.
pub fn paste(text: &str) -> PastedPatterns {
    let mut pasted = PastedPatterns::default();
    let mut words = Vec::new();
    // a folder in a `replace` names no module
    let is_folder = |piece: &&str| piece.starts_with("./") || piece.starts_with("../");
    for piece in named::pieces(text).filter(|piece| !is_folder(piece)) {
        match one(piece) {
            Ok(found) => {
                let is_known = |known: &Pasted| known.choices == found.choices;
                if !pasted.found.iter().any(is_known) {
                    pasted.found.push(found);
                }
            }
            Err(why) => {
                let text = mask_text(piece);
                let refused = RefusedPaste { text, why };
                match piece.contains(['.', '/', ':', '*']) {
                    true => pasted.refused.push(refused),
                    false => words.push(refused),
                }
            }
        }
    }
    if pasted.found.is_empty() && pasted.refused.is_empty() {
        pasted.refused = words;
    }
    pasted
}

fn one(piece: &str) -> Result<Pasted, PasteFault> {
    let not_a_path = || PasteFault::NotAPath {};
    let Named {
        host,
        path,
        is_address,
    } = named::read(piece).ok_or_else(not_a_path)?;
    if !named::is_name(&host) || !named::is_path(&path) {
        return Err(not_a_path());
    }
    let whole = match path.as_str() {
        "" => host.clone(),
        path => format!("{host}/{path}"),
    };
    if public::is_covered(&whole) {
        return Err(PasteFault::WholePublicHost { host: whole });
    }
    if !named::is_host(&host) {
        let looks_like_one = is_address || piece.contains('/');
        return Err(match looks_like_one {
            true => PasteFault::HostWithoutDot { host },
            false => not_a_path(),
        });
    }
    let public = public::is_host(&host);
    let choices = match whole.contains(['*', '?']) {
        true => written(whole),
        false => choices(&host, &path, public),
    };
    Ok(Pasted {
        text: mask_text(piece),
        host,
        public,
        choices,
    })
}

/// A pattern stays as it is; `*.corp.example` may be meant with `corp.example`, which it does not cover.
fn written(pattern: String) -> Vec<PatternChoice> {
    let bare = pattern
        .strip_prefix("*.")
        .filter(|bare| named::is_host(bare) && !bare.contains(['*', '?', '/']))
        .map(str::to_owned);
    let domain = bare.map(|bare| PatternChoice {
        patterns: vec![bare, pattern.clone()],
        scope: PatternScope::Domain,
    });
    let as_written = PatternChoice {
        patterns: vec![pattern],
        scope: PatternScope::AsWritten,
    };
    domain.into_iter().chain([as_written]).collect()
}

/// Whole hosts first, since one who clones from it has more there; on a host of everybody the owner.
fn choices(host: &str, path: &str, public: bool) -> Vec<PatternChoice> {
    let choice = |pattern: String, scope| PatternChoice {
        patterns: vec![pattern],
        scope,
    };
    let whole = (!public).then(|| choice(host.to_owned(), PatternScope::Host));
    let mut elements = path.split('/').filter(|element| !element.is_empty());
    let (first, has_more) = (elements.next(), elements.next().is_some());
    let group = first.map(|first| choice(format!("{host}/{first}"), PatternScope::Group));
    let repository = has_more.then(|| choice(format!("{host}/{path}"), PatternScope::Repository));
    whole.into_iter().chain(group).chain(repository).collect()
}

#[cfg(test)]
mod tests;
