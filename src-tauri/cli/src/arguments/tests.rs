mod profile;

use std::{ffi::OsString, path::PathBuf};

use clap::Command;

use super::{Assignment, Consent, Early, Verb, parse, tree};
use crate::{language::Language, texts::Texts};

fn args(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

fn verb(line: &str) -> Verb {
    parse(&args(line), &Texts::new(Language::English))
        .unwrap_or_else(|error| panic!("{line} must parse: {error}"))
        .verb
}

fn given(name: &str, value: Option<&str>) -> Assignment {
    Assignment {
        name: name.to_owned(),
        value: value.map(ToOwned::to_owned),
    }
}

#[test]
fn the_definitions_hold_together() {
    for language in [Language::English, Language::Chinese] {
        tree(&Texts::new(language)).debug_assert();
    }
}

#[test]
fn every_verb_and_argument_is_described_in_both_languages() {
    fn check(command: &Command, path: &str) {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        let described = !about.is_empty() && !about.starts_with("help.");
        assert!(described, "{path} has no description: {about:?}");
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let described = !help.is_empty() && !help.starts_with("argument.");
            assert!(described, "{path} {} has no description", arg.get_id());
        }
        for verb in command.get_subcommands() {
            check(verb, &format!("{path} {}", verb.get_name()));
        }
    }
    for language in [Language::English, Language::Chinese] {
        check(&tree(&Texts::new(language)), "gdesk");
    }
}

#[test]
fn a_value_keeps_every_equals_sign_and_may_be_missing() {
    let Verb::Set {
        assignments,
        consent,
    } = verb("gdesk env set GOFLAGS=-mod=mod GOPROXY GOBIN= -y")
    else {
        panic!("env set is Verb::Set");
    };
    assert_eq!(
        assignments,
        [
            given("GOFLAGS", Some("-mod=mod")),
            given("GOPROXY", None),
            given("GOBIN", Some("")),
        ],
        "only the first = separates, and no = asks standard input"
    );
    let yes = Consent {
        yes: true,
        ..Consent::default()
    };
    assert_eq!(consent, yes, "-y is --yes and nothing more");
}

#[test]
fn an_assignment_without_name_is_wrong_usage() {
    let error = parse(&args("gdesk env set =x"), &Texts::new(Language::English))
        .expect_err("there is no variable without a name");
    assert_eq!(error.exit_code(), 2, "wrong usage has status 2");
}

#[test]
fn language_and_folder_are_known_before_anything_is_parsed() {
    let found = Early::of(&args("gdesk env --lang zh nonsense --config-dir=/c"));
    let wanted = Early {
        language: Some(Language::Chinese),
        config_dir: Some(PathBuf::from("/c")),
    };
    assert_eq!(found, wanted, "both spellings of an option count");
    let found = Early::of(&args("gdesk env set -- --lang=zh"));
    assert_eq!(found, Early::default(), "what follows -- is no option");
}

#[test]
fn a_manual_page_is_asked_for_by_the_words_of_its_verb() {
    assert_eq!(
        verb("gdesk man env set"),
        Verb::Man(vec!["env".to_owned(), "set".to_owned()]),
        "env set is a verb"
    );
    let error = parse(&args("gdesk man env fly"), &Texts::new(Language::English))
        .expect_err("there is no such verb");
    assert_eq!(error.exit_code(), 2, "wrong usage has status 2");
}
