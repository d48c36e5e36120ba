//! Where a connection may lead.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Trouble, address::is_internal};

/// Judges the addresses of a host before they are dialled, after its name was looked up, so a name that means something
/// else the second time gains nothing.
///
/// Behind a proxy it is the proxy that looks names up and dials; what is judged then is an address in the place of a
/// name.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    sender: Sender,
    met: Met,
}

/// Who asked for a connection, and so what it may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// The user, who named the server. It may be inside, as a company's is; once it was outside it stays outside.
    User,
    /// A server inside: it is trusted as much as the place it stands in.
    Inside,
    /// A server outside: nothing that is inside.
    Outside,
}

/// The hosts that were reached, and whether one was ever outside.
#[derive(Debug, Clone, Default)]
pub(super) struct Met(Arc<Mutex<BTreeMap<String, bool>>>);

impl Reach {
    pub(super) fn new(sender: Sender, met: Met) -> Self {
        Self { sender, met }
    }

    /// The addresses of `host` that may be dialled.
    pub(super) fn allowed(
        &self,
        host: &str,
        addresses: Vec<IpAddr>,
    ) -> Result<Vec<IpAddr>, Trouble> {
        let (inside, outside): (Vec<_>, Vec<_>) = addresses
            .into_iter()
            .partition(|address| is_internal(*address));
        // a public name has no business with addresses inside, not even as one of several
        if !outside.is_empty() {
            self.met.note(host, true);
            return Ok(outside);
        }
        match inside.first() {
            Some(address) if self.is_outside(host) => Err(Trouble::InternalAddress {
                host: host.to_owned(),
                address: address.to_string(),
            }),
            Some(_) => {
                self.met.note(host, false);
                Ok(inside)
            }
            None => Ok(inside),
        }
    }

    fn is_outside(&self, host: &str) -> bool {
        match self.sender {
            Sender::User => self.met.was_outside(host) == Some(true),
            Sender::Inside => false,
            Sender::Outside => true,
        }
    }
}

impl Met {
    /// Whether a host leads into this machine or its network, and always did, as far as can be seen from here.
    pub(super) fn is_inside(&self, host: &str) -> bool {
        self.was_outside(host) == Some(false)
    }

    fn was_outside(&self, host: &str) -> Option<bool> {
        let met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        met.get(host).copied()
    }

    fn note(&self, host: &str, outside: bool) {
        let mut met = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *met.entry(host.to_owned()).or_default() |= outside;
    }
}
