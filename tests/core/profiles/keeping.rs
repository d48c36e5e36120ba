//! The user's own profiles: made, copied, changed, moved, forgotten.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::{
    app::App,
    environment::{EnvironmentError, Problem},
    error::{Error, ProfileError, StoreError},
    profile::{
        MoveProfile, Profile, ProfileState, RevealProfile, SaveProfile, SavedAs, SavedValue, Title,
    },
};

use super::{profiles, state, switch};
use crate::support::{Sandbox, block_on};

const SECRET: &str = "https://ann:secret@proxy.example";

fn value(name: &str, value: &str) -> SavedValue {
    SavedValue {
        name: name.to_owned(),
        to: SavedAs::Value {
            value: value.to_owned(),
        },
    }
}

fn unset(name: &str) -> SavedValue {
    SavedValue {
        name: name.to_owned(),
        to: SavedAs::Unset {},
    }
}

fn wish(id: Option<&str>, name: &str, values: &[SavedValue]) -> SaveProfile {
    SaveProfile {
        id: id.map(str::to_owned),
        name: name.to_owned(),
        values: values.to_vec(),
    }
}

/// Keeps a new profile and gives it as it is listed.
fn kept(app: &App, name: &str, values: &[SavedValue]) -> Profile {
    let overview =
        block_on(app.profile_save(wish(None, name, values))).expect("nothing is wrong with it");
    let title = Title::Own {
        name: name.trim().to_owned(),
    };
    let mut list = overview.profiles.list.into_iter();
    list.find(|profile| profile.title == title)
        .expect("it is in the answer")
}

fn reveal(app: &App, id: &str, name: &str) -> Result<String, Error> {
    block_on(app.profile_reveal(RevealProfile {
        id: id.to_owned(),
        name: name.to_owned(),
    }))
}

fn refused(app: &App, id: Option<&str>, name: &str, values: &[SavedValue]) -> Error {
    block_on(app.profile_save(wish(id, name, values))).expect_err("it is refused")
}

#[test]
fn a_profile_is_kept_shown_masked_and_used() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let made = kept(
        &app,
        "  Büro ",
        &[value("GOPROXY", SECRET), unset("GOSUMDB")],
    );
    assert_eq!(made.id, "p1", "a readable id");
    assert_eq!(
        made.values[0].value.as_deref(),
        Some("https://***@proxy.example"),
        "credentials are masked"
    );
    assert!(made.values[0].masked, "and that is said");
    assert_eq!(made.values[1].value, None, "this one is unset");
    assert!(
        matches!(made.state, ProfileState::Differs { .. }),
        "keeping a profile uses nothing: {:?}",
        made.state
    );
    assert_eq!(
        sandbox.read(&sandbox.env_file()),
        None,
        "nothing is written"
    );
    assert_eq!(
        reveal(&app, "p1", "GOPROXY").as_deref(),
        Ok(SECRET),
        "the field in which it is edited has the value"
    );
    assert_eq!(
        reveal(&app, "p1", "GOSUMDB"),
        Err(ProfileError::NotInProfile {
            id: "p1".to_owned(),
            name: "GOSUMDB".to_owned()
        }
        .into()),
        "there is no value to show"
    );

    let file = sandbox.host.folders.config.join("profiles.json");
    let mode = fs::metadata(&file).expect("it is there").permissions();
    assert_eq!(mode.mode() & 0o777, 0o600, "it holds credentials");

    switch(&app, "p1");
    let written = sandbox.read(&sandbox.env_file()).expect("it was used");
    assert_eq!(
        String::from_utf8(written).as_deref(),
        Ok(format!("GOPROXY={SECRET}\n").as_str()),
        "with its credentials"
    );
    let again = sandbox.app();
    assert_eq!(
        profiles(&again).active.as_deref(),
        Some("p1"),
        "another start finds it"
    );
}

