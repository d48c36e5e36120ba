//! The race of a project: its modules are downloaded by the real go through one mirror after the other, each time into an
//! empty module cache, and first through the chain that is in effect, so that a switch can be compared.

pub(in crate::mirror) mod run;

use serde::{Deserialize, Serialize};

pub use run::{Course, Entrant, Raced, run};

use crate::error::Failure;

/// What may be downloaded from one entrant unless somebody says otherwise, in megabytes.
pub const BUDGET: u32 = 500;

/// Asks for a race.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
pub struct RaceMirrors {
    /// An id of `project_list`.
    pub project: String,
    /// Ids of the list. None of them means the sound ones of the last test on this network, or all that are not dead.
    pub mirrors: Vec<String>,
    /// What may be downloaded from each, in megabytes; none means [`BUDGET`].
    pub budget: Option<u32>,
}

/// What happens during `mirror_race`. `mirror` is the id of a row; none is the chain in effect.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum RaceEvent {
    /// It began; every entrant has a row, in the order in which they run.
    Started {
        /// Empty rows.
        rows: Vec<RaceRow>,
        /// Modules to download each time, as far as the project's files tell.
        modules: u32,
        /// What each may send, in bytes.
        budget: u32,
    },
    /// It is the turn of this one.
    Running {
        /// Whose.
        mirror: Option<String>,
    },
    /// A module is there and verified.
    Fetched {
        /// Through whom.
        mirror: Option<String>,
        /// `path@version`.
        module: String,
        /// Its zip, in bytes.
        bytes: u32,
        /// How many there are now.
        done: u32,
        /// Of how many, as far as it is known.
        of: u32,
    },
    /// Bytes or answers came.
    Moved {
        /// Through whom.
        mirror: Option<String>,
        /// Of zips, so far.
        bytes: u32,
        /// Answered and failed, so far.
        requests: u32,
    },
    /// One is through.
    Finished {
        /// It takes the place of the row with this mirror.
        row: Box<RaceRow>,
    },
}

/// How far an entrant is, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
#[serde(rename_all = "snake_case")]
pub enum RaceState {
    /// Its turn has not come.
    Waiting,
    /// Go is downloading.
    Running,
    /// Every module came.
    Complete,
    /// Go ended, and not every module is there.
    Incomplete,
    /// Stopped: it used up its budget.
    OverBudget,
    /// Stopped: nothing came for a minute.
    Silent,
    /// Stopped: it took longer than a race may.
    TimedOut,
    /// Stopped by the user.
    Stopped,
    /// Go could not be run.
    Failed,
}

/// What a download through one mirror came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
pub struct RaceRow {
    /// Of the list; none is the chain that is in effect.
    pub mirror: Option<String>,
    /// The GOPROXY it went through, credentials masked.
    pub goproxy: String,
    /// How far it is, or how it ended.
    pub state: RaceState,
    /// How long go took, in milliseconds.
    pub elapsed_ms: f64,
    /// Zips, and parts of zips, in bytes.
    pub bytes: u32,
    /// Modules that are there and verified.
    pub modules: u32,
    /// Of how many.
    pub of: u32,
    /// The first of those that did not come.
    pub failures: Vec<RaceFailure>,
    /// How many did not come.
    pub failed: u32,
    /// HTTP requests that were answered or failed, those for checksums included; go tells of them. None go to `file://`.
    pub requests: u32,
    /// `failed requests / requests`; failed is one without an answer, or with 400 and above. 0 without requests.
    pub error_rate: f64,
    /// How long an answer took to begin, on average, by go's own clock: the sum over answered requests, divided by their
    /// number, in milliseconds. Go asks several at once.
    pub mean_request_ms: Option<f64>,
    /// `requests / elapsed`.
    pub requests_per_second: Option<f64>,
    /// Why go could not be run.
    pub failure: Option<Failure>,
}

/// A module that did not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
pub struct RaceFailure {
    /// `path@version`; none when go does not say which.
    pub module: Option<String>,
    /// What go says, credentials masked.
    pub message: String,
}

/// A race, ended or stopped.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
pub struct RaceReport {
    /// The folder of the project, as it is shown.
    pub project: String,
    /// Modules to download, as far as its files tell.
    pub modules: u32,
    /// In the order in which they ran: first the chain in effect.
    pub rows: Vec<RaceRow>,
    /// The mirrors through which every module came, the fastest first.
    pub ranking: Vec<String>,
    /// What each could send, in bytes.
    pub budget: u32,
    /// It was stopped; what ran until then is here.
    pub cancelled: bool,
    /// The network changed or the machine slept meanwhile: the times say nothing.
    pub interrupted: bool,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
    /// When it ended, RFC 3339.
    pub at: String,
}
