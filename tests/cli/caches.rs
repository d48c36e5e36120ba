//! `cache list` and `cache scan`: what is where, for people and for scripts.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::{Value, json};

use crate::{filled::gdesk, machine::Machine};

const TREE: &str = "home/go/pkg/mod/example.com/m@v1.2.0";
const DOWNLOADS: &str = "home/go/pkg/mod/cache/download/example.com/m/@v";

/// A machine with a module cache of two versions and a small build cache.
fn machine() -> Machine {
    let machine = Machine::new();
    let hash = "0123456789abcdef".repeat(4);
    for (file, text) in [
        (format!("{TREE}/go.mod"), "module example.com/m\n"),
        (format!("{TREE}/inside/m.go"), "package inside\n"),
        (format!("{DOWNLOADS}/v1.2.0.mod"), "module example.com/m\n"),
        (
            format!("{DOWNLOADS}/v1.2.0.info"),
            r#"{"Version":"v1.2.0","Time":"2024-01-02T03:04:05Z"}"#,
        ),
        (format!("{DOWNLOADS}/v1.10.0.mod"), "module example.com/m\n"),
        (
            "home/.cache/go-build/README".to_owned(),
            "This directory holds cached build artifacts from the Go build system.\n",
        ),
        (
            format!("home/.cache/go-build/01/01{}-d", &hash[2..]),
            "built",
        ),
    ] {
        machine.write(&file, text);
    }
    machine
}

fn caches(value: &Value) -> Vec<(&str, &str)> {
    let list = value.as_array().expect("a list").iter();
    list.map(|cache| {
        let text = |key: &str| cache[key].as_str().expect("a text");
        (text("kind"), text("path"))
    })
    .collect()
}

#[test]
fn every_cache_is_listed_uncounted() {
    let machine = machine();
    let list = gdesk(&machine, "cache list --json")
        .ends(0, "a list")
        .json();
    assert_eq!(
        caches(&list),
        [("modules", "~/go/pkg/mod"), ("build", "~/.cache/go-build")],
        "{list:#}"
    );
    assert_eq!(list[0]["parts"], json!([]), "nothing was counted");
    assert_eq!(
        list[0]["condition"],
        json!({"condition": "sound"}),
        "{list:#}"
    );
    machine
        .gdesk("cache list")
        .ends(0, "for people")
        .says("~/go/pkg/mod", "where it is");
}

#[test]
fn a_scan_keeps_its_contract() {
    let machine = machine();
    let told = machine
        .gdesk("cache scan --exact --json")
        .ends(0, "counted")
        .json();
    let modules = &told["caches"][0];
    assert_eq!(modules["kind"], "modules", "{told:#}");
    assert_eq!(modules["path"], "~/go/pkg/mod", "{told:#}");
    assert_eq!(
        (&modules["files"], &modules["modules"]),
        (&json!(5), &json!(2)),
        "{told:#}"
    );
    let all = told["caches"].as_array().expect("caches").iter();
    let sum: u64 = all
        .map(|cache| cache["bytes"].as_u64().expect("a number"))
        .sum();
    assert_eq!(told["total_bytes"], json!(sum), "of all caches");
    assert!(sum > 0, "the disk holds them");
    assert!(told["elapsed_ms"].as_f64() > Some(0.0), "how long it took");
    let versions: Vec<_> = told["versions"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            (
                row["version"].as_str(),
                row["published"].as_str(),
                row["state"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        versions,
        [
            (Some("v1.10.0"), None, Some("listed")),
            (
                Some("v1.2.0"),
                Some("2024-01-02T03:04:05Z"),
                Some("unpacked")
            ),
        ],
        "the newest first: {told:#}"
    );
}

#[test]
fn lines_are_events_and_the_report_is_the_last() {
    let machine = machine();
    let ended = machine.gdesk("cache scan --json-lines").ends(0, "counted");
    let lines: Vec<Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    let event = |line: &Value| line["event"].as_str().map(str::to_owned);
    assert_eq!(
        lines.first().and_then(event).as_deref(),
        Some("started"),
        "{lines:#?}"
    );
    let done = lines
        .iter()
        .filter(|line| line["done"] == json!(true))
        .count();
    assert_eq!(done, 2, "the end of each cache");
    let last = lines.last().expect("a report");
    assert!(last["total_bytes"].as_u64() > Some(0), "{last:#}");
}

#[test]
fn one_cache_is_chosen_by_its_place() {
    let machine = machine();
    let told = machine
        .gdesk("cache scan --cache ~/.cache/go-build --json")
        .ends(0, "counted")
        .json();
    assert_eq!(told["caches"].as_array().map(Vec::len), Some(1), "{told:#}");
    let refused = machine
        .gdesk("cache scan --cache /nowhere --json")
        .ends(1, "nobody knows it")
        .json();
    assert_eq!(refused["code"], "unknown_cache", "{refused:#}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_counted() {
    let machine = machine();
    let closed = machine.path(&format!("{TREE}/inside"));
    mode(&closed, 0o000);
    let told = gdesk(&machine, "cache scan --exact --json")
        .ends(0, "counted")
        .json();
    let people = gdesk(&machine, "cache scan --exact").ends(0, "counted");
    mode(&closed, 0o755);
    let unread = &told["caches"][0]["unread"];
    assert_eq!(unread[0]["code"], "cache_system", "{told:#}");
    let path = "~/go/pkg/mod/example.com/m@v1.2.0/inside";
    assert_eq!(unread[0]["path"], path, "{told:#}");
    assert_eq!(
        told["caches"][0]["files"],
        json!(4),
        "all but what is in there"
    );
    people.says(path, "people are told as well");
}

fn mode(folder: &Path, mode: u32) {
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("our own folder");
}
