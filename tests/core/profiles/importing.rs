//! Profile files: read, judged, kept; and never used without what has to be confirmed.

use std::{fs, path::Path};

use gopherdesk_core::{
    app::App,
    environment::{EnvironmentError, Problem},
    error::{Error, FileError, HistoryError, ProfileError},
    plan::ApplyPlan,
    profile::{ExportFormat, ExportProfile, Import, KeepImport, Profile, Title},
};
use serde_json::{Value, json};

use super::profiles;
use crate::{
    dangers::DANGERS,
    support::{Sandbox, block_on},
};

fn file(set: &Value) -> String {
    json!({ "gopherdesk_profile": 1, "name": "team", "set": set }).to_string()
}

fn import(app: &App, set: &Value) -> Import {
    block_on(app.profile_import(file(set))).expect("a profile file")
}

fn keep(app: &App, import: &Import, name: &str) -> Result<Profile, Error> {
    let overview = block_on(app.profile_import_keep(KeepImport {
        id: import.id.clone(),
        name: name.to_owned(),
    }))?;
    let title = Title::Own {
        name: name.to_owned(),
    };
    let mut list = overview.profiles.list.into_iter();
    Ok(list
        .find(|profile| profile.title == title)
        .expect("it is in the answer"))
}

#[test]
fn an_import_says_what_it_would_change_and_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write(
        &sandbox.env_file(),
        "GOPROXY=https://u:secret@here.example\n",
    );
    let app = sandbox.app();
    let text = json!({
        "gopherdesk_profile": 1,
        "name": " team ",
        "set": { "GOPROXY": "https://there.example", "GOSUMDB": "off" },
        "unset": ["GONOPROXY"],
        "stripped": ["GOPROXY"],
    });
    let read = block_on(app.profile_import(text.to_string())).expect("a profile file");
    assert_eq!(read.name, "team", "what the file calls it");
    assert_eq!(read.values.len(), 3, "what it sets and unsets");
    let differing: Vec<_> = read.differences.iter().map(|one| &one.name).collect();
    assert_eq!(differing, ["GOPROXY", "GOSUMDB"], "what is not so now");
    assert_eq!(
        read.differences[0].actual, "https://***@here.example",
        "credentials are masked"
    );
    let dangers: Vec<_> = read.dangers.iter().map(|one| &one.name).collect();
    assert_eq!(dangers, ["GOSUMDB"], "what has to be confirmed");
    assert_eq!(read.stripped, ["GOPROXY"], "what has to be added again");
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(&b"GOPROXY=https://u:secret@here.example\n"[..]),
        "nothing is used"
    );
    assert_eq!(profiles(&app).list.len(), 4, "and nothing is kept");

    let kept = keep(&app, &read, "Team 2").expect("nothing is wrong with it");
    assert_eq!(kept.id, "p1", "it is one of the user's own now");
    assert_eq!(
        keep(&app, &read, "Team 3").expect_err("it was kept"),
        ProfileError::UnknownImport { id: read.id }.into(),
        "once"
    );
}

#[test]
fn what_can_not_be_used_is_shown_and_not_kept() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let read = import(
        &app,
        &json!({ "GOENV": "/elsewhere", "PATH": "/x", "GOPATH": "rel", "GOPRIVATE": "a\u{200b}" }),
    );
    let problems: Vec<_> = read
        .problems
        .iter()
        .map(|one| (one.name.as_str(), one.refused))
        .collect();
    assert_eq!(
        problems,
        [
            ("GOENV", true),
            ("GOPATH", true),
            ("GOPRIVATE", false),
            ("PATH", true)
        ],
        "each with its reason: {:?}",
        read.problems
    );
    assert_eq!(
        read.problems[2].problem,
        Problem::InvisibleCharacter {
            character: "U+200B".to_owned()
        },
        "it is not what it looks like"
    );
    assert!(
        matches!(
            keep(&app, &read, "team"),
            Err(Error::Environment(EnvironmentError::ProcessOnly { .. }))
        ),
        "the first of them is the reason"
    );
    let again = import(&app, &json!({ "GOPROXY": "off" }));
    assert!(
        matches!(
            keep(&app, &again, "离线"),
            Err(Error::Profile(ProfileError::ProfileNameTaken { .. }))
        ),
        "a shipped one is called so"
    );
    keep(&app, &again, "team").expect("a refused name costs nothing");
}

