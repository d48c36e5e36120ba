//! Profiles: the use cases.

mod company;
mod exchange;
mod kept;

use super::App;
use crate::{
    environment::Environment,
    error::Error,
    jobs::Job,
    plan::Plan,
    profile::{ProfileError, Profiles, Verified, VerifyEvent, VerifyProfile},
    progress::Observer,
};

impl App {
    pub(super) fn profiles(&self, _environment: &Environment) -> Profiles {
        let (_, trouble) = self.kept(Vec::new());
        Profiles {
            trouble,
            ..Profiles::default()
        }
    }

    /// Plans to switch to the profile with this id.
    ///
    /// # Errors
    /// It is unknown or has no values, and whatever `environment_plan` refuses.
    pub async fn profile_plan(&self, id: String) -> Result<Plan, Error> {
        Err(ProfileError::UnknownProfile { id }.into())
    }

    /// Plans to return to what was before the last switch.
    ///
    /// # Errors
    /// [`ProfileError::NoPreviousProfile`].
    pub async fn profile_previous(&self, (): ()) -> Result<Plan, Error> {
        Err(ProfileError::NoPreviousProfile {}.into())
    }

    /// Compares a profile with what Go sees, and downloads a module through it if that is asked for.
    ///
    /// # Errors
    /// It is unknown.
    pub async fn profile_verify(
        &self,
        wish: VerifyProfile,
        _job: &Job,
        _observer: &impl Observer<VerifyEvent>,
    ) -> Result<Verified, Error> {
        Err(ProfileError::UnknownProfile { id: wish.id }.into())
    }
}
