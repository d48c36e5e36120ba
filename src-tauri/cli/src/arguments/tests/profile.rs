use gopherdesk_core::profile::{ExportFormat, PublicSource};

use super::{args, given, verb};
use crate::{
    arguments::{Answers, Consent, Edits, Fetch, ProfileVerb, Source, Verb, parse},
    language::Language,
    texts::Texts,
};

fn profile(line: &str) -> ProfileVerb {
    match verb(line) {
        Verb::Profile(verb) => verb,
        other => panic!("{line} is about profiles: {other:?}"),
    }
}

#[track_caller]
fn is_wrong(line: &str, why: &str) {
    let error = parse(&args(line), &Texts::new(Language::English)).expect_err(why);
    assert_eq!(error.exit_code(), 2, "{line} is wrong usage: {why}");
}

#[test]
fn a_profile_is_given_by_any_word_and_never_left_out() {
    for name in ["domestic", "国内", "p-1", "My"] {
        let wanted = ProfileVerb::Diff {
            profile: name.to_owned(),
        };
        assert_eq!(
            profile(&format!("gdesk profile diff {name}")),
            wanted,
            "shipped names are only offered for completion"
        );
    }
    for verb in ["show", "diff", "use", "verify", "edit", "delete", "export"] {
        is_wrong(
            &format!("gdesk profile {verb}"),
            "nobody knows which profile",
        );
    }
    is_wrong("gdesk profile fly domestic", "there is no such verb");
}

#[test]
fn switching_takes_the_consent_of_any_change() {
    let consent = Consent {
        dry_run: true,
        yes: true,
        allow: vec!["GOSUMDB".to_owned(), "GOFLAGS".to_owned()],
    };
    let wanted = ProfileVerb::Use {
        profile: "work".to_owned(),
        consent: consent.clone(),
    };
    let line = "--dry-run --yes --allow GOSUMDB --allow GOFLAGS";
    assert_eq!(
        profile(&format!("gdesk profile use work {line}")),
        wanted,
        "use"
    );
    let wanted = ProfileVerb::Previous { consent };
    assert_eq!(
        profile(&format!("gdesk profile previous {line}")),
        wanted,
        "previous"
    );
    is_wrong(
        "gdesk profile delete work --allow GOSUMDB",
        "what applies nothing has no danger to allow",
    );
}

#[test]
fn a_download_is_asked_for_with_or_without_a_module() {
    let fetch = |line: &str| match profile(line) {
        ProfileVerb::Verify { profile, fetch } => {
            assert_eq!(profile, "domestic", "{line} names the profile");
            fetch
        }
        other => panic!("{line} verifies: {other:?}"),
    };
    let module = Fetch::Module("a.example/m@v1.0.0".to_owned());
    let cases = [
        ("gdesk profile verify domestic", None),
        ("gdesk profile verify --fetch domestic", Some(Fetch::Any)),
        ("gdesk profile verify domestic --fetch", Some(Fetch::Any)),
        (
            "gdesk profile verify --fetch=a.example/m@v1.0.0 domestic",
            Some(module),
        ),
    ];
    for (line, wanted) in cases {
        assert_eq!(fetch(line), wanted, "{line}");
    }
}

#[test]
fn a_profile_is_made_of_values_old_ones_and_present_ones() {
    let wanted = ProfileVerb::Save {
        name: "work".to_owned(),
        edits: Edits {
            set: vec![given("GOPROXY", None), given("GOBIN", Some(""))],
            unset: vec!["GOSUMDB".to_owned()],
            from_now: vec!["GOPRIVATE".to_owned()],
            now: true,
            drop: Vec::new(),
            copy: Some("domestic".to_owned()),
        },
        consent: Consent::default(),
    };
    let line = "gdesk profile save work GOPROXY GOBIN= --unset GOSUMDB --from-now GOPRIVATE --now --copy domestic";
    assert_eq!(profile(line), wanted, "everything at once");
    is_wrong(
        "gdesk profile save work =x",
        "there is no variable without a name",
    );
}

#[test]
fn a_profile_is_changed_by_options_alone() {
    let wanted = ProfileVerb::Edit {
        profile: "work".to_owned(),
        edits: Edits {
            set: vec![given("GOFLAGS", Some("-mod=mod"))],
            unset: vec!["A".to_owned(), "B".to_owned()],
            drop: vec!["C".to_owned()],
            ..Edits::default()
        },
        rename: Some("Büro".to_owned()),
        consent: Consent::default(),
    };
    let line =
        "gdesk profile edit work --set GOFLAGS=-mod=mod --unset A --unset B --drop C --rename Büro";
    assert_eq!(profile(line), wanted, "each option once or more");
    match profile("gdesk profile edit work") {
        ProfileVerb::Edit { edits, .. } => assert!(edits.is_empty(), "an editor is asked for"),
        other => panic!("edit edits: {other:?}"),
    }
}

#[test]
fn the_company_form_keeps_what_is_not_told() {
    let answers = |line: &str| match profile(line) {
        ProfileVerb::Company { answers, .. } => answers,
        other => panic!("{line} is the form: {other:?}"),
    };
    assert!(answers("gdesk profile company").is_empty(), "only a look");
    let wanted = Answers {
        hosts: Some(vec![
            "git.corp.example".to_owned(),
            "github.com/corp".to_owned(),
        ]),
        proxy: Some(String::new()),
        login: Some(false),
        public: Some(PublicSource::Domestic),
    };
    let line = "gdesk profile company --host git.corp.example --host github.com/corp --proxy= --login --no-login --public domestic";
    assert_eq!(
        answers(line),
        wanted,
        "of --login and --no-login the last one counts"
    );
    let emptied = Answers {
        hosts: Some(Vec::new()),
        ..Answers::default()
    };
    assert_eq!(
        answers("gdesk profile company --host="),
        emptied,
        "no host is an answer too"
    );
    is_wrong(
        "gdesk profile company --public moon",
        "there is no such source",
    );
}

#[test]
fn every_format_is_known_by_both_spellings() {
    for format in ExportFormat::ALL {
        let wire = serde_json::to_value(format).expect("a code");
        let wire = wire.as_str().expect("a code");
        for spelled in [wire.to_owned(), wire.replace('_', "-")] {
            match profile(&format!("gdesk profile export work --format {spelled}")) {
                ProfileVerb::Export { format: found, .. } => {
                    assert_eq!(found, format, "{spelled}");
                }
                other => panic!("{spelled} is exported: {other:?}"),
            }
        }
    }
    is_wrong(
        "gdesk profile export work --format xml",
        "nobody reads that",
    );
}

#[test]
fn a_profile_file_is_a_path_or_standard_input() {
    let source = |line: &str| match profile(line) {
        ProfileVerb::Import { source, switch, .. } => (source, switch),
        other => panic!("{line} imports: {other:?}"),
    };
    assert_eq!(
        source("gdesk profile import -"),
        (Source::Stdin, false),
        "as everywhere"
    );
    let file = Source::File("./-".into());
    assert_eq!(
        source("gdesk profile import ./- --use"),
        (file, true),
        "a file of that name"
    );
}

#[test]
fn the_formats_in_the_help_are_those_there_are() {
    for language in [Language::English, Language::Chinese] {
        let texts = Texts::new(language);
        let help = texts
            .find("help.profile export.after")
            .expect("there is help");
        for format in ExportFormat::ALL {
            let wire = serde_json::to_value(format).expect("a code");
            let spelled = wire.as_str().expect("a code").replace('_', "-");
            assert!(help.contains(&spelled), "{spelled} is missing in {help}");
        }
    }
}
