//! Thousands of profiles, and any that a user can think of.

use std::{collections::BTreeMap, path::PathBuf};

use gopherdesk_core::{
    app::App,
    profile::{
        CompanyForm, ExportFormat, ExportProfile, KeepImport, MoveProfile, RevealProfile,
        SaveProfile, SavedAs, SavedValue, Title,
    },
    secret::strip_text,
};
use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};
use serde_json::{Value, json};

use super::profiles;
use crate::support::{Sandbox, block_on};

const MANY: usize = 5_000;

/// The file as another version, which knows more, might have left it.
fn file() -> Value {
    let profiles: Vec<_> = (1..=MANY)
        .map(|number| {
            json!({
                "id": format!("p{number}"),
                "name": format!("Kunde {number}"),
                "values": { "GOPROXY": format!("https://p{number}.example"), "GOSUMDB": null },
                "colour": number,
            })
        })
        .collect();
    json!({ "version": 1, "minted": MANY, "profiles": profiles, "later": true })
}

fn value(name: &str, value: &str) -> SavedValue {
    SavedValue {
        name: name.to_owned(),
        to: SavedAs::Value {
            value: value.to_owned(),
        },
    }
}

/// A machine with all those profiles.
struct Crowd {
    sandbox: Sandbox,
    app: App,
    path: PathBuf,
}

impl Crowd {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let path = sandbox.host.folders.config.join("profiles.json");
        sandbox.write(&path, format!("{:#}\n", file()));
        Self {
            app: sandbox.app(),
            sandbox,
            path,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        self.sandbox.read(&self.path).expect("it is there")
    }

    /// Does something, which is to replace the file once, and gives what is in it then.
    fn once(&self, what: &str, action: impl FnOnce(&App)) -> Value {
        let before = self.bytes();
        action(&self.app);
        let after = self.bytes();
        assert_ne!(after, before, "{what}: the file is another");
        let backup = self
            .sandbox
            .read(&self.path.with_file_name("profiles.json.bak"));
        assert!(
            backup.as_ref() == Some(&before),
            "{what}: the copy of what was replaced is the file before, so it was replaced once"
        );
        serde_json::from_slice(&after).expect("it is JSON")
    }
}

fn as_it_was(mut file: Value, edit: impl FnOnce(&mut Value)) -> Value {
    edit(&mut file);
    file
}

#[test]
fn a_change_among_thousands_replaces_the_file_once_and_touches_nothing_else() {
    let crowd = Crowd::new();
    let listed = profiles(&crowd.app).list;
    assert_eq!(listed.len(), MANY + 4, "all of them, and the shipped ones");
    let ids: Vec<_> = listed.iter().skip(4).map(|profile| &profile.id).collect();
    assert!(
        ids.iter()
            .enumerate()
            .all(|(at, id)| **id == format!("p{}", at + 1)),
        "in the order in which they were made"
    );

    let edited = crowd.once("an edit", |app| {
        let wish = SaveProfile {
            id: Some("p2500".to_owned()),
            name: "Kunde zweitausendfünfhundert".to_owned(),
            values: vec![value("GOPROXY", "https://new.example")],
        };
        block_on(app.profile_save(wish)).expect("nothing is wrong with it");
    });
    let expected = as_it_was(file(), |file| {
        file["profiles"][2499]["name"] = "Kunde zweitausendfünfhundert".into();
        file["profiles"][2499]["values"] = json!({ "GOPROXY": "https://new.example" });
    });
    assert!(
        edited == expected,
        "one profile is another, every key is kept"
    );

    let moved = crowd.once("a move", |app| {
        let wish = MoveProfile {
            id: "p5000".to_owned(),
            to: 0,
        };
        let list = block_on(app.profile_move(wish)).expect("it is there");
        let list = list.profiles.list;
        assert_eq!(list[0].id, "p5000", "the last is the first");
        assert_eq!(list[5].id, "p1", "the others follow as they were");
    });
    assert_eq!(moved["later"], true, "what a later version wrote is kept");

    let deleted = crowd.once("a deletion", |app| {
        block_on(app.profile_delete("p17".to_owned())).expect("it is there");
    });
    let expected = as_it_was(moved, |file| {
        let profiles = file["profiles"].as_array_mut().expect("a list");
        profiles.retain(|profile| profile["id"] != "p17");
    });
    assert!(
        deleted["profiles"] == expected["profiles"],
        "one profile is gone, the others are as they were"
    );

    let filled = crowd.once("the company form", |app| {
        let form = CompanyForm {
            hosts: vec!["git.corp.example".to_owned()],
            ..CompanyForm::default()
        };
        block_on(app.company_save(form)).expect("it makes sense");
    });
    assert!(
        filled["profiles"] == deleted["profiles"],
        "no profile is touched by the form"
    );

    let imported = crowd.once("an import", |app| {
        let text = json!({
            "gopherdesk_profile": 1, "name": "team", "set": { "GOPROXY": "off" },
        });
        let import = block_on(app.profile_import(text.to_string())).expect("a profile file");
        let wish = KeepImport {
            id: import.id,
            name: import.name,
        };
        block_on(app.profile_import_keep(wish)).expect("nothing is wrong with it");
    });
    let expected = as_it_was(filled, |file| {
        let profiles = file["profiles"].as_array_mut().expect("a list");
        profiles.push(json!({
            "id": "p5001", "name": "team", "values": { "GOPROXY": "off" },
        }));
    });
    assert!(
        imported["profiles"] == expected["profiles"],
        "one profile more, with the next id"
    );
}

