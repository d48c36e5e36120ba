//! The user's own profiles, and the company form.

use crate::{
    app::{App, Overview},
    error::Error,
    profile::{CompanyForm, CompanyPreview, MoveProfile, ProfileError, RevealProfile, SaveProfile},
};

impl App {
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
}
