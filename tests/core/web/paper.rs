//! Authorities and certificates, good and bad, and servers that show them.

use std::sync::Arc;

use gopherdesk_core::host::Host;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair,
    date_time_ymd,
};
use rustls::{
    ConfigBuilder, ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert, WantsServerCert},
    sign::CertifiedKey,
};

use super::ground::Scene;

/// A day in the middle of what [`Authority::server`] issues: the time of the machine, which no clock on the wall knows.
const TODAY: &str = "2031-06-01T00:00:00Z";

/// Somebody who signs certificates.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// All of them have the same name, as those have that somebody made anew.
    pub(crate) fn new() -> Self {
        Self::named("authority")
    }

    pub(crate) fn named(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2100, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        Self { issuer }
    }

    pub(crate) fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server for these names, with a certificate of the year 2031.
    pub(crate) fn server(&self, names: &[&str]) -> ServerConfig {
        self.server_for(names, (2031, 2032))
    }

    /// The same for other years: from the beginning of the first to the beginning of the second.
    pub(crate) fn server_for(&self, names: &[&str], years: (i32, i32)) -> ServerConfig {
        let key = KeyPair::generate().expect("a key");
        let made = params(names, years)
            .signed_by(&key, &self.issuer)
            .expect("a certificate");
        shows(&made, &key)
    }
}

/// A server whose certificate nobody signed but itself; maybe one that may sign others.
pub(crate) fn self_signed(names: &[&str], is_authority: bool) -> (ServerConfig, String) {
    let key = KeyPair::generate().expect("a key");
    let mut params = params(names, (2031, 2032));
    if is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    let made = params.self_signed(&key).expect("a certificate");
    (shows(&made, &key), made.pem())
}

/// A server that shows a certificate whose key it does not have.
pub(crate) fn showing(pem: &str) -> ServerConfig {
    #[derive(Debug)]
    struct Shown(Arc<CertifiedKey>);
    impl ResolvesServerCert for Shown {
        fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
            Some(Arc::clone(&self.0))
        }
    }
    let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate");
    let key = PrivateKeyDer::try_from(KeyPair::generate().expect("a key").serialize_der())
        .expect("a key");
    let key = ring::sign::any_supported_type(&key).expect("a key");
    let shown = Shown(Arc::new(CertifiedKey::new(vec![certificate], key)));
    builder().with_cert_resolver(Arc::new(shown))
}

/// The same server with HTTP/2.
pub(crate) fn http2(mut server: ServerConfig) -> ServerConfig {
    server.alpn_protocols = vec![b"h2".to_vec()];
    server
}

/// The machine trusts these certificates and no others, and its clock says [`TODAY`].
pub(crate) fn trusting(scene: Scene, pem: &str) -> Scene {
    let file = scene.sandbox.path("trusted.pem");
    scene.sandbox.write(&file, pem);
    let mut scene = scene.with_var("SSL_CERT_FILE", file.to_str().expect("a plain path"));
    scene.sandbox.host = today(scene.sandbox.host);
    scene
}

/// A machine on the day in question.
pub(crate) fn today(host: Host) -> Host {
    host.with_time(TODAY.parse().expect("a time"))
}

fn params(names: &[&str], (from, to): (i32, i32)) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params
}

fn shows(made: &Certificate, key: &KeyPair) -> ServerConfig {
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    builder()
        .with_single_cert(vec![made.der().clone()], key)
        .expect("a certificate and its key")
}

fn builder() -> ConfigBuilder<ServerConfig, WantsServerCert> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
}
