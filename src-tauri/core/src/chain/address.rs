//! Which addresses Go takes: `newProxyRepo` of cmd/go/internal/modfetch/proxy.go over `Parse` of net/url.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Fault;
use crate::toolchain::Version;

/// Go's `encoding`, where it makes a difference here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Host,
    Zone,
    Other,
}

/// Whether Go takes this address for a mirror's.
pub(super) fn check(text: &str, go: Option<&Version>) -> Result<(), Fault> {
    let not_url = |reason| Fault::NotUrl { reason };
    let (url, fragment) = text.split_once('#').unwrap_or((text, ""));
    let scheme = parse(url, go).map_err(not_url)?;
    unescapes(fragment, Part::Other).map_err(not_url)?;
    match scheme {
        "" => Err(Fault::NoScheme),
        scheme if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            Ok(())
        }
        scheme if scheme.eq_ignore_ascii_case("file") => {
            // no host, no user, no query: `file:/x` is told apart from `file:///x`
            let rest = &url[scheme.len() + 1..];
            let is_path = rest
                .strip_prefix("//")
                .is_some_and(|path| path.is_empty() || path.starts_with('/'));
            match is_path && !rest.contains('?') && fragment.is_empty() {
                true => Ok(()),
                false => Err(Fault::MoreThanPath),
            }
        }
        _ => Err(Fault::OtherScheme),
    }
}

/// Whether Go keeps credentials of this address to itself: it sends none over http, and so asks nothing there.
pub(crate) fn is_withheld(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        scheme.eq_ignore_ascii_case("http") && authority.contains('@')
    })
}

/// `parse`: the scheme, or why it is no URL.
fn parse<'a>(url: &'a str, go: Option<&Version>) -> Result<&'a str, String> {
    if url.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    if url == "*" {
        return Ok("");
    }
    let (scheme, rest) = scheme(url)?;
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            // opaque, and looked at no further
            return Ok(scheme);
        }
        if rest
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'))
        {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let authority = rest
        .strip_prefix("//")
        .filter(|_| !scheme.is_empty() || !rest.starts_with("///"));
    let path = match authority {
        Some(after) => {
            let at = after.find('/').unwrap_or(after.len());
            self::authority(scheme, &after[..at], go)?;
            &after[at..]
        }
        None => rest,
    };
    unescapes(path, Part::Other)?;
    Ok(scheme)
}

/// `getScheme`.
fn scheme(url: &str) -> Result<(&str, &str), String> {
    for (at, byte) in url.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at > 0 => return Ok((&url[..at], &url[at + 1..])),
            b':' => return Err("missing protocol scheme".to_owned()),
            _ => break,
        }
    }
    Ok(("", url))
}

/// `parseAuthority`.
fn authority(scheme: &str, authority: &str, go: Option<&Version>) -> Result<(), String> {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    self::host(scheme, host, go)?;
    let Some(user) = user else { return Ok(()) };
    let is_user = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !user.chars().all(is_user) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    unescapes(name, Part::Other)?;
    unescapes(password, Part::Other)
}

/// `parseHost`, of the Go that asks: brackets are looked into since 1.24.8 and 1.25.2, colons are counted since 1.26.
fn host(scheme: &str, host: &str, go: Option<&Version>) -> Result<(), String> {
    let since = |minor| go.is_none_or(|go| go.at_least(1, minor));
    let looks_into = go.is_none_or(|go| match go.minor {
        24 => go.patch >= 8,
        25 => go.patch >= 2,
        _ => go.at_least(1, 26),
    });
    let bracket = match looks_into {
        true => host.rfind('['),
        false => host.starts_with('[').then_some(0),
    };
    if let Some(open) = bracket {
        if open > 0 && since(26) {
            return Err("invalid IP-literal".to_owned());
        }
        let Some(close) = host.rfind(']') else {
            return Err("missing ']' in host".to_owned());
        };
        port(&host[close + 1..])?;
        if !looks_into {
            let zone = host[..close].find("%25").unwrap_or(close);
            unescapes(&host[..zone], Part::Host)?;
            unescapes(&host[zone..close], Part::Zone)?;
            return unescapes(&host[close..], Part::Host);
        }
        let inside = host.get(open + 1..close).unwrap_or_default();
        let zone = inside.find("%25").unwrap_or(inside.len());
        unescapes(&inside[..zone], Part::Host)?;
        unescapes(&inside[zone..], Part::Zone)?;
        return literal(inside);
    }
    let first = host.find(':');
    let last = host.rfind(':');
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let colon = if since(26) && is_web { first } else { last };
    if let Some(colon) = colon {
        port(&host[colon..])?;
    }
    unescapes(host, Part::Host)
}

/// What stands in brackets has to be an IPv6 address (`netip.ParseAddr`).
fn literal(inside: &str) -> Result<(), String> {
    let address = inside.replace("%25", "%");
    let (number, zone) = match address.split_once('%') {
        Some((number, zone)) => (number, Some(zone)),
        None => (address.as_str(), None),
    };
    if zone.is_none() && number.parse::<Ipv4Addr>().is_ok() {
        return Err("invalid IP-literal".to_owned());
    }
    match number.parse::<Ipv6Addr>() {
        Ok(_) if zone != Some("") => Ok(()),
        _ => Err(format!(
            "invalid host: ParseAddr({})",
            quoted(address.as_bytes())
        )),
    }
}

/// `validOptionalPort`.
fn port(port: &str) -> Result<(), String> {
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    match is_port {
        true => Ok(()),
        false => Err(format!(
            "invalid port {} after host",
            quoted(port.as_bytes())
        )),
    }
}

/// `unescape`, for what it refuses.
fn unescapes(text: &str, part: Part) -> Result<(), String> {
    let bytes = text.as_bytes();
    let refused = |escape: &[u8]| Err(format!("invalid URL escape {}", quoted(escape)));
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'%' {
            if part != Part::Other && byte.is_ascii() && !is_host_byte(byte) {
                return Err(format!(
                    "invalid character {} in host name",
                    quoted(&[byte])
                ));
            }
            at += 1;
            continue;
        }
        let escape = &bytes[at..bytes.len().min(at + 3)];
        let value = escape
            .get(1..3)
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let Some(value) = value else {
            return refused(escape);
        };
        let is_percent = escape == b"%25";
        // what is ASCII has to be written as it is in a host, and a zone takes only what a host takes
        let is_refused = match part {
            Part::Host => value < 0x80 && !is_percent,
            Part::Zone => !is_percent && value != b' ' && !is_host_byte(value),
            Part::Other => false,
        };
        if is_refused {
            return refused(escape);
        }
        at += 3;
    }
    Ok(())
}

/// `shouldEscape` says no, for a host.
fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"".contains(&byte)
}

/// `strconv.Quote`; a character that was cut in its middle is written by its bytes.
fn quoted(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => text += "\\\"",
                '\\' => text += "\\\\",
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            text += &format!("\\x{byte:02x}");
        }
    }
    text.push('"');
    text
}
