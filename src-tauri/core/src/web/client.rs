use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{
    Proxy, Response,
    header::{
        ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
        HeaderValue, RETRY_AFTER,
    },
    redirect::Policy,
    retry,
};
use tokio::time::timeout;
use tower::util::MapFutureLayer;
use url::{Host, Url};

use super::{
    AGENT, Answer, Connect, Limits, Network, Trouble, body, cause, login,
    lookup::Lookup,
    netrc,
    proxies::far_sighted,
    reach::{Met, Reach, Sender},
    redirect,
    way::{Way, connecting},
};
use crate::secret::mask_text;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// How much of a redirect's body is read so that its connection can be used again, in bytes (Go: `maxBodySlurpSize`).
const SLURP: u64 = 2 << 10;

/// What Go 1.27 lets a server send ahead, on one stream and in all (net/http: `transportDefaultStreamFlow`,
/// `transportDefaultConnFlow`): a smaller window would measure the window.
const STREAM_WINDOW: u32 = 4 << 20;
const CONNECTION_WINDOW: u32 = 1 << 30;

/// After how much silence an HTTP/2 server is asked whether it is there, and how long it has to say so. One that takes no
/// goodbye would keep its connection for as long as it likes.
const ALIVE: Duration = Duration::from_secs(5);

/// One server, with connections of its own: at most one is kept open. When it is dropped, everything it started ends: at
/// once, but with a server that does not even read a goodbye after ten seconds.
///
/// It repeats nothing, but for what Go repeats as well: a request that had not begun to leave on a kept connection that
/// the server had closed meanwhile.
pub struct Client {
    base: Url,
    /// For the origin of `base`, and no other.
    authorization: Option<HeaderValue>,
    network: Network,
    met: Met,
    named: Pool,
    anywhere: Pool,
    outside: Pool,
}

/// Connections that may lead to the same places; none is used by requests that may not lead there.
struct Pool {
    reach: Reach,
    client: reqwest::Client,
}

impl Client {
    /// For what is below `base`. Its user information, else the login in the netrc file, goes to its origin and nowhere
    /// else; user information over http is refused, as Go refuses it.
    pub fn new(network: &Network, base: &Url) -> Result<Self, Trouble> {
        let mut base = base.clone();
        let host = base.host_str().unwrap_or_default().to_owned();
        if !matches!(base.scheme(), "http" | "https") || host.is_empty() {
            return Err(cause::no_address("neither http nor https"));
        }
        let authorization = match (base.scheme(), login::of(&base)) {
            ("https", Some((user, password))) => login::basic(&user, &password),
            ("https", None) => netrc::login(&network.logins, &base)
                .and_then(|found| login::basic(&found.login, &found.password)),
            (_, Some(_)) => return Err(Trouble::CredentialsOverHttp { host }),
            (_, None) => None,
        };
        redirect::bare(&mut base);
        let met = Met::default();
        let pool = |sender| {
            Pool::new(network, Reach::new(sender, met.clone())).map_err(|reason| {
                Trouble::TlsRefused {
                    host: host.clone(),
                    reason: cause::plain(&reason),
                }
            })
        };
        Ok(Self {
            named: pool(Sender::User)?,
            anywhere: pool(Sender::Inside)?,
            outside: pool(Sender::Outside)?,
            met,
            base,
            authorization,
            network: network.clone(),
        })
    }

