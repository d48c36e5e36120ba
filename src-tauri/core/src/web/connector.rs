use std::{
    future::Future,
    io,
    net::IpAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use hyper::Uri;
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tower_service::Service;
use url::{Host, Url};
use x509_parser::parse_x509_certificate;

use super::{
    Connect, Network, Trouble, cause,
    connection::{Duplex, Line, Made},
    network::shown,
    reach::Reach,
    tasks::Tasks,
    tunnel,
    wire::reach,
};

/// Makes connections, and notes how each came about. Not a library's connector, because each part of the way is
/// measured and judged for itself.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) network: Network,
    pub(super) reach: Reach,
    pub(super) tasks: Tasks,
}

/// The server at the end of a connection.
pub(super) struct Target {
    pub(super) host: Host<String>,
    pub(super) port: u16,
    pub(super) is_secure: bool,
}

/// The way to a server, without TLS.
struct Way {
    bytes: Box<dyn Duplex>,
    dns_ms: Option<f64>,
    /// Unless a proxy dials.
    address: Option<(IpAddr, u16)>,
    is_inside: bool,
    is_forwarded: bool,
}

impl Connector {
    async fn connect(self, uri: Uri) -> Result<Line, Trouble> {
        let url = Url::parse(&uri.to_string()).map_err(cause::no_address)?;
        let target = Target::of(&url)?;
        let proxy = self.network.proxies.before(&url);
        let started = Instant::now();
        let way = match proxy {
            None => self.direct(&target).await?,
            Some(proxy) => self.behind(proxy, &target).await?,
        };
        let mut connect = Connect {
            dns_ms: way.dns_ms,
            tcp_ms: Some(since(started) - way.dns_ms.unwrap_or_default()),
            tls_ms: None,
            address: way
                .address
                .map(|(address, port)| std::net::SocketAddr::new(address, port).to_string()),
            proxy: proxy.map(shown),
            http: "HTTP/1.1".to_owned(),
            certificate_days: None,
        };
        let mut is_http2 = false;
        let mut bytes = way.bytes;
        if target.is_secure {
            let started = Instant::now();
            let stream = secure(bytes, &target.host, &self.tls(&target.host)?.server).await?;
            connect.tls_ms = Some(since(started));
            let (_, session) = stream.get_ref();
            connect.certificate_days = session
                .peer_certificates()
                .and_then(|chain| self.days_left(chain.first()?));
            is_http2 = session.alpn_protocol() == Some(b"h2");
            bytes = Box::new(stream);
        }
        if is_http2 {
            "HTTP/2".clone_into(&mut connect.http);
        }
        let made = Made::new(connect, way.is_inside, way.is_forwarded);
        Ok(Line::new(bytes, made, is_http2))
    }

    async fn direct(&self, target: &Target) -> Result<Way, Trouble> {
        let started = Instant::now();
        let found = self.addresses(&target.host).await?;
        let dns_ms = matches!(target.host, Host::Domain(_)).then(|| since(started));
        let allowed = self.reach.allowed(&target.host, found)?;
        let (stream, address) = self.dial(target, &allowed).await?;
        Ok(Way {
            bytes: Box::new(stream),
            dns_ms,
            address: Some((address, target.port)),
            is_inside: self.reach.met(address),
            is_forwarded: false,
        })
    }

    async fn behind(&self, proxy: &Url, target: &Target) -> Result<Way, Trouble> {
        let is_inside = match target.host {
            Host::Domain(_) => false,
            Host::Ipv4(address) => self.judge(target, address.into())?,
            Host::Ipv6(address) => self.judge(target, address.into())?,
        };
        let place = Target::of(proxy)?;
        let found = self.addresses(&place.host).await?;
        let (stream, _) = self.dial(&place, &found).await?;
        let mut bytes: Box<dyn Duplex> = Box::new(stream);
        if place.is_secure {
            bytes = Box::new(secure(bytes, &place.host, &self.tls(&place.host)?.proxy).await?);
        }
        let is_forwarded = !tunnel::is_socks(proxy) && !target.is_secure;
        if !is_forwarded {
            bytes = tunnel::through(proxy, bytes, target, &self.tasks).await?;
        }
        Ok(Way {
            bytes,
            dns_ms: None,
            address: None,
            is_inside,
            is_forwarded,
        })
    }

    /// Whether an address that a proxy is to dial is inside, where that is allowed.
    fn judge(&self, target: &Target, address: IpAddr) -> Result<bool, Trouble> {
        self.reach.allowed(&target.host, vec![address])?;
        Ok(self.reach.met(address))
    }

    async fn addresses(&self, host: &Host<String>) -> Result<Vec<IpAddr>, Trouble> {
        match host {
            Host::Ipv4(address) => Ok(vec![(*address).into()]),
            Host::Ipv6(address) => Ok(vec![(*address).into()]),
            Host::Domain(name) => match self.network.wire.resolve(name.clone()).await {
                Ok(found) if !found.is_empty() => Ok(found),
                _ => Err(Trouble::NameUnknown { host: name.clone() }),
            },
        }
    }

    async fn dial(
        &self,
        target: &Target,
        addresses: &[IpAddr],
    ) -> Result<(TcpStream, IpAddr), Trouble> {
        reach(self.network.wire.as_ref(), addresses, target.port)
            .await
            .map_err(|error| match error.kind() {
                io::ErrorKind::ConnectionRefused => Trouble::Refused {
                    address: format!("{}:{}", target.host, target.port),
                },
                _ => cause::lost(&error),
            })
    }

    fn tls(&self, host: &Host<String>) -> Result<&super::trust::Tls, Trouble> {
        self.network
            .tls
            .as_ref()
            .map_err(|error| Trouble::TlsRefused {
                host: host.to_string(),
                reason: cause::plain(&error.to_string()),
            })
    }

    /// Whole days until a certificate runs out.
    fn days_left(&self, certificate: &[u8]) -> Option<i32> {
        let (_, parsed) = parse_x509_certificate(certificate).ok()?;
        let left = parsed.validity().not_after.timestamp() - self.network.host.now().as_second();
        i32::try_from(left.div_euclid(24 * 60 * 60)).ok()
    }
}

impl Target {
    pub(super) fn of(url: &Url) -> Result<Self, Trouble> {
        let host = url.host().map(|host| host.to_owned());
        // what is no special scheme keeps an address as a name
        let host = match host {
            Some(Host::Domain(name)) => Host::parse(&name).ok(),
            host => host,
        };
        let port = url
            .port_or_known_default()
            .or_else(|| tunnel::is_socks(url).then_some(1080));
        match (host, port) {
            (Some(host), Some(port)) => Ok(Self {
                host,
                port,
                is_secure: url.scheme() == "https",
            }),
            _ => Err(cause::no_address("no host or no port")),
        }
    }
}

async fn secure(
    bytes: Box<dyn Duplex>,
    host: &Host<String>,
    config: &Arc<ClientConfig>,
) -> Result<TlsStream<Box<dyn Duplex>>, Trouble> {
    let name = match host {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(cause::no_address)?,
        Host::Ipv4(address) => ServerName::from(IpAddr::from(*address)),
        Host::Ipv6(address) => ServerName::from(IpAddr::from(*address)),
    };
    TlsConnector::from(Arc::clone(config))
        .connect(name, bytes)
        .await
        .map_err(|error| cause::of_io(&error, &host.to_string()))
}

fn since(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1000.0
}

impl Service<Uri> for Connector {
    type Response = Line;
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Line, Trouble>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Trouble>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}
