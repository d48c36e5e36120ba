//! Whose certificates count: Go's own rule, so that a mirror that Go refuses is refused here.
//!
//! There is no switch that accepts a certificate which does not verify, here or elsewhere.

use std::{
    collections::BTreeSet,
    fmt, fs,
    path::{MAIN_SEPARATOR, Path, PathBuf},
    sync::Arc,
};

use rustls::{
    ClientConfig, RootCertStore,
    client::Resumption,
    crypto::ring,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    time_provider::TimeProvider,
};
use rustls_platform_verifier::Verifier;

use crate::host::{Host, Os};

/// Where Linux distributions keep the certificates they trust, all in one; the first that is there is read
/// (crypto/x509/root_linux.go).
const FILES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Where they keep them one by one; all are read (crypto/x509/root_linux.go).
const FOLDERS: [&str; 2] = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/// How to speak TLS: with a server, and with a proxy that wants TLS itself.
#[derive(Clone)]
pub(super) struct Tls {
    pub(super) server: Arc<ClientConfig>,
    pub(super) proxy: Arc<ClientConfig>,
}

/// Certificates are judged at the time of the [`Host`].
struct Clock(Host);

impl Tls {
    /// As Go 1.27 does it (crypto/x509/root.go, loadSystemRoots): `SSL_CERT_FILE` and `SSL_CERT_DIR` name what is
    /// trusted; without them macOS and Windows are asked, and Linux keeps it in files. Go before 1.27 looks at the two
    /// variables on Linux only.
    ///
    /// Fails with what the system says when it cannot be asked at all.
    pub(super) fn new(host: &Host) -> Result<Self, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_details(
            Arc::clone(&provider),
            Arc::new(Clock(host.clone())),
        )
        .with_safe_default_protocol_versions()?;
        let named = host.var("SSL_CERT_FILE").is_some() || host.var("SSL_CERT_DIR").is_some();
        let mut server = if named || host.os == Os::Linux {
            builder.with_root_certificates(roots(host))
        } else {
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(Verifier::new(provider)?))
        }
        .with_no_client_auth();
        // Go keeps no sessions either: every connection is made in full, and can be compared
        server.resumption = Resumption::disabled();
        let proxy = server.clone();
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self {
            server: Arc::new(server),
            proxy: Arc::new(proxy),
        })
    }
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

/// What lies in files (crypto/x509/root.go, loadOnDiskRoots). What cannot be read or is no certificate is passed over.
fn roots(host: &Host) -> RootCertStore {
    let files = match host.var("SSL_CERT_FILE") {
        Some(file) => vec![PathBuf::from(file)],
        None => FILES.map(|file| host.system(file)).to_vec(),
    };
    let folders: Vec<PathBuf> = match host.var("SSL_CERT_DIR").and_then(|all| all.to_str()) {
        Some(all) => all
            .split(host.os.list_separator())
            .map(PathBuf::from)
            .collect(),
        None => FOLDERS.map(|folder| host.system(folder)).to_vec(),
    };
    let mut found = BTreeSet::new();
    if let Some(text) = files.iter().find_map(|file| fs::read(file).ok()) {
        found.extend(certificates(&text));
    }
    for file in folders.iter().flat_map(|folder| entries(folder)) {
        if let Ok(text) = fs::read(file) {
            found.extend(certificates(&text));
        }
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.into_iter().map(CertificateDer::from));
    roots
}

fn certificates(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    CertificateDer::pem_slice_iter(text)
        .flatten()
        .map(|certificate| certificate.to_vec())
}

/// The files of a folder, without links to others of them: there is one for every certificate, named by its hash.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            fs::read_link(path).map_or(true, |target| {
                target.to_string_lossy().contains(MAIN_SEPARATOR)
            })
        })
        .collect()
}