#[test]
fn no_danger_of_an_import_is_used_without_its_own_confirmation() {
    for (name, value) in DANGERS {
        let sandbox = Sandbox::new();
        let app = sandbox.app();
        let read = import(&app, &json!({ name: value }));
        assert_eq!(
            read.dangers.first().map(|danger| danger.name.as_str()),
            Some(name),
            "{name}={value} is named when the file is read"
        );
        let kept = keep(&app, &read, "team").expect("keeping it uses nothing");
        let plan = block_on(app.profile_plan(kept.id)).expect("a plan");
        let apply = |confirmed: &[&str]| {
            block_on(app.plan_write(ApplyPlan {
                id: plan.id.clone(),
                confirmed: confirmed.iter().map(|&name| name.to_owned()).collect(),
            }))
        };
        for confirmed in [&[][..], &["GOPROXY", "*", ""][..]] {
            assert_eq!(
                apply(confirmed).err(),
                Some(
                    HistoryError::Unconfirmed {
                        names: vec![name.to_owned()]
                    }
                    .into()
                ),
                "{name}={value} with {confirmed:?}"
            );
            assert_eq!(
                sandbox.read(&sandbox.env_file()),
                None,
                "nothing is written"
            );
        }
        apply(&[name]).unwrap_or_else(|error| panic!("{name}={value} was confirmed: {error}"));
    }
}

#[test]
fn a_file_is_read_only_if_it_is_one() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let read = |path: &Path| block_on(app.profile_import_file(path.to_owned()));
    let path = sandbox.path("team.json");
    assert!(
        matches!(
            read(&path),
            Err(Error::File(FileError::FileUnreadable { .. }))
        ),
        "it is not there"
    );
    assert!(
        matches!(
            read(&sandbox.path("home")),
            Err(Error::File(FileError::NotRegular { .. }))
        ),
        "a folder"
    );
    let pipe = sandbox.path("pipe");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR,
        0,
    )
    .expect("a pipe");
    assert!(
        matches!(read(&pipe), Err(Error::File(FileError::NotRegular { .. }))),
        "nobody waits for its other end"
    );
    let huge = sandbox.path("huge");
    fs::File::create(&huge)
        .and_then(|file| file.set_len(200 << 20))
        .expect("sparse");
    assert_eq!(
        read(&huge).err(),
        Some(ProfileError::ProfileFileTooLarge { limit: 1 << 20 }.into()),
        "it is not even read"
    );
    sandbox.write(&path, b"\xff\xfe{\0}\0");
    assert!(
        matches!(
            read(&path),
            Err(Error::Profile(ProfileError::ProfileFileInvalid { .. }))
        ),
        "no UTF-8"
    );
    sandbox.write(
        &path,
        format!("\u{feff}{}", file(&json!({ "GOPROXY": "off" }))),
    );
    assert_eq!(
        read(&path).expect("a byte order mark is no fault").name,
        "team",
        "what it is"
    );
}

#[test]
fn a_profile_goes_from_one_machine_to_another() {
    let first = Sandbox::new();
    let app = first.app();
    let read = import(
        &app,
        &json!({ "GOPROXY": "https://ann:secret@p.example,direct", "GOFLAGS": "" }),
    );
    let kept = keep(&app, &read, "Büro").expect("nothing is wrong with it");
    let exported = block_on(app.profile_export(ExportProfile {
        id: kept.id,
        format: ExportFormat::Profile,
    }))
    .expect("it is there");
    assert!(!exported.text.contains("secret"), "{}", exported.text);
    assert_eq!(exported.stripped, ["GOPROXY"], "what was taken out");

    let second = Sandbox::new();
    let read = block_on(second.app().profile_import(exported.text)).expect("our own file");
    assert_eq!(read.name, "Büro", "its name");
    assert_eq!(read.stripped, ["GOPROXY"], "what has to be added");
    let values: Vec<_> = read
        .values
        .iter()
        .map(|value| (value.name.as_str(), value.value.as_deref()))
        .collect();
    assert_eq!(
        values,
        [
            ("GOFLAGS", Some("")),
            ("GOPROXY", Some("https://p.example,direct"))
        ],
        "the rest"
    );
}

#[test]
fn only_the_last_imports_are_remembered() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let first = import(&app, &json!({ "GOPROXY": "off" }));
    for _ in 0..8 {
        import(&app, &json!({ "GOPROXY": "off" }));
    }
    assert_eq!(
        keep(&app, &first, "team").expect_err("it is forgotten"),
        ProfileError::UnknownImport { id: first.id }.into(),
        "files can be large"
    );
}
