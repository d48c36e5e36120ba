use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use gopherdesk_core::web::{RedirectFault, Trouble};
use serde_json::{Value, json};

use super::{OWN, SHARED, Texts, fill};
use crate::language::Language;

/// Every text of a dictionary by its place: `failures.stale`.
fn flat(value: &Value, place: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let place = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                flat(value, &place, found);
            }
        }
        value => {
            let text = value
                .as_str()
                .unwrap_or_else(|| panic!("{place} is a text"));
            found.insert(place.to_owned(), text.to_owned());
        }
    }
}

fn dictionary(json: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    flat(
        &serde_json::from_str(json).expect("a dictionary is JSON"),
        "",
        &mut found,
    );
    found
}

/// The names in `{…}`; braces around anything else are plain text.
fn holes(text: &str) -> BTreeSet<&str> {
    let names = text
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'));
    names
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

#[test]
fn both_languages_say_the_same_things_with_the_same_holes() {
    for [english, chinese] in [OWN, SHARED] {
        let (english, chinese) = (dictionary(english), dictionary(chinese));
        let keys = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            keys(&english),
            keys(&chinese),
            "a text is missing in one language"
        );
        for (key, text) in &english {
            assert!(
                !text.is_empty() && !chinese[key].is_empty(),
                "{key} says nothing"
            );
            assert_eq!(
                holes(text),
                holes(&chinese[key]),
                "{key} has other holes in Chinese"
            );
        }
    }
}

#[test]
fn every_code_of_the_core_has_a_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bridge/generated");
    let shared = dictionary(SHARED[0]);
    let mut seen = 0;
    // a code's section is decided by its type; here it is enough that some section tells it
    for file in [
        "failure.ts",
        "environment.ts",
        "finding.ts",
        "plan.ts",
        "history.ts",
    ] {
        let text = fs::read_to_string(folder.join(file)).expect("the bindings are committed");
        for code in text.split("\"code\": \"").skip(1) {
            let code = code.split('"').next().unwrap_or_default();
            let told = shared.keys().any(|key| key.split('.').nth(1) == Some(code));
            assert!(told, "{code} of {file} has no text");
            seen += 1;
        }
    }
    assert!(seen > 80, "the bindings were understood: {seen} codes");
    let failures =
        fs::read_to_string(folder.join("failure.ts")).expect("the bindings are committed");
    for code in failures.split("\"code\": \"").skip(1) {
        let key = format!("failures.{}", code.split('"').next().unwrap_or_default());
        assert!(shared.contains_key(&key), "{key} is missing");
    }
}

#[test]
fn every_trouble_is_told_and_its_reason_with_it() {
    let bindings =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bridge/generated/mirror.ts");
    let bindings = fs::read_to_string(bindings).expect("the bindings are committed");
    let of = |name: &str| {
        let after = bindings.split(&format!("export type {name} =")).nth(1);
        let own = after.and_then(|after| after.split("export type").next());
        own.unwrap_or_default().to_owned()
    };
    let shared = dictionary(SHARED[0]);
    let codes = of("Trouble");
    let codes: Vec<_> = codes.split("\"code\": \"").skip(1).collect();
    assert!(codes.len() > 10, "the bindings were understood");
    for code in codes {
        let key = format!("trouble.{}", code.split('"').next().unwrap_or_default());
        assert!(shared.contains_key(&key), "{key} is missing");
    }
    let faults = of("RedirectFault");
    let faults: Vec<_> = faults.split('"').skip(1).step_by(2).collect();
    assert!(!faults.is_empty(), "the bindings were understood");
    for fault in faults {
        let key = format!("redirect_faults.{fault}");
        assert!(shared.contains_key(&key), "{key} is missing");
    }
    let trouble = Trouble::RedirectRefused {
        to: "http://a.example/".to_owned(),
        reason: RedirectFault::Downgrade,
    };
    let told = Texts::new(Language::English).tell("trouble", &trouble);
    assert!(
        told.contains("http://a.example/") && told.contains("not encrypted"),
        "{told}"
    );
}

/// Every `say("…")`, `fill("…")` and the like in our own sources.
fn used_keys(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).expect("our own sources") {
        let path = entry.expect("our own sources").path();
        if path.is_dir() {
            used_keys(&path, found);
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            *found += &fs::read_to_string(&path).expect("our own sources");
        }
    }
}

#[test]
fn every_text_is_used_and_every_key_that_is_used_has_one() {
    let mut sources = String::new();
    used_keys(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut sources,
    );
    let texts = dictionary(OWN[0]);
    for key in texts.keys() {
        // these are put together from the definitions, and checked with them, or from codes, and checked below
        let composed = ["help.", "argument.", "failure."]
            .iter()
            .any(|area| key.starts_with(area));
        assert!(
            composed || sources.contains(&format!("\"{key}\"")),
            "{key} is used nowhere"
        );
    }
    let areas: BTreeSet<_> = texts
        .keys()
        .filter_map(|key| key.split('.').next())
        .collect();
    for literal in sources.split('"').skip(1).step_by(2) {
        let Some((area, rest)) = literal.split_once('.') else {
            continue;
        };
        let is_key = areas.contains(area)
            && !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'));
        assert!(
            !is_key || texts.contains_key(literal),
            "{literal} has no text"
        );
    }
}

#[test]
fn a_hole_is_filled_and_cannot_command_the_terminal() {
    let holes =
        json!({ "path": "a\u{1b}[2J", "names": ["A", "B"], "line": 3, "message": "one\ntwo" });
    let holes = holes.as_object().expect("written as one");
    let cases = [
        ("{path}!", "a\\u{1b}[2J!"),
        ("{names} at {line}", "A, B at 3"),
        ("go: {message}", "go: one\n    two"),
        ("{unknown} {\"code\"} {", "{unknown} {\"code\"} {"),
    ];
    for (template, text) in cases {
        assert_eq!(fill(template, holes), text, "filling {template}");
    }
}

#[test]
fn a_problem_inside_a_failure_is_a_sentence_inside_a_sentence() {
    let told = json!({
        "code": "invalid_value",
        "params": { "name": "GOPATH", "problem": { "code": "tilde_path", "params": { "entry": "~/go" } } },
    });
    for language in [Language::English, Language::Chinese] {
        let text = Texts::new(language).tell("failures", &told);
        assert!(text.contains("GOPATH"), "names the variable: {text}");
        assert!(text.contains("~/go"), "names the entry: {text}");
        assert!(!text.contains('{'), "leaves no hole: {text}");
    }
}
