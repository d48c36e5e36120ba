//! Redirects, followed by hand.

use hyper::{Response, header::LOCATION};
use url::Url;

use super::{RedirectFault, Trouble};
use crate::secret::mask_text;

/// How much of a refused address is passed on, in characters.
const SHOWN: usize = 300;

/// Where an answer sends us; none when it does not. Statuses as Go follows them for a GET (net/http/client.go,
/// redirectBehavior).
pub(super) fn next<B>(from: &Url, response: &Response<B>) -> Result<Option<Url>, Trouble> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let written = response
        .headers()
        .get(LOCATION)
        .map_or(&b""[..], |location| location.as_bytes());
    let written = String::from_utf8_lossy(written);
    let malformed = || refused_text(&written, RedirectFault::Malformed);
    let lower = written.to_ascii_lowercase();
    if written.is_empty()
        || written.contains(char::REPLACEMENT_CHARACTER)
        // a line break inside an address is an attempt at somebody who decodes it
        || lower.contains("%0d")
        || lower.contains("%0a")
    {
        return Err(malformed());
    }
    let mut next = from.join(&written).map_err(|_| malformed())?;
    bare(&mut next);
    match (from.scheme(), next.scheme()) {
        ("https", "http") => Err(refused(&next, RedirectFault::Downgrade)),
        (_, "http" | "https") if next.has_host() => Ok(Some(next)),
        _ => Err(refused(&next, RedirectFault::Scheme)),
    }
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

fn refused_text(to: &str, reason: RedirectFault) -> Trouble {
    let visible: String = to
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    Trouble::RedirectRefused {
        to: mask_text(&visible).chars().take(SHOWN).collect(),
        reason,
    }
}
