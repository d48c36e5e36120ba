//! The company form.

use crate::{
    app::{App, Overview},
    error::Error,
    profile::{CompanyForm, CompanyPreview, ProfileError},
};

impl App {
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
        Ok(self.own_profiles.load().value.company().clone())
    }

    /// Keeps what the company form was filled in with.
    ///
    /// # Errors
    /// As [`App::company_preview`], or the file cannot be written.
    pub async fn company_save(&self, _form: CompanyForm) -> Result<Overview, Error> {
        Err(ProfileError::CompanyFormEmpty {}.into())
    }
}
