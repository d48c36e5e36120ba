//! What outranks the GOENV file, and where it is set.

pub mod comment;
pub mod shell;
pub mod startup;

mod error;
mod outer;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use error::StartupError;
pub use outer::{Outer, Outranking};

use crate::error::Failure;

/// What is known of the login shell.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "shell.ts"))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ShellState {
    /// Not asked yet.
    #[default]
    Unasked,
    /// It answered.
    Answered {
        /// `zsh`.
        shell: String,
    },
    /// It did not answer, or made no sense; start-up files were still read.
    Failed {
        /// `zsh`.
        shell: String,
        /// Why.
        failure: Failure,
    },
}

/// One line, or registry value, that sets a variable before Go starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Names it over the bridge: a hash of place and text.
    pub id: String,
    /// The variable.
    pub name: String,
    /// The value, if it can be known without running anything.
    pub value: Option<String>,
    /// Where.
    pub at: Location,
    /// The whole line, without its ending.
    pub text: String,
    /// It can be commented out: it stands alone on a line of a file.
    pub removable: bool,
    /// It stands inside an `if`, a function or the like, so it may never run.
    pub conditional: bool,
}

/// Where an assignment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A line of a file.
    File {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: u32,
        /// How the file is written.
        syntax: Syntax,
    },
    /// A value that is no line: registry, launchd, systemd's manager.
    System {
        /// As the system's own tools name it: `HKEY_CURRENT_USER\Environment`.
        name: String,
    },
}

/// How a start-up file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// sh, bash, zsh, ksh: `export NAME=value`.
    Posix,
    /// fish: `set -gx NAME value`.
    Fish,
    /// `NAME=value`: environment.d, /etc/environment.
    Plain,
    /// `~/.pam_environment`: `NAME DEFAULT=value`, or `NAME=value`.
    Pam,
}

/// Asks for a plan that comments out one assignment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "shell.ts"))]
pub struct PlanStartup {
    /// From [`crate::environment::Shadowed::assignment`].
    pub assignment: String,
}
