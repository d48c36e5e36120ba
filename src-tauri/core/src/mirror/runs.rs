//! The last speed tests, in `mirror-runs.json`: what a mirror was like before, and on which network.

use serde::{Deserialize, Serialize};

use super::report::{Recommended, TestReport};
use crate::{host::Host, store::Store};

/// How many are kept.
const KEPT: usize = 50;

/// What the file may hold, in bytes: fifty runs over a hundred mirrors.
const LIMIT: u64 = 16 << 20;

/// The runs of this user.
pub fn open(host: &Host) -> Store<KeptRuns> {
    Store::open(host, "mirror-runs.json", LIMIT)
}

/// The content of `mirror-runs.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptRuns {
    /// The number of the newest one: the order of runs, whatever the clock says.
    last: u64,
    /// The oldest first.
    runs: Vec<KeptRun>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptRun {
    number: u64,
    network: String,
    report: TestReport,
}

/// The last runs, for the eyes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Runs {
    /// The newest first.
    pub list: Vec<Run>,
}

/// One run, for the eyes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Run {
    /// It was measured on the network that this machine is on now.
    pub here: bool,
    /// What it said.
    pub report: TestReport,
}

impl KeptRuns {
    /// Keeps a run, and lets the oldest go.
    pub fn keep(&mut self, network: String, report: TestReport) {
        self.last += 1;
        self.runs.push(KeptRun {
            number: self.last,
            network,
            report,
        });
        // a file that somebody edited may be in any order
        self.runs.sort_by_key(|run| run.number);
        let surplus = self.runs.len().saturating_sub(KEPT);
        self.runs.drain(..surplus);
    }

    /// What the last run on this network recommends.
    pub fn recommended(&self, network: &str) -> Option<&Recommended> {
        let mut here = self.runs.iter().rev().filter(|run| run.network == network);
        here.find_map(|run| run.report.recommended.as_ref())
    }

    /// What is kept, seen from this network.
    pub fn shown(&self, network: &str) -> Runs {
        let list = self.runs.iter().rev().map(|run| Run {
            here: run.network == network,
            report: run.report.clone(),
        });
        Runs {
            list: list.collect(),
        }
    }
}
