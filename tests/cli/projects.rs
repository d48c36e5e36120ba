//! `mirror race`, `mirror prefetch` and `mirror test --project` over a project on this machine.

use std::{
    fs,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    machine::{Ended, GDESK, Machine},
    mirror::{Fault, Manner, Mirror},
    tree::Tree,
};

/// How long go may take before the test gives up; far more than it ever needs.
const PATIENCE: Duration = Duration::from_secs(60);

const MODULES: [&str; 3] = [
    "dep.example/m1@v1.0.0",
    "dep.example/m2@v1.0.0",
    "dep.example/m3@v1.0.0",
];

/// A machine with a project, and mirrors that have its modules.
struct Ground {
    machine: Machine,
    tree: Arc<Tree>,
}

impl Ground {
    fn new() -> Self {
        let tree = MODULES
            .iter()
            .fold(Tree::default(), |tree, module| tree.with(module, 2000));
        let machine = Machine::new();
        let required: String = MODULES
            .iter()
            .map(|module| format!("require {}\n", module.replace('@', " ")))
            .collect();
        let sums: String = MODULES.iter().map(|module| tree.record(module)).collect();
        machine.write(
            "home/shop/go.mod",
            &format!("module example.com/shop\n\ngo 1.21\n\n{required}"),
        );
        machine.write("home/shop/go.sum", &sums);
        Self {
            machine,
            tree: Arc::new(tree),
        }
    }

    /// A mirror, and the chain that leads to it.
    fn in_effect(&self, manner: Manner) -> Mirror {
        let mirror = Mirror::serve(&self.tree, manner);
        self.machine
            .write_env(&format!("GOPROXY={}\nGOSUMDB=off\n", mirror.url()));
        mirror
    }

    fn mirror(&self, manner: Manner) -> Mirror {
        Mirror::serve(&self.tree, manner)
    }

    fn scratch_is_gone(&self) {
        let left = fs::read_dir(self.machine.path("own/cache/fetch"));
        let left = left.into_iter().flatten().flatten();
        assert_eq!(left.count(), 0, "the downloads are removed");
    }
}

#[track_caller]
fn has(value: &Value, fields: &[&str], what: &str) {
    for field in fields {
        assert!(
            value.get(field).is_some(),
            "{what}: the contract has {field}: {value:#}"
        );
    }
}

#[test]
fn a_race_compares_the_chain_with_mirrors() {
    let ground = Ground::new();
    let _chain = ground.in_effect(Manner::default());
    let good = ground.mirror(Manner::default());
    let bad = ground.mirror(
        Manner::default().fault(|path| path.contains("/m2/").then_some(Fault::Status(503))),
    );
    let line = format!("mirror race {} {} --project shop", good.url(), bad.url());
    let report = ground
        .machine
        .gdesk(&format!("{line} --budget 7 --json"))
        .ends(0, "one gives everything")
        .json();
    has(
        &report,
        &[
            "project",
            "modules",
            "rows",
            "ranking",
            "budget",
            "cancelled",
            "interrupted",
            "elapsed_ms",
            "at",
        ],
        "the report",
    );
    assert_eq!(report["project"], "~/shop", "as it is shown");
    assert_eq!(report["budget"], 7_000_000, "in bytes");
    assert_eq!(report["ranking"], json!([good.url()]), "{report:#}");
    let rows = report["rows"].as_array().expect("rows");
    for row in rows {
        has(
            row,
            &[
                "mirror",
                "goproxy",
                "state",
                "elapsed_ms",
                "bytes",
                "modules",
                "of",
                "failures",
                "failed",
                "requests",
                "error_rate",
                "mean_request_ms",
                "requests_per_second",
                "failure",
            ],
            "a row",
        );
    }
    let states: Vec<_> = rows.iter().map(|row| &row["state"]).collect();
    assert_eq!(
        states,
        ["complete", "complete", "incomplete"],
        "the chain first: {report:#}"
    );
    assert_eq!(
        rows[0]["mirror"],
        Value::Null,
        "it is no mirror of the list"
    );
    let text = ground.machine.gdesk(&line).ends(0, "the same in words");
    text.says("now in effect", "the chain has a name");
    text.says("3/3", "all modules");
    text.says("503", "go's own words");
    text.says("dep.example/m2@v1.0.0", "and which module");
    assert_eq!(text.stderr, "", "nobody watches");
    let chinese = ground.machine.gdesk(&format!("--lang zh {line}"));
    chinese.says("当前设置", "in Chinese");
    ground.scratch_is_gone();
}

#[test]
fn events_come_line_by_line_and_the_report_last() {
    let ground = Ground::new();
    let chain = ground.in_effect(Manner::default());
    let ended = ground.machine.gdesk(&format!(
        "mirror race {} --project shop --json-lines",
        chain.url()
    ));
    let ended = ended.ends(0, "all came");
    let lines: Vec<Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON on each line"))
        .collect();
    let (report, events) = lines.split_last().expect("something is told");
    assert_eq!(events[0]["event"], "started", "{:#}", events[0]);
    has(&events[0], &["rows", "modules", "budget"], "the start");
    let of = |name: &str| events.iter().filter(|line| line["event"] == name).count();
    assert_eq!(
        (of("running"), of("fetched"), of("finished")),
        (2, 6, 2),
        "both rows, each module: {events:#?}"
    );
    let fetched = events.iter().find(|line| line["event"] == "fetched");
    has(
        fetched.expect("just counted"),
        &["mirror", "module", "bytes", "done", "of"],
        "a module",
    );
    assert!(report.get("rows").is_some(), "the report: {report:#}");
}

