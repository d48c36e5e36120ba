//! What is wrong with a value of GOPROXY: what Go refuses, and what Go takes although nobody can mean it.

use url::Url;

use super::{Fault, ListFault, address, list, masked};
use crate::{
    environment::check::Problem,
    host::Os,
    mirror::{MirrorStatus, catalogue},
    secret::mask_text,
    toolchain::Version,
};

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub problem: Problem,
    /// The place of its entry among those that are not empty, from 0; none when it is of the whole.
    pub entry: Option<usize>,
    /// Go downloads nothing with it.
    pub refused: bool,
}

/// Every problem of a value, in the order of the entries.
pub fn judge(goproxy: &str, os: Os, go: Option<&Version>) -> Vec<Found> {
    let mut found = Vec::new();
    // in a password it separates nothing
    if let Some(separator) = mask_text(goproxy).chars().find(is_mistaken) {
        found.push(Found {
            problem: Problem::ProxySeparator {
                found: separator.to_string(),
            },
            entry: None,
            refused: false,
        });
    }
    let entries: Vec<_> = list::entries(goproxy).map(|(entry, _)| entry).collect();
    // until Go 1.20 nothing meant the default; since then it means that nothing is downloaded
    if entries.is_empty() && go.is_none_or(|go| go.at_least(1, 21)) {
        found.push(Found {
            problem: Problem::ProxyEmpty {},
            entry: None,
            refused: true,
        });
    }
    let end = entries
        .iter()
        .position(|entry| matches!(*entry, "direct" | "off"))
        .unwrap_or(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let mut add = |problem, refused| {
            found.push(Found {
                problem,
                entry: Some(at),
                refused,
            });
        };
        // what stands behind is not even looked at
        if at > end {
            add(
                Problem::ProxyUnreachable {
                    entry: mask_text(entry),
                },
                false,
            );
            continue;
        }
        if at == end {
            // the mirrors' own answer would say why
            if *entry == "off" && at > 0 {
                add(Problem::ProxyOffHides {}, false);
            }
            continue;
        }
        of_address(entry, os, go, &mut add);
        if let Some(problem) = known(entry) {
            add(problem, false);
        }
        if entries[..at].contains(entry) {
            add(
                Problem::ProxyTwice {
                    entry: mask_text(entry),
                },
                false,
            );
        }
    }
    found
}

/// What is typed for a comma.
pub(super) fn is_mistaken(c: &char) -> bool {
    matches!(c, '，' | '；' | '、' | ';')
}

fn of_address(entry: &str, os: Os, go: Option<&Version>, add: &mut impl FnMut(Problem, bool)) {
    let lower = entry.to_lowercase();
    if matches!(lower.as_str(), "direct" | "off") {
        let entry = entry.to_owned();
        return add(
            Problem::ProxyCase {
                entry,
                meant: lower,
            },
            true,
        );
    }
    let shown = mask_text(entry);
    let text = list::completed(entry, os);
    if text != entry {
        let entry = shown.clone();
        add(Problem::ProxyReadAsHttps { entry }, false);
    }
    if let Err(fault) = address::check(&text, go) {
        let problem = match fault {
            Fault::NotUrl { reason } => Problem::ProxyNotUrl {
                reason: masked::reason(&reason, entry),
                entry: shown,
            },
            Fault::NoScheme => Problem::ProxyWithoutScheme { entry: shown },
            Fault::OtherScheme => Problem::ProxyScheme { entry: shown },
            Fault::MoreThanPath => Problem::ProxyNotUrl {
                entry: shown,
                reason: "a file URL has a path and nothing else".to_owned(),
            },
        };
        return add(problem, true);
    }
    match Url::parse(&text) {
        // Go's parser lets more through than ours: an empty host, for one
        Err(reason) => {
            let reason = reason.to_string();
            add(
                Problem::ProxyNotUrl {
                    entry: shown,
                    reason,
                },
                false,
            );
        }
        Ok(url)
            if url.scheme() == "http"
                && (!url.username().is_empty() || url.password().is_some()) =>
        {
            add(Problem::ProxyCredentialsOverHttp { entry: shown }, false);
        }
        Ok(_) => {}
    }
}

/// What is known of the mirror that is named there, if that is no good.
fn known(entry: &str) -> Option<Problem> {
    let mirror = catalogue::recognise(entry)?;
    let entry = mask_text(entry);
    let instead = mirror.successor().map(|successor| successor.url.clone());
    Some(match (mirror.status, instead) {
        (MirrorStatus::Current, _) | (MirrorStatus::Legacy, None) => return None,
        (MirrorStatus::Legacy, Some(instead)) => Problem::MirrorLegacy { entry, instead },
        (MirrorStatus::Dead, Some(instead)) => Problem::MirrorMoved { entry, instead },
        (MirrorStatus::Dead, None) => Problem::MirrorDead { entry },
        (MirrorStatus::Invented, Some(instead)) => Problem::MirrorMistaken { entry, instead },
        (MirrorStatus::Invented, None) => Problem::MirrorInvented { entry },
    })
}

/// What Go itself says of the list; none when it takes it.
pub fn refusal(goproxy: &str, os: Os, go: Option<&Version>) -> Option<ListFault> {
    super::List::parse(goproxy, "", os, go).err()
}
