//! An authority of the tests' own, and servers with its certificates.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair,
    date_time_ymd,
};
use rustls::{
    ConfigBuilder, ServerConfig, crypto::ring, pki_types::PrivateKeyDer, server::WantsServerCert,
};

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

pub(crate) fn params(names: &[&str], (from, to): (i32, i32)) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params
}

pub(crate) fn shows(made: &Certificate, key: &KeyPair) -> ServerConfig {
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    builder()
        .with_single_cert(vec![made.der().clone()], key)
        .expect("a certificate and its key")
}

pub(crate) fn builder() -> ConfigBuilder<ServerConfig, WantsServerCert> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
}
