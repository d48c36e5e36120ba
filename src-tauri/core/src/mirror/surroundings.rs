//! On which network a test ran, and whether the machine slept through a part of it.
//!
//! Nothing is sent: a datagram socket that is connected to an address only asks the system for the way to it.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use crate::host::{Host, Os, fingerprint};

/// Addresses for documentation (RFC 5737, RFC 3849), which no network has.
const AFAR: [SocketAddr; 2] = [
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 443),
    SocketAddr::new(
        std::net::IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
        443,
    ),
];

/// Variables that lead requests elsewhere.
const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// A machine that slept longer than this, in seconds, has no honest stopwatch.
const SLEPT: i64 = 3;

/// The network and the clocks at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Tells one network from another; says nothing about either.
    pub network: String,
    /// How long the machine slept since it started, in seconds.
    slept: i64,
}

impl Surroundings {
    /// As they are now.
    pub fn now(host: &Host) -> Self {
        let mut text = String::new();
        for afar in AFAR {
            let own = source(afar).map(|own| own.ip().to_string());
            text.push_str(&own.unwrap_or_default());
            text.push('\n');
        }
        if host.os == Os::Linux {
            text.push_str(&gateways(host));
        }
        for name in PROXIES {
            let value = host.vars.get(name).unwrap_or_default();
            text.push_str(&value.to_string_lossy());
            text.push('\n');
        }
        Self {
            network: fingerprint(text.as_bytes())[..16].to_owned(),
            slept: slept(),
        }
    }

    /// Whether what was measured from `self` to `later` was measured on one network by one waking machine.
    pub fn holds_until(&self, later: &Self) -> bool {
        self.network == later.network && later.slept - self.slept < SLEPT
    }
}

/// The address that this machine would send from; none without a way.
fn source(afar: SocketAddr) -> Option<SocketAddr> {
    let any: SocketAddr = match afar {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any).ok()?;
    socket.connect(afar).ok()?;
    socket.local_addr().ok()
}

/// Default routes: two networks may give one address.
fn gateways(host: &Host) -> String {
    let routes = std::fs::read_to_string(host.system("/proc/net/route")).unwrap_or_default();
    routes
        .lines()
        .filter_map(|line| {
            let mut fields = line.split_whitespace();
            let (device, to, gateway) = (fields.next()?, fields.next()?, fields.next()?);
            (to == "00000000").then(|| format!("{device} {gateway}\n"))
        })
        .collect()
}

/// What the clock that counts sleep is ahead of the one that does not.
#[cfg(target_os = "linux")]
fn slept() -> i64 {
    use rustix::time::{ClockId, clock_gettime};

    clock_gettime(ClockId::Boottime).tv_sec - clock_gettime(ClockId::Monotonic).tv_sec
}

/// Elsewhere the network's change has to tell.
#[cfg(not(target_os = "linux"))]
fn slept() -> i64 {
    0
}
