//! Certificates, good and bad, and servers that show them.

use std::sync::Arc;

use gopherdesk_core::host::Host;
use rcgen::{BasicConstraints, IsCa, KeyPair};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::ground::Scene;
pub(crate) use crate::authority::Authority;
use crate::authority::{builder, params, shows};

/// A day in the middle of what [`Authority`]'s servers show: the time of the machine, which no clock on the wall knows.
const TODAY: &str = "2031-06-01T00:00:00Z";

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
