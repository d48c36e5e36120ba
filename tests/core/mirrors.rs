//! The speed test against mirrors on the loopback: sound ones, slow ones, and liars.

mod crowd;
mod kept;
mod known;
mod liars;
mod own;
mod stopping;
mod sums;

use std::sync::{Arc, Mutex};

use gopherdesk_core::{
    checksum::Database,
    mirror::{
        database::DatabaseChoice,
        report::{MirrorEvent, MirrorReport, Workload},
        test::{Measured, Setup, Target, run},
    },
    web::Network,
};
use tokio_util::sync::CancellationToken;

use crate::{
    database::Sumdb,
    mirror::{Manner, Mirror},
    serving::Served,
    support::Sandbox,
    tree::{Tree, probes},
};

/// What the mirrors of a test have in common.
struct Ground {
    sandbox: Sandbox,
    tree: Arc<Tree>,
    database: Arc<Sumdb>,
    setup: Setup,
    /// It answers for as long as it is kept.
    served: Option<Served>,
}

impl Ground {
    /// Mirrors whose larger module has so many bytes.
    fn new(bytes: usize) -> Self {
        let sandbox = Sandbox::new();
        let (tree, probes) = probes(bytes);
        let record = tree.record("small.example/m1@v1.0.0");
        let database = Sumdb::new(300, &[(123, record)]);
        let setup = Setup {
            network: Network::new(&sandbox.host),
            probes,
            database: Database::from_key(&database.key()).expect("a key"),
            databases: Vec::new(),
            toolchain: None,
            workload: Workload {
                modules: 60,
                bytes: 10_000_000,
                parallel: 2,
                project: None,
            },
            patient: false,
        };
        Self {
            sandbox,
            tree: Arc::new(tree),
            database: Arc::new(database),
            setup,
            served: None,
        }
    }

    /// A mirror that passes the database on.
    fn mirror(&self, manner: Manner) -> Mirror {
        Mirror::serve(&self.tree, manner.database(&self.database))
    }

    /// Measures, and gives every event that was told.
    fn test(&self, mirrors: &[(&str, &Mirror)]) -> (Measured, Vec<MirrorEvent>) {
        let targets: Vec<_> = mirrors
            .iter()
            .map(|(id, mirror)| target(id, &mirror.url()))
            .collect();
        self.test_targets(&targets, &CancellationToken::new())
    }

    fn test_targets(
        &self,
        targets: &[Target],
        cancel: &CancellationToken,
    ) -> (Measured, Vec<MirrorEvent>) {
        let events = Mutex::new(Vec::new());
        let observer = |event: MirrorEvent| events.lock().expect("no observer panics").push(event);
        let measured = crate::support::block_on(run(&self.setup, targets, cancel, &observer));
        (measured, events.into_inner().expect("no observer panics"))
    }

    /// A database that answers at an address of its own.
    fn with_database(mut self) -> Self {
        let served = (*self.database).clone().serve();
        let gosumdb = served.gosumdb();
        self.setup.databases = vec![DatabaseChoice {
            gosumdb,
            url: served.url(),
            through_mirrors: false,
        }];
        self.served = Some(served);
        self
    }
}

fn target(id: &str, url: &str) -> Target {
    Target {
        id: id.to_owned(),
        url: url.to_owned(),
        operator: id.to_owned(),
        own: false,
        legacy: false,
        probe: None,
        public_probe: true,
    }
}

fn row<'a>(measured: &'a Measured, id: &str) -> &'a MirrorReport {
    let mut rows = measured.rows.iter();
    rows.find(|row| row.id == id)
        .expect("a row for each mirror")
}

/// The verdict as it crosses to the hosts.
fn code(row: &MirrorReport) -> String {
    let verdict = serde_json::to_value(&row.verdict).expect("our own type");
    verdict["code"].as_str().unwrap_or_default().to_owned()
}

/// A company's own mirror, with a module of its own.
fn target_with_probe(url: &str, module: &str, public_probe: bool) -> Target {
    Target {
        own: true,
        probe: Some(module.parse().expect("a module")),
        public_probe,
        ..target("company", url)
    }
}
