//! Where a connection may lead.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use url::Host;

use super::{Trouble, address::is_internal};

/// Who asked for the connection, and so what it may lead to. Judged on the addresses that are dialled, after the name
/// was looked up, so a name that means something else the second time gains nothing.
///
/// Behind a proxy it is the proxy that looks names up and dials; what is judged then is an address in the place of a
/// name.
#[derive(Debug, Clone)]
pub(super) enum Reach {
    /// The server that the user named. It may be inside, as a company's is; once it was outside it stays outside.
    Named(Arc<AtomicBool>),
    /// A server inside sent us here: it is trusted as much as the place it stands in.
    Anywhere,
    /// A server outside sent us here: nothing that is inside.
    Outside,
}

impl Reach {
    /// The addresses of `host` that may be dialled.
    pub(super) fn allowed(
        &self,
        host: &Host<String>,
        addresses: Vec<IpAddr>,
    ) -> Result<Vec<IpAddr>, Trouble> {
        let (inside, outside): (Vec<_>, Vec<_>) = addresses
            .into_iter()
            .partition(|address| is_internal(*address));
        match inside.first() {
            // a public name has no business with addresses inside, not even as one of several
            Some(_) if !outside.is_empty() => Ok(outside),
            Some(address) if self.is_outside() => Err(Trouble::InternalAddress {
                host: host.to_string(),
                address: address.to_string(),
            }),
            Some(_) => Ok(inside),
            None => Ok(outside),
        }
    }

    /// Remembers where a connection led; whether that is inside.
    pub(super) fn met(&self, address: IpAddr) -> bool {
        let inside = is_internal(address);
        if let (Self::Named(was_outside), false) = (self, inside) {
            was_outside.store(true, Ordering::Relaxed);
        }
        inside
    }

    fn is_outside(&self) -> bool {
        match self {
            Self::Named(was_outside) => was_outside.load(Ordering::Relaxed),
            Self::Anywhere => false,
            Self::Outside => true,
        }
    }
}
