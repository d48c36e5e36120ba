//! The use cases: everything the window and `gdesk` can ask for, one method each.
//!
//! A method reads what it needs, calls the areas, and answers with the new state: nobody outside keeps a copy.

mod caches;
mod chain;
mod changes;
mod finding;
mod mirrors;
mod overview;
mod past;
mod preferences;
mod private;
mod profiles;
mod projects;
mod readback;
mod remembered;
mod reveal;
mod route;
mod watch;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use crate::{
    cache::{Damage, Scanned, plan::Draft as Cleaning, relocate::Move},
    environment::Change,
    error::Error,
    history::journal::{Journal, Recovery},
    host::Host,
    jobs::{JobId, Jobs},
    mirror::{
        own::{self, Wanted},
        runs::{self, KeptRuns},
    },
    plan::Draft,
    private::kept::{self as patterns, KeptPatterns},
    profile::kept::{self, Kept},
    project::kept::{self as folders, KeptProjects},
    settings::{self, Settings},
    shadow::shell::ShellAnswer,
    store::Store,
};

use private::SwitchedOff;
use remembered::Remembered;

pub use caches::MoveReport;
pub use changes::{Applied, Written};
pub use finding::{Finding, FindingKind, Fix, Severity};
pub use overview::{About, Overview, OwnFolders};
pub use watch::WorldEvent;

/// How many plans are remembered: the window shows one at a time, and a forgotten one is only planned again.
const DRAFTS: usize = 32;

/// How many imports are remembered; a file is soon read again, and may be a mebibyte.
const IMPORTS: usize = 8;

/// How many addresses that are in no list are remembered: nobody types more.
const TYPED: usize = 200;

/// The program, without a window.
#[derive(Debug)]
pub struct App {
    /// The machine.
    pub host: Host,
    /// What can be cancelled.
    pub jobs: Jobs,
    settings: Store<Settings>,
    own_profiles: Store<Kept>,
    own_mirrors: Store<own::Kept>,
    /// Folders that were named.
    own_projects: Store<KeptProjects>,
    /// Patterns that are switched off.
    own_patterns: Store<KeptPatterns>,
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
    /// Values that were imported and not kept yet, by the import's id.
    imports: Remembered<Vec<Change>>,
    /// Mirrors that were imported and not kept yet, by the import's id.
    mirror_imports: Remembered<Vec<Wanted>>,
    /// Addresses of mirrors that are in no list, raw, by the id they were given.
    typed_mirrors: Remembered<String>,
    /// What is switched off once a plan is applied, by its id.
    switched_off: Remembered<SwitchedOff>,
    /// What the last scan of the caches saw.
    scanned: Mutex<Option<Arc<Scanned>>>,
    /// Moves that were shown and not carried out yet, by their id.
    moves: Remembered<Arc<Move>>,
    /// What the last verification found, by the row.
    damaged: Mutex<BTreeMap<String, Vec<Damage>>>,
    /// Plans of cleaning that were shown and not carried out yet.
    cleanings: Remembered<Arc<Cleaning>>,
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
            own_mirrors: own::open(&host),
            own_projects: folders::open(&host),
            own_patterns: patterns::open(&host),
            runs: runs::open(&host),
            recovery,
            journal: Arc::new(journal),
            go,
            jobs: Jobs::default(),
            shell: RwLock::default(),
            drafts: Mutex::default(),
            imports: Remembered::new(IMPORTS),
            mirror_imports: Remembered::new(IMPORTS),
            typed_mirrors: Remembered::new(TYPED),
            switched_off: Remembered::new(DRAFTS),
            scanned: Mutex::default(),
            damaged: Mutex::default(),
            moves: Remembered::new(DRAFTS),
            cleanings: Remembered::new(DRAFTS),
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
