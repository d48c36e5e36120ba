//! `mirror test` and `mirror use` against mirrors on the loopback: live lines, an order, a chain, its proof and its undo.

use std::{
    io::{BufRead, BufReader},
    sync::Arc,
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    database::Sumdb,
    machine::{Ended, GDESK, Machine},
    mirror::{Fault, Manner, Mirror},
    serving::Served,
    tree::Tree,
};

/// What the user's own mirrors are tested with: the database of the test knows it.
const MODULE: &str = "team.example/m@v1.0.0";

/// A machine whose database is the test's own, and what its mirrors serve.
struct Ground {
    machine: Machine,
    tree: Arc<Tree>,
    database: Served,
}

impl Ground {
    fn new() -> Self {
        let tree = Tree::default().with(MODULE, 300_000);
        let database = Sumdb::new(40, &[(9, tree.record(MODULE))]).serve();
        let machine = Machine::new();
        machine.write_env(&format!(
            "GOSUMDB={}\nGOFLAGS=-modcacherw\n",
            database.gosumdb()
        ));
        Self {
            machine,
            tree: Arc::new(tree),
            database,
        }
    }

    /// Serves the module, and puts the mirror into the user's list.
    fn add(&self, name: &str, manner: Manner) -> Mirror {
        let mirror = Mirror::serve(&self.tree, manner);
        let line = format!(
            "mirror add {} --name {name} --probe {MODULE} --yes",
            mirror.url()
        );
        self.machine.gdesk(&line).ends(0, "a good mirror");
        mirror
    }
}

/// The row of a mirror, by what its user calls it.
fn row<'a>(ground: &Ground, report: &'a Value, name: &str) -> &'a Value {
    let id = id(ground, name);
    let rows = report["mirrors"].as_array().expect("rows");
    rows.iter()
        .find(|row| row["id"] == id)
        .expect("a row for each")
}

fn id(ground: &Ground, name: &str) -> Value {
    let list = ground
        .machine
        .gdesk("mirror list --json")
        .ends(0, "the list")
        .json();
    let list = list.as_array().expect("mirrors");
    let found = list
        .iter()
        .find(|mirror| mirror["name"]["en"] == name || mirror["name"] == name);
    found.expect("it was added")["id"].clone()
}

#[test]
fn a_test_ends_in_a_chain_that_is_set_proven_and_undone() {
    let ground = Ground::new();
    let near = ground.add("near", Manner::default().delay(2));
    let _far = ground.add("far", Manner::default().delay(40));
    let before = ground.machine.env_text();
    let report = ground
        .machine
        .gdesk("mirror test near far --json")
        .ends(0, "both are sound")
        .json();
    assert_eq!(
        report["ranking"],
        json!([id(&ground, "near"), id(&ground, "far")]),
        "by projected time: {report:#}"
    );
    let row = row(&ground, &report, "near");
    for field in [
        "id",
        "url",
        "sound",
        "verdict",
        "conditions",
        "connect",
        "latency",
        "throughput",
        "checksum_ok",
        "sumdb",
        "toolchain",
        "fresh",
        "bytes_used",
        "projected_ms",
    ] {
        assert!(
            row.get(field).is_some(),
            "the contract has {field}: {row:#}"
        );
    }
    assert_eq!(row["checksum_ok"], true, "{row:#}");
    let recommended = &report["recommended"];
    assert_eq!(
        recommended["gosumdb"],
        ground.database.gosumdb(),
        "the user's own database stays"
    );
    assert!(
        recommended["goproxy"]
            .as_str()
            .expect("a chain")
            .starts_with(&near.url()),
        "{recommended:#}"
    );
    let text = ground.machine.gdesk("mirror test near far");
    let text = text.ends(0, "the same in words");
    text.says("near", "by its name");
    text.says("gdesk mirror use", "and what to do with it");
    let set = ground
        .machine
        .gdesk(&format!("mirror use --prove={MODULE} --yes --json"))
        .ends(0, "what was recommended")
        .json();
    assert_eq!(
        set["proof"]["failure"],
        Value::Null,
        "a module came through it: {set:#}"
    );
    assert_eq!(set["effective"][0]["wins"], true, "read back: {set:#}");
    let after = ground.machine.env_text().expect("a file");
    assert!(
        after.contains(&format!("GOPROXY={},", near.url())),
        "{after}"
    );
    ground
        .machine
        .gdesk("undo --yes")
        .ends(0, "it can be undone");
    assert_eq!(ground.machine.env_text(), before, "to the byte");
}

