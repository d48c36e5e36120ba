use serde::{Deserialize, Serialize};

/// Why a request got no answer that counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Trouble {
    /// No answer within the deadline.
    #[error("no answer within {seconds} s")]
    TimedOut {
        /// The deadline, in seconds.
        seconds: String,
    },
    /// A body that trickles.
    #[error("the answer came with less than {bytes_per_second} bytes a second")]
    TooSlow {
        /// What is the least.
        bytes_per_second: u32,
    },
    /// A body beyond every measure.
    #[error("the answer is larger than {bytes} bytes")]
    TooLarge {
        /// The limit.
        bytes: u32,
    },
    /// No address for the name.
    #[error("the name {host} is not known")]
    NameUnknown {
        /// The host.
        host: String,
    },
    /// Nobody listens.
    #[error("{address} refused the connection")]
    Refused {
        /// The host and port, or what was tried.
        address: String,
    },
    /// The network has no way to it, or the connection ended in the middle.
    #[error("the connection was lost: {reason}")]
    ConnectionLost {
        /// What the system says.
        reason: String,
    },
    /// What came is not HTTP, or ends too early.
    #[error("the answer is not proper HTTP: {reason}")]
    NotHttp {
        /// What was wrong.
        reason: String,
    },
    /// The certificate ran out.
    #[error("the certificate of {host} has expired")]
    CertificateExpired {
        /// Whose certificate was expected.
        host: String,
    },
    /// The certificate begins in the future, or the clock of this machine is wrong.
    #[error("the certificate of {host} is not valid yet")]
    CertificateNotYetValid {
        /// Whose certificate was expected.
        host: String,
    },
    /// The certificate is for another host.
    #[error("the certificate is not for {host}")]
    CertificateWrongHost {
        /// Whose certificate was expected.
        host: String,
    },
    /// Nobody this machine trusts signed the certificate.
    #[error("the certificate of {host} is signed by nobody this machine trusts")]
    CertificateUnknownAuthority {
        /// Whose certificate was expected.
        host: String,
    },
    /// Everything else that TLS refuses.
    #[error("no secure connection with {host}: {reason}")]
    TlsRefused {
        /// Whose certificate was expected.
        host: String,
        /// What TLS says.
        reason: String,
    },
    /// A redirect that is not followed.
    #[error("redirected to {to}, which is not followed: {reason:?}")]
    RedirectRefused {
        /// Where to, masked.
        to: String,
        /// Why not.
        reason: RedirectFault,
    },
    /// A public name that leads into this machine or its network.
    #[error("{host} leads to the internal address {address}")]
    InternalAddress {
        /// The name.
        host: String,
        /// What it resolved to.
        address: String,
    },
    /// A password would travel unprotected, which Go refuses as well.
    #[error("credentials are not sent over http to {host}")]
    CredentialsOverHttp {
        /// The host.
        host: String,
    },
    /// The proxy in between wants a login, or another one.
    #[error("the proxy {proxy} wants a login")]
    ProxyLogin {
        /// The proxy, masked.
        proxy: String,
    },
    /// The proxy in between makes no way for another reason, or does not speak as one. With which status it refuses is
    /// not known.
    #[error("the proxy {proxy} makes no way")]
    ProxyRefused {
        /// The proxy, masked.
        proxy: String,
    },
}

/// Why a redirect is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(rename_all = "snake_case")]
pub enum RedirectFault {
    /// More than five.
    TooMany,
    /// From https to http.
    Downgrade,
    /// Neither http nor https.
    Scheme,
    /// No address at all.
    Malformed,
}
