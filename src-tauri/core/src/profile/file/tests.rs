use proptest::{collection::btree_map, option, prelude::*};

use super::*;

fn change(name: &str, value: Option<&str>) -> Change {
    Change {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    }
}

fn reason(text: &str) -> String {
    match read(text) {
        Err(ProfileError::ProfileFileInvalid { reason }) => reason,
        other => panic!("{text} is no profile file: {other:?}"),
    }
}

#[test]
fn a_file_is_written_without_credentials_and_always_the_same() {
    let values = [
        change("GOSUMDB", None),
        change("GOPROXY", Some("https://ann:secret@p.example,direct")),
        change("GOFLAGS", Some("")),
        change("CC", None),
    ];
    let printed = print("Büro", &values);
    assert_eq!(
        printed.text,
        r#"{
  "$schema": "urn:gopherdesk:profile:1",
  "gopherdesk_profile": 1,
  "name": "Büro",
  "set": {
    "GOFLAGS": "",
    "GOPROXY": "https://p.example,direct"
  },
  "unset": [
    "CC",
    "GOSUMDB"
  ],
  "stripped": [
    "GOPROXY"
  ]
}
"#,
        "people read and compare it"
    );
    assert_eq!(printed.stripped, ["GOPROXY"], "what was taken out is named");
    let mut backwards = values.to_vec();
    backwards.reverse();
    assert_eq!(print("Büro", &backwards), printed, "in whatever order");
    let content = read(&printed.text).expect("we read what we write");
    assert_eq!(content.name, "Büro", "its name");
    assert_eq!(content.stripped, ["GOPROXY"], "what is missing");
    assert_eq!(content.values.len(), 4, "an empty value is one");
}

#[test]
fn what_is_no_profile_file_is_refused_with_its_place() {
    for (text, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("nonsense", "expected ident at line 1 column 2"),
        ("[]", "gopherdesk_profile is missing"),
        ("{}", "gopherdesk_profile is missing"),
        (
            r#"{"gopherdesk_profile": "1"}"#,
            "gopherdesk_profile is no version",
        ),
        (
            r#"{"gopherdesk_profile": 0}"#,
            "gopherdesk_profile is no version",
        ),
        (
            r#"{"gopherdesk_profile": -1}"#,
            "gopherdesk_profile is no version",
        ),
        (
            r#"{"gopherdesk_profile": 1.5}"#,
            "gopherdesk_profile is no version",
        ),
        (
            "{\"gopherdesk_profile\": 1,\n \"name\": \"a\",\n \"set\": {\"CC\": 7}}",
            "invalid type: integer `7`, expected a string at line 3 column 16",
        ),
        (
            "{\"gopherdesk_profile\": 1,\n \"name\": \"a\",\n \"set\": {\"CC\": \"a\", \"CC\": \"b\"}}",
            "CC is there twice at line 3 column 24",
        ),
        (
            r#"{"gopherdesk_profile": 1, "x": {"y": 1, "y": 2}}"#,
            "y is there twice at line 1 column 43",
        ),
        (
            r#"{"gopherdesk_profile": 1, "set": {"CC": "a"}}"#,
            "missing field `name` at line 1 column 45",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": {"CC": "a"}, "unset": ["CC"]}"#,
            "CC is there twice",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "unset": ["CC", "CC"]}"#,
            "CC is there twice",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": {"A B": "a"}}"#,
            "\"A B\" is no name of a variable",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "unset": [""]}"#,
            "\"\" is no name of a variable",
        ),
        (
            "{\"gopherdesk_profile\": 1, \"name\": \"a\", \"unset\": [\"GOPROXY\u{202e}\"]}",
            "\"GOPROXY\\u{202e}\" is no name of a variable",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": "https://u:secret@h"}"#,
            "invalid type: string \"https://***@h\", expected a map at line 1 column 66",
        ),
    ] {
        assert_eq!(reason(text), expected, "of {text}");
    }
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    assert!(reason(&deep).starts_with("recursion limit"), "no overflow");
}

