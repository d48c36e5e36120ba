//! GOPROXY, by Go's own parser (cmd/go/internal/modfetch/proxy.go, `proxyList`; go-semantics 2.1).

use url::Url;

use super::{CheckContext, Findings, Problem};
use crate::{
    host::Os,
    mirror::{MirrorStatus, catalogue},
    secret::mask_text,
};

/// One entry that Go does not accept makes every download fail, so it is refused here although `go env -w` takes it.
pub(super) fn check(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    if let Some(found) = value
        .chars()
        .find(|c| matches!(c, '，' | '；' | '、' | ';'))
    {
        findings.warnings.push(Problem::ProxySeparator {
            found: found.to_string(),
        });
    }
    let entries: Vec<&str> = value
        .split([',', '|'])
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .collect();
    if entries.is_empty() {
        empty(context, findings);
    }
    let end = entries
        .iter()
        .position(|entry| matches!(*entry, "direct" | "off"))
        .unwrap_or(entries.len());
    for entry in &entries[..end] {
        judge(entry, context.os, findings);
        findings.warnings.extend(known(entry));
    }
    // what stands behind is not even looked at
    for entry in entries.iter().skip(end + 1) {
        findings.warnings.push(Problem::ProxyUnreachable {
            entry: mask_text(entry),
        });
    }
}

/// Until Go 1.20 nothing meant the default; since then it means that nothing is downloaded.
fn empty(context: &CheckContext<'_>, findings: &mut Findings) {
    if context
        .version
        .is_none_or(|version| version.at_least(1, 21))
    {
        findings.refusals.push(Problem::ProxyEmpty {});
    }
}

fn judge(entry: &str, os: Os, findings: &mut Findings) {
    let lower = entry.to_lowercase();
    if matches!(lower.as_str(), "direct" | "off") {
        findings.refusals.push(Problem::ProxyCase {
            entry: entry.to_owned(),
            meant: lower,
        });
        return;
    }
    let shown = mask_text(entry);
    let completed = completes(entry, os);
    if completed {
        findings.warnings.push(Problem::ProxyReadAsHttps {
            entry: shown.clone(),
        });
    }
    let text = if completed {
        format!("https://{entry}")
    } else {
        entry.to_owned()
    };
    let Some((scheme, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        findings
            .refusals
            .push(Problem::ProxyWithoutScheme { entry: shown });
        return;
    };
    match scheme.to_lowercase().as_str() {
        "https" | "http" => {
            if let Some(reason) = go_refuses(rest) {
                findings.refusals.push(Problem::ProxyNotUrl {
                    entry: shown,
                    reason: reason.to_owned(),
                });
            } else if let Err(reason) = Url::parse(&text) {
                // Go's parser lets more through than ours: an empty host, for one
                findings.warnings.push(Problem::ProxyNotUrl {
                    entry: shown,
                    reason: reason.to_string(),
                });
            } else if scheme.eq_ignore_ascii_case("http")
                && Url::parse(&text)
                    .is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
            {
                findings
                    .warnings
                    .push(Problem::ProxyCredentialsOverHttp { entry: shown });
            }
        }
        "file" => {
            let path_only = rest.strip_prefix("//").is_some_and(|path| {
                (path.is_empty() || path.starts_with('/')) && !path.contains(['?', '#'])
            });
            if !path_only {
                let reason = "a file URL has a path and nothing else".to_owned();
                findings.refusals.push(Problem::ProxyNotUrl {
                    entry: shown,
                    reason,
                });
            }
        }
        _ => findings
            .refusals
            .push(Problem::ProxyScheme { entry: shown }),
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

/// Whether Go puts `https://` before it: it has one of `.:/`, no `:/`, and is no absolute path.
fn completes(entry: &str, os: Os) -> bool {
    entry.contains(['.', ':', '/']) && !entry.contains(":/") && !is_absolute(entry, os)
}

fn is_absolute(entry: &str, os: Os) -> bool {
    let bytes = entry.as_bytes();
    match os {
        Os::Windows => {
            entry.starts_with(r"\\")
                || (bytes.len() > 2 && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/'))
        }
        Os::Linux | Os::Macos => entry.starts_with('/'),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Why Go's `url.Parse` fails on what stands behind the scheme, where our parser does not or may not.
fn go_refuses(rest: &str) -> Option<&'static str> {
    // a query is passed on as it is
    let plain = rest.split(['?', '#']).next().unwrap_or(rest);
    let authority = plain.strip_prefix("//")?.split('/').next()?;
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let port = host
        .rsplit_once(':')
        .map(|(_, port)| port)
        .filter(|port| !port.ends_with(']'));
    if port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some("invalid port");
    }
    if host.contains(' ') {
        return Some("space in the host name");
    }
    has_bad_escape(plain).then_some("invalid URL escape")
}

/// `%` without two digits behind it: Go's `url.Parse` fails on it.
fn has_bad_escape(text: &str) -> bool {
    text.split('%')
        .skip(1)
        .any(|after| after.len() < 2 || !after.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit))
}