#[test]
fn when_nobody_gives_everything_something_is_wrong() {
    let ground = Ground::new();
    let chain = ground.in_effect(Manner::default().fault(|_| Some(Fault::Status(404))));
    let line = format!("mirror race {} --project shop", chain.url());
    ground
        .machine
        .gdesk(&line)
        .ends(3, "no mirror gives everything")
        .says("404", "in go's own words");
    for (line, code) in [
        ("mirror race --project .", "no_project"),
        ("mirror prefetch --project nowhere", "no_project"),
        (
            "mirror race no-such-mirror --project shop",
            "unknown_mirror",
        ),
    ] {
        let value = ground
            .machine
            .gdesk(&format!("{line} --json"))
            .ends(1, line)
            .json();
        assert_eq!(value["code"], code, "{line}: {value}");
    }
    ground
        .machine
        .gdesk("mirror race --budget 0")
        .ends(2, "no budget at all");
}

#[test]
fn a_broken_go_mod_is_named_with_its_line() {
    let ground = Ground::new();
    let _chain = ground.in_effect(Manner::default());
    ground
        .machine
        .write("home/shop/go.mod", "module example.com/shop\n\nrequire (\n");
    for verb in ["race", "prefetch", "test"] {
        let value = ground
            .machine
            .gdesk(&format!("mirror {verb} --project shop --json"))
            .ends(1, verb)
            .json();
        assert_eq!(value["code"], "manifest_invalid", "{verb}: {value}");
        assert_eq!(value["params"]["line"], 3, "{verb}: {value}");
    }
}

#[test]
fn what_is_prefetched_is_there_offline() {
    let ground = Ground::new();
    let chain = ground.in_effect(Manner::default());
    let line = "mirror prefetch --project shop";
    let done = ground
        .machine
        .gdesk(&format!("{line} --json"))
        .ends(0, "all came")
        .json();
    has(
        &done,
        &[
            "project",
            "goproxy",
            "cache",
            "state",
            "elapsed_ms",
            "bytes",
            "fetched",
            "modules",
            "of",
            "failures",
            "failed",
            "failure",
        ],
        "the report",
    );
    assert_eq!(
        (&done["fetched"], &done["modules"], &done["state"]),
        (&json!(3), &json!(3), &json!("complete")),
        "{done:#}"
    );
    assert_eq!(done["goproxy"], chain.url(), "through what is in effect");
    let mut offline = ground.machine.command(crate::machine::newest_go());
    offline
        .args(["mod", "download"])
        .current_dir(ground.machine.path("home/shop"))
        .env("GOPROXY", "off")
        .env("GOTOOLCHAIN", "local");
    Ended::of(offline.spawn().expect("go starts")).ends(0, "nothing is missing");
    let asked = chain.requests().len();
    let again = ground.machine.gdesk(line).ends(0, "all is there");
    again.says("All 3 modules of ~/shop", "and said");
    assert_eq!(chain.requests().len(), asked, "nobody was asked again");
    ground.scratch_is_gone();
}

#[test]
fn ctrl_c_prints_what_came() {
    let ground = Ground::new();
    let chain = ground.in_effect(
        Manner::default().fault(|path| path.ends_with(".zip").then_some(Fault::Silence)),
    );
    for line in [
        format!("mirror race {} --project shop --json", chain.url()),
        "mirror prefetch --project shop --json".to_owned(),
    ] {
        let zips = || {
            let requests = chain.requests();
            requests
                .iter()
                .filter(|path| path.ends_with(".zip"))
                .count()
        };
        let before = zips();
        let mut command = ground.machine.command(GDESK);
        command.args(line.split(' '));
        let child = command.spawn().expect("gdesk starts");
        let deadline = Instant::now() + PATIENCE;
        while zips() == before {
            assert!(Instant::now() < deadline, "go asks the mirror");
            thread::yield_now();
        }
        let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        kill_process(id.expect("a process has a number"), Signal::INT).expect("it still runs");
        let report = Ended::of(child).ends(130, "stopped by Ctrl-C").json();
        let state = match line.contains("race") {
            true => &report["rows"][0]["state"],
            false => &report["state"],
        };
        assert_eq!(state, "stopped", "{line}: {report:#}");
        ground.scratch_is_gone();
    }
}

#[test]
fn a_test_projects_for_the_project() {
    let ground = Ground::new();
    let mirror = ground.mirror(Manner::default().fault(|_| Some(Fault::Status(503))));
    ground.machine.write_env("GOSUMDB=off\n");
    let report = ground
        .machine
        .gdesk(&format!(
            "mirror test {} --project shop --json",
            mirror.url()
        ))
        .ends(3, "that mirror is not sound")
        .json();
    let workload = &report["workload"];
    assert_eq!(
        (&workload["modules"], &workload["project"]),
        (&json!(3), &json!("~/shop")),
        "its modules: {workload:#}"
    );
    assert_eq!(
        workload["bytes"],
        3 * 208_333,
        "of a typical size as long as nobody knows better"
    );
}
