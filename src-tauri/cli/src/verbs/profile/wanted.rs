//! What a profile of the user is to hold, as it is told to the core.

use gopherdesk_core::{
    environment::EnvironmentError,
    profile::{Profile, ProfileValue, SaveProfile, SavedAs, SavedValue},
};

use crate::{arguments::Edits, refusal::Refusal, session::Session, verbs::environment};

/// A profile as it is to be kept.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) values: Vec<SavedValue>,
}

impl Wanted {
    /// The same values as a profile has, under another name or the same.
    pub(super) fn copy(name: String, profile: &Profile) -> Self {
        let values = profile.values.iter().map(|value| SavedValue {
            name: value.name.clone(),
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
    /// A value does not come, or a variable is named twice.
    pub(super) async fn edit(
        &mut self,
        session: &Session<'_>,
        edits: Edits,
    ) -> Result<(), Refusal> {
        twice(&edits)?;
        if edits.now {
            self.present(session).await?;
        }
        for name in edits.from_now {
            self.put(name, SavedAs::AsNow {});
        }
        for assignment in edits.set {
            let name = assignment.name.clone();
            let value = environment::given(session, assignment).await?;
            self.put(name, SavedAs::Value { value });
        }
        for name in edits.unset {
            self.put(name, SavedAs::Unset {});
        }
        self.values
            .retain(|value| !edits.drop.contains(&value.name));
        Ok(())
    }

    /// Everything that differs from Go's defaults and can be written.
    async fn present(&mut self, session: &Session<'_>) -> Result<(), Refusal> {
        let variables = session.environment().await?.variables.into_iter();
        for variable in variables.filter(|variable| variable.changed && variable.settable) {
            self.put(variable.name, SavedAs::AsNow {});
        }
        Ok(())
    }

    /// In the place of what is there of this variable, or at the end.
    fn put(&mut self, name: String, to: SavedAs) {
        match self.values.iter_mut().find(|held| held.name == name) {
            Some(held) => held.to = to,
            None => self.values.push(SavedValue { name, to }),
        }
    }

    /// The profile already is what this comes to, `shown`; of two masked values nobody here can tell.
    pub(super) fn is_same(&self, profile: &Profile, shown: &[ProfileValue]) -> bool {
        let kept = |value: &SavedValue| value.to == as_in(profile);
        let same = |value: &ProfileValue| {
            let mut wanted = self.values.iter();
            profile.values.contains(value)
                && (!value.masked || wanted.any(|wanted| wanted.name == value.name && kept(wanted)))
        };
        shown.len() == profile.values.len() && shown.iter().all(same)
    }

    /// What the core is told; none as the id makes a new profile.
    pub(super) fn told(&self, id: Option<&str>) -> SaveProfile {
        SaveProfile {
            id: id.map(str::to_owned),
            name: self.name.clone(),
            values: self.values.clone(),
        }
    }
}

/// As the profile has it.
pub(super) fn as_in(profile: &Profile) -> SavedAs {
    SavedAs::AsIn {
        profile: profile.id.clone(),
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
