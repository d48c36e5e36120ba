//! The user's own profiles.

use crate::{
    app::{App, Overview, changes::version_of},
    environment::{Change, Values, read::Scope},
    error::{Error, Failure},
    profile::{
        Builtin, Definition, MoveProfile, ProfileError, ProfileValue, RevealProfile, SaveProfile,
        SavedAs, SavedValue, kept::Kept, name, values,
    },
};

impl App {
    /// Keeps a profile of the user.
    ///
    /// # Errors
    /// The name is taken or none, a value would be refused, or the file cannot be written.
    pub async fn profile_save(&self, wish: SaveProfile) -> Result<Overview, Error> {
        // before anything is read: this one is the user's to mend
        name::check(&wish.name)?;
        let values = self.resolve_all(wish.values).await?;
        self.keep(wish.id, wish.name, values).await
    }

    /// What `profile_save` would keep, for a terminal that shows it first: nothing is written.
    ///
    /// # Errors
    /// As [`App::profile_save`].
    pub async fn profile_rehearse(&self, wish: SaveProfile) -> Result<Vec<ProfileValue>, Error> {
        let SaveProfile { id, name, values } = wish;
        name::check(&name)?;
        let values = self.resolve_all(values).await?;
        self.check(&values).await?;
        // the same refusals, on a copy that nobody keeps
        let mut kept = self.own_profiles.load().value;
        kept.save(id.as_deref(), &name, &values)?;
        Ok(values.iter().map(ProfileValue::from).collect())
    }

    /// Forgets a profile of the user, or what the company form was filled in with.
    ///
    /// # Errors
    /// It is unknown or built in, or the file cannot be written.
    pub async fn profile_delete(&self, id: String) -> Result<Overview, Error> {
        self.change_kept(move |kept| kept.delete(&id)).await
    }

    /// Moves a profile in the list.
    ///
    /// # Errors
    /// It is unknown, or the file cannot be written.
    pub async fn profile_move(&self, wish: MoveProfile) -> Result<Overview, Error> {
        let to = usize::try_from(wish.to).unwrap_or(usize::MAX);
        self.change_kept(move |kept| kept.place(&wish.id, to)).await
    }

    /// Gives one value of a profile with its credentials, for the field in which it is edited.
    ///
    /// # Errors
    /// The profile is unknown, or does not set the variable.
    pub async fn profile_reveal(&self, wish: RevealProfile) -> Result<String, Error> {
        let profile = self.definition(&wish.id).await?;
        value_in(profile, &wish.name)?.value.ok_or_else(|| {
            let RevealProfile { id, name } = wish;
            ProfileError::NotInProfile { id, name }.into()
        })
    }

    /// Checks values by the Go in use and keeps them under a name; none as the id makes a new profile.
    pub(super) async fn keep(
        &self,
        id: Option<String>,
        name: String,
        values: Vec<Change>,
    ) -> Result<Overview, Error> {
        self.check(&values).await?;
        self.change_kept(move |kept| kept.save(id.as_deref(), &name, &values).map(drop))
            .await
    }

    /// Looks at values by the Go in use before they are kept.
    async fn check(&self, values: &[Change]) -> Result<(), Error> {
        let named: Vec<_> = values.iter().map(|change| change.name.as_str()).collect();
        let environment = self.environment_in(Scope::Places(&named)).await;
        let version = version_of(&environment);
        values::check(values, &self.context(version.as_ref()))
    }

    /// One change of `profiles.json`, and how things are afterwards.
    pub(super) async fn change_kept(
        &self,
        edit: impl Fn(&mut Kept) -> Result<(), ProfileError> + Send + 'static,
    ) -> Result<Overview, Error> {
        let store = self.own_profiles.clone();
        self.off_thread(move || store.try_change(|kept| Ok(edit(kept)?)))
            .await?;
        self.overview_read(()).await
    }

    /// The shipped profiles and the user's own in the user's order, and why those cannot be read or changed.
    pub(super) fn kept(&self, mut shipped: Vec<Definition>) -> (Vec<Definition>, Option<Failure>) {
        let stored = self.own_profiles.load();
        let company = self.company_values(stored.value.company(), &shipped);
        for profile in &mut shipped {
            if profile.id == Builtin::Company.id() {
                profile.values.clone_from(&company);
            }
        }
        (
            stored.value.arrange(shipped),
            stored.trouble.map(Failure::from),
        )
    }

    /// One profile.
    async fn definition(&self, id: &str) -> Result<Definition, Error> {
        if let Some(own) = self.own_profiles.load().value.own(id) {
            return Ok(own);
        }
        let (outer, environment) = self.environment_for_profiles().await;
        let standing = self.standing(&environment, &outer);
        let (definition, _) = standing.find(id)?;
        Ok(definition.clone())
    }

    async fn resolve_all(&self, wanted: Vec<SavedValue>) -> Result<Vec<Change>, Error> {
        let as_now = wanted.iter().filter(|value| value.to == SavedAs::AsNow {});
        let as_now: Vec<_> = as_now.map(|value| value.name.as_str()).collect();
        let now = self.now(&as_now).await?;
        let mut values = Vec::with_capacity(wanted.len());
        for SavedValue { name, to } in wanted {
            values.push(match to {
                SavedAs::Value { value } => Change {
                    name,
                    value: Some(value),
                },
                SavedAs::Unset {} => Change { name, value: None },
                SavedAs::AsIn { profile } => value_in(self.definition(&profile).await?, &name)?,
                SavedAs::AsNow {} => Change {
                    // nothing at all is what unsetting comes to
                    value: now.get(&name).filter(|value| !value.is_empty()).cloned(),
                    name,
                },
            });
        }
        Ok(values)
    }

    /// What Go uses in a terminal.
    async fn now(&self, names: &[&str]) -> Result<Values, Error> {
        let outer = self.outer();
        let mut values = Values::new();
        let mut inside = Vec::new();
        for name in names {
            match outer.outranking(&self.host, name) {
                Some(outranking) => drop(values.insert((*name).to_owned(), outranking.value)),
                None => inside.push(*name),
            }
        }
        if !inside.is_empty() {
            values.extend(self.reveal_all(&inside).await?);
        }
        Ok(values)
    }
}

/// What a profile makes of a variable.
fn value_in(profile: Definition, name: &str) -> Result<Change, Error> {
    let found = profile
        .values
        .into_iter()
        .find(|change| change.name == name);
    found.ok_or_else(|| {
        let name = name.to_owned();
        ProfileError::NotInProfile {
            id: profile.id,
            name,
        }
        .into()
    })
}
