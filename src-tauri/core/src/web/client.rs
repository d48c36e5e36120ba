use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Instant,
};

use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Response, Uri,
    body::{Body, Bytes, Incoming},
    header::{
        ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
        HeaderValue, PROXY_AUTHORIZATION, RETRY_AFTER, USER_AGENT,
    },
};
use hyper_util::client::legacy;
use tokio::time::timeout;
use url::Url;

use super::{
    AGENT, Answer, Connect, Limits, Network, Trouble, body, cause, connection::Made,
    connector::Connector, netrc, reach::Reach, redirect, tasks::Tasks, tunnel,
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

type Pool = legacy::Client<Connector, Empty<Bytes>>;

/// One server, with connections of its own: at most one is kept open. When it is dropped, everything it started ends.
///
/// It repeats nothing, but for what Go repeats as well: a request that had not begun to leave on a kept connection that
/// the server had closed meanwhile.
pub struct Client {
    base: Url,
    /// For the origin of `base`, and no other.
    authorization: Option<HeaderValue>,
    network: Network,
    named: Pool,
    anywhere: Pool,
    outside: Pool,
    tasks: Tasks,
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
        let login = tunnel::login(&base);
        let authorization = match (base.scheme(), login) {
            ("https", Some((user, password))) => tunnel::basic(&user, &password),
            ("https", None) => netrc::login(&network.logins, &base)
                .and_then(|found| tunnel::basic(&found.login, &found.password)),
            (_, Some(_)) => return Err(Trouble::CredentialsOverHttp { host }),
            (_, None) => None,
        };
        redirect::bare(&mut base);
        let tasks = Tasks::default();
        let pool = |reach| pool(network, reach, &tasks);
        Ok(Self {
            named: pool(Reach::Named(Arc::new(AtomicBool::new(false)))),
            anywhere: pool(Reach::Anywhere),
            outside: pool(Reach::Outside),
            base,
            authorization,
            network: network.clone(),
            tasks,
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
            let response = pool
                .request(self.request(&url, authorization)?)
                .await
                .map_err(|error| cause::of(&error, &host))?;
            let made = response.extensions().get::<Arc<Made>>().cloned();
            if let Some(made) = &made {
                refused_by_proxy(made, &response)?;
                let told = made.tell();
                if redirects == 0 {
                    connect = told;
                }
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
                let is_inside = made.is_some_and(|made| made.internal);
                pool = if is_inside {
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

    fn request(
        &self,
        url: &Url,
        authorization: Option<&HeaderValue>,
    ) -> Result<Request<Empty<Bytes>>, Trouble> {
        let mut request = Request::new(Empty::new());
        *request.uri_mut() = url.as_str().parse::<Uri>().map_err(cause::no_address)?;
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        // a compressed answer would be another one than Go gets to see
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        if url.scheme() == "http"
            && let Some(proxy) = self.network.proxies.before(url)
            && !tunnel::is_socks(proxy)
            && let Some((user, password)) = tunnel::login(proxy)
            && let Some(login) = tunnel::basic(&user, &password)
        {
            headers.insert(PROXY_AUTHORIZATION, login);
        }
        Ok(request)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.tasks.end();
    }
}

fn pool(network: &Network, reach: Reach, tasks: &Tasks) -> Pool {
    let connector = Connector {
        network: network.clone(),
        reach,
        tasks: tasks.clone(),
    };
    legacy::Client::builder(tasks.clone())
        .pool_max_idle_per_host(1)
        .http2_initial_stream_window_size(STREAM_WINDOW)
        .http2_initial_connection_window_size(CONNECTION_WINDOW)
        .build(connector)
}

/// A proxy that wants a login says so in the place of the server, where it passes requests on.
fn refused_by_proxy(made: &Made, response: &Response<Incoming>) -> Result<(), Trouble> {
    match &made.connect.proxy {
        Some(proxy) if made.forwarded && response.status().as_u16() == 407 => {
            Err(Trouble::ProxyRefused {
                proxy: proxy.clone(),
                status: 407,
            })
        }
        _ => Ok(()),
    }
}

/// Reads what little there is of a redirect's body.
async fn slurp(response: Response<Incoming>) {
    let body = response.into_body();
    if body.size_hint().upper().is_some_and(|most| most <= SLURP) {
        // a connection that fails here is noticed by the next request
        let _ = body.collect().await;
    }
}

async fn answer(
    response: Response<Incoming>,
    limits: &Limits,
    host: &str,
    on_bytes: &(dyn Fn(u64) + Send + Sync),
) -> Result<Answer, Trouble> {
    let (head, body) = response.into_parts();
    let length = number(&head.headers, &CONTENT_LENGTH);
    let body = body::read(body, length, limits, host, on_bytes).await?;
    Ok(Answer {
        status: head.status.as_u16(),
        body,
        content_type: text(&head.headers, &CONTENT_TYPE).map(str::to_owned),
        length,
        retry_after: number(&head.headers, &RETRY_AFTER),
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
