//! The fields that the README promises.

use serde_json::{Value, json};

use crate::machine::Machine;

#[track_caller]
fn has(value: &Value, fields: &[&str], what: &str) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("{what} is an object: {value}"));
    for field in fields {
        assert!(object.contains_key(*field), "{what} has {field}: {value}");
    }
}

#[test]
fn the_list_has_its_fields() {
    let machine = Machine::new();
    machine
        .gdesk("profile use domestic --yes")
        .ends(0, "so that there is something to return to");
    let list = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    has(
        &list,
        &["list", "active", "previous", "trouble"],
        "the list",
    );
    has(&list["previous"], &["title", "entry"], "the way back");
    let ids: Vec<_> = list["list"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|profile| {
            has(profile, &["id", "title", "values", "state"], "a profile");
            profile["id"].as_str().unwrap_or_default()
        })
        .collect();
    assert_eq!(
        ids,
        ["domestic", "overseas", "company", "offline"],
        "the shipped ones, in order"
    );
    has(
        &list["list"][0]["values"][0],
        &["name", "value", "masked"],
        "a value",
    );
    let overseas = &list["list"][1];
    assert_eq!(
        overseas["values"][0]["value"],
        Value::Null,
        "unset is null: {overseas}"
    );
    let difference = &overseas["state"]["params"]["differences"][0];
    has(
        difference,
        &["name", "wanted", "actual", "shadowed"],
        "a difference",
    );
    assert_eq!(
        list["list"][2]["state"],
        json!({ "code": "needs_form", "params": {} }),
        "{list}"
    );
}

#[test]
fn a_profile_and_its_differences_have_their_fields() {
    let machine = Machine::new();
    for (language, opening) in [("en", "Checksums"), ("zh", "校验")] {
        let line = format!("--lang {language} profile show domestic --json");
        let shown = machine.gdesk(&line).ends(0, "a look").json();
        has(&shown, &["id", "title", "values", "state"], "a profile");
        let meaning = shown["values"][1]["meaning"].as_str().unwrap_or_default();
        assert!(
            meaning.starts_with(opening),
            "{language} explains each value: {shown}"
        );
    }
    for name in ["domestic", "overseas", "offline"] {
        let shown = machine
            .gdesk(&format!("profile show {name} --json"))
            .ends(0, name)
            .json();
        for value in shown["values"].as_array().expect("a list") {
            assert!(
                value["meaning"].is_string(),
                "{name} explains each value: {shown}"
            );
        }
    }
    let diff = machine
        .gdesk("profile diff offline --json")
        .ends(0, "a look")
        .json();
    has(&diff, &["id", "title", "differences"], "a comparison");
    let none = machine
        .gdesk("profile diff overseas --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        none["differences"],
        json!([]),
        "a new laptop is overseas: {none}"
    );
    let value = machine
        .gdesk("profile diff company --json")
        .ends(1, "it is empty")
        .json();
    assert_eq!(value["code"], "profile_needs_form", "{value}");
}

#[test]
fn a_plan_and_an_application_are_those_of_env_set() {
    let machine = Machine::new();
    let plan = machine
        .gdesk("profile use domestic --dry-run --json")
        .ends(0, "a plan")
        .json();
    has(
        &plan,
        &["path", "diff", "changes", "commands", "dangers"],
        "the plan",
    );
    let used = machine
        .gdesk("profile use domestic --yes --json")
        .ends(0, "applied")
        .json();
    has(
        &used,
        &["changes", "effective", "entry"],
        "what became of it",
    );
    has(
        &used["changes"][0],
        &["name", "before", "after"],
        "a change",
    );
    has(
        &used["effective"][0],
        &["name", "value", "wins", "result"],
        "an outcome",
    );
    let verified = machine
        .gdesk("profile verify domestic --json")
        .ends(0, "verified")
        .json();
    has(
        &verified,
        &["id", "state", "fetch", "cancelled"],
        "the verification",
    );
    let cause = &machine.gdesk("history --json").json()["entries"][0]["cause"];
    assert_eq!(cause["code"], "profile_used", "the history knows: {cause}");
    has(&cause["params"], &["profile", "title", "from"], "the cause");
}
