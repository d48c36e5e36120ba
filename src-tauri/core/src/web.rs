//! HTTP with servers that nobody vouches for: mirrors, checksum databases, and whoever answers in their place.
//!
//! Go asks a mirror without limits; a speed test cannot. Every request has a deadline, a limit of bytes and a minimum
//! speed; redirects are followed by hand; an address is judged after its name was resolved; nothing is decompressed,
//! remembered or repeated. What goes wrong has a name ([`Trouble`]), because "slow" is none of the names of a broken
//! certificate.
//!
//! The requests are reqwest's. It asks `lookup` for addresses and `trust` for certificates, and these note in `way` what
//! they saw, because that is what is measured and judged here.
//!
//! Logins are those of the address and, unless `GOAUTH` leaves it out, of the netrc file. What else `GOAUTH` may name,
//! commands and `git`, is not run.

mod address;
mod body;
mod cause;
mod client;
mod login;
mod lookup;
mod netrc;
mod network;
mod proxies;
mod reach;
mod redirect;
mod trouble;
mod trust;
mod way;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use client::Client;
#[cfg(feature = "testing")]
pub use lookup::{Resolved, Resolver};
pub use netrc::place as netrc_place;
pub use network::{Network, has_login, proxy_before};
pub use trouble::{RedirectFault, Trouble};

/// Who asks.
const AGENT: &str = concat!("gopherdesk/", env!("CARGO_PKG_VERSION"), " (+speed test)");

/// How a connection came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Connect {
    /// Looking the name up, in milliseconds; none when the address is a number or a proxy looks it up.
    pub dns_ms: Option<f64>,
    /// Reaching the server; with a proxy in between, what it takes to get through that.
    pub tcp_ms: Option<f64>,
    /// Agreeing on keys; none without TLS.
    pub tls_ms: Option<f64>,
    /// Who answered, an address with its port; none when a proxy reaches it.
    pub address: Option<String>,
    /// The proxy in between, credentials masked.
    pub proxy: Option<String>,
    /// `HTTP/1.1` or `HTTP/2`.
    pub http: String,
    /// Until the certificate runs out; none without TLS.
    pub certificate_days: Option<i32>,
}

/// What one request may cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// From the beginning, connecting included, to the last byte.
    pub deadline: Duration,
    /// Of the answer's body; more is [`Trouble::TooLarge`].
    pub bytes: u64,
    /// Bytes a second, over the last two seconds of a body; less is [`Trouble::TooSlow`].
    pub speed: u64,
    /// Ends the answer after so many bytes of the body: enough to know what it is.
    pub enough: Option<u64>,
}

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status, after redirects.
    pub status: u16,
    /// The body, as far as `enough` asked for it.
    pub body: Vec<u8>,
    /// `Content-Type`, as the server wrote it.
    pub content_type: Option<String>,
    /// What the server says the body's length is.
    pub length: Option<u64>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// Since the request began.
    pub first_byte: Duration,
    /// Since the request began.
    pub last_byte: Duration,
    /// Where it was redirected to, the last address, masked; none without a redirect.
    pub redirected: Option<String>,
    /// The connection with the server itself that it made; none when it used an open one.
    pub connect: Option<Connect>,
}
