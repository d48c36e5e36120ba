//! What the user chose.

use std::path::PathBuf;

use super::{App, Overview};
use crate::{
    error::Error,
    settings::ChangeSettings,
    toolchain::{ToolchainError, discover},
};

impl App {
    /// Changes settings and keeps them.
    ///
    /// # Errors
    /// The settings file cannot be written, or belongs to a newer version.
    pub async fn settings_change(&self, change: ChangeSettings) -> Result<Overview, Error> {
        self.settings.change(|settings| {
            settings.language = change.language.unwrap_or(settings.language);
            settings.theme = change.theme.unwrap_or(settings.theme);
            settings.tray = change.tray.unwrap_or(settings.tray);
        })?;
        self.overview_read(()).await
    }

    /// Asks the Go with this id from now on; none follows the terminal again.
    ///
    /// # Errors
    /// An unknown id, or the settings cannot be written.
    pub async fn toolchain_use(&self, id: Option<String>) -> Result<Overview, Error> {
        let chosen = match id {
            Some(id) => {
                let known = self.toolchain_list(()).await?;
                let found = known.list.into_iter().find(|toolchain| toolchain.id == id);
                Some(found.ok_or(ToolchainError::UnknownToolchain { id })?.path)
            }
            None => None,
        };
        self.choose(chosen).await
    }

    /// Asks the Go at this path from now on: what the user picked in a native dialog, or named to `gdesk`.
    ///
    /// # Errors
    /// It is no go command, or the settings cannot be written.
    pub async fn toolchain_add(&self, path: PathBuf) -> Result<Overview, Error> {
        let go = discover::is_go(&self.host, &path).await?;
        self.choose(Some(go)).await
    }

    async fn choose(&self, go: Option<PathBuf>) -> Result<Overview, Error> {
        self.settings.change(|settings| {
            settings.go = go.as_ref().map(|go| go.display().to_string());
        })?;
        self.overview_read(()).await
    }
}
