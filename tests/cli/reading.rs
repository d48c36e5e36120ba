//! `env list`, `env get`, `env explain`, `toolchain list`: what is said is what go uses.

use serde_json::{Value, json};

use crate::machine::Machine;

/// One variable of `env list --json`.
fn variable(list: &Value, name: &str) -> Value {
    let variables = list["variables"].as_array().expect("variables is a list");
    let found = variables.iter().find(|variable| variable["name"] == name);
    found
        .unwrap_or_else(|| panic!("{name} is in the list"))
        .clone()
}

#[test]
fn the_list_agrees_with_go_and_has_the_promised_fields() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://goproxy.cn,direct\n");
    let list = machine
        .gdesk("env list --json")
        .ends(0, "all is well")
        .json();
    let said: Value =
        serde_json::from_str(&machine.go("env -json").stdout).expect("go answers JSON");
    for name in [
        "GOPROXY",
        "GOSUMDB",
        "GOMODCACHE",
        "GOPATH",
        "GOOS",
        "GOVERSION",
    ] {
        assert_eq!(
            variable(&list, name)["value"],
            said[name],
            "{name} is what go says"
        );
    }
    assert_eq!(
        list["go"]["version"], said["GOVERSION"],
        "the Go that answered is named"
    );
    assert!(list["go"]["path"].is_string(), "with its path");
    assert_eq!(list["file"]["exists"], true, "the file is there");
    assert_eq!(list["file"]["problem"], Value::Null, "and has no problem");
    assert!(list["file"]["path"].is_string(), "and a path");
    let proxy = variable(&list, "GOPROXY");
    assert_eq!(proxy["origin"], "file", "the file sets it");
    assert_eq!(
        proxy["default"], "https://proxy.golang.org,direct",
        "Go's default is known"
    );
    assert_eq!(proxy["changed"], true, "it differs from the default");
    assert_eq!(proxy["settable"], true, "go env -w takes it");
    assert_eq!(proxy["shadowed"], Value::Null, "nothing outranks it");
    assert_eq!(
        variable(&list, "GOVERSION")["settable"],
        false,
        "go env -w refuses it"
    );
}

#[test]
fn the_list_can_be_narrowed() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=example.com\n");
    let names = |line: &str| -> Vec<String> {
        let list = machine.gdesk(line).ends(0, line).json();
        let variables = list["variables"]
            .as_array()
            .expect("variables is a list")
            .clone();
        variables
            .iter()
            .map(|variable| variable["name"].as_str().unwrap_or("").to_owned())
            .collect()
    };
    let proxies = names("env list proxy --json");
    assert!(
        proxies.contains(&"GOPROXY".to_owned()),
        "any case matches: {proxies:?}"
    );
    assert!(
        proxies.iter().all(|name| name.contains("PROXY")),
        "and nothing else: {proxies:?}"
    );
    let changed = names("env list --changed --json");
    assert!(
        changed.contains(&"GOPRIVATE".to_owned()),
        "what differs is in: {changed:?}"
    );
    assert!(
        !changed.contains(&"GOPROXY".to_owned()),
        "what does not is out: {changed:?}"
    );
}

#[test]
fn the_table_names_value_and_line_and_is_plain_in_a_pipe() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://goproxy.cn,direct\n");
    let list = machine.gdesk("env list").ends(0, "all is well");
    let line = list
        .stdout
        .lines()
        .find(|line| line.contains("GOPROXY"))
        .expect("it is listed");
    assert!(line.starts_with('*'), "what differs is marked: {line}");
    assert!(
        line.ends_with("https://goproxy.cn,direct"),
        "the value stands last: {line}"
    );
    assert!(
        line.contains("env:1"),
        "the line that sets it is named: {line}"
    );
    assert!(!list.stdout.contains('\u{1b}'), "no colour in a pipe");
    assert_eq!(list.stderr, "", "nothing to warn of");
}

#[test]
fn both_languages_say_it() {
    let machine = Machine::new();
    let chinese = machine
        .gdesk("env explain GOPROXY --lang zh")
        .ends(0, "it is known")
        .stdout;
    let english = machine
        .gdesk("env explain GOPROXY --lang=en")
        .ends(0, "it is known")
        .stdout;
    assert!(chinese.contains("默认值"), "Chinese when asked: {chinese}");
    assert!(english.contains("Default"), "English when asked: {english}");
    let machine = machine.with_var("LC_ALL", "zh_CN.UTF-8");
    let locale = machine
        .gdesk("env explain GOPROXY")
        .ends(0, "it is known")
        .stdout;
    assert_eq!(locale, chinese, "the locale decides when nothing else does");
    let help = machine
        .gdesk("env set --help")
        .ends(0, "help is no error")
        .stdout;
    assert!(
        help.contains("用法") && help.contains("标准输入"),
        "help too: {help}"
    );
    let refused = machine
        .gdesk("env get NOTHING")
        .ends(1, "there is no such variable");
    refused.warns("NOTHING", "refusals too");
    assert!(
        !refused.stderr.contains("no variable"),
        "and not in English: {refused:?}"
    );
}

