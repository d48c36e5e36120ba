//! A Go of the time before GOMODCACHE, go.env and GOTOOLCHAIN; and none at all.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::{
    environment::{Origin, read},
    shadow::Outer,
    toolchain::ToolchainError,
};

use crate::scene::{Scene, VERSIONS, variable};

/// Answers as go1.13 does: names it does not know are empty.
const OLD: &str = r#"#!/bin/sh
case "$*" in
"env GOTOOLCHAIN") echo ;;
"env -json") echo '{"GOPROXY":"direct","GOSUMDB":"sum.golang.org","GOROOT":"/old"}' ;;
*) echo '{"GOPROXY":"direct","GOSUMDB":"sum.golang.org","GOROOT":"/old","GOMODCACHE":"","GOVERSION":""}' ;;
esac
"#;

#[tokio::test]
async fn an_old_go_shows_what_it_has() {
    let mut scene = Scene::new(VERSIONS[0]);
    scene.go.path = scene.write("old/bin/go", OLD);
    fs::set_permissions(&scene.go.path, fs::Permissions::from_mode(0o755)).expect("a mode");
    scene.go.root = Some(scene.at("old"));
    scene.go.version = Some("go1.13.15".to_owned());
    // a file of that name meant nothing to it
    scene.write("old/go.env", "GOPROXY=https://never.example\n");
    scene.env_file(b"GOPROXY=direct\nGOTOOLCHAIN=local\n");
    let environment = scene.read().await;
    assert!(environment.failure.is_none(), "it answers");
    let names: Vec<_> = environment
        .variables
        .iter()
        .map(|variable| variable.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["GOPROXY", "GOSUMDB", "GOROOT"],
        "nothing that came later"
    );
    let proxy = variable(&environment, "GOPROXY");
    assert_eq!(proxy.origin, Origin::File, "the file counts");
    assert!(
        proxy
            .layers
            .iter()
            .all(|layer| layer.origin != Origin::Goroot),
        "and no go.env"
    );
}

#[tokio::test]
async fn without_go_the_file_still_speaks() {
    let mut scene = Scene::new(VERSIONS[0]);
    scene.env_file(b"GOPROXY=direct\n");
    scene.set("GOFLAGS", "-v");
    let none = ToolchainError::GoNotFound {
        searched: Vec::new(),
    };
    let environment = read::read(&scene.host, Err(none.into()), &Outer::default()).await;
    assert!(
        environment.go.is_none() && environment.failure.is_some(),
        "a rescue"
    );
    assert_eq!(
        variable(&environment, "GOPROXY").value,
        "direct",
        "from the file"
    );
    assert!(
        variable(&environment, "GOPROXY").settable,
        "and it can be changed"
    );
    assert_eq!(
        variable(&environment, "GOFLAGS").origin,
        Origin::Process,
        "from the process"
    );
}
