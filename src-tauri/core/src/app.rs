//! The use cases: everything the window and `gdesk` can ask for, one method each.
//!
//! A method reads what it needs, calls the areas, and answers with the new state: nobody outside keeps a copy.

mod changes;
mod finding;
mod mirrors;
mod overview;
mod past;
mod preferences;
mod profiles;
mod readback;
mod reveal;
mod watch;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use crate::{
    environment::Change,
    error::Error,
    history::journal::{Journal, Recovery},
    host::Host,
    jobs::{JobId, Jobs},
    mirror::runs::{self, KeptRuns},
    plan::Draft,
    profile::kept::{self, Kept},
    settings::{self, Settings},
    shadow::shell::ShellAnswer,
    store::Store,
};

pub use changes::{Applied, Written};
pub use finding::{Finding, FindingKind, Fix, Severity};
pub use overview::{About, Overview, OwnFolders};
pub use watch::WorldEvent;

/// How many plans are remembered: the window shows one at a time, and a forgotten one is only planned again.
const DRAFTS: usize = 32;

/// How many imports are remembered; a file is soon read again, and may be a mebibyte.
const IMPORTS: usize = 8;

/// The program, without a window.
#[derive(Debug)]
pub struct App {
    /// The machine.
    pub host: Host,
    /// What can be cancelled.
    pub jobs: Jobs,
    settings: Store<Settings>,
    own_profiles: Store<Kept>,
    /// The last speed tests.
    runs: Store<KeptRuns>,
    journal: Arc<Journal>,
    /// What the last run left unfinished, and what became of it.
    recovery: Result<Recovery, Error>,
    /// `--go`: asked instead of the Go of the settings, and never saved.
    go: Option<PathBuf>,
    /// The login shell's answer, once it was asked.
    shell: RwLock<Option<ShellAnswer>>,
    /// Plans that were shown and not applied yet, the oldest first.
    drafts: Mutex<Vec<Draft>>,
    /// Values that were imported and not kept yet, by the import's id, the oldest first.
    imports: Mutex<Vec<(String, Vec<Change>)>>,
    /// One writer at a time in this process; between processes the files are locked.
    gate: tokio::sync::Mutex<()>,
}

impl App {
    /// Opens the program's own files and finishes, or rolls back, what a crash interrupted.
    ///
    /// Never fails: a file that cannot be read is a finding, and nothing is written over it.
    pub fn new(host: Host, go: Option<PathBuf>) -> Self {
        let journal = Journal::open(&host);
        let recovery = journal.recover();
        Self {
            settings: settings::open(&host),
            own_profiles: kept::open(&host),
            runs: runs::open(&host),
            recovery,
            journal: Arc::new(journal),
            go,
            jobs: Jobs::default(),
            shell: RwLock::default(),
            drafts: Mutex::default(),
            imports: Mutex::default(),
            gate: tokio::sync::Mutex::default(),
            host,
        }
    }

    /// What the user chose.
    pub fn settings(&self) -> Settings {
        self.settings.load().value
    }

    /// Stops a running job; an unknown id is no error, it may just have ended.
    ///
    /// # Errors
    /// None today; every use case answers in the same shape.
    pub async fn job_cancel(&self, id: JobId) -> Result<(), Error> {
        self.jobs.cancel(&id);
        Ok(())
    }

    fn remember_import(&self, id: String, values: Vec<Change>) {
        let mut imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        if imports.len() == IMPORTS {
            imports.remove(0);
        }
        imports.push((id, values));
    }

    fn imported(&self, id: &str) -> Option<Vec<Change>> {
        let imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        let found = imports.iter().find(|(known, _)| known == id)?;
        Some(found.1.clone())
    }

    fn forget_import(&self, id: &str) {
        let mut imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        imports.retain(|(known, _)| known != id);
    }

    fn remember(&self, draft: Draft) {
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if drafts.len() == DRAFTS {
            drafts.remove(0);
        }
        drafts.push(draft);
    }

    fn draft(&self, id: &str) -> Option<Draft> {
        let drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.iter().find(|draft| draft.plan.id == id).cloned()
    }

    fn forget(&self, id: &str) {
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.retain(|draft| draft.plan.id != id);
    }
}
