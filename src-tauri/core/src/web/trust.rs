//! Whose certificates count: Go's own rule, so that a mirror that Go refuses is refused here.
//!
//! There is no switch that accepts a certificate which does not verify, here or elsewhere.

mod anchors;
mod files;
mod noting;

use std::{fmt, sync::Arc};

use noting::{Hello, Noting};
use rustls::{
    ClientConfig,
    client::{Resumption, danger::ServerCertVerifier},
    crypto::ring,
    pki_types::UnixTime,
    time_provider::TimeProvider,
};
use rustls_platform_verifier::Verifier;

use crate::host::{Host, Os};

/// Certificates are judged at the time of the [`Host`].
struct Clock(Host);

/// How to speak TLS. As Go 1.27 does it (crypto/x509/root.go, loadSystemRoots): `SSL_CERT_FILE` and `SSL_CERT_DIR` name
/// what is trusted; without them macOS and Windows are asked, and Linux keeps it in files. Go before 1.27 looks at the
/// two variables on Linux only.
///
/// Fails with what the system says when it cannot be asked at all.
pub(super) fn tls(host: &Host) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let named = host.var("SSL_CERT_FILE").is_some() || host.var("SSL_CERT_DIR").is_some();
    let verifier: Arc<dyn ServerCertVerifier> = if named || host.os == Os::Linux {
        Arc::new(anchors::Anchors::new(files::roots(host), &provider)?)
    } else {
        Arc::new(Verifier::new(Arc::clone(&provider))?)
    };
    let clock = Arc::new(Clock(host.clone()));
    let mut tls = ClientConfig::builder_with_details(provider, clock)
        .with_safe_default_protocol_versions()?
        // the name of the builder's only door for a verifier; what comes in verifies
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Noting(verifier)))
        .with_no_client_auth();
    // Go keeps no sessions either: every connection is made in full, and can be compared
    tls.resumption = Resumption::store(Arc::new(Hello));
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let since = self.0.now().as_duration().try_into().ok()?;
        Some(UnixTime::since_unix_epoch(since))
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
