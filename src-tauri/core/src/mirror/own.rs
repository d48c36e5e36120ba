//! What the user keeps, in `mirrors.json`: own mirrors, and the order of all.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use super::{
    Address, Mirror, MirrorError, MirrorKind, MirrorStatus, Words,
    catalogue::{self, Shipped},
};
use crate::{
    host::Host,
    module::Module,
    naming,
    secret::{has_secret, mask_text},
    store::{Store, ids},
};

/// What the file may hold, in bytes: some thousands of mirrors.
const LIMIT: u64 = 1 << 20;

/// What the ids begin with.
const LETTER: char = 'm';

/// Asks for a mirror of the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct SaveMirror {
    /// Which is changed; none makes a new one.
    pub id: Option<String>,
    /// What it is called; nothing calls a new one by its host.
    pub name: String,
    /// What stands in GOPROXY; none leaves it as it is.
    pub url: Option<String>,
    /// The module that tests it, `path@version`; none takes the usual ones.
    pub probe: Option<String>,
}

/// Asks for another place in the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct MoveMirror {
    /// Which.
    pub id: String,
    /// Its place among all, counted from 0; beyond the end is the end.
    pub to: u32,
}

/// The mirrors of this user.
pub fn open(host: &Host) -> Store<Kept> {
    Store::open(host, "mirrors.json", LIMIT)
}

/// The content of `mirrors.json`. Raw addresses: it never leaves the core.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The number in the id that was minted last. An id is never given to another mirror: results of tests name it.
    #[serde(deserialize_with = "number")]
    minted: u64,
    /// In the order in which they were made.
    #[serde(deserialize_with = "distinct")]
    mirrors: Vec<Own>,
    /// Ids of shipped and own mirrors, as the user put them; what it does not name follows in the order it has anyway.
    order: Vec<String>,
}

/// A mirror of the user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// Minted by us.
    pub id: String,
    /// What the user calls it.
    pub name: String,
    /// As Go would have it, with its credentials.
    pub url: String,
    /// The module that tests it, `path@version`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<String>,
    /// What another version put there.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// One of the list.
#[derive(Debug, Clone, Copy)]
pub enum Listed<'a> {
    /// Of the catalogue.
    Shipped(&'static Shipped),
    /// The user's own.
    Own(&'a Own),
}

/// What a mirror is to be; everything about its address was checked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which is changed; none makes a new one.
    pub id: Option<String>,
    /// What it is called; nothing calls a new one by its host.
    pub name: String,
    /// As Go would have it; none leaves it as it is.
    pub url: Option<String>,
    /// The module that tests it.
    pub probe: Option<Module>,
}

impl Kept {
    /// The shipped mirrors and the user's own, in the user's order.
    pub fn list(&self) -> Vec<Listed<'_>> {
        self.ids(&self.order)
            .iter()
            .filter_map(|id| self.find(id))
            .collect()
    }

    /// The mirror with this id.
    pub fn find(&self, id: &str) -> Option<Listed<'_>> {
        let own = self.mirrors.iter().find(|own| own.id == id);
        own.map(Listed::Own)
            .or_else(|| catalogue::mirror(id).map(Listed::Shipped))
    }

    /// The mirror of the list that somebody names: by id, by name, or by the very address.
    pub fn named(&self, text: &str) -> Option<Listed<'_>> {
        let text = text.trim();
        let address = Address::parse(text).filter(|_| !has_secret(text));
        let list = || self.list().into_iter();
        self.find(text)
            .or_else(|| list().find(|listed| listed.is_called(text)))
            .or_else(|| list().find(|listed| address.is_some() && listed.is_at(address.as_ref())))
    }

    /// Keeps a mirror, and gives its id.
    ///
    /// # Errors
    /// The name is none or taken, the address is in the list already, or there is no own mirror with this id.
    pub fn save(&mut self, wanted: Wanted) -> Result<String, MirrorError> {
        let id = wanted.id.as_deref();
        let before = id.map(|id| self.own(id)).transpose()?.cloned();
        let kept = before.as_ref().map(|own| own.url.clone());
        let url = wanted.url.or(kept).unwrap_or_default();
        let name = match wanted.name.trim() {
            "" if before.is_none() => self.name_for(&url),
            name => naming::check(name)
                .ok_or_else(|| MirrorError::MirrorNameInvalid {
                    name: naming::refused(name),
                })?
                .to_owned(),
        };
        let others = self
            .list()
            .into_iter()
            .filter(|listed| Some(listed.id()) != id);
        for other in others {
            if other.is_called(&name) || other.id() == name {
                return Err(MirrorError::MirrorNameTaken { name });
            }
            // with a login of its own it is another mirror
            if !has_secret(&url) && other.is_at(Address::parse(&url).as_ref()) {
                return Err(MirrorError::MirrorListed {
                    url: mask_text(&url),
                    mirror: other.id().to_owned(),
                });
            }
        }
        let own = Own {
            id: match id {
                Some(id) => id.to_owned(),
                None => self.mint(),
            },
            name,
            url,
            probe: wanted.probe.map(|probe| probe.to_string()),
            unknown: before.map(|own| own.unknown).unwrap_or_default(),
        };
        let id = own.id.clone();
        match self.mirrors.iter_mut().find(|held| held.id == id) {
            Some(held) => *held = own,
            None => self.mirrors.push(own),
        }
        Ok(id)
    }

    /// Forgets an own mirror.
    ///
    /// # Errors
    /// It is unknown or shipped.
    pub fn remove(&mut self, id: &str) -> Result<(), MirrorError> {
        self.own(id)?;
        self.mirrors.retain(|own| own.id != id);
        self.order.retain(|placed| placed != id);
        Ok(())
    }

    /// Puts a mirror in another place among all, counted from 0; beyond the end is the end.
    ///
    /// # Errors
    /// It is unknown.
    pub fn place(&mut self, id: &str, to: usize) -> Result<(), MirrorError> {
        let mut ids = self.ids(&self.order);
        let Some(from) = ids.iter().position(|placed| placed == id) else {
            return Err(unknown(id));
        };
        let moved = ids.remove(from);
        ids.insert(to.min(ids.len()), moved);
        // the order that they have anyway is not written
        self.order = if ids == self.ids(&[]) {
            Vec::new()
        } else {
            ids
        };
        Ok(())
    }

    /// An own mirror.
    ///
    /// # Errors
    /// It is unknown or shipped.
    pub fn own(&self, id: &str) -> Result<&Own, MirrorError> {
        match self.find(id) {
            Some(Listed::Own(own)) => Ok(own),
            Some(Listed::Shipped(_)) => Err(MirrorError::BuiltinMirror { id: id.to_owned() }),
            None => Err(unknown(id)),
        }
    }

    /// The ids of all, those in `order` first; else the user's own before the shipped ones.
    fn ids(&self, order: &[String]) -> Vec<String> {
        let own = self.mirrors.iter().map(|own| own.id.clone());
        let shipped = catalogue::mirrors().iter().map(|mirror| mirror.id.clone());
        ids::arranged(own.chain(shipped).collect(), order)
    }

    /// The host, with a number where another mirror is called so.
    fn name_for(&self, url: &str) -> String {
        let address = Address::parse(url);
        let host = address.map(|address| match address.host.as_str() {
            "" => address.path,
            _ => address.host,
        });
        let host: String = host
            .unwrap_or_default()
            .chars()
            .rev()
            .take(naming::LONGEST - 6)
            .collect();
        let host: String = host.chars().rev().collect();
        let is_free = |name: &String| !self.list().iter().any(|listed| listed.is_called(name));
        let numbered = (2..).map(|number| format!("{host} ({number})"));
        std::iter::once(host.clone())
            .chain(numbered)
            .find(is_free)
            .unwrap_or(host)
    }

    /// A readable id that no mirror ever had, nor has as its name.
    fn mint(&mut self) -> String {
        let there = self.mirrors.iter().map(|own| own.id.as_str());
        let is_name = |id: &str| self.mirrors.iter().any(|own| naming::same(&own.name, id));
        let (number, id) = ids::next(LETTER, self.minted, there, is_name);
        self.minted = number;
        id
    }
}