#[test]
fn no_sound_mirror_is_something_wrong() {
    let ground = Ground::new();
    let _page = ground.add(
        "page",
        Manner::default()
            .fault(|_| Some(Fault::Answer("text/html", b"<html>Welcome</html>".to_vec()))),
    );
    let report = ground.machine.gdesk("mirror test page --json");
    let report = report.ends(3, "looked at, and none is sound").json();
    assert_eq!(report["ranking"], json!([]), "{report:#}");
    assert_eq!(report["recommended"], Value::Null, "{report:#}");
    assert_eq!(
        row(&ground, &report, "page")["verdict"],
        json!({ "code": "web_page", "params": {} }),
        "with its reason"
    );
    for language in ["en", "zh"] {
        let text = ground
            .machine
            .gdesk(&format!("--lang {language} mirror test page"));
        let text = text.ends(3, "in words");
        assert!(
            !text.stdout.contains("web_page"),
            "a code is no sentence: {}",
            text.stdout
        );
    }
    let refused = ground.machine.gdesk("mirror use --yes --json");
    let refused = refused.ends(1, "there is nothing to recommend").json();
    assert_eq!(refused["code"], "no_recommendation", "{refused:#}");
}

/// Every event is a line while it happens, the report is the last one; Ctrl-C prints the report so far.
#[test]
fn lines_come_while_it_runs_and_a_stop_keeps_them() {
    let ground = Ground::new();
    let _near = ground.add("near", Manner::default().delay(5));
    let _silent = ground.add("silent", Manner::default().fault(|_| Some(Fault::Silence)));
    let mut command = ground.machine.command(GDESK);
    let mut child = command
        .args(["mirror", "test", "silent", "--patient", "--json-lines"])
        .spawn()
        .expect("gdesk starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let first = lines.next().expect("a line").expect("text");
    let first: Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!(first["event"], "started", "rows come first: {first}");
    let second = lines.next().expect("a line").expect("text");
    let second: Value = serde_json::from_str(&second).expect("JSON");
    assert_eq!(second["event"], "measured", "then what happens: {second}");
    let pid = Pid::from_raw(i32::try_from(child.id()).expect("a process")).expect("alive");
    kill_process(pid, Signal::INT).expect("it runs");
    let last = lines
        .map(|line| line.expect("text"))
        .last()
        .expect("a report");
    let report: Value = serde_json::from_str(&last).expect("JSON");
    assert_eq!(report["cancelled"], true, "the report so far: {report}");
    assert_eq!(
        row(&ground, &report, "silent")["verdict"]["code"],
        "stopped",
        "{report}"
    );
    let status = child.wait().expect("it ends").code();
    assert_eq!(status, Some(130), "stopped");
}

/// A login in an address is shown nowhere.
#[test]
fn a_login_is_shown_nowhere() {
    let ground = Ground::new();
    let url = "https://ann:canary-7f3@localhost:9/go";
    let ended: [Ended; 3] = [
        ground.machine.gdesk(&format!("mirror test {url}")),
        ground.machine.gdesk(&format!("mirror test {url} --json")),
        ground
            .machine
            .gdesk(&format!("mirror test {url} --json-lines")),
    ];
    for ended in ended {
        let ended = ended.ends(3, "nobody listens there");
        assert!(!format!("{ended:?}").contains("canary"), "{ended:#?}");
    }
    let kept = std::fs::read_to_string(ground.machine.path("own/mirror-runs.json"));
    let kept = kept.expect("runs are kept");
    assert!(!kept.contains("canary"), "not even in what is kept: {kept}");
}
