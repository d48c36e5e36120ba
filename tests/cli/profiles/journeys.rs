//! Switching, there and back.

use serde_json::{Value, json};

use super::DOMESTIC;
use crate::machine::Machine;

/// The history of the profile journeys: the cause of the newest entry.
fn last_cause(machine: &Machine, language: &str) -> String {
    let history = machine.gdesk(&format!("--lang {language} history"));
    let history = history.ends(0, "it can be read").stdout;
    history.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn a_new_laptop_becomes_domestic_with_one_command() {
    let machine = Machine::new();
    let before = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        before["active"], "overseas",
        "Go's defaults are a profile: {before}"
    );
    assert_eq!(
        before["previous"],
        Value::Null,
        "nothing was switched: {before}"
    );

    let diff = machine.gdesk("profile diff 国内").ends(0, "a look");
    diff.says(&format!("+ GOPROXY={DOMESTIC}"), "what would come");
    diff.says("- GOSUMDB=sum.golang.org", "what would go");
    assert_eq!(machine.env_text(), None, "nothing is written by looking");

    let used = machine.gdesk("profile use domestic --yes --json");
    let used = used.ends(0, "one command").json();
    let names: Vec<_> = used["effective"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["name"].as_str(), one["wins"].as_bool()))
        .collect();
    let wanted = [(Some("GOPROXY"), Some(true)), (Some("GOSUMDB"), Some(true))];
    assert_eq!(names, wanted, "read back from go: {used}");
    assert!(used["entry"].is_string(), "it can be undone: {used}");
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        format!("{DOMESTIC}\n"),
        "go agrees"
    );

    let after = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        after["active"], "domestic",
        "worked out from the environment: {after}"
    );
    let previous = &after["previous"]["title"];
    assert_eq!(
        *previous,
        json!({ "is": "builtin", "builtin": "overseas" }),
        "{after}"
    );
    assert!(
        last_cause(&machine, "en").contains("Switched to Domestic"),
        "the history says so"
    );
    assert!(
        last_cause(&machine, "zh").contains("国内"),
        "in either language"
    );
    machine
        .gdesk("profile verify domestic")
        .ends(0, "it is in effect");

    let again = machine.gdesk("profile use DOMESTIC --yes --json");
    let again = again.ends(0, "a script may say it twice").json();
    assert_eq!(again["changes"], json!([]), "nothing changed: {again}");
    assert_eq!(again["entry"], Value::Null, "nothing to undo: {again}");
    assert_eq!(
        again["effective"][0]["wins"], true,
        "and what counts is said: {again}"
    );

    machine.gdesk("undo --yes").ends(0, "it can be undone");
    let undone = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    assert_eq!(undone["active"], "overseas", "as before: {undone}");
}

#[test]
fn there_and_back_leaves_every_byte() {
    let machine = Machine::new();
    let original = "# kept\nGOPRIVATE=z.example\n\nnot for go\r\nGOFLAGS=-mod=mod";
    machine.write_env(original);
    let mut away = None;
    for round in 1..=10 {
        machine.gdesk("profile use domestic --yes").ends(0, "there");
        let text = machine.env_text();
        assert_ne!(
            text.as_deref(),
            Some(original),
            "something changed in round {round}"
        );
        let first = away.get_or_insert_with(|| text.clone());
        assert_eq!(text, *first, "the same bytes there, round {round}");
        let back = ["profile use overseas --yes", "profile previous --yes"];
        machine.gdesk(back[round % 2]).ends(0, "and back");
        assert_eq!(
            machine.env_text().as_deref(),
            Some(original),
            "round {round}"
        );
    }
}

#[test]
fn the_way_back_from_a_custom_environment_brings_its_values() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://mine.example\n");
    let list = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    assert_eq!(list["active"], Value::Null, "no profile says this: {list}");
    machine
        .gdesk("profile list")
        .ends(0, "a look")
        .says("custom", "and so in words");
    machine.gdesk("profile use domestic --yes").ends(0, "there");
    let plan = machine.gdesk("profile previous --dry-run --json");
    let plan = plan.ends(0, "a rehearsal").json();
    assert!(
        plan["diff"].is_array() && plan["id"].is_string(),
        "a plan like any other: {plan}"
    );
    machine.gdesk("profile previous --yes").ends(0, "and back");
    let text = machine.env_text();
    assert_eq!(
        text.as_deref(),
        Some("GOPROXY=https://mine.example\n"),
        "as it was"
    );
    let value = machine.gdesk("profile previous --yes --json");
    let value = value.ends(1, "there is nothing before that").json();
    assert_eq!(value["code"], "no_previous_profile", "{value}");
}

#[test]
fn a_rehearsal_and_a_refusal_change_nothing() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=direct\n");
    let before = machine.env_text();
    let plan = machine.gdesk("profile use domestic --dry-run --json");
    let plan = plan.ends(0, "a rehearsal needs no yes").json();
    for field in ["id", "path", "diff", "changes", "commands", "dangers"] {
        assert!(!plan[field].is_null(), "the plan has {field}: {plan}");
    }
    machine
        .gdesk("profile use domestic --dry-run")
        .says("go env -w", "the same by hand");
    let refused = machine
        .gdesk("profile use domestic")
        .ends(1, "nobody can be asked");
    refused.warns("--yes", "says what to do");
    let value = machine
        .gdesk("profile use domestic --json")
        .ends(1, "nobody can be asked")
        .json();
    assert_eq!(value["code"], "needs_confirmation", "{value}");
    let value = machine
        .gdesk("profile use company --yes --json")
        .ends(1, "it is empty")
        .json();
    assert_eq!(value["code"], "profile_needs_form", "{value}");
    let refused = machine
        .gdesk("profile use company --yes")
        .ends(1, "it is empty");
    refused.warns("gdesk profile company", "says how to fill it in");
    assert_eq!(machine.env_text(), before, "nothing was written");
    let history = machine.gdesk("history --json").json();
    assert_eq!(
        history["entries"],
        json!([]),
        "and nothing happened: {history}"
    );
}

#[test]
fn a_slip_is_told_with_what_was_likely_meant() {
    let machine = Machine::new();
    let slip = machine
        .gdesk("profile use domestc --yes")
        .ends(1, "there is none");
    slip.warns("domestc", "names what was typed");
    slip.warns("Did you mean domestic?", "and what was likely meant");
    let value = machine
        .gdesk("profile show Overseaz --json")
        .ends(1, "there is none")
        .json();
    assert_eq!(value["code"], "unknown_profile", "{value}");
    let wanted = json!({ "id": "Overseaz", "similar": ["overseas"] });
    assert_eq!(value["params"], wanted, "{value}");
    assert_eq!(machine.env_text(), None, "nothing was written");
}
