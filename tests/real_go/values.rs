//! Values that nobody would write (reliability A13): each is refused before it is written, or go reads it back as it is.

use std::path::Path;

use gopherdesk_core::{
    environment::{
        check::{CheckContext, Problem, check},
        file::{EnvText, value_limit},
    },
    host::Os,
};

use crate::scene::{Scene, VERSIONS};

/// Nothing but the characters of a value of these is looked at.
const NAMES: [&str; 3] = ["GOPRIVATE", "GONOSUMDB", "GONOPROXY"];

/// What cannot stand on one line of the file, or would be read as another value.
const REFUSED: [&str; 9] = [
    "a\nb", "\n", "a\n", "\ra", "a\rb", "a\r", "a\u{b}b", "a\0b", "\0",
];

/// Everything else.
const KEPT: [&str; 45] = [
    "a",
    " a",
    "a ",
    "\ta\t",
    "a b",
    " ",
    "=",
    "a=b",
    "=a==b=",
    "GOPRIVATE=a",
    "$HOME",
    "${HOME}",
    "$(touch x)",
    "`touch x`",
    "a;b",
    "a&b|c>d<e",
    "a\\",
    "\\n",
    "a\\\\b",
    "'a'",
    "\"a\"",
    "'a",
    "\"a",
    "a'b\"c",
    "#a",
    "a # b",
    "%s%n%d",
    "%PATH%",
    "~/a",
    "*",
    "[a",
    "a,b,,c",
    "-a",
    "--",
    "\u{1b}[31ma\u{1b}[0m",
    "a\u{7}\u{8}\u{c}b",
    "a\u{7f}\u{85}b",
    "a\u{202e}b\u{2066}c",
    "a\u{200d}b\u{200b}c",
    "\u{feff}a",
    "e\u{301}",
    "\u{e9}",
    "\u{1f468}\u{200d}\u{1f4bb}\u{1f1e8}\u{1f1f3}",
    "例子.测试/模块",
    "\u{2028}\u{2029}\u{a0}",
];

fn refusals(name: &str, value: &str) -> Vec<Problem> {
    let context = CheckContext {
        os: Os::Linux,
        version: None,
        home: Some(Path::new("/home/me")),
    };
    check(name, value, &context).refusals
}

/// What go reads from a file that we wrote.
async fn read_back(scene: &Scene, wanted: &[(&str, &str)]) {
    let mut text = EnvText::parse(b"# mine\n");
    for (name, value) in wanted {
        text.set(name, value);
    }
    let file = scene.write("staged", text.render()).display().to_string();
    let names: Vec<_> = wanted.iter().map(|(name, _)| *name).collect();
    let output = scene
        .go(
            &[&["env", "-json"], &names[..]].concat(),
            &[("GOENV", &file)],
        )
        .await;
    let values: gopherdesk_core::environment::Values =
        serde_json::from_slice(&output.stdout).expect("json");
    for (name, value) in wanted {
        assert_eq!(values[*name], *value, "{name} is what was written");
    }
}

#[tokio::test]
async fn every_value_is_refused_or_kept() {
    let limit = value_limit(Os::Linux, NAMES[0]);
    for value in REFUSED.map(str::to_owned).into_iter().chain([
        "x".repeat(limit + 1),
        "x".repeat(128 << 10),
        "x".repeat((128 << 10) + 1),
        "x".repeat(1 << 20),
        "例".repeat(limit / 3 + 1),
    ]) {
        let found = refusals(NAMES[0], &value);
        assert!(
            !found.is_empty(),
            "refused before it is written: {value:.20?}"
        );
    }
    for version in [VERSIONS[0], VERSIONS[2]] {
        let scene = Scene::new(version);
        for values in KEPT.chunks(NAMES.len()) {
            let wanted: Vec<_> = NAMES.into_iter().zip(values.iter().copied()).collect();
            for (name, value) in &wanted {
                assert_eq!(refusals(name, value), [], "go takes {value:?}");
            }
            read_back(&scene, &wanted).await;
        }
    }
}

/// What `go env -w` itself refuses, we refuse.
#[tokio::test]
async fn go_refuses_what_we_refuse() {
    let scene = Scene::new(VERSIONS[2]);
    let file = scene.write("theirs", "").display().to_string();
    // no argument can hold a NUL
    for value in REFUSED.iter().filter(|value| !value.contains('\0')) {
        let output = scene
            .go(
                &["env", "-w", &format!("GOPRIVATE={value}")],
                &[("GOENV", &file)],
            )
            .await;
        assert!(!output.succeeded(), "go takes {value:?}");
    }
}

/// The longest value that is let through is one that go can hand to its tools; one byte more is not.
#[tokio::test]
async fn the_longest_value_is_the_longest_that_works() {
    let scene = Scene::new(VERSIONS[2]);
    let limit = value_limit(Os::Linux, "GOPRIVATE");
    for (length, works) in [(limit, true), (limit + 1, false)] {
        let value = "x".repeat(length);
        assert_eq!(
            refusals("GOPRIVATE", &value).is_empty(),
            works,
            "{length} bytes"
        );
        let file = scene.write("long", format!("GOPRIVATE={value}\n"));
        let file = file.display().to_string();
        let output = scene.go(&["tool", "asm", "-V"], &[("GOENV", &file)]).await;
        assert_eq!(
            output.succeeded(),
            works,
            "{length} bytes: {}",
            output.complaint()
        );
    }
}
