//! Hosts and paths of a company's modules, in any shape in which they are pasted, as patterns of GOPRIVATE.

use crate::{environment::check::public, profile::ProfileError, secret::mask_text};

/// One pattern each, in the order in which they were named; `*.corp.example` gives two, for it does not cover
/// `corp.example` (go-semantics 3).
///
/// The address of a repository stands for its whole host, since one who clones from it has more there, and on a host that
/// serves the public for the owner. An import path or a pattern is taken as it is.
///
/// # Errors
/// [`ProfileError::CompanyHostInvalid`] for what names none, and for what would take public modules along.
pub(super) fn patterns(hosts: &[String]) -> Result<Vec<String>, ProfileError> {
    let mut patterns: Vec<String> = Vec::new();
    let separators = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '，' | '；' | '、' | '|' | '<' | '>')
    };
    for piece in hosts.iter().flat_map(|text| text.split(separators)) {
        let piece = piece.trim_matches(['"', '\'', '`']);
        if is_beside_the_point(piece) {
            continue;
        }
        let pattern = pattern(piece).ok_or_else(|| ProfileError::CompanyHostInvalid {
            text: mask_text(piece),
        })?;
        let bare = pattern
            .strip_prefix("*.")
            .filter(|bare| !bare.contains(['/', '*', '?']) && is_host(bare))
            .filter(|bare| !public::is_covered(bare))
            .map(str::to_owned);
        for pattern in bare.into_iter().chain([pattern]) {
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
        }
    }
    Ok(patterns)
}

/// What is pasted along: of a line of go.mod, of `git clone`.
fn is_beside_the_point(piece: &str) -> bool {
    const WORDS: &[&str] = &[
        "", "//", "(", ")", "=>", "clone", "get", "git", "go", "indirect", "require",
    ];
    let numbers = piece.strip_prefix('v').unwrap_or_default();
    WORDS.contains(&piece) || numbers.starts_with(|c: char| c.is_ascii_digit())
}

fn pattern(piece: &str) -> Option<String> {
    let (host, path, is_address) = parts(piece)?;
    let host = host.to_lowercase();
    let path = module_path(path);
    let first = path.split('/').next().filter(|first| !first.is_empty());
    let pattern = match first {
        None => host.clone(),
        Some(_) if is_address && !public::is_host(&host) => host.clone(),
        Some(owner) if is_address => format!("{host}/{owner}"),
        Some(_) => format!("{host}/{path}"),
    };
    let is_path = pattern.split('/').skip(1).all(|element| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~*?".contains(c);
        !matches!(element, "" | "." | "..") && element.chars().all(is_plain)
    });
    // modules of everybody would no longer be verified
    let is_ours = is_host(&host) && is_path && !public::is_covered(&pattern);
    is_ours.then_some(pattern)
}

/// Host, path, and whether it is an address to clone from or to look at.
fn parts(piece: &str) -> Option<(&str, &str, bool)> {
    if let Some((_, rest)) = piece.split_once("://") {
        let (authority, path) = split_path(rest);
        let host = authority.rsplit('@').next()?;
        return Some((without_port(host)?, path, true));
    }
    let (before, path) = split_path(piece);
    match before.split_once(':') {
        // `git@host:team/repo.git`, as ssh and git write it, or `host:8443`
        Some((host, rest)) => {
            let host = host.rsplit('@').next()?;
            let is_port = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
            let behind = &piece[piece.find(':')? + 1..];
            Some((host, if is_port { path } else { behind }, true))
        }
        None => {
            let host = before.rsplit('@').next()?;
            Some((host, path, host != before))
        }
    }
}

fn split_path(text: &str) -> (&str, &str) {
    text.split_at(text.find(['/', '?', '#']).unwrap_or(text.len()))
}

/// Paths of modules have no ports.
fn without_port(host: &str) -> Option<&str> {
    match host.split_once(':') {
        None => Some(host),
        Some((host, port)) => port
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then_some(host),
    }
}

/// Without what belongs to a page of the repository, a version, or git.
fn module_path(path: &str) -> &str {
    let path = path.split(['?', '#', '@']).next().unwrap_or(path);
    let path = path.split("/-/").next().unwrap_or(path);
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    match path.rsplit_once('/') {
        // `x/lib` covers `x/lib/v2` as well
        Some((module, major)) if is_major(major) => module,
        _ => path,
    }
}

fn is_major(element: &str) -> bool {
    let digits = element.strip_prefix('v').unwrap_or_default();
    !digits.is_empty()
        && !digits.starts_with('0')
        && digits != "1"
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Go downloads nothing from a host without a dot (`module.CheckPath`).
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_*?".contains(c);
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_plain)
    };
    host.contains('.') && host.split('.').all(is_label)
}
