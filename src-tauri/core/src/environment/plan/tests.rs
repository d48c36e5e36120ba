use super::*;
use crate::environment::{
    check::{CheckContext, Consequence},
    file::inspect,
};

/// Drafts a plan on a file of these bytes.
fn drafted(before: &[u8], wish: &PlanEnvironment) -> Result<Draft, EnvironmentError> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let host = Host::sandbox(folder.path());
    let context = || fault::Context {
        is_known: &|name| check::settable(name, None) != Settable::Unknown,
        check: CheckContext {
            os: Os::Linux,
            version: None,
            home: None,
        },
    };
    let environment = Environment {
        go: None,
        failure: None,
        file: inspect(&host, &context()).0,
        variables: Vec::new(),
    };
    draft(
        wish,
        &PlanFacts {
            host: &host,
            path: Path::new("/home/me/.config/go/env"),
            before: Some(before),
            environment: &environment,
            context: context(),
        },
    )
}

fn wish(changes: &[(&str, Option<&str>)], repairs: &[u32]) -> PlanEnvironment {
    PlanEnvironment {
        changes: changes
            .iter()
            .map(|&(name, value)| Change {
                name: name.to_owned(),
                value: value.map(str::to_owned),
            })
            .collect(),
        repairs: repairs.to_vec(),
    }
}

#[test]
fn a_repair_that_brings_a_danger_to_life_asks_like_an_edit() {
    let draft = drafted(b"export GOSUMDB=off\n", &wish(&[], &[1])).expect("a plan");
    let dangers: Vec<_> = draft
        .plan
        .dangers
        .iter()
        .map(|danger| danger.consequence)
        .collect();
    assert_eq!(
        dangers,
        [Consequence::NothingVerified],
        "the line had no effect before it was repaired"
    );
    assert_eq!(
        draft.cause,
        Cause::Repaired { lines: 1 },
        "and the history says so"
    );
}

#[test]
fn a_danger_that_was_there_before_is_not_asked_about_again() {
    let before = b"GOSUMDB=off\nGOPROXY=direct\n";
    let draft = drafted(
        before,
        &wish(&[("GOSUMDB", Some("off")), ("GOPROXY", Some("off"))], &[]),
    )
    .expect("a plan");
    assert_eq!(draft.plan.dangers, [], "GOSUMDB does not change");
    assert_eq!(draft.plan.changes.len(), 1, "only GOPROXY does");
}

#[test]
fn the_wish_is_refused_as_go_would() {
    let refused = |changes: &[(&str, Option<&str>)]| {
        drafted(b"FOREIGN=1\nGOPROXY=direct\n", &wish(changes, &[])).err()
    };
    let name = |name: &str| name.to_owned();
    for (changes, expected) in [
        (
            [("GODODO", Some("x"))].as_slice(),
            EnvironmentError::UnknownVariable {
                name: name("GODODO"),
            },
        ),
        (
            &[("GOEXE", Some("x"))],
            EnvironmentError::NotSettable {
                name: name("GOEXE"),
            },
        ),
        (
            &[("GOENV", Some("x"))],
            EnvironmentError::ProcessOnly {
                name: name("GOENV"),
            },
        ),
        (
            &[("GOPROXY", Some("off")), ("GOPROXY", None)],
            EnvironmentError::NamedTwice {
                name: name("GOPROXY"),
            },
        ),
        (
            &[("GOPROXY", Some("direct"))],
            EnvironmentError::NothingToChange {},
        ),
        (&[("GOSUMDB", None)], EnvironmentError::NothingToChange {}),
    ] {
        assert_eq!(refused(changes), Some(expected), "{changes:?}");
    }
    assert_eq!(
        refused(&[("FOREIGN", None)]),
        None,
        "a name in the file can be taken out"
    );
}

#[test]
fn commands_do_the_same_and_hide_credentials() {
    let draft = drafted(
        b"GOFLAGS=-x\nGOSUMDB=off\n",
        &wish(
            &[
                ("GOFLAGS", Some("-mod=mod -v")),
                ("GOPROXY", Some("https://u:canary@h|direct")),
                ("GOSUMDB", None),
            ],
            &[],
        ),
    )
    .expect("a plan");
    let commands = draft.plan.commands.join("\n");
    assert!(
        !format!("{:?}", draft.plan).contains("canary"),
        "nothing that is shown has the password: {commands}"
    );
    assert!(
        commands.ends_with("go env -u GOSUMDB"),
        "one command for what is unset: {commands}"
    );
    if Os::current() != Os::Windows {
        assert!(
            commands.contains("'GOFLAGS=-mod=mod -v'"),
            "quoted for a shell: {commands}"
        );
    }
    let after = String::from_utf8_lossy(draft.after.as_deref().unwrap_or_default()).into_owned();
    assert_eq!(
        after, "GOFLAGS=-mod=mod -v\nGOPROXY=https://u:canary@h|direct\n",
        "the file gets the value itself"
    );
}