#[test]
fn what_is_told_apart_from_no_profile_file() {
    let newer = r#"{"gopherdesk_profile": 2, "name": {"en": "a"}}"#;
    assert_eq!(
        read(newer),
        Err(ProfileError::ProfileFileNewer { version: 2 }),
        "whatever else it says"
    );
    assert_eq!(
        read(r#"{"gopherdesk_profile": 1, "name": "a"}"#),
        Err(ProfileError::ProfileEmpty {}),
        "nothing would change"
    );
    assert!(
        matches!(
            read(r#"{"gopherdesk_profile": 1, "name": "a\u202eb", "unset": ["CC"]}"#),
            Err(ProfileError::ProfileNameInvalid { name }) if name == "a\\u{202e}b"
        ),
        "a name that is not what it looks like"
    );
    let large = format!(
        "{{\"gopherdesk_profile\": 1, \"x\": \"{}\"}}",
        "x".repeat(1 << 20)
    );
    assert_eq!(
        read(&large),
        Err(ProfileError::ProfileFileTooLarge { limit: LIMIT }),
        "no profile is that large"
    );
}

#[test]
fn what_a_later_version_adds_is_passed_over() {
    let text = "\u{feff}{\"gopherdesk_profile\": 1, \"name\": \"a\", \"unset\": [\"CC\"], \"colour\": {\"x\": [1]}}";
    let content = read(text).expect("a byte order mark and a new key are no fault");
    assert_eq!(content.values, [change("CC", None)], "what is known of it");
}

#[test]
fn bytes_that_are_no_text_are_told() {
    assert_eq!(
        decode(b"\xff\xfe{\0".to_vec()),
        Err(invalid("UTF-16 where UTF-8 belongs")),
        "as some editors save"
    );
    assert_eq!(
        decode(b"{\"\xff".to_vec()),
        Err(invalid("not UTF-8 after 2 bytes")),
        "where it stops being text"
    );
}

fn schema() -> jsonschema::Validator {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("the table holds JSON")
}

#[test]
fn the_schema_and_the_reader_refuse_the_same() {
    let schema = schema();
    for (text, what) in [
        (r#"{"name": "a", "unset": ["CC"]}"#, "no version"),
        (
            r#"{"gopherdesk_profile": 2, "name": "a", "unset": ["CC"]}"#,
            "a newer version",
        ),
        (
            r#"{"gopherdesk_profile": "1", "name": "a", "unset": ["CC"]}"#,
            "a version that is text",
        ),
        (r#"{"gopherdesk_profile": 1, "unset": ["CC"]}"#, "no name"),
        (
            r#"{"gopherdesk_profile": 1, "name": "", "unset": ["CC"]}"#,
            "an empty name",
        ),
        (r#"{"gopherdesk_profile": 1, "name": "a"}"#, "no values"),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": {}, "unset": []}"#,
            "none of both",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": {"CC": null}}"#,
            "a value that is none",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": ["CC=gcc"]}"#,
            "a list of values",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "unset": "CC"}"#,
            "one name without a list",
        ),
        (
            r#"{"gopherdesk_profile": 1, "name": "a", "set": {"C C": "gcc"}}"#,
            "no name of a variable",
        ),
        (r#"["gopherdesk_profile"]"#, "no object"),
    ] {
        assert!(!schema.is_valid(&json(text)), "the schema: {what}");
        assert!(read(text).is_err(), "the reader: {what}");
    }
    let smallest = r#"{"gopherdesk_profile": 1, "name": "a", "unset": ["CC"], "later": {}}"#;
    assert!(schema.is_valid(&json(smallest)), "keys of later versions");
    assert!(read(smallest).is_ok(), "are passed over by both");
}

#[test]
fn a_file_may_be_as_large_as_the_limit() {
    let frame = r#"{"gopherdesk_profile": 1, "name": "a", "set": {"GOPRIVATE": ""}}"#;
    let room = usize::try_from(LIMIT).expect("a small limit") - frame.len();
    let largest = frame.replace("\"\"", &format!("\"{}\"", "x".repeat(room)));
    let content = read(&largest).expect("not a byte too many");
    assert_eq!(
        content.values[0].value.as_ref().map(String::len),
        Some(room),
        "the whole value"
    );
    assert_eq!(
        read(&format!("{largest} ")),
        Err(ProfileError::ProfileFileTooLarge { limit: LIMIT }),
        "one byte more"
    );
}

/// Any text at all, and what JSON or a reader of lines makes something of.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,80}",
        any::<String>(),
        "([\"\\\\/\0\n\r\t\x1b\u{7f}\u{85}\u{feff}\u{2028}\u{fffe} 😀中{}\\[\\],:]|\\\\u[0-9a-fd]{4}){0,40}",
        "[a-z:/@,|]{1000,3000}",
    ]
}

proptest! {
    #[test]
    fn a_profile_comes_back_as_it_was_written(
        name in prop_oneof!["[^\\p{C}\\p{Z}]{1,60}", "[a-zé公\"'\\\\$`{}]([ -~公司]{0,40}[a-z])?"],
        values in btree_map("[A-Za-z_][A-Za-z0-9_]{0,12}", option::of(value()), 1..20),
    ) {
        prop_assume!(name::check(&name).is_ok() && strip_text(&name) == name);
        let values: Vec<_> = values
            .into_iter()
            .map(|(name, value)| Change { name, value })
            .collect();
        let printed = print(&name, &values);
        prop_assert!(schema().is_valid(&json(&printed.text)), "it is what the schema describes");
        let content = read(&printed.text).expect("we read what we write");
        prop_assert_eq!(&content.name, &name);
        prop_assert_eq!(&content.stripped, &printed.stripped);
        let mut expected: Vec<_> = values
            .iter()
            .map(|value| Change { value: value.value.as_deref().map(strip_text), ..value.clone() })
            .collect();
        expected.sort_by_key(|change| (change.value.is_none(), change.name.clone()));
        prop_assert_eq!(&content.values, &expected);
        prop_assert_eq!(print(&content.name, &content.values).text.replace("\n  \"stripped\"", ""),
            print(&content.name, &expected).text, "writing it again changes nothing");
    }

    #[test]
    fn nothing_makes_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(bytes).map(|text| read(&text));
    }

    #[test]
    fn nothing_like_a_file_makes_the_reader_panic(at in 0usize..220, byte in any::<u8>()) {
        let mut bytes = print("a", &[change("GOPROXY", Some("off")), change("CC", None)]).text.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = decode(bytes).map(|text| read(&text));
    }
}
