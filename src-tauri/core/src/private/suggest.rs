//! Proposals: the shortest list of patterns for hosts that look like a company's own, and nothing public.

use std::{collections::BTreeSet, net::IpAddr};

use serde::Serialize;

use super::{CoveredModule, Required, git::GitConfig, named};
use crate::environment::check::{glob, public};

/// Endings that no public name has (RFC 6762, RFC 8375, ICANN's `internal`), or that companies use as if so.
const INSIDE: &[&str] = &[
    "corp",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "private",
];

/// What could be added to GOPRIVATE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct Suggestions {
    /// No more than are needed; none covers a module that is public.
    pub patterns: Vec<Suggestion>,
    /// Hosts that would be among them, and that GOPRIVATE covers already.
    pub covered: Vec<String>,
    /// How many of the folders that the user named could be read.
    pub projects: u32,
    /// git said what it knows; else remotes and rewriting rules are missing.
    pub git: bool,
}

/// One pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct Suggestion {
    /// The pattern.
    pub pattern: String,
    /// Why each host that it is for looks like a company's own.
    pub reasons: Vec<SuggestionReason>,
    /// Required modules that it covers.
    pub covers: Vec<CoveredModule>,
}

/// Why a host looks like a company's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum SuggestionReason {
    /// Nobody can have such a name on the internet.
    InsideName {
        /// The host.
        host: String,
    },
    /// An address that is not reached from outside.
    InsideAddress {
        /// The host.
        host: String,
    },
    /// A project is cloned from it, and it is none of the hosts that everybody's modules are on.
    UnknownRemote {
        /// The host.
        host: String,
    },
    /// A rule of git sends requests for it elsewhere, as people do for a login.
    Rewritten {
        /// The host.
        host: String,
    },
}

/// What is known of the user's hosts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// Modules that projects require.
    pub(crate) required: Required,
    /// Paths of the projects' own modules.
    pub(crate) own: BTreeSet<String>,
    /// Hosts that projects are cloned from.
    pub(crate) remotes: BTreeSet<String>,
    /// Hosts that git is told to reach in another way.
    pub(crate) rewritten: BTreeSet<String>,
}

impl Evidence {
    /// Takes what git says in one folder.
    pub(crate) fn take(&mut self, config: &GitConfig) {
        let host = |url: &str| Some(named::read(url)?).map(|named| named.host);
        self.remotes.extend(config.remotes().filter_map(host));
        let prefixes = config.rewrites().map(|rule| rule.prefix);
        self.rewritten.extend(prefixes.filter_map(host));
    }

    /// Every host that looks like a company's own, with the reason.
    fn inside(&self) -> Vec<SuggestionReason> {
        let modules = self.required.keys().chain(&self.own);
        let hosts = modules.filter_map(|module| module.split('/').next());
        let all: BTreeSet<&str> = hosts
            .chain(self.remotes.iter().map(String::as_str))
            .chain(self.rewritten.iter().map(String::as_str))
            .collect();
        let reasons = all.into_iter().filter_map(|host| self.reason(host));
        reasons.collect()
    }

    fn reason(&self, host: &str) -> Option<SuggestionReason> {
        let is_plain = named::is_host(host) && !host.contains(['*', '?']);
        let owned = host.to_owned();
        if !is_plain || public::serves(host) {
            return None;
        }
        if let Ok(address) = host.parse::<IpAddr>() {
            return is_inside(address).then_some(SuggestionReason::InsideAddress { host: owned });
        }
        if is_inside_name(host) {
            return Some(SuggestionReason::InsideName { host: owned });
        }
        if self.remotes.contains(host) {
            return Some(SuggestionReason::UnknownRemote { host: owned });
        }
        self.rewritten
            .contains(host)
            .then_some(SuggestionReason::Rewritten { host: owned })
    }
}

impl SuggestionReason {
    fn host(&self) -> &str {
        match self {
            Self::InsideName { host }
            | Self::InsideAddress { host }
            | Self::UnknownRemote { host }
            | Self::Rewritten { host } => host,
        }
    }
}

