//! Profiles that come from a file or go into one.

use std::path::PathBuf;

use crate::{
    app::{App, Overview},
    environment::file::LIMIT,
    error::{Error, InternalError},
    host::{
        lock::{Lock, WAIT},
        replace,
    },
    profile::{ExportProfile, Exported, Import, KeepImport, ProfileError, export},
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
        let (outer, environment) = self.environment_for_profiles().await;
        let standing = self.standing(&environment, &outer);
        let (definition, _) = standing.find(&wish.id)?;
        definition.usable()?;
        export::export(definition, wish.format).ok_or_else(|| {
            let reason = "the profile file is not printed here".to_owned();
            InternalError::Internal { reason }.into()
        })
    }

    /// Prints a profile into a file that the user named. What is there already is replaced as a whole.
    ///
    /// # Errors
    /// As [`App::profile_export`], or the file cannot be read or written.
    pub async fn profile_export_to(
        &self,
        wish: ExportProfile,
        path: PathBuf,
    ) -> Result<Exported, Error> {
        let format = wish.format;
        let exported = self.profile_export(wish).await?;
        let bytes = export::file_bytes(format, &exported.text);
        let folders = self.host.folders.clone();
        self.off_thread(move || {
            let _lock = Lock::hold(&folders, &path, WAIT)?;
            // what is larger is no export that is to be renewed, but a slip of the hand
            let before = replace::read(&path, LIMIT)?;
            if before.as_ref() != Some(&bytes) {
                replace::replace(&path, before.as_deref(), Some(&bytes))?;
            }
            Ok(())
        })
        .await?;
        Ok(exported)
    }
}
