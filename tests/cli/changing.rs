//! `env set`, `env unset`, `env repair`: previewed, agreed to, read back.

use serde_json::{Value, json};

use crate::machine::Machine;

#[test]
fn a_value_is_written_read_back_and_reported() {
    let machine = Machine::new();
    let set = machine.gdesk("env set GOPROXY=https://goproxy.cn,direct --yes --json");
    let set = set.ends(0, "it is a good value").json();
    let change = json!({ "name": "GOPROXY", "before": null, "after": "https://goproxy.cn,direct" });
    assert_eq!(set["changes"], json!([change]), "what changed in the file");
    let effective = &set["effective"][0];
    assert_eq!(effective["name"], "GOPROXY", "read back: {set}");
    assert_eq!(
        effective["value"], "https://goproxy.cn,direct",
        "read back: {set}"
    );
    assert_eq!(effective["wins"], true, "nothing outranks it: {set}");
    assert!(set["entry"].is_string(), "it can be undone: {set}");
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        "https://goproxy.cn,direct\n",
        "go agrees"
    );

    let unset = machine
        .gdesk("env unset GOPROXY --yes --json")
        .ends(0, "it is set")
        .json();
    assert_eq!(
        unset["changes"][0]["after"],
        Value::Null,
        "the line is gone: {unset}"
    );
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        "https://proxy.golang.org,direct\n",
        "go agrees"
    );
}

#[test]
fn several_values_are_one_change() {
    let machine = Machine::new();
    let set = machine.gdesk("env set GOPRIVATE=corp.example GOFLAGS=-mod=mod GOBIN= --yes --json");
    let set = set.ends(0, "they are good values").json();
    let names: Vec<_> = set["effective"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names.len(), 3, "one outcome each: {set}");
    let text = machine.env_text().expect("it is written");
    for line in ["GOPRIVATE=corp.example\n", "GOFLAGS=-mod=mod\n", "GOBIN=\n"] {
        assert!(text.contains(line), "{line:?} is in {text:?}");
    }
    let history = machine
        .gdesk("history --json")
        .ends(0, "it can be read")
        .json();
    assert_eq!(
        history["entries"].as_array().map(Vec::len),
        Some(1),
        "one entry: {history}"
    );
}

#[test]
fn the_result_is_told_in_words() {
    let machine = Machine::new();
    let set = machine
        .gdesk("env set GOPRIVATE=corp.example --yes")
        .ends(0, "it is a good value");
    set.says("GOPRIVATE", "names the variable");
    set.says("gdesk undo ", "and the way back");
    let again = machine
        .gdesk("env set GOPRIVATE=corp.example --yes")
        .ends(0, "a script may say it twice");
    again.says("Nothing to change", "and is told so");
    let again = machine
        .gdesk("env set GOPRIVATE=corp.example --yes --json")
        .ends(0, "as before")
        .json();
    assert_eq!(again["changes"], json!([]), "nothing changed: {again}");
    assert_eq!(
        again["entry"],
        Value::Null,
        "so there is nothing to undo: {again}"
    );
    assert_eq!(
        again["effective"][0]["wins"], true,
        "and what counts is said all the same: {again}"
    );
}

#[test]
fn a_rehearsal_shows_everything_and_changes_nothing() {
    let machine = Machine::new();
    machine.write_env("# mine\nGOPROXY=direct\n");
    let before = machine.env_text();
    let text = machine.gdesk("env set GOPROXY=https://goproxy.cn,direct --dry-run");
    let text = text.ends(0, "a rehearsal needs no yes");
    for part in [
        "GOPROXY=direct",
        "GOPROXY=https://goproxy.cn,direct",
        "go env -w",
    ] {
        text.says(part, "old line, new line, the same by hand");
    }
    let plan = machine
        .gdesk("env unset GOPROXY --dry-run --json")
        .ends(0, "a rehearsal")
        .json();
    for field in ["id", "path", "diff", "changes", "commands", "dangers"] {
        assert!(!plan[field].is_null(), "the plan has {field}: {plan}");
    }
    machine
        .gdesk("env unset GOPROXY --dry-run --yes")
        .ends(0, "a rehearsal stays one");
    assert_eq!(machine.env_text(), before, "nothing was written");
    let history = machine.gdesk("history --json").json();
    assert_eq!(
        history["entries"],
        json!([]),
        "and nothing happened: {history}"
    );
}

#[test]
fn without_terminal_and_without_yes_nothing_happens() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=direct\nexport GOPRIVATE=x\n");
    let before = machine.env_text();
    for line in [
        "env set GOPROXY=off",
        "env unset GOPROXY",
        "env repair --line 2",
    ] {
        let text = machine.gdesk(line).ends(1, line);
        text.warns("--yes", "says what to do");
        let value = machine
            .gdesk(&format!("{line} --json"))
            .ends(1, line)
            .json();
        assert_eq!(value["code"], "needs_confirmation", "{line}: {value}");
        assert!(
            value["params"].is_object() && value["message"].is_string(),
            "{line}: {value}"
        );
    }
    assert_eq!(machine.env_text(), before, "nothing was written");
}

