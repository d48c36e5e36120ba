//! What the patterns of GOPRIVATE and its family cover, against `module.MatchPrefixPatterns` of three versions: a test of ours
//! is compiled into that package.

use std::collections::BTreeSet;

use gopherdesk_core::environment::check::covers;

use crate::{
    inside,
    scene::{Scene, VERSIONS},
};

/// Prints what every list in a file covers.
const READER: &str = r#"package module

import (
	"encoding/json"
	"os"
	"testing"
)

func TestGopherdesk(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("GOPHERDESK_VALUES"))
	if err != nil {
		t.Fatal(err)
	}
	var values [][2]string
	if err := json.Unmarshal(data, &values); err != nil {
		t.Fatal(err)
	}
	answers := []bool{}
	for _, value := range values {
		answers = append(answers, MatchPrefixPatterns(value[0], value[1]))
	}
	out, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("GOPHERDESK_ANSWERS"), out, 0o666); err != nil {
		t.Fatal(err)
	}
}
"#;

/// Written by people.
const PATTERNS: &[&str] = &[
    "",
    " ",
    ",",
    "/",
    "//",
    "*",
    "**",
    "*/*",
    "**/x",
    "*/",
    "/*",
    "?",
    "??",
    "*?",
    "*??",
    "*???",
    "?*?",
    "[",
    "]",
    "[]",
    "[^]",
    "[a",
    "[a-",
    "[a-]",
    "[-a]",
    "[]a]",
    "[^]a]",
    "[a-c-e]",
    "[z-a]",
    "[^z-a]*",
    "[^x]*",
    "[*]*",
    "[/]",
    "a[/]b",
    "a[^x]b",
    "\\",
    "a\\",
    "\\a*",
    "\\*",
    "\\[*",
    "[\\]a]*",
    "[\\",
    "[a\\",
    "[a\\-z]*",
    "git.corp.example",
    "git.corp.example/",
    "git.corp.example//",
    "/git.corp.example",
    " git.corp.example",
    "git.corp.example ",
    "GIT.corp.example",
    "git.*",
    "*.corp.example",
    "*.corp.example/team",
    "*.corp.example/*/app",
    "git.corp.example/team/app/deep",
    "git.corp.example/t?am",
    "git.corp.example/[^x]eam",
    "git.corp.example/[",
    "git.corp.example/team[",
    ".corp.example",
    "corp.example",
    "..",
    "./git.corp.example",
    "git.corp.example/../team",
    "github.com/corp",
    "github.com/corp-*",
    "世界.example",
    "世*",
    "*界.example",
    "?界*",
    "[世-界]*",
    "[^世]*",
    "\u{fffd}*",
    "[\u{fffd}]",
    "*[\u{fffd}]",
    "*[^a]",
    "e\u{301}*",
    "é*",
    "a:8443/*",
    "https://git.corp.example",
];

const PATHS: &[&str] = &[
    "",
    "/",
    "a",
    "ab",
    "a/b",
    "a/b/c",
    "/a",
    "a/",
    "a//b",
    "a:8443/x",
    "*",
    "[",
    "[a",
    "\\",
    "]a",
    "-",
    "git.corp.example",
    "git.corp.example/",
    "git.corp.example/team",
    "git.corp.example/team/app",
    "git.corp.example/team/app/deep/est",
    "git.corp.example/Team/app",
    "git.corp.examplex/team",
    "xgit.corp.example/team",
    "corp.example/x",
    "a.b.corp.example/x",
    " git.corp.example",
    "github.com/corp/m",
    "github.com/corp-x/m",
    "github.com/corpus",
    "https://git.corp.example/x",
    "..",
    "./git.corp.example",
    "世",
    "世界",
    "世界.example",
    "世界.example/团队",
    "é",
    "e\u{301}x",
    "\u{fffd}",
    "𝄞/x",
];

/// Of which the rest is put together.
const PARTS: &[&str] = &[
    "a", "b", "*", "**", "?", "/", ".", "[", "]", "[a]", "[^a]", "[a-b]", "\\", "-", ",", " ", "A",
    "世", "[^世]", "^",
];
const LETTERS: &[&str] = &["a", "b", "/", ".", "世", "A", "-", "]", "\\", "ab"];

/// Several of these, always the same ones.
fn joined(parts: &[&str], seed: &mut u64) -> String {
    let mut next = |below: usize| {
        // the constants of Knuth's MMIX
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*seed >> 33).expect("31 bits") % below
    };
    let length = 1 + next(6);
    (0..length).map(|_| parts[next(parts.len())]).collect()
}

fn values() -> Vec<[String; 2]> {
    let mut values = BTreeSet::new();
    for pattern in PATTERNS {
        for path in PATHS {
            values.insert([(*pattern).to_owned(), (*path).to_owned()]);
        }
    }
    for (at, pattern) in PATTERNS.iter().enumerate() {
        for (step, path) in PATHS.iter().enumerate() {
            let other = PATTERNS[(at * 5 + step * 3 + 1) % PATTERNS.len()];
            values.insert([format!("{pattern},{other}"), (*path).to_owned()]);
        }
    }
    let mut seed = 1;
    for _ in 0..30_000 {
        let list = joined(PARTS, &mut seed);
        values.insert([list, joined(LETTERS, &mut seed)]);
    }
    values.into_iter().collect()
}

#[tokio::test]
async fn a_pattern_covers_what_go_says_it_covers() {
    let values = values();
    assert!(values.len() > 20_000, "many: {}", values.len());
    for version in VERSIONS {
        let scene = Scene::new(version);
        let package = "cmd/vendor/golang.org/x/mod/module";
        let answers: Vec<bool> = inside::ask(&scene, package, READER, &values).await;
        let covered = answers.iter().filter(|covered| **covered).count();
        assert!(covered > 1_000, "{version}: many are covered: {covered}");
        let differing: Vec<_> = values
            .iter()
            .zip(answers)
            .filter(|([patterns, path], theirs)| covers(patterns, path) != *theirs)
            .map(|([patterns, path], theirs)| format!("{patterns:?} {path:?}: go says {theirs}"))
            .collect();
        assert!(
            differing.is_empty(),
            "{version}: {} of {} differ:\n{}",
            differing.len(),
            values.len(),
            differing[..differing.len().min(40)].join("\n")
        );
    }
}
