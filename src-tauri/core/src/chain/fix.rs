//! What would mend a chain, where that does not need its user.

use super::{Junction, judge::Found};
use crate::{environment::check::Problem, mirror::Address};

/// GOPROXY and GOSUMDB without this problem; none when only the user knows what was meant.
pub(super) fn of(
    found: &Found,
    parts: &[(&str, Junction)],
    gosumdb: &str,
    default: Option<&str>,
) -> Option<(String, String)> {
    let same = gosumdb.to_owned();
    let replaced = |text: &str| {
        let at = found.entry?;
        let mut parts = parts.to_vec();
        parts.get_mut(at)?.0 = text;
        Some((joined(&parts), same.clone()))
    };
    let entry = found.entry.and_then(|at| parts.get(at)).map(|part| part.0);
    match &found.problem {
        Problem::ProxyEmpty {} => Some((default?.to_owned(), same)),
        Problem::ProxySeparator { .. } => {
            let one = joined(parts).replace(['，', '；', '、', ';'], ",");
            Some((one, same))
        }
        Problem::ProxyCase { meant, .. } => replaced(meant),
        Problem::ProxyReadAsHttps { .. } => {
            let entry = entry?;
            let scheme = if is_near(entry) { "http" } else { "https" };
            replaced(&format!("{scheme}://{entry}"))
        }
        Problem::ProxyCredentialsOverHttp { .. } => {
            let (_, rest) = entry?.split_once(':')?;
            replaced(&format!("https:{rest}"))
        }
        Problem::MirrorLegacy { instead, .. }
        | Problem::MirrorMoved { instead, .. }
        | Problem::MirrorMistaken { instead, .. } => {
            let address = Address::parse(instead);
            let is_there = parts
                .iter()
                .any(|(entry, _)| Address::parse(entry) == address);
            match is_there {
                true => without(parts, found.entry?, same),
                false => replaced(instead),
            }
        }
        Problem::ProxyWithoutScheme { .. }
        | Problem::ProxyScheme { .. }
        | Problem::ProxyNotUrl { .. }
        | Problem::ProxyUnreachable { .. }
        | Problem::ProxyTwice { .. }
        | Problem::MirrorDead { .. }
        | Problem::MirrorInvented { .. } => without(parts, found.entry?, same),
        // a list that simply ends asks nobody else either
        Problem::ProxyOffHides {} => without(parts, found.entry?, same),
        Problem::ProxyWithoutDatabase { .. } => {
            Some((joined(parts), "sum.golang.google.cn".to_owned()))
        }
        _ => None,
    }
}

/// The list without one entry; what stands before it takes its separator over. None when nothing is left.
fn without(parts: &[(&str, Junction)], at: usize, gosumdb: String) -> Option<(String, String)> {
    let mut left = parts.to_vec();
    left.remove(at);
    (!left.is_empty()).then(|| (joined(&left), gosumdb))
}

fn joined(parts: &[(&str, Junction)]) -> String {
    let mut text = String::new();
    for (at, (entry, next)) in parts.iter().enumerate() {
        text += entry;
        if at + 1 < parts.len() {
            text.push(next.separator());
        }
    }
    text
}

/// On this machine or in its network, where http is what is usually meant.
fn is_near(entry: &str) -> bool {
    let host = entry.split(['/', ':']).next().unwrap_or_default();
    let is_local = |address: std::net::Ipv4Addr| address.is_loopback() || address.is_private();
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(is_local)
}
