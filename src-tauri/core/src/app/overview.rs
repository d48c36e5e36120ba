//! The one snapshot of everything the window shows.

use serde::Serialize;

use super::{App, Finding};
use crate::{
    environment::Environment, error::Error, history::Entry, settings::Settings, shadow::ShellState,
    toolchain::Toolchains,
};

/// Everything there is to know at one moment. Replaced as a whole, never patched.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
pub struct Overview {
    /// Go's environment.
    pub environment: Environment,
    /// Every Go on the machine.
    pub toolchains: Toolchains,
    /// What deserves attention, the gravest first.
    pub findings: Vec<Finding>,
    /// The last change of the history.
    pub last_change: Option<Entry>,
    /// What is known of the login shell.
    pub shell: ShellState,
    /// What the user chose.
    pub settings: Settings,
    /// This program.
    pub about: About,
}

/// This program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
pub struct About {
    /// Its version.
    pub version: String,
    /// `linux`, `macos`, `windows`.
    pub system: String,
    /// Its own folders, as shown.
    pub folders: OwnFolders,
    /// A report of an earlier crash lies in the state folder.
    pub crash_report: bool,
}

/// The program's own folders, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
pub struct OwnFolders {
    /// Settings.
    pub config: String,
    /// History, backups, logs.
    pub state: String,
    /// What can be computed again.
    pub cache: String,
}

impl App {
    /// Reads everything anew. Never fails for a state of the machine: those are in the answer.
    ///
    /// # Errors
    /// Only when the program's own history cannot be read at all.
    pub async fn overview_read(&self) -> Result<Overview, Error> {
        todo!()
    }

    /// Asks the login shell for its variables, once; a second call asks again.
    ///
    /// # Errors
    /// As [`App::overview_read`]; a shell that does not answer is a state of the answer.
    pub async fn shell_ask(&self) -> Result<Overview, Error> {
        todo!()
    }
}
