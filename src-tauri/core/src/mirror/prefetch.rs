//! Everything that a project needs, downloaded through the present chain into the user's own module cache, so that work can
//! go on offline.

use serde::{Deserialize, Serialize};

use super::race::{RaceFailure, RaceState, run};
use crate::{
    error::Failure,
    fetch::project::{Downloaded, Progress},
};

/// Asks for a download into the user's module cache.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
pub struct PrefetchProject {
    /// An id of `project_list`.
    pub project: String,
}

/// What happens during `mirror_prefetch`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PrefetchEvent {
    /// Go was started.
    Started {
        /// Modules that are in the cache already.
        there: u32,
        /// Modules in all, as far as the project's files tell.
        of: u32,
    },
    /// A module is there and verified.
    Fetched {
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
        /// Of zips, so far.
        bytes: u32,
        /// Answered and failed, so far.
        requests: u32,
    },
}

/// What is in the user's module cache now.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "race.ts"))]
pub struct Prefetched {
    /// The folder of the project, as it is shown.
    pub project: String,
    /// The GOPROXY it went through, credentials masked.
    pub goproxy: String,
    /// The module cache, as it is shown.
    pub cache: String,
    /// How it ended.
    pub state: RaceState,
    /// How long go took, in milliseconds.
    pub elapsed_ms: f64,
    /// What came now, in bytes.
    pub bytes: u32,
    /// Modules that came now.
    pub fetched: u32,
    /// Modules that are there.
    pub modules: u32,
    /// Of how many.
    pub of: u32,
    /// The first of those that did not come.
    pub failures: Vec<RaceFailure>,
    /// How many did not come.
    pub failed: u32,
    /// Why go could not be run.
    pub failure: Option<Failure>,
}

impl From<Progress> for PrefetchEvent {
    fn from(progress: Progress) -> Self {
        match progress {
            Progress::Began { there, of } => Self::Started {
                there: run::count(there),
                of: run::count(of),
            },
            Progress::Came { arrival, done, of } => Self::Fetched {
                module: arrival.module.to_string(),
                bytes: run::bytes(arrival.bytes),
                done: run::count(done),
                of: run::count(of),
            },
            Progress::Moved { bytes, requests } => Self::Moved {
                bytes: run::bytes(bytes),
                requests: requests.count,
            },
        }
    }
}

impl Prefetched {
    /// What a download came to; the places are as they are shown.
    pub fn new(project: String, goproxy: String, cache: String, downloaded: Downloaded) -> Self {
        Self {
            project,
            goproxy,
            cache,
            state: run::state(&downloaded),
            elapsed_ms: downloaded.elapsed.as_secs_f64() * 1000.0,
            bytes: run::bytes(downloaded.bytes),
            fetched: run::count(downloaded.came.len()),
            modules: run::count(downloaded.there),
            of: run::count(downloaded.of),
            failed: run::count(downloaded.failures.len()),
            failures: run::failures(downloaded.failures),
            failure: downloaded.failure.map(Into::into),
        }
    }
}
