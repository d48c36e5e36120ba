//! Redirects, followed by hand.

use hyper::Uri;
use reqwest::{Response, header::LOCATION};
use url::Url;

use super::{RedirectFault, Trouble, cause};
use crate::secret::MASK;

/// Where an answer sends us; none when it does not, or does not say where to. Statuses as Go follows them for a GET
/// (net/http/client.go, redirectBehavior).
pub(super) fn next(from: &Url, response: &Response) -> Result<Option<Url>, Trouble> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let written = match response.headers().get(LOCATION) {
        Some(location) if !location.is_empty() => location.as_bytes(),
        _ => return Ok(None),
    };
    let next = std::str::from_utf8(written)
        .ok()
        .filter(|written| !has_line_break(written))
        .and_then(|written| from.join(written).ok());
    let Some(mut next) = next else {
        return Err(malformed(&String::from_utf8_lossy(written)));
    };
    bare(&mut next);
    match (from.scheme(), next.scheme()) {
        ("https", "http") => Err(refused(&next, RedirectFault::Downgrade)),
        (_, "http" | "https") if next.as_str().parse::<Uri>().is_err() => {
            Err(refused(&next, RedirectFault::Malformed))
        }
        (_, "http" | "https") => Ok(Some(next)),
        _ => Err(refused(&next, RedirectFault::Scheme)),
    }
}

/// A line break inside an address, encoded, is an attempt at somebody who decodes it.
fn has_line_break(written: &str) -> bool {
    let lower = written.to_ascii_lowercase();
    lower.contains("%0d") || lower.contains("%0a")
}

/// A redirect that is not followed.
pub(super) fn refused(to: &Url, reason: RedirectFault) -> Trouble {
    refused_text(to.as_str(), reason)
}

/// Takes out what is never sent: user information and the fragment.
pub(super) fn bare(url: &mut Url) {
    // an address without a host has none
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
}

/// What is no address has no place for a password either, so all that could be one goes: what stands before the last
/// `@`, and what follows a `?`.
fn malformed(written: &str) -> Trouble {
    let named = written.split('?').next().unwrap_or_default();
    let named = match named.rsplit_once('@') {
        Some((_, rest)) => format!("{MASK}@{rest}"),
        None => named.to_owned(),
    };
    refused_text(&named, RedirectFault::Malformed)
}

fn refused_text(to: &str, reason: RedirectFault) -> Trouble {
    Trouble::RedirectRefused {
        to: cause::plain(to),
        reason,
    }
}