    /// GET `base/path`, of which `path` is escaped as it should travel. `on_bytes` is told how long the body is by now,
    /// each time it grew. Dropping the future ends the request and its connection.
    pub async fn get(
        &self,
        path: &str,
        limits: &Limits,
        on_bytes: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Answer, Trouble> {
        let asked = Box::pin(self.ask(path, limits, on_bytes));
        match timeout(limits.deadline, asked).await {
            Ok(answer) => answer,
            Err(_) => Err(Trouble::TimedOut {
                seconds: limits.deadline.as_secs_f64().to_string(),
            }),
        }
    }

    async fn ask(
        &self,
        path: &str,
        limits: &Limits,
        on_bytes: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Answer, Trouble> {
        let started = Instant::now();
        let mut url = self.base.clone();
        url.set_path(&format!(
            "{}/{path}",
            self.base.path().trim_end_matches('/')
        ));
        let mut pool = &self.named;
        // given up at the first other origin for good (CVE-2024-45336: not given again on the way back)
        let mut authorization = self.authorization.as_ref();
        let mut connect: Option<Connect> = None;
        let mut redirects = 0;
        loop {
            let host = url.host_str().unwrap_or_default().to_owned();
            pool.judge(&url)?;
            let way = Way::new(&self.network, &url)?;
            let response = way.follow(pool.ask(&url, authorization)).await?;
            way.refused(&response)?;
            if redirects == 0 {
                connect = way.connect(&response, &self.network);
            }
            let Some(next) = redirect::next(&url, &response)? else {
                let first_byte = started.elapsed();
                return answer(response, limits, &host, on_bytes)
                    .await
                    .map(|mut answer| {
                        answer.first_byte = first_byte;
                        answer.last_byte = started.elapsed();
                        answer.redirected = (redirects > 0).then(|| mask_text(url.as_str()));
                        answer.connect = connect;
                        answer
                    });
            };
            redirects += 1;
            if redirects > REDIRECTS {
                return Err(redirect::refused(&next, super::RedirectFault::TooMany));
            }
            slurp(response).await;
            if next.origin() != self.base.origin() {
                authorization = None;
                pool = if self.met.is_inside(&host) {
                    &self.anywhere
                } else {
                    &self.outside
                };
            } else {
                pool = &self.named;
            }
            url = next;
        }
    }
}

impl Pool {
    /// Fails with the reason.
    fn new(network: &Network, reach: Reach) -> Result<Self, String> {
        let tls = network.tls.clone().map_err(|error| error.to_string())?;
        let proxies = Arc::clone(&network.proxies);
        let lookup = Lookup {
            resolver: Arc::clone(&network.resolver),
            reach: reach.clone(),
        };
        // a compressed answer would be another one than Go gets to see
        let identity = HeaderValue::from_static("identity");
        let client = reqwest::Client::builder()
            .user_agent(AGENT)
            .default_headers([(ACCEPT_ENCODING, identity)].into_iter().collect())
            .proxy(Proxy::custom(move |url| {
                proxies.before(url).map(far_sighted)
            }))
            .dns_resolver(lookup)
            .tls_backend_preconfigured(tls)
            .connector_layer(MapFutureLayer::new(connecting))
            // whatever else in the program turns these on
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd()
            .redirect(Policy::none())
            .referer(false)
            .retry(retry::never())
            .pool_max_idle_per_host(1)
            .http2_initial_stream_window_size(STREAM_WINDOW)
            .http2_initial_connection_window_size(CONNECTION_WINDOW)
            .http2_keep_alive_interval(ALIVE)
            .http2_keep_alive_timeout(ALIVE)
            .http2_keep_alive_while_idle(true)
            .build()
            .map_err(|error| cause::last(&error).to_string())?;
        Ok(Self { reach, client })
    }

    /// Whether an address in the place of a name may be dialled; a name is judged when it was looked up.
    fn judge(&self, url: &Url) -> Result<(), Trouble> {
        let address: IpAddr = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        let host = url.host_str().unwrap_or_default();
        self.reach.allowed(host, vec![address]).map(|_| ())
    }

    async fn ask(
        &self,
        url: &Url,
        authorization: Option<&HeaderValue>,
    ) -> reqwest::Result<Response> {
        let mut request = self.client.get(url.clone());
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        request.send().await
    }
}

/// Reads what little there is of a redirect's body.
async fn slurp(response: Response) {
    if response.content_length().is_some_and(|most| most <= SLURP) {
        // a connection that fails here is noticed by the next request
        let _ = response.bytes().await;
    }
}

async fn answer(
    response: Response,
    limits: &Limits,
    host: &str,
    on_bytes: &(dyn Fn(u64) + Send + Sync),
) -> Result<Answer, Trouble> {
    let (status, headers) = (response.status(), response.headers().clone());
    let length = number(&headers, &CONTENT_LENGTH);
    let body = body::read(response, length, limits, host, on_bytes).await?;
    Ok(Answer {
        status: status.as_u16(),
        body,
        content_type: text(&headers, &CONTENT_TYPE).map(str::to_owned),
        length,
        retry_after: number(&headers, &RETRY_AFTER),
        first_byte: Default::default(),
        last_byte: Default::default(),
        redirected: None,
        connect: None,
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &HeaderName) -> Option<T> {
    text(headers, name)?.trim().parse().ok()
}
