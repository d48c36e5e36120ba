use super::*;

fn sets(name: &str, value: &str) -> Vec<Change> {
    vec![Change {
        name: name.to_owned(),
        value: Some(value.to_owned()),
    }]
}

fn shipped() -> Vec<Definition> {
    Builtin::ALL
        .map(|builtin| Definition {
            id: builtin.id().to_owned(),
            title: Title::Builtin { builtin },
            values: Vec::new(),
        })
        .to_vec()
}

fn with(names: &[&str]) -> Kept {
    let mut kept = Kept::default();
    for name in names {
        kept.save(None, name, &sets("GOPROXY", "off"))
            .expect("a new name");
    }
    kept
}

fn order(kept: &Kept) -> String {
    let ids: Vec<_> = kept
        .arrange(shipped())
        .into_iter()
        .map(|all| all.id)
        .collect();
    ids.join(" ")
}

#[test]
fn an_id_is_readable_and_never_given_again() {
    let mut kept = with(&["a", "b", "c"]);
    kept.delete("p3").expect("it is there");
    assert_eq!(
        kept.save(None, "d", &sets("GOPROXY", "off")),
        Ok("p4".to_owned()),
        "the history may still name p3"
    );
    kept.minted = 0;
    assert_eq!(
        kept.save(None, "p6", &sets("GOPROXY", "off")),
        Ok("p5".to_owned()),
        "a file that was edited by hand cannot bring one back that is there"
    );
    assert_eq!(
        kept.save(None, "e", &sets("GOPROXY", "off")),
        Ok("p7".to_owned()),
        "p6 is what another is called"
    );
}

#[test]
fn a_name_belongs_to_one_profile() {
    let mut kept = with(&["Büro", "Home"]);
    for name in ["büro", " BÜRO ", "Domestic", "离线", "company", "p1"] {
        assert!(
            matches!(
                kept.save(Some("p2"), name, &sets("GOPROXY", "off")),
                Err(ProfileError::ProfileNameTaken { .. })
            ),
            "{name}: a terminal asks for profiles by name"
        );
    }
    assert_eq!(
        kept.save(Some("p1"), "BÜRO", &sets("GOPROXY", "direct")),
        Ok("p1".to_owned()),
        "its own name does not stand in its way"
    );
    let own = kept.own("p1").expect("it is there");
    assert_eq!(own.values, sets("GOPROXY", "direct"), "the values changed");
    let title = Title::Own {
        name: "BÜRO".to_owned(),
    };
    assert_eq!(own.title, title, "and the name");
}

#[test]
fn shipped_ones_are_neither_changed_nor_deleted() {
    let mut kept = with(&["a"]);
    let id = || "domestic".to_owned();
    let refused = Err(ProfileError::BuiltinProfile { id: id() });
    assert_eq!(
        kept.delete("domestic"),
        refused,
        "there is nothing to delete"
    );
    assert_eq!(
        kept.save(Some("domestic"), "b", &sets("GOPROXY", "off")),
        Err(ProfileError::BuiltinProfile { id: id() }),
        "a copy can be changed"
    );
    assert_eq!(kept.delete("p9"), Err(unknown("p9")), "nobody has that id");
    assert_eq!(
        kept.delete("company"),
        Err(ProfileError::ProfileNeedsForm {}),
        "nothing was filled in"
    );
    kept.fill_company(CompanyForm {
        proxy: "https://p.example".to_owned(),
        ..CompanyForm::default()
    });
    kept.delete("company").expect("it was filled in");
    assert_eq!(*kept.company(), CompanyForm::default(), "it is forgotten");
}

#[test]
fn any_profile_can_be_put_anywhere() {
    let mut kept = with(&["a", "b"]);
    let first = order(&kept);
    assert_eq!(
        first, "domestic overseas company offline p1 p2",
        "the shipped ones come first"
    );
    kept.place("p2", 0).expect("it is there");
    assert_eq!(
        order(&kept),
        "p2 domestic overseas company offline p1",
        "an own one"
    );
    kept.place("domestic", 99).expect("it is there");
    assert_eq!(
        order(&kept),
        "p2 overseas company offline p1 domestic",
        "a shipped one, behind the end"
    );
    kept.save(None, "c", &sets("GOPROXY", "off")).expect("new");
    assert_eq!(
        order(&kept),
        "p2 overseas company offline p1 domestic p3",
        "a new one comes last"
    );
    kept.delete("p2").expect("it is there");
    kept.delete("p3").expect("it is there");
    kept.place("domestic", 0).expect("it is there");
    assert_eq!(
        kept.order,
        Vec::<String>::new(),
        "as it is anyway: not written"
    );
    assert_eq!(kept.place("p2", 0), Err(unknown("p2")), "it is gone");
}

#[test]
fn an_order_that_was_edited_by_hand_names_what_it_likes() {
    let mut kept = with(&["a"]);
    kept.order = ["p1", "gone", "p1", "offline"].map(str::to_owned).to_vec();
    assert_eq!(
        order(&kept),
        "p1 offline domestic overseas company",
        "what it does not name follows"
    );
    kept.place("company", 1).expect("it is there");
    assert_eq!(
        kept.order.join(" "),
        "p1 company offline domestic overseas",
        "what is not there is forgotten"
    );
}

#[test]
fn values_come_in_the_order_of_lists() {
    let mut kept = Kept::default();
    let mut values = sets("CC", "gcc");
    values.extend(sets("GOSUMDB", "off"));
    values.extend(sets("GOPROXY", "off"));
    let id = kept.save(None, "a", &values).expect("new");
    let names: Vec<_> = kept.own(&id).expect("kept").values.into_iter().collect();
    assert_eq!(
        names.iter().map(|change| &change.name).collect::<Vec<_>>(),
        ["GOPROXY", "GOSUMDB", "CC"],
        "as everywhere"
    );
}

#[test]
fn ids_that_commands_could_not_tell_apart_are_damage() {
    for (text, what) in [
        (
            r#"{"profiles":[{"id":"domestic","name":"a","values":{}}]}"#,
            "shipped",
        ),
        (
            r#"{"profiles":[{"id":"p01","name":"a","values":{}}]}"#,
            "another spelling",
        ),
        (r#"{"profiles":[{"id":"","name":"a","values":{}}]}"#, "none"),
        (
            r#"{"profiles":[{"id":"p1","name":"a","values":{}},{"id":"p1","name":"b","values":{}}]}"#,
            "twice",
        ),
        (
            r#"{"minted":18446744073709551615}"#,
            "no number would be left",
        ),
    ] {
        let read: Result<Kept, _> = serde_json::from_str(text);
        assert!(read.is_err(), "{what}: {read:?}");
    }
}

#[test]
fn what_another_version_put_there_stays() {
    let text = r#"{
        "profiles": [{"id": "p1", "name": "a", "values": {"GOPROXY": "off"}, "colour": "blue"}],
        "company": {"proxy": "https://p.example", "vpn": true}
    }"#;
    let mut kept: Kept = serde_json::from_str(text).expect("it is read");
    kept.save(Some("p1"), "b", &sets("GOPROXY", "direct"))
        .expect("it is there");
    kept.fill_company(CompanyForm {
        login: true,
        ..CompanyForm::default()
    });
    let written = serde_json::to_value(&kept).expect("it is written");
    assert_eq!(written["profiles"][0]["colour"], "blue", "of a profile");
    assert_eq!(written["profiles"][0]["name"], "b", "beside what changed");
    assert_eq!(written["company"]["vpn"], true, "of the form");
    assert_eq!(written["company"]["login"], true, "beside what changed");
}
