//! A user and a password in an address.

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use reqwest::header::HeaderValue;
use url::Url;

/// The user and the password of an address, as they are.
pub(super) fn of(url: &Url) -> Option<(String, String)> {
    let plain = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let is_there = !url.username().is_empty() || url.password().is_some();
    is_there.then(|| {
        (
            plain(url.username()),
            plain(url.password().unwrap_or_default()),
        )
    })
}

/// `Basic`, which no log prints.
pub(super) fn basic(user: &str, password: &str) -> Option<HeaderValue> {
    let token = STANDARD.encode(format!("{user}:{password}"));
    let mut value = HeaderValue::try_from(format!("Basic {token}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}
