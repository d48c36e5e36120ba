//! The speed test against what it predicts, and against asking mirrors one after the other. A benchmark, not a test: it
//! prints.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a benchmark prints, and says why it cannot go on"
)]

#[path = "../support/sumdb.rs"]
#[expect(dead_code, reason = "tests ask more of a database")]
mod database;
#[path = "../e2e/go.rs"]
mod go;
#[path = "../support/listening.rs"]
mod listening;
#[path = "../support/mirror.rs"]
#[expect(dead_code, reason = "tests ask more of a mirror")]
mod mirror;
#[path = "mirrors/prediction.rs"]
mod prediction;
#[path = "../support/serving.rs"]
#[expect(dead_code, reason = "tests ask more of a database")]
mod serving;
#[path = "mirrors/speed.rs"]
mod speed;
#[path = "../support/tree.rs"]
#[expect(dead_code, reason = "tests ask more of a tree")]
mod tree;

use gopherdesk_core::{
    checksum::Database,
    host::Host,
    mirror::{
        probes::ProbeSet,
        report::Workload,
        test::{Setup, Target},
    },
    web::Network,
};

use database::Sumdb;

fn main() {
    let only = std::env::args()
        .nth(1)
        .filter(|word| !word.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    if wanted("speed") {
        speed::table();
    }
    if wanted("prediction") {
        prediction::table();
    }
}

/// What a run is done with, on a machine of its own.
fn setup(host: &Host, probes: ProbeSet, database: &Sumdb, workload: Workload) -> Setup {
    Setup {
        network: Network::new(host),
        probes,
        database: Database::from_key(&database.key()).expect("a key"),
        databases: Vec::new(),
        toolchain: None,
        workload,
        patient: false,
    }
}

fn target(id: &str, url: String) -> Target {
    Target {
        id: id.to_owned(),
        url,
        operator: String::new(),
        own: false,
        legacy: false,
        probe: None,
        public_probe: true,
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
