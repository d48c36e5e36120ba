//! What the user keeps, in `profiles.json`: own profiles, the order of all, and what the company form was filled in with.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use super::{Builtin, CompanyForm, Definition, ProfileError, Title, name};
use crate::{
    environment::{Change, catalogue},
    host::Host,
    store::{Store, ids},
};

/// What the file may hold, in bytes: some twenty thousand profiles of everyday values.
const LIMIT: u64 = 8 << 20;

/// What the ids begin with.
const LETTER: char = 'p';

/// The profiles of this user.
pub fn open(host: &Host) -> Store<Kept> {
    Store::open(host, "profiles.json", LIMIT)
}

/// The content of `profiles.json`. Raw values: it never leaves the core.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The number in the id that was minted last. An id is never given to another profile: the history may name it.
    #[serde(deserialize_with = "number")]
    minted: u64,
    /// In the order in which they were made.
    #[serde(deserialize_with = "distinct")]
    profiles: Vec<OwnProfile>,
    /// Ids of shipped and own profiles, as the user put them; what it does not name follows in the order it has anyway.
    order: Vec<String>,
    company: KeptForm,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OwnProfile {
    id: String,
    name: String,
    /// Values to set; none unsets.
    values: BTreeMap<String, Option<String>>,
    /// What another version put there.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct KeptForm {
    #[serde(flatten)]
    form: CompanyForm,
    /// What another version put there.
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Kept {
    /// What the company form was filled in with.
    pub fn company(&self) -> &CompanyForm {
        &self.company.form
    }

    /// Keeps what the company form was filled in with.
    pub fn fill_company(&mut self, form: CompanyForm) {
        self.company.form = form;
    }

    /// One of the user's own profiles.
    pub fn own(&self, id: &str) -> Option<Definition> {
        let own = self.profiles.iter().find(|own| own.id == id)?;
        Some(own.definition())
    }

    /// The shipped profiles and the user's own, in the user's order.
    pub fn arrange(&self, shipped: Vec<Definition>) -> Vec<Definition> {
        // of an id that is there twice the first place counts, so it is put in last
        let places: HashMap<&str, usize> = (self.order.iter().enumerate().rev())
            .map(|(place, id)| (id.as_str(), place))
            .collect();
        let own = self.profiles.iter().map(OwnProfile::definition);
        let mut all: Vec<_> = shipped.into_iter().chain(own).collect();
        // stable: what was never moved stays in the order it has
        all.sort_by_key(|profile| {
            places
                .get(profile.id.as_str())
                .copied()
                .unwrap_or(usize::MAX)
        });
        all
    }

    /// Keeps a profile, and gives its id; none makes a new one. Everything about values was checked before.
    ///
    /// # Errors
    /// The name is none or taken, or there is no own profile with this id.
    pub fn save(
        &mut self,
        id: Option<&str>,
        name: &str,
        values: &[Change],
    ) -> Result<String, ProfileError> {
        let name = name::check(name)?;
        let is_taken = self.profiles.iter().any(|own| {
            Some(own.id.as_str()) != id && (name::same(&own.name, name) || own.id == name)
        });
        if is_taken || name::is_shipped(name) {
            let name = name.to_owned();
            return Err(ProfileError::ProfileNameTaken { name });
        }
        let values = values
            .iter()
            .map(|change| (change.name.clone(), change.value.clone()))
            .collect();
        match id {
            Some(id) => {
                let own = self.own_mut(id)?;
                name.clone_into(&mut own.name);
                own.values = values;
                Ok(id.to_owned())
            }
            None => {
                let id = self.mint();
                self.profiles.push(OwnProfile {
                    id: id.clone(),
                    name: name.to_owned(),
                    values,
                    unknown: Map::new(),
                });
                Ok(id)
            }
        }
    }

    /// Forgets an own profile, or, for the company's, the form.
    ///
    /// # Errors
    /// It is unknown or shipped, or no form was filled in.
    pub fn delete(&mut self, id: &str) -> Result<(), ProfileError> {
        if id == Builtin::Company.id() {
            if self.company.form == CompanyForm::default() {
                return Err(ProfileError::ProfileNeedsForm {});
            }
            self.company = KeptForm::default();
            return Ok(());
        }
        self.own_mut(id)?;
        self.profiles.retain(|own| own.id != id);
        self.order.retain(|placed| placed != id);
        Ok(())
    }

    /// Puts a profile in another place among all, counted from 0; beyond the end is the end.
    ///
    /// # Errors
    /// It is unknown.
    pub fn place(&mut self, id: &str, to: usize) -> Result<(), ProfileError> {
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

    /// The ids of all, those in `order` first.
    fn ids(&self, order: &[String]) -> Vec<String> {
        let shipped = Builtin::ALL.map(|builtin| builtin.id().to_owned());
        let own = self.profiles.iter().map(|own| own.id.clone());
        ids::arranged(shipped.into_iter().chain(own).collect(), order)
    }

    fn own_mut(&mut self, id: &str) -> Result<&mut OwnProfile, ProfileError> {
        if Builtin::ALL.iter().any(|builtin| builtin.id() == id) {
            return Err(ProfileError::BuiltinProfile { id: id.to_owned() });
        }
        let found = self.profiles.iter_mut().find(|own| own.id == id);
        found.ok_or_else(|| unknown(id))
    }

    /// A readable id that no profile ever had, nor has as its name.
    fn mint(&mut self) -> String {
        let there = self.profiles.iter().map(|own| own.id.as_str());
        let is_name = |id: &str| self.profiles.iter().any(|own| name::same(&own.name, id));
        let (number, id) = ids::next(LETTER, self.minted, there, is_name);
        self.minted = number;
        id
    }
}

impl OwnProfile {
    fn definition(&self) -> Definition {
        let mut values: Vec<_> = self
            .values
            .iter()
            .map(|(name, value)| Change {
                name: name.clone(),
                value: value.clone(),
            })
            .collect();
        values.sort_by_key(|change| catalogue::position(&change.name));
        Definition {
            id: self.id.clone(),
            title: Title::Own {
                name: self.name.clone(),
            },
            values,
        }
    }
}

fn unknown(id: &str) -> ProfileError {
    ProfileError::UnknownProfile { id: id.to_owned() }
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    ids::number(u64::deserialize(from)?).map_err(D::Error::custom)
}

/// Refuses ids that are none of ours, or there twice: commands could not tell the profiles apart.
fn distinct<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<OwnProfile>, D::Error> {
    let profiles: Vec<OwnProfile> = Vec::deserialize(from)?;
    ids::distinct(LETTER, profiles.iter().map(|own| own.id.as_str())).map_err(D::Error::custom)?;
    Ok(profiles)
}

#[cfg(test)]
mod tests;
