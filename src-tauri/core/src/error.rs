//! Failures: a code and its parameters. The words are the hosts' (`ui/src/i18n/shared`).

use std::path::Path;

use serde::Serialize;

pub use crate::{
    cache::CacheError, environment::EnvironmentError, fetch::FetchError, history::HistoryError,
    host::replace::FileError, mirror::MirrorError, module::ModuleError, private::PrivateError,
    profile::ProfileError, project::ProjectError, shadow::StartupError, store::StoreError,
    toolchain::ToolchainError,
};

/// Any failure of the core: the union of the areas' errors, so that codes stay flat.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(untagged)]
pub enum Error {
    /// Looking at caches and cleaning them.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// Reading or changing Go's environment.
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    /// Downloading a module.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// Reading or replacing a user's file.
    #[error(transparent)]
    File(#[from] FileError),
    /// What was changed, and its undo.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// Keeping, testing and choosing mirrors.
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    /// What is no module.
    #[error(transparent)]
    Module(#[from] ModuleError),
    /// Lists of private modules.
    #[error(transparent)]
    Private(#[from] PrivateError),
    /// Using, keeping, reading and printing profiles.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Projects the user named.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// Start-up files of the shell.
    #[error(transparent)]
    Startup(#[from] StartupError),
    /// The program's own files.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Finding or running go.
    #[error(transparent)]
    Toolchain(#[from] ToolchainError),
    /// A fault of this program: what the panic said.
    #[error(transparent)]
    Internal(#[from] InternalError),
}

/// A fault of this program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum InternalError {
    /// A panic, caught; a report lies in the state folder.
    #[error("internal error: {reason}")]
    Internal {
        /// What the panic said.
        reason: String,
    },
}

/// What crosses to the window, or is printed with `--json`, when something fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
pub struct Failure {
    /// Code and parameters.
    #[serde(flatten)]
    pub error: Error,
    /// English, for logs and for "copy details"; never with a secret.
    pub message: String,
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let message = crate::secret::mask_text(&error.to_string());
        Self { error, message }
    }
}

/// A path as text, for an error's parameters.
pub(crate) fn text(path: &Path) -> String {
    path.display().to_string()
}
