//! What a name means.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    pin::Pin,
    sync::Arc,
    thread,
    time::Instant,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

use super::{
    Trouble,
    reach::Reach,
    way::{is_to_proxy, note},
};

/// How many addresses of one name are tried; a name may have thousands.
const ADDRESSES: usize = 8;

/// What a [`Resolver`] gives back.
#[cfg_attr(
    not(feature = "testing"),
    expect(unreachable_pub, reason = "only tests give names other addresses")
)]
pub type Resolved = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Knows what names mean.
#[cfg_attr(
    not(feature = "testing"),
    expect(unreachable_pub, reason = "only tests give names other addresses")
)]
pub trait Resolver: Send + Sync {
    /// The addresses of a name, the preferred first.
    fn addresses(&self, name: String) -> Resolved;

    /// What is dialled for an address that was judged: itself, but a test has no servers at the addresses it gives out.
    fn dialled(&self, address: IpAddr) -> IpAddr {
        address
    }
}

/// This machine's resolver.
pub(super) struct Machine;

impl Resolver for Machine {
    fn addresses(&self, name: String) -> Resolved {
        let (answer, answered) = oneshot::channel();
        // a thread of its own: a lookup cannot be cancelled, and the program need not wait for its end
        let asking = thread::Builder::new()
            .name("lookup".to_owned())
            .spawn(move || {
                let found = (name.as_str(), 0).to_socket_addrs();
                // nobody waits any more
                let _ = answer.send(found.map(|all| all.map(|one| one.ip()).collect()));
            });
        Box::pin(async move {
            asking?;
            answered.await.map_err(io::Error::other)?
        })
    }
}

/// Looks names up for reqwest, and gives it those addresses that may be dialled.
pub(super) struct Lookup {
    pub(super) resolver: Arc<dyn Resolver>,
    pub(super) reach: Reach,
}

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let (resolver, reach) = (Arc::clone(&self.resolver), self.reach.clone());
        Box::pin(async move {
            let host = name.as_str();
            match addresses(resolver.as_ref(), &reach, host).await {
                Ok(found) => {
                    let dialled: Vec<_> = interlaced(&found)
                        .into_iter()
                        .map(|address| SocketAddr::new(resolver.dialled(address), 0))
                        .collect();
                    Ok(Box::new(dialled.into_iter()) as Addrs)
                }
                Err(trouble) => {
                    note(|steps| steps.trouble = Some(trouble.clone()));
                    Err(trouble.into())
                }
            }
        })
    }
}

async fn addresses(
    resolver: &dyn Resolver,
    reach: &Reach,
    host: &str,
) -> Result<Vec<IpAddr>, Trouble> {
    let started = Instant::now();
    let found = match resolver.addresses(host.to_owned()).await {
        Ok(found) if !found.is_empty() => found,
        _ => {
            let host = host.to_owned();
            return Err(Trouble::NameUnknown { host });
        }
    };
    // the user named the proxy, and no server can
    if is_to_proxy(host) {
        return Ok(found);
    }
    note(|steps| steps.lookup = Some(started.elapsed()));
    reach.allowed(host, found)
}

/// IPv6 and IPv4 in turn, beginning with what the resolver prefers, and not too many.
fn interlaced(addresses: &[IpAddr]) -> Vec<IpAddr> {
    let prefers_v6 = addresses.first().is_some_and(IpAddr::is_ipv6);
    let (mut preferred, mut others): (Vec<_>, Vec<_>) = addresses
        .iter()
        .copied()
        .partition(|address| address.is_ipv6() == prefers_v6);
    let mut mixed = Vec::new();
    preferred.reverse();
    others.reverse();
    while !(preferred.is_empty() && others.is_empty()) {
        mixed.extend(preferred.pop());
        mixed.extend(others.pop());
    }
    mixed.truncate(ADDRESSES);
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns_and_few_are_tried() {
        let mut all: Vec<IpAddr> = (0..20)
            .map(|at| format!("2001:db8::{at:x}").parse().expect("an address"))
            .collect();
        all.push("203.0.113.1".parse().expect("an address"));
        let tried = interlaced(&all);
        let first: Vec<_> = tried.iter().take(3).map(IpAddr::to_string).collect();
        assert_eq!(
            first,
            ["2001:db8::", "203.0.113.1", "2001:db8::1"],
            "neither family waits for the whole other"
        );
        assert_eq!(tried.len(), ADDRESSES, "not all twenty-one");
    }
}
