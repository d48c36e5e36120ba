//! Through a proxy that passes bytes on: HTTP `CONNECT`, or SOCKS 5.

use std::{
    future::{Ready, ready},
    io,
    task::{Context, Poll},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use http_body_util::Empty;
use hyper::{
    Method, Request, StatusCode, Uri,
    body::Bytes,
    client::conn::http1,
    header::{HeaderValue, PROXY_AUTHORIZATION, USER_AGENT},
    rt::Executor,
};
use hyper_util::{client::legacy::connect::proxy::SocksV5, rt::TokioIo};
use percent_encoding::percent_decode_str;
use tower_service::Service;
use url::Url;

use super::{
    AGENT, Trouble, cause, connection::Duplex, connector::Target, network::shown, tasks::Tasks,
};

/// Whether a proxy speaks SOCKS 5. Go lets it look names up with both of its schemes (net/http/transport.go).
pub(super) fn is_socks(proxy: &Url) -> bool {
    matches!(proxy.scheme(), "socks5" | "socks5h")
}

/// The user and the password of an address, as they are.
pub(super) fn login(url: &Url) -> Option<(String, String)> {
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

/// Makes `bytes`, a connection with `proxy`, a connection with `target`.
pub(super) async fn through(
    proxy: &Url,
    bytes: Box<dyn Duplex>,
    target: &Target,
    tasks: &Tasks,
) -> Result<Box<dyn Duplex>, Trouble> {
    let place = format!("{}:{}", target.host, target.port);
    let place = place.parse::<Uri>().map_err(cause::no_address)?;
    let tunnel = if is_socks(proxy) {
        socks(proxy, bytes, place).await
    } else {
        connect(proxy, bytes, place, tasks).await
    };
    tunnel.map_err(|status| Trouble::ProxyRefused {
        proxy: shown(proxy),
        status,
    })
}

/// Fails with the proxy's status, 0 when there was none.
async fn connect(
    proxy: &Url,
    bytes: Box<dyn Duplex>,
    place: Uri,
    tasks: &Tasks,
) -> Result<Box<dyn Duplex>, u16> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(bytes))
        .await
        .map_err(|_| 0u16)?;
    tasks.execute(async move {
        // what goes wrong is told to the sender
        let _ = connection.with_upgrades().await;
    });
    let mut request = Request::new(Empty::<Bytes>::new());
    *request.method_mut() = Method::CONNECT;
    let headers = request.headers_mut();
    if let Ok(host) = HeaderValue::try_from(place.to_string()) {
        headers.insert(hyper::header::HOST, host);
    }
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    if let Some(login) = login(proxy).and_then(|(user, password)| basic(&user, &password)) {
        headers.insert(PROXY_AUTHORIZATION, login);
    }
    *request.uri_mut() = place;
    let response = sender.send_request(request).await.map_err(|_| 0u16)?;
    match response.status() {
        StatusCode::OK => {
            let tunnel = hyper::upgrade::on(response).await.map_err(|_| 0u16)?;
            Ok(Box::new(TokioIo::new(tunnel)))
        }
        refused => Err(refused.as_u16()),
    }
}

async fn socks(proxy: &Url, bytes: Box<dyn Duplex>, place: Uri) -> Result<Box<dyn Duplex>, u16> {
    let mut socks = SocksV5::new(Uri::default(), Handover(Some(TokioIo::new(bytes))));
    if let Some((user, password)) = login(proxy) {
        socks = socks.with_auth(user, password);
    }
    match socks.call(place).await {
        Ok(tunnel) => Ok(Box::new(tunnel.into_inner())),
        Err(_) => Err(0),
    }
}

/// Gives a connection that is there already to who would make one.
struct Handover(Option<TokioIo<Box<dyn Duplex>>>);

impl Service<Uri> for Handover {
    type Response = TokioIo<Box<dyn Duplex>>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(
            self.0
                .take()
                .ok_or_else(|| io::ErrorKind::NotConnected.into()),
        )
    }
}
