//! Thousands of profiles, and any that a user can think of.

use std::collections::BTreeMap;

use gopherdesk_core::profile::{
    MoveProfile, RevealProfile, SaveProfile, SavedAs, SavedValue, Title,
};
use proptest::prelude::*;
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

#[test]
fn a_change_among_thousands_replaces_the_file_once_and_touches_nothing_else() {
    let sandbox = Sandbox::new();
    let path = sandbox.host.folders.config.join("profiles.json");
    let before = format!("{:#}\n", file());
    sandbox.write(&path, &before);
    let app = sandbox.app();
    let listed = profiles(&app).list;
    assert_eq!(listed.len(), MANY + 4, "all of them, and the shipped ones");
    let ids: Vec<_> = listed.iter().skip(4).map(|profile| &profile.id).collect();
    assert!(
        ids.iter()
            .enumerate()
            .all(|(at, id)| **id == format!("p{}", at + 1)),
        "in the order in which they were made"
    );

    let wish = SaveProfile {
        id: Some("p2500".to_owned()),
        name: "Kunde zweitausendfünfhundert".to_owned(),
        values: vec![value("GOPROXY", "https://new.example")],
    };
    block_on(app.profile_save(wish)).expect("nothing is wrong with it");
    let mut expected = file();
    expected["profiles"][2499]["name"] = "Kunde zweitausendfünfhundert".into();
    expected["profiles"][2499]["values"] = json!({ "GOPROXY": "https://new.example" });
    let after: Value =
        serde_json::from_slice(&sandbox.read(&path).expect("it is there")).expect("it is JSON");
    assert_eq!(after, expected, "one profile is another, every key is kept");
    let backup = sandbox.read(&path.with_file_name("profiles.json.bak"));
    assert_eq!(
        backup,
        Some(before.into_bytes()),
        "the copy of what was replaced is the first file: it was replaced once"
    );

    let moving = MoveProfile {
        id: "p5000".to_owned(),
        to: 0,
    };
    let overview = block_on(app.profile_move(moving)).expect("it is there");
    assert_eq!(
        overview.profiles.list[0].id, "p5000",
        "the last is the first"
    );
    assert_eq!(
        overview.profiles.list[5].id, "p1",
        "the others follow as they were"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_is_there_at_the_next_start(
        kept in proptest::collection::btree_map(
            "[a-z国内]{3,12}[0-9]",
            proptest::collection::btree_map(
                prop_oneof![Just("GOPRIVATE"), Just("GONOPROXY"), Just("GONOSUMDB")],
                "[a-z]{1,8}\\.example(/[a-z]{1,6}){0,2}",
                1..4,
            ),
            1..6,
        ),
    ) {
        let sandbox = Sandbox::new();
        let app = sandbox.app();
        for (name, values) in &kept {
            let values = values.iter().map(|(name, to)| value(name, to)).collect();
            let wish = SaveProfile { id: None, name: name.clone(), values };
            prop_assert!(block_on(app.profile_save(wish)).is_ok(), "{name} is kept");
        }
        let again = sandbox.app();
        let mut found = BTreeMap::new();
        for profile in profiles(&again).list {
            let Title::Own { name } = profile.title else { continue };
            let mut values = BTreeMap::new();
            for one in profile.values {
                let wish = RevealProfile { id: profile.id.clone(), name: one.name.clone() };
                let value = block_on(again.profile_reveal(wish)).expect("it is set");
                values.insert(one.name, value);
            }
            found.insert(name, values);
        }
        let kept: BTreeMap<_, BTreeMap<_, _>> = kept
            .into_iter()
            .map(|(name, values)| {
                (name, values.into_iter().map(|(name, to)| (name.to_owned(), to)).collect())
            })
            .collect();
        prop_assert_eq!(found, kept, "every profile with every value");
    }
}
