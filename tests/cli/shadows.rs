//! What outranks the file: found, told, commented out.

use serde_json::json;

use crate::machine::Machine;

#[cfg(unix)]
#[test]
fn a_line_of_a_startup_file_is_told_and_commented_out() {
    let machine = Machine::new().with_var("SHELL", "/bin/bash");
    let profile = "# mine\nexport GOPROXY=https://profile.example\n";
    machine.write("home/.profile", profile);
    let set = machine
        .gdesk("env set GOPROXY=direct --yes --json")
        .ends(0, "it is written")
        .json();
    assert_eq!(
        set["effective"][0]["wins"], false,
        "but does not count in terminals: {set}"
    );
    assert_eq!(
        set["effective"][0]["result"]["code"], "shadowed",
        "and says so: {set}"
    );

    let text = machine
        .gdesk("env set GOPROXY=off --yes")
        .ends(0, "it is written");
    text.says("~/.profile:2", "the line is named");
    text.says("gdesk env unshadow GOPROXY", "with the way to mend it");
    machine
        .gdesk("env explain GOPROXY")
        .ends(0, "it is known")
        .says("~/.profile:2", "as a layer");
    machine
        .gdesk("env list")
        .ends(0, "it is known")
        .says("gdesk env unshadow GOPROXY", "as a finding");

    let plan = machine
        .gdesk("env unshadow GOPROXY --dry-run")
        .ends(0, "a rehearsal");
    plan.says(
        "export GOPROXY=https://profile.example",
        "the line is shown",
    );
    machine
        .gdesk("env unshadow GOPROXY")
        .ends(1, "nobody said yes");
    let read = || std::fs::read_to_string(machine.path("home/.profile")).expect("it is there");
    assert_eq!(read(), profile, "nothing was written so far");

    machine
        .gdesk("env unshadow GOPROXY --yes")
        .ends(0, "it can be commented out");
    let line = read()
        .lines()
        .nth(1)
        .map(str::to_owned)
        .expect("the line is still there");
    assert!(line.starts_with('#'), "as a comment: {line}");
    machine
        .gdesk("env unshadow GOPROXY --yes")
        .ends(0, "done already")
        .says("Nothing outranks", "and says so");
    let list = machine
        .gdesk("env list GOPROXY --json")
        .ends(0, "it is known")
        .json();
    assert_eq!(
        list["variables"][0]["shadowed"],
        json!(null),
        "the file counts: {list}"
    );

    machine
        .gdesk("undo --yes")
        .ends(0, "that is a change like any other");
    assert_eq!(read(), profile, "every byte is back");
}

#[test]
fn what_the_process_sets_is_told_and_cannot_be_commented_out() {
    let machine = Machine::new().with_var("GOPROXY", "https://process.example");
    let set = machine
        .gdesk("env set GOPROXY=direct --yes --json")
        .ends(0, "it is written")
        .json();
    assert_eq!(
        set["effective"][0]["wins"], false,
        "but does not count: {set}"
    );
    assert_eq!(
        set["effective"][0]["value"], "https://process.example",
        "this does: {set}"
    );
    let value = machine
        .gdesk("env unshadow GOPROXY --yes --json")
        .ends(1, "it is no line")
        .json();
    assert_eq!(value["code"], "not_a_line", "{value}");
    assert_eq!(value["params"]["name"], "GOPROXY", "{value}");
}

#[cfg(unix)]
#[test]
fn the_login_shell_is_asked_when_that_is_wished() {
    let machine = Machine::new().with_var("SHELL", "/bin/bash");
    machine.write(
        "home/.profile",
        "GOPRIVATE=a.example; GOPRIVATE=$GOPRIVATE,b.example; export GOPRIVATE\n",
    );
    let list = machine
        .gdesk("env list GOPRIVATE --json --login-shell")
        .ends(0, "it answers")
        .json();
    let shadowed = &list["variables"][0]["shadowed"];
    assert_eq!(
        shadowed["value"], "a.example,b.example",
        "only the shell knows: {list}"
    );
    assert_eq!(shadowed["confirmed"], true, "and said so: {list}");
}
