//! The use cases: everything the window and `gdesk` can ask for, one method each.
//!
//! A method reads what it needs, calls the areas, and answers with the new state: nobody outside keeps a copy.

mod changes;
mod finding;
mod overview;
mod past;
mod preferences;
mod watch;

use std::{
    collections::HashMap,
    sync::{Mutex, RwLock},
};

use crate::{
    host::Host,
    jobs::{JobId, Jobs},
    plan::Draft,
    settings::Settings,
    shadow::shell::ShellAnswer,
};

pub use changes::Applied;
pub use finding::{Finding, Fix, Severity};
pub use overview::{About, Overview, OwnFolders};
pub use watch::WorldEvent;

/// The program, without a window.
#[derive(Debug)]
pub struct App {
    /// The machine.
    pub host: Host,
    /// What can be cancelled.
    pub jobs: Jobs,
    settings: RwLock<Settings>,
    /// The login shell's answer, once it was asked.
    shell: RwLock<Option<ShellAnswer>>,
    /// Plans that were shown and not applied yet.
    drafts: Mutex<HashMap<String, Draft>>,
    /// One writer at a time in this process; between processes the files are locked.
    gate: tokio::sync::Mutex<()>,
}

impl App {
    /// Stops a running job; an unknown id is no error, it may just have ended.
    ///
    /// # Errors
    /// None today; every use case answers in the same shape.
    pub async fn job_cancel(&self, id: JobId) -> Result<(), crate::error::Error> {
        self.jobs.cancel(&id);
        Ok(())
    }
}
