//! What the user chose.

use super::{App, Overview};
use crate::{error::Error, settings::ChangeSettings};

impl App {
    /// Changes settings and keeps them.
    ///
    /// # Errors
    /// The settings file cannot be written, or belongs to a newer version.
    pub async fn settings_change(&self, change: ChangeSettings) -> Result<Overview, Error> {
        drop(change);
        todo!()
    }

    /// Asks the Go with this id from now on; none follows the terminal again.
    ///
    /// # Errors
    /// An unknown id, or the settings cannot be written.
    pub async fn toolchain_use(&self, id: Option<String>) -> Result<Overview, Error> {
        drop(id);
        todo!()
    }

    /// Asks the Go at this path from now on: what the user picked in a native dialog, or named to `gdesk`.
    ///
    /// # Errors
    /// It is no go command, or the settings cannot be written.
    pub async fn toolchain_add(&self, path: std::path::PathBuf) -> Result<Overview, Error> {
        drop(path);
        todo!()
    }
}
