//! The public mirrors and checksum databases, as far as anybody has said something about them in public: those that are
//! kept running, and those that are gone or never were, because people's settings still name them.
//!
//! `catalogue.json` holds what was said, by whom and when. It is a seed: what is true now, a test finds out.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Address, MirrorStatus, Note, Region, Words};

/// A shipped mirror.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipped {
    /// Readable, and never given to another.
    pub id: String,
    /// What is written into GOPROXY.
    pub url: String,
    /// Other addresses of the same mirror.
    #[serde(default)]
    pub also: Vec<String>,
    /// What people call it.
    pub name: Words,
    /// Who runs it; empty for what nobody ever ran.
    pub operator: Words,
    /// Where it serves, as far as is known.
    pub region: Option<Region>,
    /// Whether it can be counted on.
    pub status: MirrorStatus,
    /// Checksum databases that it is said to pass on.
    pub databases: Vec<String>,
    /// The id of the mirror that its operator runs now, or runs in truth.
    #[serde(default)]
    pub instead: Option<String>,
    /// What was said, each with its source and date.
    pub notes: Vec<Note>,
}

/// A checksum database.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicDatabase {
    /// What people call it.
    pub name: String,
    /// What GOSUMDB is set to.
    pub gosumdb: String,
    /// Where it is asked.
    pub url: String,
    /// Who runs it.
    pub operator: Words,
    /// Where it serves, as far as is known.
    pub region: Option<Region>,
    /// Whether it can be counted on.
    pub status: MirrorStatus,
    /// What was said, each with its source and date.
    pub notes: Vec<Note>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    mirrors: Vec<Shipped>,
    databases: Vec<PublicDatabase>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    // a test reads it
    serde_json::from_str(include_str!("catalogue.json")).unwrap_or_default()
});

/// Every shipped mirror, in the order in which they are listed.
pub fn mirrors() -> &'static [Shipped] {
    &CATALOGUE.mirrors
}

/// Every checksum database.
pub fn databases() -> &'static [PublicDatabase] {
    &CATALOGUE.databases
}

/// The shipped mirror with this id.
pub fn mirror(id: &str) -> Option<&'static Shipped> {
    mirrors().iter().find(|mirror| mirror.id == id)
}

/// The shipped mirror that an entry of GOPROXY names, however it is spelt, encrypted or not.
pub fn recognise(entry: &str) -> Option<&'static Shipped> {
    let address = Address::parse(entry)?;
    let is_at = |known: &Address| known.is_place_of(&address);
    let exact = mirrors()
        .iter()
        .find(|mirror| mirror.addresses().any(|known| is_at(&known)));
    // where nobody serves, no path leads anywhere
    let host = || {
        let is_on = |known: Address| known.path.is_empty() && known.host == address.host;
        mirrors()
            .iter()
            .filter(|mirror| !mirror.is_served())
            .find(|mirror| mirror.addresses().any(is_on))
    };
    exact.or_else(host)
}

/// Whether everybody's modules are served from this host.
pub fn is_host(host: &str) -> bool {
    mirrors()
        .iter()
        .filter(|mirror| mirror.is_served())
        .any(|mirror| mirror.addresses().any(|known| known.host == host))
}

/// A value of GOPROXY without mirrors that are gone, never were, or are named otherwise now: each is replaced by the one
/// that its operator names, or left out. None when nothing is to be done, or nothing would be left.
pub fn mend(goproxy: &str) -> Option<String> {
    let mut mended = String::new();
    let mut asked: Vec<Address> = Vec::new();
    let mut separator = "";
    for piece in goproxy.split_inclusive([',', '|']) {
        let entry = piece.trim_end_matches([',', '|']);
        let next = &piece[entry.len()..];
        let wanted = match recognise(entry).filter(|known| known.status != MirrorStatus::Current) {
            None => Some(entry.trim()),
            Some(known) => known.successor().map(|successor| successor.url.as_str()),
        };
        let address = wanted.and_then(Address::parse);
        let is_there = address
            .as_ref()
            .is_some_and(|address| asked.contains(address));
        // an entry that goes takes what stands before it along
        if let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty() && !is_there) {
            mended.push_str(separator);
            mended.push_str(wanted);
            asked.extend(address);
            separator = next;
        }
    }
    (mended != goproxy && !asked.is_empty()).then_some(mended)
}

impl Shipped {
    /// Its own addresses, the one for GOPROXY first.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        let urls = std::iter::once(&self.url).chain(&self.also);
        urls.filter_map(|url| Address::parse(url))
    }

    /// The mirror to use in its place.
    pub fn successor(&self) -> Option<&'static Self> {
        mirror(self.instead.as_deref()?)
    }

    /// Whether anybody serves modules there.
    pub fn is_served(&self) -> bool {
        matches!(self.status, MirrorStatus::Current | MirrorStatus::Legacy)
    }
}

#[cfg(test)]
mod tests;
