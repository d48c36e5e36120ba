use std::sync::Arc;

use rustls::ClientConfig;
use url::Url;

use super::{
    lookup::{Machine, Resolver},
    netrc::{self, Login},
    proxies::Proxies,
    trust,
};
use crate::{host::Host, secret::mask_text};

/// What decides how this machine reaches the network, as Go in a terminal would decide it. Built once for a run: it
/// reads files, and remembers what they said.
#[derive(Clone)]
pub struct Network {
    pub(super) proxies: Arc<Proxies>,
    pub(super) logins: Arc<[Login]>,
    /// Why nothing can be trusted, where the system cannot be asked whom it trusts.
    pub(super) tls: Result<ClientConfig, rustls::Error>,
    pub(super) host: Host,
    pub(super) resolver: Arc<dyn Resolver>,
}

impl Network {
    /// Takes `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, `SSL_CERT_FILE`, `SSL_CERT_DIR` and `NETRC` from the variables of
    /// `host`, which should be those of a terminal.
    pub fn new(host: &Host) -> Self {
        Self {
            proxies: Arc::new(Proxies::new(host)),
            logins: netrc::read(host).into(),
            tls: trust::tls(host),
            host: host.clone(),
            resolver: Arc::new(Machine),
        }
    }

    /// The same with `GOAUTH` as it is in effect (cmd/go/internal/auth/auth.go, runGoAuth): without the logins of the netrc
    /// file where it leaves them out. Its commands are not run.
    pub fn with_auth(self, goauth: &str) -> Self {
        let mut commands = goauth
            .split(';')
            .map(|words| words.split_whitespace().next());
        if goauth.is_empty() || commands.any(|command| command == Some("netrc")) {
            return self;
        }
        Self {
            logins: Arc::default(),
            ..self
        }
    }

    /// The same with names of its own.
    #[cfg(feature = "testing")]
    pub fn with_resolver(self, resolver: Arc<dyn Resolver>) -> Self {
        Self { resolver, ..self }
    }

    /// The proxy through which Go asks `url`, credentials masked; none when it asks directly.
    pub fn proxy_shown(&self, url: &Url) -> Option<String> {
        self.proxies.before(url).map(shown)
    }
}

/// The proxy through which Go asks `url` with the variables of `host`, credentials masked; none when it asks directly.
pub fn proxy_before(host: &Host, url: &Url) -> Option<String> {
    Proxies::new(host).before(url).map(shown)
}

/// Whether the netrc file of `host` has a login for `url`, by Go's rules.
pub fn has_login(host: &Host, url: &Url) -> bool {
    netrc::login(&netrc::read(host), url).is_some()
}

/// A proxy for eyes.
pub(super) fn shown(proxy: &Url) -> String {
    mask_text(proxy.as_str().trim_end_matches('/'))
}
