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

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "a test makes the machine that is looked at"
)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_or_another_network_breaks_a_measurement() {
        let before = Surroundings {
            network: "one".to_owned(),
            slept: 100,
        };
        let later = |network: &str, slept| Surroundings {
            network: network.to_owned(),
            slept,
        };
        assert!(before.holds_until(&before), "nothing happened");
        assert!(
            before.holds_until(&later("one", 101)),
            "a second is the clocks' own"
        );
        assert!(
            !before.holds_until(&later("one", 160)),
            "the machine slept for a minute"
        );
        assert!(
            !before.holds_until(&later("two", 100)),
            "this is another network"
        );
    }

    #[test]
    fn a_gateway_or_a_proxy_is_another_network() {
        let folder = tempfile::tempdir().expect("a folder");
        let host = Host::sandbox(folder.path());
        let route = host.system("/proc/net/route");
        std::fs::create_dir_all(route.parent().expect("a folder")).expect("writable");
        let table = |gateway: &str| {
            let text = format!("Iface\tDestination\tGateway\neth0\t00000000\t{gateway}\n");
            std::fs::write(&route, text).expect("writable");
        };
        table("0100A8C0");
        let home = Surroundings::now(&host);
        assert_eq!(
            home,
            Surroundings::now(&host),
            "two looks at one network agree"
        );
        table("0101A8C0");
        let cafe = Surroundings::now(&host);
        assert_ne!(home.network, cafe.network, "another gateway");
        let proxied = host.with_var("HTTPS_PROXY", "http://proxy.example:3128");
        assert_ne!(
            cafe.network,
            Surroundings::now(&proxied).network,
            "another way out"
        );
    }
}