/// A variable, and a value that go takes for it: quotes, dollars, escapes and spaces are the user's.
fn wide() -> impl Strategy<Value = (&'static str, String)> {
    let pattern = "[a-z]{1,8}\\.example(/[a-z]{1,6}){0,2}";
    let free = prop_oneof!["[a-z$%&;|<>(){}!#^`*?~=,:@/中é😀 +-]{0,40}", "[ -~]{0,40}"];
    prop_oneof![
        (
            select(&["GOPRIVATE", "GONOPROXY", "GONOSUMDB"][..]),
            pattern
        ),
        (select(&["CGO_CFLAGS", "CGO_LDFLAGS"][..]), free),
    ]
}

/// A profile's values by their names.
fn values() -> impl Strategy<Value = BTreeMap<&'static str, String>> {
    vec(wide(), 1..5).prop_map(|values| values.into_iter().collect())
}

/// The values of every profile of the user's own, with their credentials.
fn kept(app: &App) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for profile in profiles(app).list {
        let Title::Own { name } = profile.title else {
            continue;
        };
        let mut values = BTreeMap::new();
        for one in profile.values {
            let wish = RevealProfile {
                id: profile.id.clone(),
                name: one.name.clone(),
            };
            let value = block_on(app.profile_reveal(wish)).expect("it is set");
            values.insert(one.name, value);
        }
        found.insert(name, values);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_there_at_the_next_start_and_on_another_machine(
        wanted in btree_map("[a-z国内]{3,12}[0-9]", values(), 1..6),
    ) {
        let (sandbox, other) = (Sandbox::new(), Sandbox::new());
        let (app, elsewhere) = (sandbox.app(), other.app());
        for (name, values) in &wanted {
            let values = values.iter().map(|(name, to)| value(name, to)).collect();
            let wish = SaveProfile { id: None, name: name.clone(), values };
            let saved = block_on(app.profile_save(wish));
            prop_assert!(saved.is_ok(), "{name} is kept: {:?}", saved.err());
        }
        let wanted: BTreeMap<_, BTreeMap<_, _>> = wanted
            .into_iter()
            .map(|(name, values)| {
                (name, values.into_iter().map(|(name, to)| (name.to_owned(), to)).collect())
            })
            .collect();
        let again = sandbox.app();
        prop_assert_eq!(&kept(&again), &wanted, "every profile with every value");

        for profile in profiles(&again).list.into_iter().skip(4) {
            let format = ExportFormat::Profile;
            let printed = block_on(again.profile_export(ExportProfile { id: profile.id, format }));
            let printed = printed.expect("it is there").text;
            let import = block_on(elsewhere.profile_import(printed)).expect("our own file");
            let wish = KeepImport { id: import.id, name: import.name };
            prop_assert!(block_on(elsewhere.profile_import_keep(wish)).is_ok(), "it is kept");
        }
        let stripped: BTreeMap<_, BTreeMap<_, _>> = wanted
            .into_iter()
            .map(|(name, values)| {
                (name, values.into_iter().map(|(name, to)| (name, strip_text(&to))).collect())
            })
            .collect();
        prop_assert_eq!(kept(&elsewhere), stripped, "as it was, without credentials");
    }
}
