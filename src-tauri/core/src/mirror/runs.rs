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

    /// The sound mirrors of the last run on this network, the best first.
    pub fn ranking(&self, network: &str) -> &[String] {
        let mut here = self.runs.iter().rev().filter(|run| run.network == network);
        here.next().map_or(&[], |run| &run.report.ranking)
    }

    /// When a test last found one of these addresses sound, whatever the network, RFC 3339.
    pub fn seen_sound(&self, is_named: impl Fn(&str) -> bool) -> Option<&str> {
        let found = self.runs.iter().rev().find(|run| {
            let mut rows = run.report.mirrors.iter();
            rows.any(|row| row.sound && is_named(&row.url))
        });
        found.map(|run| run.report.at.as_str())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mirror::report::Workload;

    fn report(at: &str, recommended: Option<&str>) -> TestReport {
        TestReport {
            mirrors: Vec::new(),
            ranking: Vec::new(),
            recommended: recommended.map(|id| Recommended {
                goproxy: "https://mirror.example,direct".to_owned(),
                gosumdb: "sum.golang.org".to_owned(),
                mirrors: vec![id.to_owned()],
                why: Vec::new(),
            }),
            cancelled: false,
            interrupted: false,
            workload: Workload {
                modules: 1,
                bytes: 1,
                parallel: 1,
                project: None,
            },
            bytes_used: 0,
            elapsed_ms: 1.0,
            at: at.to_owned(),
        }
    }

    /// The clock of the machine may be set back by years between two runs (reliability D40).
    #[test]
    fn runs_are_in_their_order_whatever_the_clock_says() {
        let mut kept = KeptRuns::default();
        for at in [
            "2030-01-01T00:00:00Z",
            "2020-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
        ] {
            kept.keep("home".to_owned(), report(at, None));
        }
        let shown: Vec<_> = kept
            .shown("home")
            .list
            .into_iter()
            .map(|run| run.report.at)
            .collect();
        assert_eq!(
            shown,
            [
                "2026-01-01T00:00:00Z",
                "2020-01-01T00:00:00Z",
                "2030-01-01T00:00:00Z"
            ],
            "the last one first"
        );
    }

    #[test]
    fn the_last_fifty_are_kept_and_the_network_is_known() {
        let mut kept = KeptRuns::default();
        for number in 0..60 {
            let network = if number < 58 { "home" } else { "cafe" };
            let id = (number == 57).then_some("mirror");
            kept.keep(network.to_owned(), report(&number.to_string(), id));
        }
        let shown = kept.shown("home").list;
        assert_eq!(shown.len(), KEPT, "the oldest ten are gone");
        assert_eq!(shown.last().expect("fifty").report.at, "10", "by their age");
        assert!(
            !shown[0].here && shown[2].here,
            "two were measured elsewhere"
        );
        let recommended = kept.recommended("home").expect("one of them recommends");
        assert_eq!(
            recommended.mirrors,
            ["mirror"],
            "the last one on this network"
        );
        assert_eq!(kept.recommended("cafe"), None, "and nothing elsewhere");
    }
}