#[test]
fn what_can_not_be_used_is_not_kept() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let name = |name: &str| name.to_owned();
    for (values, error) in [
        (vec![], Error::from(ProfileError::ProfileEmpty {})),
        (
            vec![value("GOPROXY", "Direct")],
            EnvironmentError::InvalidValue {
                name: name("GOPROXY"),
                problem: Problem::ProxyCase {
                    entry: name("Direct"),
                    meant: name("direct"),
                },
            }
            .into(),
        ),
        (
            vec![value("GOPATH", "relative")],
            EnvironmentError::InvalidValue {
                name: name("GOPATH"),
                problem: Problem::RelativePath {
                    entry: name("relative"),
                },
            }
            .into(),
        ),
        (
            vec![value("GOFLAGS", "-a\n-b")],
            EnvironmentError::InvalidValue {
                name: name("GOFLAGS"),
                problem: Problem::ControlCharacter {
                    character: name("U+000A"),
                },
            }
            .into(),
        ),
        (
            vec![value("GOENV", "/elsewhere")],
            EnvironmentError::ProcessOnly {
                name: name("GOENV"),
            }
            .into(),
        ),
        (
            vec![unset("GOVERSION")],
            EnvironmentError::NotSettable {
                name: name("GOVERSION"),
            }
            .into(),
        ),
        (
            vec![value("PATH", "/elsewhere")],
            EnvironmentError::UnknownVariable { name: name("PATH") }.into(),
        ),
        (
            vec![value("GOPROXY", "off"), unset("GOPROXY")],
            EnvironmentError::NamedTwice {
                name: name("GOPROXY"),
            }
            .into(),
        ),
        (
            vec![SavedValue {
                name: name("GOPROXY"),
                to: SavedAs::AsIn {
                    profile: name("p9"),
                },
            }],
            ProfileError::UnknownProfile { id: name("p9") }.into(),
        ),
        (
            vec![SavedValue {
                name: name("GOPATH"),
                to: SavedAs::AsIn {
                    profile: name("domestic"),
                },
            }],
            ProfileError::NotInProfile {
                id: name("domestic"),
                name: name("GOPATH"),
            }
            .into(),
        ),
    ] {
        assert_eq!(refused(&app, None, "a", &values), error, "of {values:?}");
    }
    for taken in ["domestic", "国内", "OVERSEAS"] {
        assert_eq!(
            refused(&app, None, taken, &[value("GOPROXY", "off")]),
            ProfileError::ProfileNameTaken { name: name(taken) }.into(),
            "a shipped one is called so"
        );
    }
    assert!(
        matches!(
            refused(&app, None, " ", &[value("GOPROXY", "off")]),
            Error::Profile(ProfileError::ProfileNameInvalid { .. })
        ),
        "it has to be called something"
    );
    assert_eq!(
        refused(&app, Some("p9"), "a", &[value("GOPROXY", "off")]),
        ProfileError::UnknownProfile { id: name("p9") }.into(),
        "there is none to change"
    );
    let file = sandbox.host.folders.config.join("profiles.json");
    assert!(!file.exists(), "nothing of all that was written");
}

#[test]
fn a_copy_has_the_credentials_that_the_page_never_saw() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    kept(&app, "a", &[value("GOPROXY", SECRET), unset("GOSUMDB")]);
    let as_in = |name: &str, profile: &str| SavedValue {
        name: name.to_owned(),
        to: SavedAs::AsIn {
            profile: profile.to_owned(),
        },
    };
    let copy = kept(&app, "b", &[as_in("GOPROXY", "p1"), as_in("GOSUMDB", "p1")]);
    assert_eq!(
        reveal(&app, &copy.id, "GOPROXY").as_deref(),
        Ok(SECRET),
        "a copy is whole"
    );
    assert_eq!(copy.values[1].value, None, "what is unset stays so");
    let shipped = kept(&app, "c", &[as_in("GOSUMDB", "domestic")]);
    assert_eq!(
        shipped.values[0].value.as_deref(),
        Some("sum.golang.google.cn"),
        "of a shipped one as well"
    );
    let same = block_on(app.profile_save(wish(
        Some("p1"),
        "a2",
        &[as_in("GOPROXY", "p1"), value("GOSUMDB", "off")],
    )));
    same.expect("one value of its own is kept, another changed");
    assert_eq!(
        reveal(&app, "p1", "GOPROXY").as_deref(),
        Ok(SECRET),
        "editing one value needs no other"
    );
}

