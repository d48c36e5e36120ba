//! What outranks a profile is reported, not claimed.

use super::DOMESTIC;
use crate::machine::Machine;

/// Somebody's laptop, on which a start-up file sets GOPROXY.
fn shadowed() -> Machine {
    let machine = Machine::new().with_var("SHELL", "/bin/zsh");
    let text = "# mine\nexport GOPROXY=https://zshrc.example\n";
    machine.write("home/.zshrc", text);
    machine
}

#[test]
fn a_value_that_a_startup_file_outranks_is_reported() {
    let machine = shadowed();
    let used = machine
        .gdesk("profile use domestic --yes --json")
        .ends(0, "it is written")
        .json();
    let proxy = &used["effective"][0];
    assert_eq!(proxy["name"], "GOPROXY", "{used}");
    assert_eq!(proxy["wins"], false, "nobody claims that it counts: {used}");
    assert_eq!(proxy["result"]["code"], "shadowed", "and why: {used}");
    assert_eq!(
        used["effective"][1]["wins"], true,
        "the other value counts: {used}"
    );
    let text = machine.env_text().expect("it is written all the same");
    assert!(text.contains(DOMESTIC), "with its value: {text}");

    let again = machine
        .gdesk("profile use domestic --yes")
        .ends(0, "said twice");
    again.says("Nothing to change", "the file says so already");
    again.says("~/.zshrc:2", "and still it does not count");
    again.says("gdesk env unshadow GOPROXY", "with the way to mend it");

    let verified = machine
        .gdesk("profile verify domestic")
        .ends(3, "it is not in effect");
    verified.says("not in effect", "in words");
    verified.says("~/.zshrc:2", "with the line");
    verified.says("https://zshrc.example", "and what counts instead");
    let verified = machine
        .gdesk("profile verify domestic --json")
        .ends(3, "the same")
        .json();
    assert_eq!(verified["state"]["code"], "shadowed", "{verified}");
    let difference = &verified["state"]["params"]["differences"][0];
    assert_eq!(
        difference["actual"], "https://zshrc.example",
        "what go uses: {verified}"
    );
    assert_eq!(
        difference["shadowed"]["where"], "~/.zshrc:2",
        "and who says so: {verified}"
    );
    machine
        .gdesk("profile list")
        .ends(0, "a look")
        .says("outranked: GOPROXY", "in the list too");

    machine
        .gdesk("env unshadow GOPROXY --yes")
        .ends(0, "the line is commented out");
    machine
        .gdesk("profile verify domestic")
        .ends(0, "now it is in effect");
}

#[test]
fn what_is_not_used_at_all_is_verified_as_such() {
    let machine = Machine::new();
    let verified = machine
        .gdesk("--lang zh profile verify 国内")
        .ends(3, "it is not used");
    verified.says("gdesk profile use domestic", "says how to use it");
    let verified = machine
        .gdesk("profile verify domestic --json")
        .ends(3, "the same")
        .json();
    assert_eq!(verified["state"]["code"], "differs", "{verified}");
    assert!(
        verified["fetch"].is_null(),
        "nobody asked for a download: {verified}"
    );
    assert_eq!(verified["cancelled"], false, "nor stopped it: {verified}");
}

#[test]
fn the_process_itself_can_outrank_a_profile() {
    let machine = Machine::new().with_var("GOSUMDB", "off");
    let diff = machine.gdesk("profile diff domestic").ends(0, "a look");
    diff.says("sets GOSUMDB to off", "what would still count");
    let diff = machine
        .gdesk("profile diff domestic --json")
        .ends(0, "a look")
        .json();
    let by: Vec<_> = diff["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["name"].as_str(), one["shadowed"]["by"].as_str()))
        .collect();
    let wanted = [(Some("GOPROXY"), None), (Some("GOSUMDB"), Some("process"))];
    assert_eq!(by, wanted, "{diff}");
}

#[test]
fn without_an_answer_of_go_nothing_is_claimed() {
    let machine = Machine::with_script("#!/bin/sh\necho broken >&2\nexit 2\n");
    machine.write_env(&format!(
        "GOPROXY={DOMESTIC}\nGOSUMDB=sum.golang.google.cn\n"
    ));
    let go = machine.path("bin/go");
    let line = |verb: &str| format!("--go {} profile {verb}", go.display());
    let verified = machine
        .gdesk(&line("verify domestic"))
        .ends(3, "nobody knows");
    verified.says("Go could not be asked", "the files alone are no proof");
    verified.warns("broken", "and why, in go's own words");
    machine
        .gdesk(&line("list"))
        .ends(3, "as env list")
        .warns("broken", "says why");
    machine
        .gdesk(&line("diff overseas"))
        .ends(3, "as env list")
        .warns("broken", "says why");
}