impl Listed<'_> {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Shipped(shipped) => &shipped.id,
            Self::Own(own) => &own.id,
        }
    }

    /// What is written into GOPROXY, raw.
    pub fn url(&self) -> &str {
        match self {
            Self::Shipped(shipped) => &shipped.url,
            Self::Own(own) => &own.url,
        }
    }

    /// Whether people call it so, in any language.
    pub fn is_called(&self, name: &str) -> bool {
        match self {
            Self::Shipped(shipped) => [&shipped.name.en, &shipped.name.zh]
                .iter()
                .any(|known| naming::same(known, name)),
            Self::Own(own) => naming::same(&own.name, name),
        }
    }

    /// Whether Go asks it at this address.
    pub fn is_at(&self, address: Option<&Address>) -> bool {
        match self {
            Self::Shipped(shipped) => shipped.addresses().any(|known| Some(&known) == address),
            Self::Own(own) => address.is_some() && Address::parse(&own.url).as_ref() == address,
        }
    }

    /// As it is listed, when these addresses stand in GOPROXY.
    pub fn shown(&self, goproxy: &[Address]) -> Mirror {
        let used = goproxy.iter().any(|address| self.is_at(Some(address)));
        match self {
            Self::Shipped(shipped) => Mirror {
                id: shipped.id.clone(),
                url: shipped.url.clone(),
                name: shipped.name.clone(),
                operator: shipped.operator.clone(),
                region: shipped.region,
                kind: MirrorKind::BuiltIn,
                status: shipped.status,
                notes: shipped.notes.clone(),
                databases: shipped.databases.clone(),
                used,
                probe: None,
            },
            Self::Own(own) => Mirror {
                id: own.id.clone(),
                url: mask_text(&own.url),
                name: Words {
                    en: own.name.clone(),
                    zh: own.name.clone(),
                },
                operator: Words::default(),
                region: None,
                kind: MirrorKind::Own,
                status: MirrorStatus::Current,
                notes: Vec::new(),
                databases: Vec::new(),
                used,
                probe: own.probe.clone(),
            },
        }
    }
}

fn unknown(id: &str) -> MirrorError {
    MirrorError::UnknownMirror {
        mirror: mask_text(id),
    }
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    ids::number(u64::deserialize(from)?).map_err(D::Error::custom)
}

/// Refuses ids that are none of ours, or there twice: commands could not tell the mirrors apart.
fn distinct<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Own>, D::Error> {
    let mirrors: Vec<Own> = Vec::deserialize(from)?;
    ids::distinct(LETTER, mirrors.iter().map(|own| own.id.as_str())).map_err(D::Error::custom)?;
    Ok(mirrors)
}

#[cfg(test)]
mod tests;
