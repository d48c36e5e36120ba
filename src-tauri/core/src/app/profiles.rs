//! Profiles: the use cases.

mod company;
mod exchange;
mod kept;
mod verify;

use super::{App, changes::version_of};
use crate::{
    environment::{
        Change, Environment, EnvironmentError, PlanEnvironment,
        file::{self, EnvText},
        plan,
        read::Scope,
    },
    error::{Error, Failure},
    history::{Cause, Entry, History, earlier},
    host::replace,
    plan::{Draft, Plan},
    profile::{
        Definition, Previous, ProfileError, ProfileState, Profiles, Title,
        builtin::{self, Machine},
        state::{self, Scene},
    },
    shadow::Outer,
};

/// Every profile, raw, and how each stands.
struct Standing {
    definitions: Vec<Definition>,
    states: Vec<ProfileState>,
    /// Why the user's own cannot be read or changed.
    trouble: Option<Failure>,
}

/// A switch as it was worked out before go answered. It holds where go's answer gives the profile the same values: what is
/// written depends on nothing else that go alone knows.
struct Guess {
    values: Vec<Change>,
    draft: Draft,
}

impl App {
    /// Every profile, for a terminal: without looking for every other Go on the machine.
    ///
    /// # Errors
    /// None today: what cannot be read is a state of the answer.
    pub async fn profile_list(&self, (): ()) -> Result<Profiles, Error> {
        Ok(self.profile_survey(()).await?.0)
    }

    /// The same, and why Go did not answer: how a profile stands is then what the files alone say.
    ///
    /// # Errors
    /// As [`App::profile_list`].
    pub async fn profile_survey(&self, (): ()) -> Result<(Profiles, Option<Failure>), Error> {
        let (outer, environment) = self.environment_for_profiles().await;
        let history = self.journal.entries();
        let profiles = self.profiles(&environment, &outer, history.as_ref().ok());
        Ok((profiles, environment.failure))
    }

    /// What every profile is called, by its id, for a terminal on which somebody names one: without asking Go.
    pub fn profile_titles(&self) -> Vec<(String, Title)> {
        let shipped = builtin::all(&Machine {
            os: self.host.os,
            version: None,
            module_cache: None,
            private_through_proxy: false,
        });
        let (definitions, _) = self.kept(shipped);
        let named = definitions.into_iter();
        named
            .map(|definition| (definition.id, definition.title))
            .collect()
    }

    /// Every profile, as it is shown beside `environment`.
    pub(super) fn profiles(
        &self,
        environment: &Environment,
        outer: &Outer,
        history: Option<&History>,
    ) -> Profiles {
        let standing = self.standing(environment, outer);
        let previous = history.and_then(|history| self.previous(&standing, history));
        let active = standing.active().map(|active| active.id.clone());
        let list = standing.definitions.iter().zip(standing.states);
        Profiles {
            list: list
                .map(|(definition, state)| definition.shown(state))
                .collect(),
            active,
            previous,
            trouble: standing.trouble,
        }
    }

    /// Plans to switch to the profile with this id.
    ///
    /// # Errors
    /// It is unknown or has no values, and whatever `environment_plan` refuses.
    pub async fn profile_plan(&self, id: String) -> Result<Plan, Error> {
        // go reads what the switch would write while it is asked how profiles stand
        let (answered, guess) = tokio::join!(
            Box::pin(self.environment_for_profiles()),
            Box::pin(self.guess(&id))
        );
        let (outer, environment) = answered;
        let standing = self.standing(&environment, &outer);
        self.switch(&standing, &id, &environment, guess).await
    }

    /// Plans to return to what was before the last switch: to the profile that it left, or to the values it found, by
    /// its undo.
    ///
    /// # Errors
    /// [`ProfileError::NoPreviousProfile`], and whatever `profile_plan` and `history_undo` refuse.
    pub async fn profile_previous(&self, (): ()) -> Result<Plan, Error> {
        let (outer, environment) = self.environment_for_profiles().await;
        let standing = self.standing(&environment, &outer);
        let history = self.journal.entries()?;
        let (entry, left) = self
            .last_switch(&standing, &history)
            .ok_or(ProfileError::NoPreviousProfile {})?;
        match left {
            Some(left) => self.switch(&standing, &left.id, &environment, None).await,
            None => self.history_undo(entry.id.clone()).await,
        }
    }

    /// Go's environment as far as profiles need it, and what outranks the GOENV file.
    async fn environment_for_profiles(&self) -> (Outer, Environment) {
        self.environment_named(|names| Scope::Values(names)).await
    }

