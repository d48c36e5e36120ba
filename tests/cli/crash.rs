//! A fault of `gdesk` itself: one refusal, a report for its user alone, and nothing half done.

use std::fs;

use crate::machine::{Ended, GDESK, Machine, newest_go};

const SECRET: &str = "hunter2secret";

/// The system refuses every new thread; the run-time panics on the first one, in the middle of a change.
fn without_threads(machine: &Machine, line: &str) -> Ended {
    let mut command = machine.command("strace");
    let path = newest_go()
        .parent()
        .expect("a folder")
        .display()
        .to_string();
    command
        .env("PATH", format!("{path}:/usr/bin:/bin"))
        .args(["-f", "-qq", "-o", "/dev/null"])
        .args(["-e", "trace=clone3", "-e", "inject=clone3:error=EPERM"])
        .arg(GDESK)
        .args(line.split(' '));
    Ended::of(command.spawn().expect("strace is installed"))
}

#[test]
fn a_panic_is_told_and_reported_and_leaves_the_file_alone() {
    let machine = Machine::new();
    let before = format!("GOPROXY=https://me:{SECRET}@proxy.example.com\n");
    machine.write_env(&before);
    let line = "env set GOPROXY=direct --yes";
    let told = without_threads(&machine, line).ends(1, "a fault is a refusal");
    told.warns("a fault of Gopherdesk itself", "it is said in words");
    told.warns("crash-report.txt", "and where the report is");
    assert!(!told.stderr.contains("stack backtrace"), "{told:#?}");
    assert_eq!(machine.env_text(), Some(before), "nothing was written");

    let path = machine.path("own/state/crash-report.txt");
    let report = fs::read_to_string(&path).expect("there is a report");
    assert!(report.starts_with("gdesk "), "of this program: {report}");
    assert!(report.contains("spawn"), "with what was said: {report}");
    let home = machine.path("home").display().to_string();
    for hidden in [SECRET, &home] {
        assert!(!report.contains(hidden), "without {hidden}: {report}");
    }
    let json = without_threads(&machine, &format!("{line} --json"))
        .ends(1, "for a script, too")
        .json();
    assert_eq!(json["code"], "internal", "with a code: {json}");
    assert!(json["params"]["report"].is_string(), "and a place: {json}");

    machine.gdesk(line).ends(0, "the next start works");
}
