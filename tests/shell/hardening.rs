//! The settings that keep a hostile page harmless. That they work is shown on the built window, in `tests/e2e`.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};

use crate::root;

fn configuration() -> Value {
    let text = fs::read_to_string(root().join("tauri.conf.json")).expect("it is in the root");
    serde_json::from_str(&text).expect("it is JSON")
}

#[test]
fn the_policy_allows_the_programs_own_files_and_its_bridge() {
    let security = &configuration()["app"]["security"];
    let policy = security["csp"].as_str().expect("one string");
    let policy: BTreeMap<&str, &str> = policy
        .split("; ")
        .filter_map(|directive| directive.split_once(' '))
        .collect();
    assert_eq!(
        policy["default-src"], "'none'",
        "what is not named is denied"
    );
    for own in ["script-src", "style-src", "img-src", "font-src"] {
        assert_eq!(
            policy[own], "'self'",
            "{own}: no inline code, no data, no other host"
        );
    }
    assert_eq!(
        policy["connect-src"], "ipc: http://ipc.localhost",
        "no network"
    );
    assert_eq!(
        policy["require-trusted-types-for"], "'script'",
        "no text becomes HTML"
    );
    for closed in [
        "base-uri",
        "form-action",
        "frame-src",
        "frame-ancestors",
        "object-src",
        "worker-src",
    ] {
        assert_eq!(policy[closed], "'none'", "{closed}");
    }
    assert_eq!(
        security["dangerousDisableAssetCspModification"], false,
        "Tauri adds its hashes"
    );
    assert_eq!(security["freezePrototype"], true, "no prototype pollution");
    assert_eq!(
        security["assetProtocol"],
        json!({ "enable": false, "scope": [] }),
        "no files"
    );
}

#[test]
fn the_page_is_granted_nothing_of_tauris() {
    let configuration = configuration();
    let capabilities = configuration["app"]["security"]["capabilities"].as_array();
    let [capability] = capabilities.map_or(&[][..], Vec::as_slice) else {
        unreachable!("exactly one capability, inline");
    };
    assert_eq!(
        capability["permissions"],
        json!([]),
        "our own commands need no permission"
    );
    assert_eq!(capability["windows"], json!(["main"]), "one window");
    assert!(capability.get("remote").is_none(), "no other origin");
    assert!(!root().join("capabilities").exists(), "no file grants more");
    assert_eq!(
        configuration["app"]["withGlobalTauri"], false,
        "no global API"
    );
    assert_eq!(
        configuration["build"]["removeUnusedCommands"], true,
        "what is not granted is not built in"
    );
}

#[test]
fn the_window_is_made_by_our_own_code() {
    let configuration = configuration();
    let window = &configuration["app"]["windows"][0];
    assert_eq!(
        window["create"], false,
        "only our code denies navigation and new windows"
    );
    assert_eq!(window["devtools"], false, "no inspector");
    assert_eq!(
        window["dragDropEnabled"], false,
        "no paths dropped into the page"
    );
}

#[test]
fn a_release_has_no_developer_tools() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("it is in the root");
    let tauri: Vec<&str> = manifest
        .lines()
        .filter(|line| line.starts_with("tauri = "))
        .collect();
    assert!(!tauri.is_empty(), "the dependency is named");
    for line in tauri {
        assert!(
            line.contains("default-features = false"),
            "features are chosen: {line}"
        );
        for unwanted in ["devtools", "isolation", "dynamic-acl", "protocol-asset"] {
            assert!(!line.contains(unwanted), "no {unwanted}: {line}");
        }
    }
}