    /// What profiles name of Go's environment, in this scope.
    async fn environment_named(
        &self,
        scope: impl for<'a> Fn(&'a [&'a str]) -> Scope<'a>,
    ) -> (Outer, Environment) {
        let (kept, _) = self.kept(Vec::new());
        let named = kept.iter().flat_map(|definition| &definition.values);
        let mut names: Vec<&str> = named.map(|value| value.name.as_str()).collect();
        names.extend(builtin::NAMES);
        names.sort_unstable();
        names.dedup();
        let (environment, outer) = self.environment_under(scope(&names)).await;
        (outer, environment)
    }

    /// What the GOENV file says; nothing when it cannot be read.
    fn env_text(&self) -> EnvText {
        let text = file::locate(&self.host)
            .ok()
            .and_then(|path| replace::read(&path, file::LIMIT).ok().flatten());
        EnvText::parse(text.as_deref().unwrap_or_default())
    }

    fn standing(&self, environment: &Environment, outer: &Outer) -> Standing {
        let text = self.env_text();
        let scene = Scene::new(&self.host, outer, environment, &text);
        let builtin = builtin::all(&Machine {
            os: self.host.os,
            version: version_of(environment).as_ref(),
            module_cache: scene.module_cache().as_deref(),
            private_through_proxy: scene.raw("GONOPROXY").as_deref() == Some("none"),
        });
        let (definitions, trouble) = self.kept(builtin);
        Standing {
            states: scene.states(&definitions),
            definitions,
            trouble,
        }
    }

    async fn switch(
        &self,
        standing: &Standing,
        id: &str,
        environment: &Environment,
        guess: Option<Guess>,
    ) -> Result<Plan, Error> {
        let (definition, state) = standing.find(id)?;
        let values = definition.usable()?;
        if matches!(state, ProfileState::Active {}) {
            return Err(EnvironmentError::NothingToChange {}.into());
        }
        let holds = |guess: &Guess| guess.values == values && environment.failure.is_none();
        let mut draft = match guess.filter(holds) {
            Some(guess) => guess.draft,
            None => self.switch_draft(values, environment).await?,
        };
        draft.cause = Cause::ProfileUsed {
            profile: definition.id.clone(),
            title: definition.title.clone(),
            from: standing.active().map(|active| active.id.clone()),
        };
        Ok(self.propose(draft))
    }

    /// What a switch would write by the files alone; none when it cannot be worked out or is refused, which is told with
    /// go's answer.
    async fn guess(&self, id: &str) -> Option<Guess> {
        let (outer, environment) = self.environment_named(|names| Scope::Places(names)).await;
        let standing = self.standing(&environment, &outer);
        let values = standing.find(id).ok()?.0.usable().ok()?.to_vec();
        let draft = self.switch_draft(&values, &environment).await.ok()?;
        Some(Guess { values, draft })
    }

    /// What would be written, read by go before it is shown.
    async fn switch_draft(
        &self,
        values: &[Change],
        environment: &Environment,
    ) -> Result<Draft, Error> {
        let wish = PlanEnvironment {
            changes: values.to_vec(),
            repairs: Vec::new(),
        };
        let draft = self.environment_draft(&wish, environment).await?;
        let journal = std::sync::Arc::clone(&self.journal);
        let draft = self.off_thread(move || {
            let wanted = EnvText::parse(draft.after.as_deref().unwrap_or_default());
            let found = earlier::content(&journal, &draft.target, draft.before.as_deref(), &wanted);
            Ok(match found {
                Some(content) => plan::with_content(draft, content),
                None => draft,
            })
        });
        let draft = draft.await?;
        self.rehearse(&draft, environment).await?;
        Ok(draft)
    }

    fn previous(&self, standing: &Standing, history: &History) -> Option<Previous> {
        let (entry, left) = self.last_switch(standing, history)?;
        Some(Previous {
            title: left.map(|left| left.title.clone()),
            entry: entry.id.clone(),
        })
    }

    /// The last switch of this GOENV file that still holds, and the profile it left, if that can still be used.
    fn last_switch<'a>(
        &self,
        standing: &'a Standing,
        history: &'a History,
    ) -> Option<(&'a Entry, Option<&'a Definition>)> {
        let path = self.host.short(&file::locate(&self.host).ok()?);
        let (entry, from) = history
            .entries
            .iter()
            .find_map(|entry| match &entry.cause {
                Cause::ProfileUsed { from, .. }
                    if entry.undone_by.is_none() && entry.path == path =>
                {
                    Some((entry, from.as_deref()))
                }
                _ => None,
            })?;
        let left = from.and_then(|id| standing.find(id).ok());
        match left {
            // somebody returned to it by other means
            Some((_, ProfileState::Active {})) => None,
            Some((left, _)) => Some((entry, left.usable().is_ok().then_some(left))),
            None => Some((entry, None)),
        }
    }
}

impl Standing {
    fn active(&self) -> Option<&Definition> {
        state::active(&self.definitions, &self.states)
    }

    fn find(&self, id: &str) -> Result<(&Definition, &ProfileState), ProfileError> {
        let mut listed = self.definitions.iter().zip(&self.states);
        listed
            .find(|(definition, _)| definition.id == id)
            .ok_or_else(|| ProfileError::UnknownProfile { id: id.to_owned() })
    }
}
