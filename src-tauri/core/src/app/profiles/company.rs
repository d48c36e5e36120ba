//! The company form.

use crate::{
    app::{App, Overview},
    environment::Change,
    error::Error,
    profile::{Builtin, CompanyForm, CompanyPreview, Definition, builtin, company::Company},
};

impl App {
    /// Says what the company form comes to; nothing is kept.
    ///
    /// # Errors
    /// A host or the proxy's address is none.
    pub async fn company_preview(&self, form: CompanyForm) -> Result<CompanyPreview, Error> {
        Ok(Company::of(&form, &builtin::domestic(None), self.host.os)?.preview())
    }

    /// What the company form was filled in with.
    ///
    /// # Errors
    /// None today: what cannot be read is an empty form.
    pub async fn company_read(&self, (): ()) -> Result<CompanyForm, Error> {
        Ok(self.own_profiles.load().value.company().clone())
    }

    /// Keeps what the company form was filled in with, without credentials.
    ///
    /// # Errors
    /// As [`App::company_preview`], or the file cannot be written.
    pub async fn company_save(&self, form: CompanyForm) -> Result<Overview, Error> {
        let form = Company::of(&form, &builtin::domestic(None), self.host.os)?.form;
        self.change_kept(move |kept| {
            kept.fill_company(form.clone());
            Ok(())
        })
        .await
    }

    /// The values of the company's profile; none when the form was not filled in, or was spoilt by hand.
    pub(super) fn company_values(&self, form: &CompanyForm, shipped: &[Definition]) -> Vec<Change> {
        let domestic = Builtin::Domestic.id();
        let domestic = shipped.iter().find(|profile| profile.id == domestic);
        let domestic = domestic.map_or(&[][..], |profile| &profile.values);
        let Ok(company) = Company::of(form, domestic, self.host.os) else {
            return Vec::new();
        };
        let mut values: Vec<_> = company
            .values
            .into_iter()
            .map(|(change, _)| change)
            .collect();
        // what the others take back of an earlier profile's GONOPROXY is taken back here as well
        let is_named = |name: &str| values.iter().any(|change| change.name == name);
        let taken_back = domestic.iter().find(|change| change.name == "GONOPROXY");
        let taken_back = taken_back.filter(|change| !is_named(&change.name)).cloned();
        values.extend(taken_back);
        values
    }
}
