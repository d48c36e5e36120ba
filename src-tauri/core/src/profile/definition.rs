use super::{Builtin, Profile, ProfileError, ProfileState, ProfileValue, Title};
use crate::{
    environment::Change,
    secret::{has_secret, mask_text},
};

/// A profile with its raw values. Never leaves the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Names it for every command.
    pub id: String,
    /// What it is called.
    pub title: Title,
    /// What it sets and unsets; nothing when it cannot be used yet.
    pub values: Vec<Change>,
}

impl Definition {
    /// Its values.
    ///
    /// # Errors
    /// It has none: a company form that was not filled in, no module cache to take modules from.
    pub fn usable(&self) -> Result<&[Change], ProfileError> {
        match (&self.title, self.values.as_slice()) {
            (
                Title::Builtin {
                    builtin: Builtin::Company,
                },
                [],
            ) => Err(ProfileError::ProfileNeedsForm {}),
            (
                Title::Builtin {
                    builtin: Builtin::Offline,
                },
                [],
            ) => Err(ProfileError::NoModuleCache {}),
            (_, []) => Err(ProfileError::ProfileEmpty {}),
            (_, values) => Ok(values),
        }
    }

    /// As it is shown.
    pub fn shown(&self, state: ProfileState) -> Profile {
        Profile {
            id: self.id.clone(),
            title: self.title.clone(),
            values: self.values.iter().map(ProfileValue::from).collect(),
            state,
        }
    }
}

impl From<&Change> for ProfileValue {
    fn from(change: &Change) -> Self {
        Self {
            name: change.name.clone(),
            value: change.value.as_deref().map(mask_text),
            masked: change.value.as_deref().is_some_and(has_secret),
        }
    }
}
