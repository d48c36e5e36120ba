//! Profiles: the use cases.

use super::{App, Overview};
use crate::{
    environment::Environment,
    error::Error,
    jobs::Job,
    plan::Plan,
    profile::{
        CompanyForm, CompanyPreview, ExportProfile, Exported, Import, KeepImport, MoveProfile,
        ProfileError, Profiles, RevealProfile, SaveProfile, Verified, VerifyEvent, VerifyProfile,
    },
    progress::Observer,
};

impl App {
    pub(super) fn profiles(&self, _environment: &Environment) -> Profiles {
        Profiles::default()
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

    /// Keeps a profile of the user.
    ///
    /// # Errors
    /// The name is taken or none, a value would be refused, or the file cannot be written.
    pub async fn profile_save(&self, _wish: SaveProfile) -> Result<Overview, Error> {
        Err(ProfileError::ProfileEmpty {}.into())
    }

    /// Forgets a profile of the user, or what the company form was filled in with.
    ///
    /// # Errors
    /// It is unknown or built in, or the file cannot be written.
    pub async fn profile_delete(&self, id: String) -> Result<Overview, Error> {
        Err(ProfileError::UnknownProfile { id }.into())
    }

    /// Moves a profile in the list.
    ///
    /// # Errors
    /// It is unknown, or the file cannot be written.
    pub async fn profile_move(&self, wish: MoveProfile) -> Result<Overview, Error> {
        Err(ProfileError::UnknownProfile { id: wish.id }.into())
    }

    /// Gives one value of a profile with its credentials, for the field in which it is edited.
    ///
    /// # Errors
    /// The profile is unknown, or does not set the variable.
    pub async fn profile_reveal(&self, wish: RevealProfile) -> Result<String, Error> {
        Err(ProfileError::UnknownProfile { id: wish.id }.into())
    }

    /// Says what the company form comes to; nothing is kept.
    ///
    /// # Errors
    /// A host or the proxy's address is none.
    pub async fn company_preview(&self, _form: CompanyForm) -> Result<CompanyPreview, Error> {
        Err(ProfileError::CompanyFormEmpty {}.into())
    }

    /// What the company form was filled in with.
    ///
    /// # Errors
    /// None today: what cannot be read is an empty form.
    pub async fn company_read(&self, (): ()) -> Result<CompanyForm, Error> {
        Ok(CompanyForm::default())
    }

    /// Keeps what the company form was filled in with.
    ///
    /// # Errors
    /// As [`App::company_preview`], or the file cannot be written.
    pub async fn company_save(&self, _form: CompanyForm) -> Result<Overview, Error> {
        Err(ProfileError::CompanyFormEmpty {}.into())
    }

    /// Reads the text of a profile file; nothing is kept or applied.
    ///
    /// # Errors
    /// It is no profile file, too large, or of a newer version.
    pub async fn profile_import(&self, text: String) -> Result<Import, Error> {
        let reason = format!("{} bytes", text.len());
        Err(ProfileError::ProfileFileInvalid { reason }.into())
    }

    /// Keeps what was imported among the user's profiles.
    ///
    /// # Errors
    /// It was kept already, the name is taken, or the file cannot be written.
    pub async fn profile_import_keep(&self, wish: KeepImport) -> Result<Overview, Error> {
        Err(ProfileError::UnknownImport { id: wish.id }.into())
    }

    /// Prints a profile for whoever reads that format, without credentials.
    ///
    /// # Errors
    /// It is unknown or has no values.
    pub async fn profile_export(&self, wish: ExportProfile) -> Result<Exported, Error> {
        Err(ProfileError::UnknownProfile { id: wish.id }.into())
    }
}
