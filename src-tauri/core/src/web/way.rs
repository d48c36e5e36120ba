//! How a request comes by its connection, noted by the parts of a client that take part in it: reqwest passes nothing on
//! from one to the other.

use std::{
    future::Future,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use hyper::Uri;
use reqwest::{Response, Version};
use rustls::pki_types::CertificateDer;
use url::{Host, Url};
use x509_parser::parse_x509_certificate;

use super::{
    Connect, Network, Trouble, cause,
    network::shown,
    proxies::{is_known, is_socks},
};

tokio::task_local! {
    /// The way of the request that is being made.
    static WAY: Way;
}

/// The way of one request to one address.
#[derive(Clone)]
pub(super) struct Way {
    url: Url,
    proxy: Option<Url>,
    steps: Arc<Mutex<Steps>>,
}

/// What was noted; nothing when an open connection was found.
#[derive(Clone, Default)]
pub(super) struct Steps {
    /// When a connection was begun.
    began: Option<Instant>,
    /// How long the server's name was looked up.
    pub(super) lookup: Option<Duration>,
    /// When keys began to be agreed on, with the proxy and with the server.
    pub(super) hellos: Vec<Instant>,
    /// The last that was shown, and counted.
    pub(super) certificate: Option<CertificateDer<'static>>,
    /// When the connection was there.
    made: Option<Instant>,
    /// Why there will be none.
    pub(super) trouble: Option<Trouble>,
}

/// Notes a step of the request that this is a part of.
pub(super) fn note(step: impl FnOnce(&mut Steps)) {
    // outside of a request nobody asks for it
    let _ = WAY.try_with(|way| step(&mut way.steps.lock().unwrap_or_else(PoisonError::into_inner)));
}

/// Whether the request that this is a part of knows `host` as its proxy.
pub(super) fn is_to_proxy(host: &str) -> bool {
    WAY.try_with(|way| way.proxy.as_ref().and_then(Url::host_str) == Some(host))
        .unwrap_or(false)
}

/// Notes when a connection begins and when it is there.
pub(super) async fn connecting<T, E>(making: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    note(|steps| steps.began = Some(Instant::now()));
    let made = making.await;
    if made.is_ok() {
        note(|steps| steps.made = Some(Instant::now()));
    }
    made
}

impl Way {
    /// Fails where reqwest would go astray: it passes a proxy by that it does not know, and takes an IPv6 address behind
    /// a proxy for a name that no certificate can have.
    pub(super) fn new(network: &Network, url: &Url) -> Result<Self, Trouble> {
        let proxy = network.proxies.before(url);
        if proxy.is_some_and(|proxy| !is_known(proxy) || proxy.as_str().parse::<Uri>().is_err()) {
            return Err(cause::no_address("a proxy of no known kind"));
        }
        if let (Some(_), "https", Some(Host::Ipv6(address))) = (proxy, url.scheme(), url.host()) {
            return Err(Trouble::TlsRefused {
                host: address.to_string(),
                reason: "an IPv6 address behind a proxy".to_owned(),
            });
        }
        Ok(Self {
            url: url.clone(),
            proxy: proxy.cloned(),
            steps: Arc::default(),
        })
    }

    /// Runs a request, of which each step is noted here.
    pub(super) async fn follow<T>(
        &self,
        request: impl Future<Output = reqwest::Result<T>>,
    ) -> Result<T, Trouble> {
        let outcome = WAY.scope(self.clone(), request).await;
        outcome.map_err(|error| self.trouble(&error.without_url()))
    }

    /// A proxy that wants a login says so in the place of the server, where it passes requests on.
    pub(super) fn refused(&self, response: &Response) -> Result<(), Trouble> {
        match &self.proxy {
            Some(proxy) if !self.is_tunnel() && response.status().as_u16() == 407 => {
                Err(Trouble::ProxyLogin {
                    proxy: shown(proxy),
                })
            }
            _ => Ok(()),
        }
    }

    /// The connection that the request made; none when it found an open one.
    pub(super) fn connect(&self, response: &Response, network: &Network) -> Option<Connect> {
        let steps = self.steps();
        let (began, made) = (steps.began?, steps.made?);
        let hello = steps.hellos.last().filter(|_| self.is_secure());
        let reached = *hello.unwrap_or(&made) - began;
        let certificate = steps.certificate.filter(|_| self.is_secure());
        let address = response.remote_addr().filter(|_| self.proxy.is_none());
        let is_http2 = response.version() == Version::HTTP_2;
        Some(Connect {
            dns_ms: steps.lookup.map(milliseconds),
            tcp_ms: Some(milliseconds(
                reached.saturating_sub(steps.lookup.unwrap_or_default()),
            )),
            tls_ms: hello.map(|hello| milliseconds(made - *hello)),
            address: address.map(|address| address.to_string()),
            proxy: self.proxy.as_ref().map(shown),
            http: if is_http2 { "HTTP/2" } else { "HTTP/1.1" }.to_owned(),
            certificate_days: certificate.and_then(|shown| days_left(&shown, network)),
        })
    }

    /// Why there is no answer.
    fn trouble(&self, error: &reqwest::Error) -> Trouble {
        let steps = self.steps();
        if let Some(trouble) = steps.trouble {
            return trouble;
        }
        if steps.began.is_none() || steps.made.is_some() {
            return cause::of(error, host(&self.url));
        }
        // the proxy comes before the server, with keys of its own or none
        let proxy = self.proxy.as_ref().filter(|proxy| {
            let own = usize::from(proxy.scheme() == "https");
            !(self.is_secure() && steps.hellos.len() > own)
        });
        let place = proxy.unwrap_or(&self.url);
        match (cause::io(error), proxy.filter(|_| self.is_tunnel())) {
            (Some(error), _) if error.kind() == io::ErrorKind::ConnectionRefused => {
                Trouble::Refused {
                    address: format!("{}:{}", host(place), port(place)),
                }
            }
            (Some(error), Some(proxy)) if cause::is_hangup(error) => Trouble::ProxyRefused {
                proxy: shown(proxy),
            },
            (Some(error), _) => cause::of_io(error, host(place)),
            (None, Some(proxy)) => tunnel_trouble(error, proxy),
            (None, None) => cause::of(error, host(place)),
        }
    }

    /// Whether a proxy passes bytes on, and not requests.
    fn is_tunnel(&self) -> bool {
        self.proxy
            .as_ref()
            .is_some_and(|proxy| is_socks(proxy) || self.is_secure())
    }

    fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    fn steps(&self) -> Steps {
        self.steps
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What the making of a tunnel says when it has no error of the system's. Its types are its own, so its words have to
/// do; and of the proxy's statuses it tells 407 alone.
fn tunnel_trouble(error: &reqwest::Error, proxy: &Url) -> Trouble {
    let words = cause::last(error).to_string();
    let proxy = shown(proxy);
    if words.contains("authorization required") {
        Trouble::ProxyLogin { proxy }
    } else if words.contains("underlying connection") {
        Trouble::ConnectionLost {
            reason: cause::plain(&format!("{proxy}: {words}")),
        }
    } else {
        Trouble::ProxyRefused { proxy }
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

fn port(url: &Url) -> u16 {
    let usual = if is_socks(url) { 1080 } else { 80 };
    url.port_or_known_default().unwrap_or(usual)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Whole days until a certificate runs out.
fn days_left(certificate: &[u8], network: &Network) -> Option<i32> {
    let (_, parsed) = parse_x509_certificate(certificate).ok()?;
    let left = parsed.validity().not_after.timestamp() - network.host.now().as_second();
    i32::try_from(left.div_euclid(24 * 60 * 60)).ok()
}
