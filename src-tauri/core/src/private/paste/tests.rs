use proptest::{
    collection::vec,
    prelude::{ProptestConfig, prop_assert, proptest},
};

use super::*;
use crate::environment::check::glob;

/// The recommended patterns of everything found.
fn recommended(text: &str) -> Vec<String> {
    let found = paste(text).found;
    found
        .into_iter()
        .flat_map(|pasted| pasted.choices[0].patterns.clone())
        .collect()
}

#[test]
fn whatever_is_pasted_gives_its_host() {
    for text in [
        "https://git.corp.example/team/repo.git",
        "git@git.corp.example:team/repo.git",
        "ssh://git@git.corp.example:2222/team/repo.git",
        "https://user:secret@git.corp.example/team/repo",
        "git.corp.example/team/repo/pkg/sub",
        "git.corp.example",
        "go get git.corp.example/team/repo@v1.2.3",
        "go get -u git.corp.example/team/repo/v2@latest",
        "require git.corp.example/team/repo v1.2.3 // indirect",
        "replace git.corp.example/team/repo => ../repo",
        "https://git.corp.example/team/repo/-/tree/main/pkg",
        "https://git.corp.example/team/repo/src/branch/main",
        "Git.Corp.Example/team",
        "\"git.corp.example/team/repo\"",
        "please add git.corp.example to it",
        "git.corp.example/team/repo v1.2.3 h1:abc=",
        "git clone https://git.corp.example/team/repo.git repo",
    ] {
        let pasted = paste(text);
        assert_eq!(
            recommended(text),
            ["git.corp.example"],
            "{text}: {pasted:?}"
        );
        assert!(pasted.refused.is_empty(), "{text}: {pasted:?}");
        let shown = format!("{pasted:?}");
        assert!(!shown.contains("secret"), "masked: {shown}");
    }
}

#[test]
fn narrower_choices_follow() {
    let pasted = paste("https://git.corp.example/team/repo/-/merge_requests/7");
    let choices: Vec<_> = pasted.found[0]
        .choices
        .iter()
        .map(|choice| (choice.patterns[0].as_str(), choice.scope))
        .collect();
    assert_eq!(
        choices,
        [
            ("git.corp.example", PatternScope::Host),
            ("git.corp.example/team", PatternScope::Group),
            ("git.corp.example/team/repo", PatternScope::Repository),
        ],
        "the whole host first"
    );
    let pasted = paste("https://github.com/corp/repo/blob/main/go.mod");
    let patterns: Vec<_> = pasted.found[0]
        .choices
        .iter()
        .map(|choice| choice.patterns[0].as_str())
        .collect();
    assert_eq!(
        patterns,
        ["github.com/corp", "github.com/corp/repo"],
        "never everybody's host"
    );
    assert!(pasted.found[0].public, "and it is said");
}

#[test]
fn a_star_is_offered_with_its_domain() {
    assert_eq!(
        recommended("*.corp.example"),
        ["corp.example", "*.corp.example"]
    );
    assert_eq!(
        recommended("git.corp.example/team-*"),
        ["git.corp.example/team-*"]
    );
}

#[test]
fn what_would_take_everybody_along_is_refused() {
    for text in [
        "github.com",
        "https://github.com/",
        "*.com",
        "*",
        "golang.org/x",
    ] {
        let pasted = paste(text);
        assert!(pasted.found.is_empty(), "{text}: {pasted:?}");
        let why = &pasted.refused[0].why;
        assert!(
            matches!(why, PasteFault::WholePublicHost { .. }),
            "{text}: {why:?}"
        );
    }
    let why = &paste("http://gitserver/team/repo").refused[0].why;
    assert!(matches!(why, PasteFault::HostWithoutDot { .. }), "{why:?}");
    for text in ["hello", "https://[::1]/x", "a..b/x"] {
        let pasted = paste(text);
        assert!(
            pasted.found.is_empty() && !pasted.refused.is_empty(),
            "{text}: {pasted:?}"
        );
    }
    assert_eq!(
        paste(""),
        PastedPatterns::default(),
        "nothing gives nothing"
    );
}

#[test]
fn a_whole_go_mod_may_be_pasted() {
    let text = "module git.corp.example/team/app\n\ngo 1.24\n\ntoolchain go1.24.1\n\nrequire (\n\tgit.corp.example/team/lib v1.2.3\n\tgithub.com/pkg/errors v0.9.1 // indirect\n)\n\nreplace x.example/y => ../y\n";
    assert_eq!(
        recommended(text),
        [
            "git.corp.example",
            "git.corp.example",
            "github.com/pkg",
            "x.example"
        ],
        "each repository has its own narrower choices"
    );
}

/// Hosts of everybody, as modules of others are on them.
const EVERYBODYS: &[&str] = &[
    "github.com",
    "gitlab.com",
    "golang.org",
    "gopkg.in",
    "bitbucket.org",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_proposed_makes_a_module_of_others_private(
        pieces in vec(
            "(|https://|http://|ssh://git@|git@|https://u:p@|require |import \"|replace )\
             ((git|go|a)\\.)?(corp\\.example|acme\\.com|lan|github\\.com|gitlab\\.com|golang\\.org|gopkg\\.in|bitbucket\\.org|co\\.uk|com|\\*)\
             (|:8443|:2222)(|/|:|/mine|/mine/[ab]|/\\*|/m\\*|/\\?ine|/x)(|\\.git|/pkg|/v2|@v1\\.0\\.0| v1\\.0\\.0|/|\")",
            1..4,
        ),
        // none that a star of these names
        owner in "(other|theirs|x-y)",
        module in "[a-c]{1,3}(/v2|/sub/pkg)?",
    ) {
        let text = pieces.join("\n");
        for found in paste(&text).found {
            for choice in &found.choices {
                let list = choice.patterns.join(",");
                for host in EVERYBODYS {
                    let theirs = format!("{host}/{owner}/{module}");
                    prop_assert!(!glob::covers(&list, &theirs), "{text:?} proposes {list}, which makes {theirs} private");
                }
            }
        }
    }
}