#[test]
fn a_danger_needs_its_own_word() {
    let machine = Machine::new();
    let text = machine
        .gdesk("env set GOSUMDB=off --dry-run")
        .ends(0, "a rehearsal");
    text.says("GOSUMDB", "the danger is named");
    text.says("verified", "with its consequence");
    let refused = machine
        .gdesk("env set GOSUMDB=off --yes")
        .ends(1, "yes is not enough");
    refused.warns("--allow GOSUMDB", "says what is missing");
    let refused = machine
        .gdesk("env set GOSUMDB=off --yes --json")
        .ends(1, "yes is not enough")
        .json();
    assert_eq!(refused["code"], "unconfirmed", "{refused}");
    assert_eq!(refused["params"]["names"], json!(["GOSUMDB"]), "{refused}");
    assert_eq!(machine.env_text(), None, "nothing was written");
    machine
        .gdesk("env set GOSUMDB=off --yes --allow GOPROXY")
        .ends(1, "another name does not count");
    machine
        .gdesk("env set GOSUMDB=off --yes --allow GOSUMDB")
        .ends(0, "now it is allowed");
    assert_eq!(machine.go("env GOSUMDB").stdout, "off\n", "go agrees");
}

#[test]
fn what_go_would_refuse_is_refused_with_words() {
    let machine = Machine::new();
    let cases = [
        ("env set GOVERSION=go9 --yes", "not_settable"),
        ("env set GOENV=/x --yes", "process_only"),
        ("env set GODODO=1 --yes", "unknown_variable"),
        ("env set GOPATH=relative --yes", "invalid_value"),
        ("env set GOPROXY=direct GOPROXY=off --yes", "named_twice"),
    ];
    for (line, code) in cases {
        let value = machine
            .gdesk(&format!("{line} --json"))
            .ends(1, line)
            .json();
        assert_eq!(value["code"], code, "{line}: {value}");
        let text = machine.gdesk(line).ends(1, line);
        assert_eq!(text.stdout, "", "{line}: no answer");
        assert!(
            !text.stderr.contains(code),
            "{line}: words, not a code: {text:?}"
        );
    }
    assert_eq!(machine.env_text(), None, "nothing was written");
}

#[test]
fn goenv_off_is_refused_and_goes_own_trap_avoided() {
    let machine = Machine::new().with_var("GOENV", "off");
    let value = machine
        .gdesk("env set GOPROXY=direct --yes --json")
        .ends(1, "it is off")
        .json();
    assert_eq!(value["code"], "file_switched_off", "{value}");
    assert_eq!(
        machine.env_text(),
        None,
        "go would have written the default file"
    );
    let list = machine
        .gdesk("env list --json")
        .ends(0, "reading works")
        .json();
    assert_eq!(
        list["file"]["problem"]["code"], "switched_off",
        "and says so: {list}"
    );
}

#[test]
fn a_file_that_stops_go_is_explained_and_repaired() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=corp.example\nGOPATH=/a:rel\n");
    assert_ne!(
        machine.go("env GOPATH").status,
        0,
        "go itself fails with this file"
    );
    let list = machine.gdesk("env list").ends(3, "go does not answer");
    list.says("corp.example", "what the file says is shown all the same");
    let json = machine
        .gdesk("env list --json")
        .ends(3, "go does not answer")
        .json();
    assert!(json["failure"]["code"].is_string(), "and why: {json}");
    let faults = json["file"]["faults"].as_array().expect("a list").clone();
    assert!(
        faults.iter().any(|fault| fault["line"] == 2),
        "the line is named: {json}"
    );

    machine
        .gdesk("env repair --dry-run")
        .ends(0, "it can be mended")
        .says("GOPATH=/a:rel", "by taking this out");
    machine
        .gdesk("env repair --yes")
        .ends(0, "it can be mended");
    assert_eq!(
        machine.go("env GOPRIVATE").stdout,
        "corp.example\n",
        "go works again"
    );
    machine.gdesk("env list --json").ends(0, "and answers");
    machine
        .gdesk("env repair --yes")
        .ends(0, "nothing is left")
        .says("Nothing to repair", "and says so");
    machine
        .gdesk("undo --yes")
        .ends(0, "a repair is a change like any other");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=corp.example\nGOPATH=/a:rel\n"),
        "every byte is back"
    );
}

#[test]
fn one_line_can_be_repaired_alone() {
    let machine = Machine::new();
    machine.write_env("export GOPRIVATE=a.example\nexport GONOSUMDB=b.example\n");
    machine
        .gdesk("env repair --line 2 --yes")
        .ends(0, "it is shell syntax");
    let text = machine.env_text().expect("it is there");
    assert!(
        text.contains("export GOPRIVATE=a.example\n"),
        "line 1 stays: {text:?}"
    );
    assert!(
        text.contains("\nGONOSUMDB=b.example\n"),
        "line 2 says it to Go: {text:?}"
    );
    let value = machine
        .gdesk("env repair --line 2 --yes --json")
        .ends(1, "it is well")
        .json();
    assert_eq!(value["code"], "nothing_to_repair", "{value}");
}
