//! What is kept of a test, and what is not.

use std::{fs, sync::Arc};

use gopherdesk_core::mirror::{
    choose::UseMirrors,
    own::SaveMirror,
    report::{MirrorEvent, TestReport},
    test::TestMirrors,
};

use crate::{
    database::Sumdb,
    mirror::{Manner, Mirror},
    serving::Served,
    support::{Sandbox, block_on},
    tree::Tree,
};

const MODULE: &str = "team.example/m@v1.0.0";

/// A machine with a mirror of its user's own, and a database that knows its module.
struct Machine {
    sandbox: Sandbox,
    mirror: Mirror,
    #[expect(dead_code, reason = "it answers for as long as it is kept")]
    database: Served,
}

impl Machine {
    fn new() -> Self {
        let tree = Tree::default().with(MODULE, 50_000);
        let database = Sumdb::new(40, &[(9, tree.record(MODULE))]).serve();
        let sandbox = Sandbox::new();
        sandbox.write(
            &sandbox.env_file(),
            format!("GOSUMDB={}\n", database.gosumdb()),
        );
        let mirror = Mirror::serve(&Arc::new(tree), Manner::default());
        let wish = SaveMirror {
            id: None,
            name: "team".to_owned(),
            url: Some(mirror.url()),
            probe: Some(MODULE.to_owned()),
        };
        block_on(sandbox.app().mirror_save(wish)).expect("a good mirror");
        let machine = Self {
            sandbox,
            mirror,
            database,
        };
        machine.gateway("0100A8C0");
        machine
    }

    /// The network that this machine is on.
    fn gateway(&self, gateway: &str) {
        let table = format!("Iface\tDestination\tGateway\neth0\t00000000\t{gateway}\n");
        self.sandbox
            .write(&self.sandbox.host.system("/proc/net/route"), table);
    }

    fn test(&self, on_event: impl Fn(&MirrorEvent) + Send + Sync) -> TestReport {
        let app = self.sandbox.app();
        let job = app.jobs.start("test".to_owned());
        let mirrors = block_on(app.mirror_named(vec!["team".to_owned()])).expect("it was kept");
        let wish = TestMirrors {
            mirrors,
            ..TestMirrors::default()
        };
        let observer = |event: MirrorEvent| on_event(&event);
        block_on(app.mirror_test(wish, &job, &observer)).expect("a report")
    }

    /// How many tests are kept, and whether each was made on this network.
    fn kept(&self) -> Vec<bool> {
        let runs = block_on(self.sandbox.app().mirror_runs(())).expect("a list");
        runs.list.iter().map(|run| run.here).collect()
    }
}

/// A cable is pulled, another network is joined: what was measured says nothing about the mirror (reliability D36-D38).
#[test]
fn a_test_over_two_networks_is_interrupted_and_not_kept() {
    let machine = Machine::new();
    let report = machine.test(|event| {
        if matches!(event, MirrorEvent::Measured { .. }) {
            machine.gateway("0101A8C0");
        }
    });
    assert!(
        report.interrupted,
        "the gateway changed meanwhile: {report:#?}"
    );
    assert_eq!(machine.kept(), [] as [bool; 0], "nothing of it is kept");
    let report = machine.test(|_| {});
    assert!(!report.interrupted, "now it stays: {report:#?}");
    assert_eq!(machine.kept(), [true], "this one is kept");
}

/// A result knows on which network it was measured, and a recommendation holds there alone.
#[test]
fn a_result_of_another_network_says_so_and_recommends_nothing() {
    let machine = Machine::new();
    let report = machine.test(|_| {});
    let recommended = report.recommended.expect("the mirror is sound");
    assert!(
        recommended.goproxy.starts_with(&machine.mirror.url()),
        "{recommended:#?}"
    );
    let wish = UseMirrors {
        mirrors: Vec::new(),
        direct: true,
        gosumdb: None,
    };
    machine.gateway("0102A8C0");
    assert_eq!(machine.kept(), [false], "it was measured elsewhere");
    let refused = block_on(machine.sandbox.app().mirror_use(wish.clone()));
    let refused = refused.expect_err("nothing is recommended here");
    assert!(
        format!("{refused:?}").contains("NoRecommendation"),
        "{refused:?}"
    );
    machine.gateway("0100A8C0");
    assert_eq!(machine.kept(), [true], "and here it holds");
    let plan = block_on(machine.sandbox.app().mirror_use(wish)).expect("a plan");
    let change = plan.changes.first().expect("GOPROXY");
    assert_eq!(
        change.after.as_deref(),
        Some(recommended.goproxy.as_str()),
        "{plan:#?}"
    );
}

/// The store is the user's: what cannot be read is neither overwritten nor a reason to give no result.
#[test]
fn a_damaged_store_of_results_costs_no_result() {
    let machine = Machine::new();
    let file = machine.sandbox.host.folders.config.join("mirror-runs.json");
    machine.sandbox.write(&file, "{ not json");
    let report = machine.test(|_| {});
    assert_eq!(report.ranking.len(), 1, "the test is not about the store");
    let folder = &machine.sandbox.host.folders.config;
    let names: Vec<_> = fs::read_dir(folder)
        .expect("our own folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(
        names
            .iter()
            .any(|name| name.starts_with("mirror-runs.json.corrupt")),
        "what was there is set aside: {names:?}"
    );
}