#[test]
fn the_present_state_becomes_a_profile() {
    let mut sandbox = Sandbox::new();
    sandbox.write(
        &sandbox.env_file(),
        format!("GOPROXY={SECRET}\nGOSUMDB=off\nGONOSUMDB=\n"),
    );
    sandbox.host.vars.set("GOSUMDB", "sum.golang.google.cn");
    let app = sandbox.app();
    let now = ["GOPROXY", "GOSUMDB", "GONOSUMDB"].map(|name| SavedValue {
        name: name.to_owned(),
        to: SavedAs::AsNow {},
    });
    let made = kept(&app, "now", &now);
    assert_eq!(
        reveal(&app, &made.id, "GOPROXY").as_deref(),
        Ok(SECRET),
        "with credentials"
    );
    assert_eq!(
        made.values[1].value.as_deref(),
        Some("sum.golang.google.cn"),
        "what Go uses, not what the file says"
    );
    assert_eq!(made.values[2].value, None, "empty is as good as unset");
}

#[test]
fn profiles_are_moved_and_forgotten() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    for name in ["a", "b"] {
        kept(&app, name, &[value("GOPROXY", "off")]);
    }
    let moved = block_on(app.profile_move(MoveProfile {
        id: "p2".to_owned(),
        to: 1,
    }))
    .expect("it is there");
    let ids = |list: &[Profile]| {
        let ids: Vec<_> = list.iter().map(|profile| profile.id.clone()).collect();
        ids.join(" ")
    };
    assert_eq!(
        ids(&moved.profiles.list),
        "domestic p2 overseas company offline p1",
        "the order is of all"
    );
    let left = block_on(app.profile_delete("p2".to_owned())).expect("it is there");
    assert_eq!(
        ids(&left.profiles.list),
        "domestic overseas company offline p1",
        "it is gone"
    );
    for (id, error) in [
        (
            "p2",
            ProfileError::UnknownProfile {
                id: "p2".to_owned(),
            },
        ),
        (
            "offline",
            ProfileError::BuiltinProfile {
                id: "offline".to_owned(),
            },
        ),
        ("company", ProfileError::ProfileNeedsForm {}),
    ] {
        let refused = block_on(app.profile_delete(id.to_owned()));
        assert_eq!(refused.expect_err("refused"), error.into(), "{id}");
    }
}

#[test]
fn the_profiles_of_a_newer_version_are_shown_and_not_touched() {
    let sandbox = Sandbox::new();
    let file = sandbox.host.folders.config.join("profiles.json");
    let newer = br#"{"version":2,"profiles":[{"id":"p1","name":"a","values":{"GOPROXY":"off"}}]}"#;
    sandbox.write(&file, newer);
    let app = sandbox.app();
    let shown = profiles(&app);
    assert!(
        matches!(
            shown.trouble.map(|failure| failure.error),
            Some(Error::Store(StoreError::StoreNewer { .. }))
        ),
        "it is said why nothing can be changed"
    );
    assert!(
        matches!(state(&app, "p1"), ProfileState::Differs { .. }),
        "what we know of it is there"
    );
    assert!(
        matches!(
            refused(&app, None, "b", &[value("GOPROXY", "off")]),
            Error::Store(StoreError::StoreNewer { .. })
        ),
        "it is not ours to write"
    );
    assert_eq!(
        sandbox.read(&file).as_deref(),
        Some(&newer[..]),
        "not one byte"
    );
}
