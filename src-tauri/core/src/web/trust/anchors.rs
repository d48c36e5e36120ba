use std::{collections::HashSet, fmt, sync::Arc};

use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};
use x509_parser::{certificate::X509Certificate, parse_x509_certificate};

/// Certificates that are trusted because a file says so.
///
/// WebPKI refuses a certificate authority as a server, even one that is trusted; Go does not, and a company's own server
/// often shows the very certificate that its machines were told to trust.
pub(super) struct Anchors {
    trusted: HashSet<CertificateDer<'static>>,
    /// None when nobody is trusted.
    chains: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl Anchors {
    pub(super) fn new(
        trusted: HashSet<CertificateDer<'static>>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(trusted.iter().cloned());
        let chains = if roots.is_empty() {
            None
        } else {
            let builder =
                WebPkiServerVerifier::builder_with_provider(roots.into(), Arc::clone(provider));
            Some(
                builder
                    .build()
                    .map_err(|error| Error::Other(OtherError(Arc::new(error))))?,
            )
        };
        Ok(Self {
            trusted,
            chains,
            provider: Arc::clone(provider),
        })
    }

    /// `shown` is trusted itself: Go then looks at its time, its name and its purpose, and at no chain
    /// (crypto/x509/verify.go, Verify).
    fn itself(
        shown: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let (_, parsed) =
            parse_x509_certificate(shown).map_err(|_| CertificateError::BadEncoding)?;
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if now > parsed.validity().not_after.timestamp() {
            return Err(CertificateError::Expired.into());
        }
        if now < parsed.validity().not_before.timestamp() {
            return Err(CertificateError::NotValidYet.into());
        }
        if !is_for_servers(&parsed) {
            return Err(CertificateError::InvalidPurpose.into());
        }
        verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
        Ok(ServerCertVerified::assertion())
    }
}

/// Without a list of purposes it is for all of them.
fn is_for_servers(certificate: &X509Certificate<'_>) -> bool {
    match certificate.extended_key_usage() {
        Ok(Some(usage)) => usage.value.server_auth || usage.value.any,
        Ok(None) => true,
        Err(_) => false,
    }
}

/// A certificate that names itself as who vouches for it.
fn is_self_issued(certificate: &CertificateDer<'_>) -> bool {
    parse_x509_certificate(certificate).is_ok_and(|(_, parsed)| parsed.issuer() == parsed.subject())
}

impl ServerCertVerifier for Anchors {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.trusted.contains(shown) {
            return Self::itself(shown, name, now);
        }
        let Some(chains) = &self.chains else {
            return Err(CertificateError::UnknownIssuer.into());
        };
        let verified = chains.verify_server_cert(shown, between, name, ocsp, now);
        let is_unknown = match &verified {
            // somebody signed it who only has the name of one that is trusted
            Err(Error::InvalidCertificate(CertificateError::BadSignature)) => true,
            // that it is an authority is the lesser fault: nobody vouches for it
            Err(Error::InvalidCertificate(CertificateError::Other(_))) => is_self_issued(shown),
            _ => false,
        };
        if is_unknown {
            return Err(CertificateError::UnknownIssuer.into());
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

impl fmt::Debug for Anchors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Anchors({})", self.trusted.len())
    }
}
