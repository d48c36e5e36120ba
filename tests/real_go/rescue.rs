//! A GOENV file that makes go itself fail (go-semantics 1.5): the line is named, and the rest is still shown.

use gopherdesk_core::environment::{Fault, Origin};

use crate::scene::{Scene, VERSIONS, variable};

#[tokio::test]
async fn the_line_that_breaks_go_is_found() {
    for version in VERSIONS {
        for (bad, word) in [
            ("GOPATH=relative", "GOPATH entry is relative"),
            ("GOPATH=/a:~/b", "metacharacter"),
            ("GOROOT=/nonexistent", "cannot find GOROOT"),
            ("GO111MODULE=yes", "unknown environment setting"),
            ("GOEXPERIMENT=bogus", "unknown GOEXPERIMENT"),
        ] {
            let scene = Scene::new(version);
            let file = format!(
                "# mine\nGOPROXY=https://u:secret@goproxy.example\nGOSUMDB=off\n{bad}\nGOFLAGS=-v\n"
            );
            scene.env_file(file.as_bytes());
            let environment = scene.read().await;
            let failure = environment.failure.expect("go fails");
            assert!(
                failure.message.contains(word),
                "{version}, {bad}: {}",
                failure.message
            );
            assert_eq!(
                environment.file.faults.len(),
                1,
                "{version}, {bad}: {:?}",
                environment.file.faults
            );
            let fault = &environment.file.faults[0];
            assert_eq!(
                (fault.line, fault.text.as_str()),
                (4, bad),
                "{version}: the line itself"
            );
            assert!(
                matches!(&fault.fault, Fault::BreaksGo { message } if message.contains(word)),
                "{version}, {bad}: in the words of go: {fault:?}"
            );
        }
    }
}

#[tokio::test]
async fn two_culprits_are_both_found_and_values_come_from_the_files() {
    let mut scene = Scene::new(VERSIONS[2]);
    scene.env_file(b"GOPROXY=direct\nGOPATH=relative\nGOSUMDB=off\nGO111MODULE=yes\n");
    scene.set("GOSUMDB", "sum.golang.org");
    let environment = scene.read().await;
    let lines: Vec<_> = environment
        .file
        .faults
        .iter()
        .map(|fault| fault.line)
        .collect();
    assert_eq!(lines, [2, 4], "both, although go stops at the first");
    for (name, value, origin) in [
        ("GOPROXY", "direct", Origin::File),
        ("GOSUMDB", "sum.golang.org", Origin::Process),
        ("GOPATH", "relative", Origin::File),
        ("GOTOOLCHAIN", "auto", Origin::Goroot),
    ] {
        let ours = variable(&environment, name);
        assert_eq!(
            (ours.value.as_str(), ours.origin),
            (value, origin),
            "{name} without go"
        );
    }
}

#[tokio::test]
async fn the_process_can_break_go_too_and_then_no_line_is_blamed() {
    let mut scene = Scene::new(VERSIONS[1]);
    scene.env_file(b"GOPROXY=direct\n");
    scene.set("GO111MODULE", "yes");
    let environment = scene.read().await;
    assert!(environment.failure.is_some(), "go fails");
    assert!(
        environment.file.faults.is_empty(),
        "not by the file: {:?}",
        environment.file.faults
    );
    assert_eq!(
        variable(&environment, "GOPROXY").value,
        "direct",
        "the file is still shown"
    );
}
