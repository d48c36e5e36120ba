//! Hosts and paths of a company's modules, in any shape in which they are pasted, as patterns of GOPRIVATE.

use crate::{
    environment::check::public,
    private::named::{self, Named, is_host},
    profile::ProfileError,
    secret::mask_text,
};

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
    for piece in hosts.iter().flat_map(|text| named::pieces(text)) {
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

fn pattern(piece: &str) -> Option<String> {
    let Named {
        host,
        path,
        is_address,
    } = named::read(piece)?;
    let first = path.split('/').next().filter(|first| !first.is_empty());
    let pattern = match first {
        None => host.clone(),
        Some(_) if is_address && !public::is_host(&host) => host.clone(),
        Some(owner) if is_address => format!("{host}/{owner}"),
        Some(_) => format!("{host}/{path}"),
    };
    let below = pattern.get(host.len() + 1..).unwrap_or_default();
    // modules of everybody would no longer be verified
    let is_ours = is_host(&host) && named::is_path(below) && !public::is_covered(&pattern);
    is_ours.then_some(pattern)
}