fn is_inside(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            address.is_private() || address.is_loopback() || address.is_link_local()
        }
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// Whether it ends in what is nobody's on the internet.
fn is_inside_name(host: &str) -> bool {
    INSIDE.iter().any(|ending| is_below(host, ending))
        || psl::suffix(host.as_bytes()).is_none_or(|suffix| !suffix.is_known())
}

/// Works out what to propose beside `goprivate`.
pub(crate) fn suggest(
    evidence: &Evidence,
    goprivate: &str,
    projects: u32,
    git: bool,
) -> Suggestions {
    let (covered, inside): (Vec<_>, Vec<_>) = evidence
        .inside()
        .into_iter()
        .partition(|reason| glob::covers(goprivate, reason.host()));
    let hosts: Vec<_> = inside.iter().map(SuggestionReason::host).collect();
    let others = evidence.required.keys().filter(|module| {
        let host = module.split('/').next().unwrap_or_default();
        !hosts.contains(&host)
    });
    let others: Vec<_> = others.map(String::as_str).collect();
    let patterns = shortest(&hosts, &others);
    let suggestion = |pattern: String| Suggestion {
        reasons: inside
            .iter()
            .filter(|reason| glob::covers(&pattern, reason.host()))
            .cloned()
            .collect(),
        covers: evidence
            .required
            .iter()
            .filter(|(module, _)| glob::covers(&pattern, module))
            .map(|(module, projects)| CoveredModule {
                module: module.clone(),
                projects: projects.clone(),
            })
            .collect(),
        pattern,
    };
    Suggestions {
        patterns: patterns.into_iter().map(suggestion).collect(),
        covered: covered
            .iter()
            .map(|reason| reason.host().to_owned())
            .collect(),
        projects,
        git,
    }
}

/// The fewest patterns that cover these hosts and none of the others. Sets of hosts below a domain either hold each other or
/// have nothing in common, so the widest that may be taken are the fewest.
fn shortest(hosts: &[&str], others: &[&str]) -> Vec<String> {
    let is_allowed = |domain: &str| {
        let pattern = format!("*.{domain}");
        !public::is_covered(&pattern) && !others.iter().any(|other| glob::covers(&pattern, other))
    };
    let mut domains: Vec<&str> = hosts.iter().flat_map(|host| above(host)).collect();
    domains.sort_by_key(|domain| (domain.split('.').count(), *domain));
    domains.dedup();
    let mut left: Vec<&str> = hosts.to_vec();
    let mut patterns = Vec::new();
    for domain in domains {
        let (below, rest): (Vec<_>, Vec<_>) = left
            .iter()
            .partition(|host| above(host).any(|one| one == domain));
        if below.len() < 2 || !is_allowed(domain) {
            continue;
        }
        // no wider than it has to be
        let narrowest = above(below[0]).find(|domain| {
            below
                .iter()
                .all(|host| above(host).any(|one| one == *domain))
        });
        patterns.push(format!("*.{}", narrowest.unwrap_or(domain)));
        left = rest;
    }
    patterns.extend(left.into_iter().map(str::to_owned));
    patterns.sort();
    patterns
}

/// The domains above a host, the nearest first, as far as one owner has them.
fn above(host: &str) -> impl Iterator<Item = &str> {
    let inside = INSIDE.iter().find(|ending| is_below(host, ending));
    let last_two = || {
        host.rmatch_indices('.')
            .nth(1)
            .map(|(at, _)| &host[at + 1..])
    };
    let whole = match (host.parse::<IpAddr>(), inside) {
        (Ok(_), _) => host,
        (_, Some(ending)) => ending,
        _ if is_inside_name(host) => last_two().unwrap_or(host),
        _ => psl::domain_str(host).unwrap_or(host),
    };
    let dots = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    dots.filter(move |domain| domain.len() >= whole.len())
}

fn is_below(host: &str, domain: &str) -> bool {
    let below = host.strip_suffix(domain);
    below.is_some_and(|below| below.ends_with('.'))
}

#[cfg(test)]
mod tests;
