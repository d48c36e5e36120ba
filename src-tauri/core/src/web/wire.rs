//! Names and sockets: the only part that touches the network.

use std::{
    future::{Future, poll_fn},
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    pin::Pin,
    task::Poll,
    thread,
    time::Duration,
};

use tokio::{net::TcpStream, sync::oneshot, time::sleep};

/// How long one address has before the next is tried beside it (Go: `net.Dialer.FallbackDelay`; RFC 8305, section 8).
const NEXT_ADDRESS: Duration = Duration::from_millis(300);

/// How many addresses of one name are tried; a name may have thousands.
const ADDRESSES: usize = 8;

/// What a [`Wire`] gives back.
#[cfg_attr(
    not(feature = "testing"),
    expect(unreachable_pub, reason = "only tests give names other addresses")
)]
pub type Wired<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// A way to look names up and to reach addresses.
///
/// What lies behind a name is judged between the two, so a test can give a name any address and see what is dialled.
#[cfg_attr(
    not(feature = "testing"),
    expect(unreachable_pub, reason = "only tests give names other addresses")
)]
pub trait Wire: Send + Sync {
    /// The addresses of a name, the preferred first.
    fn resolve(&self, name: String) -> Wired<Vec<IpAddr>>;
    /// A connection with an address.
    fn dial(&self, address: SocketAddr) -> Wired<TcpStream>;
}

/// This machine's resolver and sockets.
pub(super) struct Machine;

impl Wire for Machine {
    fn resolve(&self, name: String) -> Wired<Vec<IpAddr>> {
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

    fn dial(&self, address: SocketAddr) -> Wired<TcpStream> {
        Box::pin(async move {
            let stream = TcpStream::connect(address).await?;
            // as Go does
            stream.set_nodelay(true)?;
            Ok(stream)
        })
    }
}

/// The first connection that comes about with one of `addresses`: both families in turn, the next one beside those that
/// have not answered for a while (RFC 8305, sections 4 and 5).
pub(super) async fn reach(
    wire: &dyn Wire,
    addresses: &[IpAddr],
    port: u16,
) -> io::Result<(TcpStream, IpAddr)> {
    let mut next = interlaced(addresses).into_iter();
    let mut trying: Vec<(IpAddr, Wired<TcpStream>)> = Vec::new();
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    loop {
        if let Some(address) = next.next() {
            trying.push((address, wire.dial(SocketAddr::new(address, port))));
        } else if trying.is_empty() {
            return Err(last);
        }
        let patience = sleep(if next.len() == 0 {
            Duration::MAX
        } else {
            NEXT_ADDRESS
        });
        tokio::select! {
            biased;
            (address, outcome) = first(&mut trying) => match outcome {
                Ok(stream) => return Ok((stream, address)),
                Err(error) => last = error,
            },
            () = patience => {}
        }
    }
}

/// IPv6 and IPv4 in turn, beginning with what the resolver prefers.
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

/// The next attempt that ends, taken out.
async fn first(trying: &mut Vec<(IpAddr, Wired<TcpStream>)>) -> (IpAddr, io::Result<TcpStream>) {
    poll_fn(|context| {
        for at in 0..trying.len() {
            let (address, attempt) = &mut trying[at];
            if let Poll::Ready(outcome) = attempt.as_mut().poll(context) {
                let address = *address;
                drop(trying.remove(at));
                return Poll::Ready((address, outcome));
            }
        }
        Poll::Pending
    })
    .await
}

#[cfg(test)]
mod tests;
