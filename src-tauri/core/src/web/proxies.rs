//! Which proxy a request goes through, by Go's rules (golang.org/x/net/http/httpproxy, as in Go 1.27).
//!
//! `REQUEST_METHOD`, which makes a CGI program distrust `HTTP_PROXY`, is not looked at: it is set in no terminal.

use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host as UrlHost, Url};

use crate::host::Host;

/// What `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say; each in lower case as well, where the other is empty.
#[derive(Debug, Clone, Default)]
pub(super) struct Proxies {
    http: Option<Url>,
    https: Option<Url>,
    direct: Vec<Direct>,
}

/// An entry of `NO_PROXY`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Direct {
    /// `*`.
    Everything,
    /// `10.0.0.0/8`.
    Network(IpNet),
    /// `10.0.0.1`, `[::1]:80`.
    Address(IpAddr, Option<u16>),
    /// `example.com` with what is below it, `.example.com` and `*.example.com` without itself.
    Domain {
        below: String,
        itself: bool,
        port: Port,
    },
}

/// A port in an entry; a port that is none is of no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Port {
    Any,
    One(u16),
    None,
}

impl Proxies {
    pub(super) fn new(host: &Host) -> Self {
        let var = |upper: &str| {
            let lower = upper.to_ascii_lowercase();
            host.var(upper)
                .or_else(|| host.var(&lower))
                .and_then(|value| value.to_str())
        };
        Self::of(var("HTTP_PROXY"), var("HTTPS_PROXY"), var("NO_PROXY"))
    }

    fn of(http: Option<&str>, https: Option<&str>, direct: Option<&str>) -> Self {
        Self {
            http: http.and_then(proxy_url),
            https: https.and_then(proxy_url),
            direct: direct_list(direct.unwrap_or_default()),
        }
    }

    /// The proxy before `url`; none when it is asked directly.
    pub(super) fn before(&self, url: &Url) -> Option<&Url> {
        let proxy = match url.scheme() {
            "http" => self.http.as_ref(),
            "https" => self.https.as_ref(),
            _ => None,
        }?;
        let port = url.port_or_known_default()?;
        let direct = match url.host()? {
            UrlHost::Domain("localhost") => true,
            UrlHost::Domain(name) => self.direct.iter().any(|entry| entry.holds_name(name, port)),
            UrlHost::Ipv4(address) => self.is_direct(address.into(), port),
            UrlHost::Ipv6(address) => self.is_direct(address.into(), port),
        };
        (!direct).then_some(proxy)
    }

    fn is_direct(&self, address: IpAddr, port: u16) -> bool {
        let address = address.to_canonical();
        address.is_loopback()
            || self
                .direct
                .iter()
                .any(|entry| entry.holds_address(address, port))
    }
}

impl Direct {
    fn holds_name(&self, name: &str, asked: u16) -> bool {
        match self {
            Self::Everything => true,
            Self::Network(_) | Self::Address(..) => false,
            Self::Domain {
                below,
                itself,
                port,
            } => {
                (name.ends_with(below.as_str()) || (*itself && name == &below[1..]))
                    && port.holds(asked)
            }
        }
    }

    fn holds_address(&self, address: IpAddr, asked: u16) -> bool {
        match self {
            Self::Everything => true,
            Self::Network(network) => network.contains(&address),
            Self::Address(one, port) => *one == address && port.is_none_or(|port| port == asked),
            Self::Domain { .. } => false,
        }
    }
}

impl Port {
    fn of(text: Option<&str>) -> Self {
        match text {
            None | Some("") => Self::Any,
            Some(text) => text.parse().map_or(Self::None, Self::One),
        }
    }

    fn holds(self, asked: u16) -> bool {
        match self {
            Self::Any => true,
            Self::One(port) => port == asked,
            Self::None => false,
        }
    }
}

/// Whether a proxy is of a kind that is spoken here.
pub(super) fn is_known(proxy: &Url) -> bool {
    matches!(proxy.scheme(), "http" | "https") || is_socks(proxy)
}

/// Whether a proxy speaks SOCKS 5.
pub(super) fn is_socks(proxy: &Url) -> bool {
    matches!(proxy.scheme(), "socks5" | "socks5h")
}

/// A proxy for reqwest, where `socks5` means that names are looked up here: Go lets the proxy look them up with both of
/// its schemes (net/http/transport.go).
pub(super) fn far_sighted(proxy: &Url) -> Url {
    let mut proxy = proxy.clone();
    if is_socks(&proxy) {
        // one scheme of its kind becomes the other
        let _ = proxy.set_scheme("socks5h");
    }
    proxy
}

/// A URL, or `host:port` with `http://` put before it. What is neither is no proxy: Go ignores it as well.
fn proxy_url(text: &str) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(Url::has_host)
        .or_else(|| Url::parse(&format!("http://{text}")).ok())
}

fn direct_list(text: &str) -> Vec<Direct> {
    let mut list = Vec::new();
    for entry in text.split(',') {
        let entry = entry.trim().to_lowercase();
        if entry == "*" {
            return vec![Direct::Everything];
        }
        list.extend(direct_entry(&entry));
    }
    list
}

fn direct_entry(entry: &str) -> Option<Direct> {
    if let Ok(network) = entry.parse::<IpNet>() {
        return Some(Direct::Network(network));
    }
    let (name, port) = match host_and_port(entry) {
        Some((name, port)) => (name, Some(port)),
        None => (entry, None),
    };
    if let Ok(address) = name.parse::<IpAddr>() {
        return match Port::of(port) {
            Port::Any => Some(Direct::Address(address.to_canonical(), None)),
            Port::One(port) => Some(Direct::Address(address.to_canonical(), Some(port))),
            Port::None => None,
        };
    }
    let name = name
        .strip_prefix('*')
        .filter(|rest| rest.starts_with('.'))
        .unwrap_or(name);
    if name.is_empty() {
        return None;
    }
    let bare = name.strip_prefix('.');
    Some(Direct::Domain {
        below: format!(".{}", ascii(bare.unwrap_or(name))),
        itself: bare.is_none(),
        port: Port::of(port),
    })
}

/// As `net.SplitHostPort` cuts it; none where that says there is no port.
fn host_and_port(text: &str) -> Option<(&str, &str)> {
    let (host, port) = text.rsplit_once(':')?;
    match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').map(|inner| (inner, port)),
        None => (!host.contains([':', '[', ']'])).then_some((host, port)),
    }
}

/// A name as it travels; what has no such form stays as it is, and is no host's name.
fn ascii(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    match UrlHost::parse(name) {
        Ok(UrlHost::Domain(ascii)) => ascii,
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
