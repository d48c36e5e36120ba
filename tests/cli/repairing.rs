//! `cache verify` and `cache repair`: what is damaged is told, and goes.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::json;

use crate::{
    filled::{filled, gdesk},
    machine::Machine,
};

const MODULES: [&str; 3] = [
    "dep.example/m1@v1.0.0",
    "dep.example/m2@v1.0.0",
    "dep.example/Upper/v2@v2.0.1",
];

/// Edits a file of an extracted tree.
fn damage(machine: &Machine, tree: &str) {
    let file = machine.path("home/go/pkg/mod").join(tree).join("m.go");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("our own file");
    fs::write(file, "package other\n").expect("our own file");
}

#[test]
fn a_sound_cache_is_called_sound() {
    let machine = filled(&MODULES);
    let report = gdesk(&machine, "cache verify --json")
        .ends(0, "nothing is wrong")
        .json();
    assert_eq!(
        (
            &report["versions"],
            &report["damaged"],
            &report["cancelled"]
        ),
        (&json!(MODULES.len()), &json!([]), &json!(false)),
        "each was compared: {report:#}"
    );
    gdesk(&machine, "cache repair --yes")
        .ends(0, "nothing to do")
        .says("none is damaged", "and it says so");
}

#[test]
fn what_is_damaged_is_told_and_goes() {
    let machine = filled(&MODULES);
    damage(&machine, "dep.example/!upper/v2@v2.0.1");
    let report = gdesk(&machine, "cache verify --json")
        .ends(3, "something is wrong")
        .json();
    let damaged = report["damaged"].as_array().expect("a list");
    let [damaged] = damaged.as_slice() else {
        panic!("one of three: {report:#}")
    };
    assert_eq!(
        (&damaged["module"], &damaged["version"], &damaged["faults"]),
        (
            &json!("dep.example/Upper/v2"),
            &json!("v2.0.1"),
            &json!([{ "damage": "tree" }])
        ),
        "which, and what is wrong: {report:#}"
    );
    gdesk(&machine, "cache verify")
        .ends(3, "to people as well")
        .says("dep.example/Upper/v2@v2.0.1", "by its name");
    let lines = gdesk(&machine, "cache verify --json-lines").ends(3, "as it goes");
    assert!(
        lines
            .stdout
            .lines()
            .next()
            .is_some_and(|line| line.contains("\"started\"")),
        "one event a line: {}",
        lines.stdout
    );
    let plan = gdesk(&machine, "cache repair --dry-run --json")
        .ends(0, "a plan")
        .json();
    let items = plan["items"].as_array().expect("a list");
    assert_eq!(items.len(), 1, "the tree alone: {plan:#}");
    assert_eq!(items[0]["part"], "trees", "the tree alone: {plan:#}");
    gdesk(&machine, "cache verify").ends(3, "a plan mends nothing");
    gdesk(&machine, "cache repair --json").ends(1, "nobody said yes");
    let done = gdesk(&machine, "cache repair --beside-go --yes --json")
        .ends(0, "mended")
        .json();
    assert_eq!(done["kept"], json!([]), "{done:#}");
    let root = machine.path("home/go/pkg/mod");
    assert!(
        !root.join("dep.example/!upper/v2@v2.0.1").exists(),
        "it is gone"
    );
    assert!(
        root.join("dep.example/m1@v1.0.0").exists(),
        "the others stay"
    );
    assert!(
        root.join("cache/download/dep.example/!upper/v2/@v/v2.0.1.zip")
            .exists(),
        "go makes it again from this"
    );
    gdesk(&machine, "cache verify").ends(0, "nothing is damaged");
}

#[test]
fn only_what_is_named_is_compared() {
    let machine = filled(&MODULES);
    damage(&machine, "dep.example/m1@v1.0.0");
    let report = gdesk(&machine, "cache verify dep.example/m2@v1.0.0 --json")
        .ends(0, "that one is sound")
        .json();
    assert_eq!(report["versions"], json!(1), "{report:#}");
    let refused = gdesk(&machine, "cache verify dep.example/m9@v1.0.0 --json")
        .ends(1, "there is none")
        .json();
    assert_eq!(refused["code"], "unknown_version", "{refused:#}");
}

#[test]
fn the_module_cache_moves_and_go_uses_it() {
    let machine = filled(&MODULES);
    let old = machine.path("home/go/pkg/mod");
    let new = machine.path("disk/modules");
    let to = new.display().to_string();
    let plan = gdesk(&machine, &format!("cache move {to} --dry-run --json"))
        .ends(0, "a plan")
        .json();
    assert_eq!(
        (&plan["from"], &plan["refused"], &plan["resumed"]),
        (&json!("~/go/pkg/mod"), &json!(null), &json!(false)),
        "nothing stands in the way: {plan:#}"
    );
    assert!(!new.exists(), "a plan makes nothing");
    gdesk(&machine, &format!("cache move {to} --json")).ends(1, "nobody said yes");
    let inside = old.join("inside").display().to_string();
    let refused = gdesk(&machine, &format!("cache move {inside} --yes --json"))
        .ends(1, "into itself")
        .json();
    assert_eq!(refused["code"], "target_in_cache", "{refused:#}");
    let moved = gdesk(
        &machine,
        &format!("cache move {to} --beside-go --yes --json"),
    )
    .ends(0, "moved")
    .json();
    assert_eq!(
        moved["outcome"]["code"], "in_effect",
        "read back: {moved:#}"
    );
    assert!(
        old.join("dep.example/m1@v1.0.0/m.go").exists(),
        "the old one stays"
    );
    assert!(
        new.join("dep.example/m1@v1.0.0/m.go").exists(),
        "and the new one is there"
    );
    assert!(
        !new.join(".gopherdesk-move").exists(),
        "nothing of ours is left in it"
    );
    machine
        .go("env GOMODCACHE")
        .ends(0, "go says")
        .says(&to, "the new place");
    gdesk(&machine, "cache verify").ends(0, "all of it is sound");
    gdesk(&machine, "undo --yes").ends(0, "taken back");
    machine
        .go("env GOMODCACHE")
        .ends(0, "go says")
        .says(&old.display().to_string(), "the old place");
    let again = machine.path("disk/again").display().to_string();
    let moved = gdesk(
        &machine,
        &format!("cache move {again} --beside-go --delete-old --yes --json"),
    )
    .ends(0, "moved, and the old one is gone")
    .json();
    assert_eq!(moved["deleted"]["kept"], json!([]), "{moved:#}");
    assert!(!old.join("dep.example").exists(), "the old one is gone");
    machine
        .go("mod download dep.example/m1@v1.0.0")
        .ends(0, "go finds it");
}
