//! Profiles that come from a file or go into one.

use std::{io, path::PathBuf, slice};

use crate::{
    app::{App, Overview, changes::version_of},
    environment::{file::LIMIT, plan::new_id, read::Scope},
    error::{self, Error, FileError},
    host::{
        lock::{Lock, WAIT},
        replace,
    },
    profile::{
        Definition, ExportProfile, Exported, Import, KeepImport, ProfileError, ProfileState,
        ProfileValue, Title, export, file as profile_file, state::Scene, values,
    },
};

impl App {
    /// Reads the text of a profile file; nothing is kept or applied.
    ///
    /// # Errors
    /// It is no profile file, too large, or of a newer version.
    pub async fn profile_import(&self, text: String) -> Result<Import, Error> {
        let content = profile_file::read(&text)?;
        let names: Vec<_> = content
            .values
            .iter()
            .map(|change| change.name.as_str())
            .collect();
        let (environment, outer) = self.environment_under(Scope::Values(&names)).await;
        let definition = Definition {
            id: new_id(text.as_bytes()),
            title: Title::Own {
                name: content.name.clone(),
            },
            values: content.values,
        };
        let env_text = self.env_text();
        let scene = Scene::new(&self.host, &outer, &environment, &env_text);
        let differences = match scene.states(slice::from_ref(&definition)).pop() {
            Some(
                ProfileState::Differs { differences } | ProfileState::Shadowed { differences },
            ) => differences,
            _ => Vec::new(),
        };
        let version = version_of(&environment);
        let judged = values::judge(&definition.values, &self.context(version.as_ref()));
        let import = Import {
            id: definition.id.clone(),
            name: content.name,
            values: definition.values.iter().map(ProfileValue::from).collect(),
            differences,
            dangers: judged.dangers,
            problems: judged.problems,
            stripped: content.stripped,
        };
        self.imports.keep(definition.id, definition.values);
        Ok(import)
    }

    /// Reads a profile file that the user named.
    ///
    /// # Errors
    /// As [`App::profile_import`]; it is not there, no regular file, or cannot be read.
    pub async fn profile_import_file(&self, path: PathBuf) -> Result<Import, Error> {
        let text = self.off_thread(move || {
            let limit = profile_file::LIMIT;
            let bytes = match replace::read(&path, limit) {
                Err(FileError::FileTooLarge { .. }) => {
                    return Err(ProfileError::ProfileFileTooLarge { limit }.into());
                }
                read => read?,
            };
            let bytes = bytes.ok_or_else(|| FileError::FileUnreadable {
                path: error::text(&path),
                reason: io::Error::from(io::ErrorKind::NotFound).to_string(),
            })?;
            Ok(profile_file::decode(bytes)?)
        });
        self.profile_import(text.await?).await
    }

    /// Keeps what was imported among the user's profiles.
    ///
    /// # Errors
    /// It was kept already, the name is taken, a value would be refused, or the file cannot be written.
    pub async fn profile_import_keep(&self, wish: KeepImport) -> Result<Overview, Error> {
        let values = self
            .imports
            .get(&wish.id)
            .ok_or_else(|| ProfileError::UnknownImport {
                id: wish.id.clone(),
            })?;
        let overview = self.keep(None, wish.name, values).await?;
        self.imports.forget(&wish.id);
        Ok(overview)
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
        let exported = export::export(definition, wish.format);
        Ok(exported.unwrap_or_else(|| export::profile_file(definition)))
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
