//! `history` and `undo`.

use serde_json::{Value, json};

use crate::machine::Machine;

/// The entries, newest first.
fn entries(machine: &Machine) -> Vec<Value> {
    let history = machine
        .gdesk("history --json")
        .ends(0, "it can be read")
        .json();
    history["entries"].as_array().expect("a list").clone()
}

#[test]
fn undo_and_redo_bring_back_every_byte() {
    let machine = Machine::new();
    let original = "# kept\nGOPRIVATE=z.example\n\nnot for go\r\nGOFLAGS=-mod=mod";
    machine.write_env(original);
    machine
        .gdesk("env set GOPROXY=direct GOPRIVATE=new.example --yes")
        .ends(0, "good values");
    let changed = machine.env_text().expect("it is there");
    assert_ne!(changed, original, "something changed");
    for round in 1..=2 {
        machine
            .gdesk("undo --yes")
            .ends(0, "the last change is undone");
        assert_eq!(
            machine.env_text().as_deref(),
            Some(original),
            "undo, round {round}"
        );
        machine
            .gdesk("undo --yes")
            .ends(0, "undoing the undo is the redo");
        assert_eq!(
            machine.env_text().as_ref(),
            Some(&changed),
            "redo, round {round}"
        );
    }
}

#[test]
fn the_undo_of_the_first_change_takes_the_file_away() {
    let machine = Machine::new();
    machine
        .gdesk("env set GOPROXY=direct --yes")
        .ends(0, "a good value");
    machine.gdesk("undo --yes").ends(0, "it can be undone");
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        "https://proxy.golang.org,direct\n",
        "as before"
    );
}

#[test]
fn a_change_is_undone_by_its_id() {
    let machine = Machine::new();
    machine
        .gdesk("env set GOPROXY=direct --yes")
        .ends(0, "a good value");
    let id = entries(&machine)[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    machine
        .gdesk("env set GOPRIVATE=corp.example --yes")
        .ends(0, "a good value");
    let plan = machine
        .gdesk(&format!("undo {id} --dry-run --json"))
        .ends(0, "a rehearsal")
        .json();
    assert_eq!(
        plan["changes"][0]["name"], "GOPROXY",
        "of that change: {plan}"
    );
    let undone = machine
        .gdesk(&format!("undo {id} --yes --json"))
        .ends(0, "it can be undone")
        .json();
    assert_eq!(
        undone["changes"][0]["after"],
        Value::Null,
        "as it was: {undone}"
    );
    let text = machine.env_text().expect("it is there");
    assert_eq!(text, "GOPRIVATE=corp.example\n", "the other change stays");
    let value = machine
        .gdesk(&format!("undo {id} --yes --json"))
        .ends(1, "only once")
        .json();
    assert_eq!(value["code"], "already_undone", "{value}");
    let listed = machine.gdesk("history").ends(0, "it can be read");
    listed.says(&id, "by its id");
    listed.says("GOPROXY", "with its variable");
}

#[test]
fn what_changed_again_since_is_not_undone() {
    let machine = Machine::new();
    machine
        .gdesk("env set GOPROXY=direct --yes")
        .ends(0, "a good value");
    machine
        .go("env -w GOPROXY=https://goproxy.io")
        .ends(0, "somebody else writes");
    let before = machine.env_text();
    let value = machine
        .gdesk("undo --yes --json")
        .ends(1, "the world moved on")
        .json();
    assert_eq!(value["code"], "drifted", "{value}");
    assert_eq!(machine.env_text(), before, "nothing was written");
}

#[test]
fn an_empty_history_and_an_unknown_id_are_answers() {
    let machine = Machine::new();
    machine
        .gdesk("history")
        .ends(0, "nothing yet")
        .says("No changes", "and says so");
    machine
        .gdesk("undo --yes")
        .ends(0, "nothing to do")
        .says("Nothing to undo", "and says so");
    let value = machine
        .gdesk("undo nothing --yes --json")
        .ends(1, "there is none")
        .json();
    assert_eq!(value["code"], "unknown_entry", "{value}");
    assert_eq!(value["params"], json!({ "id": "nothing" }), "{value}");
}
