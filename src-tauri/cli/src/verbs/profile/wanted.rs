//! What a profile of the user is to hold, as it is told to the core and as it may be shown.

use gopherdesk_core::{
    environment::{Environment, EnvironmentError},
    profile::{Profile, ProfileValue, SavedAs, SavedValue},
    secret,
};

use crate::{arguments::Edits, refusal::Refusal, session::Session, verbs::environment};

/// A profile as it is to be kept.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) values: Vec<WantedValue>,
}

/// One variable of it.
#[derive(Debug)]
pub(super) struct WantedValue {
    /// With credentials masked.
    pub(super) shown: ProfileValue,
    /// What the core is told.
    pub(super) to: SavedAs,
}

impl Wanted {
    /// The same values as a profile has, under another name or the same.
    pub(super) fn copy(name: String, profile: &Profile) -> Self {
        let values = profile.values.iter().map(|value| WantedValue {
            shown: value.clone(),
            to: as_in(profile),
        });
        Self {
            name,
            values: values.collect(),
        }
    }

    /// Changes it as it was asked for; what is on standard input is read here.
    ///
    /// # Errors
    /// A value does not come, or a variable is unknown or named twice.
    pub(super) async fn edit(
        &mut self,
        session: &Session<'_>,
        edits: Edits,
    ) -> Result<(), Refusal> {
        twice(&edits)?;
        if edits.now || !edits.from_now.is_empty() {
            let environment = session.environment().await?;
            if edits.now {
                self.present(&environment);
            }
            for name in &edits.from_now {
                self.put(as_now(&environment, name)?);
            }
        }
        for assignment in edits.set {
            let name = assignment.name.clone();
            let value = environment::given(session, assignment).await?;
            self.put(set(name, value));
        }
        for name in edits.unset {
            self.put(unset(name));
        }
        self.values
            .retain(|value| !edits.drop.contains(&value.shown.name));
        Ok(())
    }

    /// Everything that differs from Go's defaults and can be written.
    fn present(&mut self, environment: &Environment) {
        for variable in &environment.variables {
            if variable.changed && variable.settable {
                self.put(now(&variable.name, &variable.value, variable.masked));
            }
        }
    }

    /// In the place of what is there of this variable, or at the end.
    pub(super) fn put(&mut self, value: WantedValue) {
        let name = &value.shown.name;
        match self.values.iter_mut().find(|held| held.shown.name == *name) {
            Some(held) => *held = value,
            None => self.values.push(value),
        }
    }

    /// What may be shown of it.
    pub(super) fn shown(&self) -> Vec<ProfileValue> {
        self.values
            .iter()
            .map(|value| value.shown.clone())
            .collect()
    }

    /// What the core is told.
    pub(super) fn saved(self) -> Vec<SavedValue> {
        let values = self.values.into_iter();
        values
            .map(|value| SavedValue {
                name: value.shown.name,
                to: value.to,
            })
            .collect()
    }

    /// It says what the profile says already; of two masked values nobody here can tell.
    pub(super) fn is_same(&self, profile: &Profile) -> bool {
        let same = |value: &WantedValue| {
            profile.values.contains(&value.shown)
                && (value.to == as_in(profile) || !value.shown.masked)
        };
        self.values.len() == profile.values.len() && self.values.iter().all(same)
    }
}

/// Sets a variable.
pub(super) fn set(name: String, value: String) -> WantedValue {
    let shown = secret::mask_text(&value);
    WantedValue {
        shown: ProfileValue {
            name,
            masked: shown != value,
            value: Some(shown),
        },
        to: SavedAs::Value { value },
    }
}

/// Takes a variable out of the GOENV file.
pub(super) const fn unset(name: String) -> WantedValue {
    WantedValue {
        shown: ProfileValue {
            name,
            value: None,
            masked: false,
        },
        to: SavedAs::Unset {},
    }
}

/// As the profile has it.
pub(super) fn as_in(profile: &Profile) -> SavedAs {
    SavedAs::AsIn {
        profile: profile.id.clone(),
    }
}

fn as_now(environment: &Environment, name: &str) -> Result<WantedValue, Refusal> {
    let variable = environment::find(environment, name)?;
    Ok(now(name, &variable.value, variable.masked))
}

fn now(name: &str, value: &str, masked: bool) -> WantedValue {
    WantedValue {
        shown: ProfileValue {
            name: name.to_owned(),
            value: Some(value.to_owned()),
            masked,
        },
        to: SavedAs::AsNow {},
    }
}

/// One variable cannot become two things.
fn twice(edits: &Edits) -> Result<(), Refusal> {
    let set = edits.set.iter().map(|assignment| &assignment.name);
    let mut names: Vec<_> = set
        .chain(&edits.unset)
        .chain(&edits.from_now)
        .chain(&edits.drop)
        .collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let name = pair[0].clone();
            Err(EnvironmentError::NamedTwice { name }.into())
        }
        None => Ok(()),
    }
}
