//! How profiles stand to the environment: worked out every time, on raw values.
//!
//! A value is as a profile wants it when the GOENV file says it, or says nothing and Go uses it all the same, and when
//! nothing outranks the file with another one. To be unset, nothing may name it at all: then Go's default counts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Definition;
use crate::{
    environment::{Change, Environment, Shadowed, Values, file::EnvText},
    error::Failure,
    host::Host,
    secret::mask_text,
    shadow::{Outer, Outranking},
};

/// How a profile stands to the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum ProfileState {
    /// Go uses all its values.
    Active {},
    /// The GOENV file says what it says, but something outranks the file.
    Shadowed {
        /// What is not as the profile wants it.
        differences: Vec<Difference>,
    },
    /// Switching to it would change these.
    Differs {
        /// What is not as the profile wants it.
        differences: Vec<Difference>,
    },
    /// It has no values yet: the company form was not filled in.
    NeedsForm {},
    /// What it would come to cannot be worked out here, as without a module cache.
    Unusable {
        /// Why.
        failure: Box<Failure>,
    },
}

/// One variable that is not as a profile wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Difference {
    /// The variable.
    pub name: String,
    /// What the profile wants, credentials masked; none wants it unset.
    pub wanted: Option<String>,
    /// What Go uses now, credentials masked.
    pub actual: String,
    /// What outranks the GOENV file.
    pub shadowed: Option<Shadowed>,
}

/// The environment that profiles are compared with.
#[derive(Debug)]
pub struct Scene<'a> {
    host: &'a Host,
    outer: &'a Outer,
    environment: &'a Environment,
    /// What the GOENV file says.
    file: Values,
}

/// Where one variable stands.
struct Stand {
    /// What the GOENV file says.
    file: Option<String>,
    /// What outranks it.
    outranking: Option<Outranking>,
    /// What Go answers; none when that holds credentials, of which only the mask is known.
    answered: Option<String>,
    /// The same as it is shown.
    shown: String,
}

impl<'a> Scene<'a> {
    /// `file` is the GOENV file; nothing when it cannot be read, which sets nothing for Go either.
    pub fn new(
        host: &'a Host,
        outer: &'a Outer,
        environment: &'a Environment,
        file: &EnvText,
    ) -> Self {
        Self {
            host,
            outer,
            environment,
            file: file.values(),
        }
    }

    /// How each of `definitions` stands.
    pub fn states(&self, definitions: &[Definition]) -> Vec<ProfileState> {
        // thousands of profiles name the same few variables
        let mut stands: BTreeMap<&str, Stand> = BTreeMap::new();
        definitions
            .iter()
            .map(|definition| match definition.usable() {
                Ok(values) => {
                    let judged = values.iter().map(|value| {
                        let stand = stands
                            .entry(&value.name)
                            .or_insert_with(|| self.stand(&value.name));
                        stand.judge(value)
                    });
                    state(judged)
                }
                Err(super::ProfileError::ProfileNeedsForm {}) => ProfileState::NeedsForm {},
                Err(error) => ProfileState::Unusable {
                    failure: Box::new(error.into()),
                },
            })
            .collect()
    }

    /// What Go uses in a terminal, raw; none when it is not known, or empty.
    pub fn raw(&self, name: &str) -> Option<String> {
        let stand = self.stand(name);
        let outranking = stand.outranking.map(|outranking| outranking.value);
        outranking
            .or(stand.file)
            .filter(|value| !value.is_empty())
            .or(stand.answered)
            .filter(|value| !value.is_empty())
    }

    /// GOMODCACHE in a terminal. It follows GOPATH, and a start-up file may set that where our own go does not see it.
    pub fn module_cache(&self) -> Option<String> {
        let is_set = |name: &str| {
            let stand = self.stand(name);
            stand.outranking.is_some() || stand.file.is_some_and(|value| !value.is_empty())
        };
        let own_path = self.stand("GOPATH").outranking.is_some() && !is_set("GOMODCACHE");
        let named = self.raw("GOMODCACHE").filter(|_| !own_path);
        // before 1.15 there was no GOMODCACHE
        named.or_else(|| {
            let path = self.raw("GOPATH")?;
            let first = path.split(self.host.os.list_separator()).next()?;
            (!first.is_empty()).then(|| format!("{first}/pkg/mod"))
        })
    }

    fn stand(&self, name: &str) -> Stand {
        let variables = &self.environment.variables;
        let variable = variables.iter().find(|variable| variable.name == name);
        let shown = variable.map(|variable| variable.value.clone());
        Stand {
            file: self.file.get(name).cloned(),
            outranking: self.outer.outranking(self.host, name),
            answered: match variable {
                Some(variable) if variable.masked => None,
                _ => Some(shown.clone().unwrap_or_default()),
            },
            shown: shown.unwrap_or_default(),
        }
    }
}

/// One variable of a profile.
struct Judged {
    /// What is not as the profile wants it.
    difference: Option<Difference>,
    /// The GOENV file does its part.
    said: bool,
}

impl Stand {
    fn judge(&self, wanted: &Change) -> Judged {
        let value = wanted.value.as_deref();
        let outranking = self.outranking.as_ref();
        let said = match (value, &self.file) {
            (None, file) => file.is_none(),
            (Some(value), Some(file)) => value == file,
            (Some(value), None) => match outranking {
                Some(outranking) => outranking.value == value,
                None => self.answered.as_deref() == Some(value),
            },
        };
        let shadowed = outranking.filter(|outranking| Some(outranking.value.as_str()) != value);
        let difference = (!said || shadowed.is_some()).then(|| Difference {
            name: wanted.name.clone(),
            wanted: value.map(mask_text),
            actual: match outranking {
                Some(outranking) => mask_text(&outranking.value),
                None => self.shown.clone(),
            },
            shadowed: shadowed.cloned().map(Shadowed::from),
        });
        Judged { difference, said }
    }
}

fn state(values: impl Iterator<Item = Judged>) -> ProfileState {
    let mut differences = Vec::new();
    let mut said = true;
    for judged in values {
        said &= judged.said;
        differences.extend(judged.difference);
    }
    match (differences.is_empty(), said) {
        (true, _) => ProfileState::Active {},
        (false, true) => ProfileState::Shadowed { differences },
        (false, false) => ProfileState::Differs { differences },
    }
}

/// Which of the profiles that Go uses is called the active one: the one that names the most, for it says the most of the
/// environment; of equal ones the first in the user's order.
pub fn active<'a>(
    definitions: &'a [Definition],
    states: &[ProfileState],
) -> Option<&'a Definition> {
    let mut found: Option<&Definition> = None;
    for (definition, state) in definitions.iter().zip(states) {
        let says_more = found.is_none_or(|found| definition.values.len() > found.values.len());
        if matches!(state, ProfileState::Active {}) && says_more {
            found = Some(definition);
        }
    }
    found
}
