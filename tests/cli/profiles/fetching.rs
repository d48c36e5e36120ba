//! `profile verify --fetch`: a real download, its failure, and Ctrl-C.

use std::{
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::{
    machine::{Ended, GDESK, Machine},
    modules::{Reply, Server},
};

/// How long go may take before the test gives up; far more than it ever needs.
const PATIENCE: Duration = Duration::from_secs(60);

const MODULE: &str = "example.com/m@v1.0.0";

/// A machine on which a profile with this proxy and this database is in use.
fn with_profile(proxy: &str, database: &str) -> Machine {
    let machine = Machine::new();
    let save = format!("profile save net GOPROXY={proxy} GOSUMDB --yes");
    // its key has a space in it
    machine
        .gdesk_reads(&save, &format!("{database}\n"))
        .ends(0, "good values");
    machine
        .gdesk("profile use net --yes --allow GOSUMDB")
        .ends(0, "it is used");
    machine
}

fn nothing_is_left(machine: &Machine) {
    let left = std::fs::read_dir(machine.path("tmp")).expect("our own folder");
    let left: Vec<_> = left.flatten().map(|entry| entry.path()).collect();
    assert!(
        left.is_empty(),
        "the module cache was a temporary one: {left:?}"
    );
    assert!(
        !machine.path("home/go/pkg/mod").exists(),
        "and not the user's"
    );
}

#[test]
fn a_download_through_the_profile_is_proof() {
    let (proxy, database) = (Server::proxy(), Server::database(true));
    let machine = with_profile(&proxy.url(), &database.gosumdb());
    let verified = machine.gdesk(&format!("profile verify net --fetch={MODULE} --json"));
    let verified = verified.ends(0, "in effect, and it works").json();
    let fetch = &verified["fetch"];
    assert_eq!(fetch["module"], MODULE, "{verified}");
    assert_eq!(
        fetch["goproxy"],
        proxy.url(),
        "and by which way: {verified}"
    );
    assert_eq!(fetch["failure"], Value::Null, "{verified}");
    assert!(fetch["elapsed_ms"].is_u64(), "with its time: {verified}");
    let text = machine.gdesk(&format!("--lang zh profile verify net --fetch={MODULE}"));
    let text = text.ends(0, "the same in words");
    text.says(MODULE, "names the module");
    assert_eq!(
        text.stderr, "",
        "nobody watches, so nothing is told meanwhile"
    );
    nothing_is_left(&machine);
}

#[test]
fn a_download_that_fails_is_something_wrong() {
    let proxy = Server::always(Reply::Status(502));
    let machine = with_profile(&proxy.url(), "off");
    let line = format!("profile verify net --fetch={MODULE}");
    machine
        .gdesk(&line)
        .ends(3, "in effect, but it does not work")
        .says("502", "in go's own words");
    let verified = machine
        .gdesk(&format!("{line} --json"))
        .ends(3, "the same")
        .json();
    assert_eq!(
        verified["state"],
        json!({ "code": "active", "params": {} }),
        "{verified}"
    );
    assert_eq!(
        verified["fetch"]["failure"]["code"], "fetch_failed",
        "{verified}"
    );
    let value = machine
        .gdesk("profile verify net --fetch=nonsense --json")
        .ends(1, "no module")
        .json();
    assert_eq!(value["code"], "module_invalid", "{value}");
    nothing_is_left(&machine);
}

#[test]
fn ctrl_c_prints_the_report_so_far() {
    let proxy = Server::always(Reply::Silence);
    let machine = with_profile(&proxy.url(), "off");
    for line in ["profile verify net --json", "profile verify net"] {
        let asked = proxy.requests().len();
        let mut command = machine.command(GDESK);
        command
            .args(line.split(' '))
            .arg(format!("--fetch={MODULE}"));
        let child = command.spawn().expect("gdesk starts");
        let deadline = Instant::now() + PATIENCE;
        while proxy.requests().len() == asked {
            assert!(Instant::now() < deadline, "go asks the proxy");
            thread::yield_now();
        }
        let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        kill_process(id.expect("a process has a number"), Signal::INT).expect("it still runs");
        let ended = Ended::of(child).ends(130, "stopped by Ctrl-C");
        if line.ends_with("--json") {
            let report = ended.json();
            assert_eq!(report["cancelled"], true, "{report}");
            assert_eq!(
                report["state"]["code"], "active",
                "what was found is told: {report}"
            );
            assert_eq!(
                report["fetch"],
                Value::Null,
                "the rest is not known: {report}"
            );
        } else {
            ended.says("net is in effect", "what was found is told");
            ended.says("Stopped", "and that it is not all");
        }
        nothing_is_left(&machine);
    }
}
