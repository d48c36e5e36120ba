//! Reading never uses the network, whatever the files demand (reliability B2): in a network namespace without a route,
//! under strace.

#![cfg(target_os = "linux")]

use std::{env, ffi::OsString, fs, path::Path};

use gopherdesk_core::host::{
    Vars,
    run::{DEADLINE, Output, Program, run},
};

use crate::scene::{Scene, VERSIONS, variable};

/// Set in the copy of this program that runs without network.
const INSIDE: &str = "GOPHERDESK_TEST_INSIDE";

/// A machine whose every file asks for a Go that nobody has, from a server that nobody reaches.
fn demanding(version: &str) -> Scene {
    let scene = Scene::new(version);
    for folder in [".", "home", "own", "own/cache", "empty"] {
        scene.write(&format!("{folder}/go.mod"), "module m\n\ngo 1.99\n");
        scene.write(&format!("{folder}/go.work"), "go 1.99\n");
    }
    scene.env_file(b"GOTOOLCHAIN=go1.99.0\nGOPROXY=http://192.0.2.1:9\nGOSUMDB=off\n");
    scene
}

#[tokio::test]
async fn reading_connects_to_nothing() {
    if inside() {
        for version in VERSIONS {
            let scene = demanding(version);
            let environment = scene.read().await;
            assert!(environment.failure.is_none(), "{version}: go answers");
            assert_eq!(
                variable(&environment, "GOTOOLCHAIN").value,
                "go1.99.0",
                "{version}: as it stands"
            );
            let answered = &variable(&environment, "GOVERSION").value;
            assert_eq!(
                answered,
                &format!("go{version}"),
                "{version}: this Go, and no other"
            );
        }
        return;
    }
    let (output, calls) = without_network("offline::reading_connects_to_nothing").await;
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.succeeded(),
        "reading works without a network: {said}"
    );
    assert!(said.contains("1 passed"), "the copy ran this test: {said}");
    assert_eq!(inet(&calls), Vec::<&str>::new(), "no connection is tried");
}

/// The measurement finds what it is there for: a plain go in that folder does ask the network.
#[tokio::test]
async fn a_plain_go_would_have_connected() {
    if inside() {
        let scene = demanding(VERSIONS[2]);
        let output = scene.go(&["env", "GOPROXY"], &[]).await;
        assert!(!output.succeeded(), "there is no go1.99.0 to be had");
        return;
    }
    let (output, calls) = without_network("offline::a_plain_go_would_have_connected").await;
    assert!(
        output.succeeded(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(!inet(&calls).is_empty(), "the download was tried");
}

#[expect(clippy::disallowed_methods, reason = "the copy knows its role by it")]
fn inside() -> bool {
    env::var_os(INSIDE).is_some()
}

fn inet(calls: &str) -> Vec<&str> {
    calls
        .lines()
        .filter(|call| call.contains("AF_INET"))
        .collect()
}

/// Runs one test of this program again, without network, and gives every call of `connect` beside its output.
#[expect(
    clippy::disallowed_methods,
    reason = "the copy gets what this program has"
)]
async fn without_network(test: &str) -> (Output, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let calls = folder.path().join("calls");
    let mut vars: Vars = env::vars_os().collect();
    vars.set(INSIDE, "1");
    let this = env::current_exe().expect("this program");
    let words = ["-rn", "strace", "-f", "-qq", "-e", "trace=connect", "-o"];
    let args = words.map(OsString::from).into_iter().chain([
        calls.clone().into(),
        this.into(),
        test.into(),
        "--exact".into(),
    ]);
    let program = Program {
        path: Path::new("/usr/bin/unshare").to_owned(),
        args: args.collect(),
        vars,
        folder: folder.path().to_owned(),
        deadline: DEADLINE * 12,
    };
    let output = run(&program)
        .await
        .expect("unshare and strace are installed");
    let calls = fs::read_to_string(&calls).unwrap_or_default();
    (output, calls)
}
