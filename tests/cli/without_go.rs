//! A Go that does not answer: the file is read and written all the same.

#![cfg(unix)]

use crate::machine::Machine;

#[test]
fn a_failing_go_is_told_and_the_file_still_works() {
    let machine = Machine::with_script("#!/bin/sh\necho 'go: broken on purpose' >&2\nexit 1\n");
    machine.write_env("GOPRIVATE=corp.example\n");
    let go = machine.path("bin/go");
    let go = go.display();
    let list = machine
        .gdesk(&format!("--go {go} env list --json"))
        .ends(3, "go does not answer")
        .json();
    assert_eq!(list["failure"]["code"], "go_refused", "and why: {list}");
    let private = list["variables"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["name"] == "GOPRIVATE");
    assert_eq!(
        private.expect("it is in the file")["value"],
        "corp.example",
        "from the file: {list}"
    );
    let text = machine
        .gdesk(&format!("--go {go} env get GOPRIVATE"))
        .ends(3, "go does not answer");
    assert_eq!(text.stdout, "corp.example\n", "from the file");
    text.warns("broken on purpose", "what go said is told");

    let set = machine.gdesk(&format!(
        "--go {go} env set GOPRIVATE=new.example --yes --json"
    ));
    let set = set.ends(0, "editing needs no go").json();
    assert_eq!(
        set["effective"][0]["wins"], false,
        "nobody confirmed it: {set}"
    );
    assert_eq!(
        set["effective"][0]["result"]["code"], "unconfirmed",
        "and says so: {set}"
    );
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=new.example\n"),
        "but written it is"
    );
    machine
        .gdesk(&format!("--go {go} undo --yes"))
        .ends(0, "undoing needs no go");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=corp.example\n"),
        "as before"
    );
}

#[test]
fn a_go_that_prints_garbage_or_cannot_run_is_told_by_code() {
    let machine = Machine::with_script("#!/bin/sh\necho '<html>'\n");
    let go = machine.path("bin/go");
    let line = format!("--go {} env list --json", go.display());
    let list = machine.gdesk(&line).ends(3, "that is no answer").json();
    assert_eq!(list["failure"]["code"], "go_unreadable", "{list}");

    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(&go, std::fs::Permissions::from_mode(0o644)).expect("our own file");
    let list = machine.gdesk(&line).ends(3, "it cannot run").json();
    let code = list["failure"]["code"].as_str().unwrap_or_default();
    assert!(
        ["go_not_executable", "not_go"].contains(&code),
        "says so: {list}"
    );
}

#[test]
fn a_go_that_was_named_and_is_not_there_is_refused() {
    let machine = Machine::new();
    for line in ["env list", "env set GOPROXY=direct --yes", "toolchain list"] {
        let value = machine
            .gdesk(&format!("{line} --go ./nowhere --json"))
            .ends(1, "no other Go was meant")
            .json();
        assert_eq!(value["code"], "not_go", "{line}: {value}");
    }
    assert_eq!(machine.env_text(), None, "nothing was written");
}
