//! Projects: folders with a `go.mod` or a `go.work` that the user named, and what they require.
//!
//! Their files are read, never written, and go is never run among them: whoever downloads for a project does so from a
//! [`copy`](read::Contents::copy_into) of the few files that decide about modules.

pub mod kept;
pub mod read;
pub mod size;

mod copy;
mod error;
mod manifest;
mod sums;

use serde::Serialize;

pub use error::ProjectError;

use crate::error::Failure;

/// Every folder that the user named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "project.ts"))]
pub struct Projects {
    /// The one that was named last comes first.
    pub list: Vec<Project>,
    /// Why they cannot be kept.
    pub trouble: Option<Failure>,
}

/// A project, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "project.ts"))]
pub struct Project {
    /// Stable, minted by us.
    pub id: String,
    /// Its folder, as it is shown.
    pub path: String,
    /// The path of its module; none for a workspace, and when it cannot be read.
    pub module: Option<String>,
    /// The modules of a workspace that are in it; none for a module.
    pub members: Option<u32>,
    /// The modules of others that it needs, as far as its files tell.
    pub modules: u32,
    /// Why it cannot be read.
    pub failure: Option<Failure>,
}