#[test]
fn values_come_as_go_prints_them() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=a.example,b.example\n");
    let said = machine.go("env GOPRIVATE GOOS");
    let text = machine
        .gdesk("env get GOPRIVATE GOOS")
        .ends(0, "both are known");
    assert_eq!(
        text.stdout, said.stdout,
        "one a line, in the order of the question"
    );
    let object = machine
        .gdesk("env get GOPRIVATE --json")
        .ends(0, "it is known")
        .json();
    assert_eq!(
        object,
        json!({ "GOPRIVATE": "a.example,b.example" }),
        "as go env -json does"
    );
}

#[test]
fn an_unknown_variable_is_refused_in_both_forms() {
    let machine = Machine::new();
    for verb in ["env get", "env explain", "env unshadow"] {
        let text = machine.gdesk(&format!("{verb} GODODO")).ends(1, verb);
        assert_eq!(text.stdout, "", "{verb}: no answer");
        text.warns("GODODO", verb);
        let value = machine
            .gdesk(&format!("{verb} GODODO --json"))
            .ends(1, verb)
            .json();
        assert_eq!(value["code"], "unknown_variable", "{verb}: {value}");
        assert_eq!(value["params"]["name"], "GODODO", "{verb}: {value}");
        assert!(value["message"].is_string(), "{verb}: {value}");
    }
}

#[test]
fn explain_says_who_sets_it_and_what_a_write_would_do() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://goproxy.cn,direct\n");
    let text = machine.gdesk("env explain GOPROXY").ends(0, "it is known");
    for part in [
        "https://goproxy.cn,direct",
        "https://proxy.golang.org,direct",
        "env:1",
        "takes effect",
    ] {
        text.says(part, "value, default, line and prospect");
    }
    machine
        .gdesk("env explain GOVERSION")
        .ends(0, "it is known")
        .says("GOVERSION", "why it cannot be set");
    let value = machine
        .gdesk("env explain GOPROXY --json")
        .ends(0, "it is known")
        .json();
    assert_eq!(value["name"], "GOPROXY", "the variable itself: {value}");
    assert!(
        value["meaning"]
            .as_str()
            .is_some_and(|meaning| meaning.len() > 10),
        "in words: {value}"
    );
    assert!(
        value["layers"]
            .as_array()
            .is_some_and(|layers| !layers.is_empty()),
        "with layers: {value}"
    );
}

#[test]
fn toolchains_are_listed_and_one_can_be_chosen_and_left_again() {
    let machine = Machine::new();
    let list = machine
        .gdesk("toolchain list --json")
        .ends(0, "there is one")
        .json();
    let used = |list: &Value| {
        let all = list["list"].as_array().expect("a list").clone();
        all.into_iter()
            .find(|go| go["used"] == true)
            .expect("one is asked")
    };
    let first = used(&list);
    let version = first["version"].as_str().expect("it answers").to_owned();
    machine
        .gdesk("toolchain list")
        .ends(0, "there is one")
        .says(&version, "with its version");
    let path = first["path"].as_str().expect("it has one").to_owned();
    let id = first["id"].as_str().expect("it has one").to_owned();

    let refused = machine
        .gdesk(&format!("toolchain use {path} --json"))
        .ends(1, "nobody said yes");
    assert_eq!(
        refused.json()["code"],
        "needs_confirmation",
        "and there is no terminal to ask on"
    );
    machine
        .gdesk(&format!("toolchain use {id} --dry-run"))
        .ends(0, "it would work");
    assert!(
        !machine.path("own/settings.json").exists(),
        "a rehearsal saves nothing"
    );

    for which in [&id, &path] {
        let chosen = machine
            .gdesk(&format!("toolchain use {which} --yes --json"))
            .ends(0, "it is one");
        assert_eq!(
            chosen.json()["go"]["path"],
            path.as_str(),
            "{which} is asked from now on"
        );
        let list = machine.gdesk("toolchain list --json").json();
        assert_eq!(used(&list)["found"][0], "chosen", "and known as the choice");
    }
    let left = machine
        .gdesk("toolchain use auto --yes --json")
        .ends(0, "as before")
        .json();
    assert_eq!(left["after"], Value::Null, "nothing is chosen any more");

    machine.write("home/nonsense", "not a program");
    let refused = machine
        .gdesk("toolchain use ./nonsense --yes --json")
        .ends(1, "it is no go")
        .json();
    let code = refused["code"].as_str().unwrap_or_default();
    assert!(
        ["not_go", "go_not_executable"].contains(&code),
        "says so: {refused}"
    );
}
