//! What was asked for of private modules.

use clap::ArgMatches;

use super::{Consent, consent, text, texts_of};

/// What to do with lists of private modules.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PrivateVerb {
    List {
        list: Option<String>,
    },
    Add {
        texts: Vec<String>,
        list: String,
        exact: bool,
        consent: Consent,
    },
    Remove {
        patterns: Vec<String>,
        list: String,
        off: bool,
        consent: Consent,
    },
    Test {
        targets: Vec<String>,
    },
    Suggest,
    Credentials {
        hosts: Vec<String>,
        check: Vec<String>,
    },
}

pub(super) fn verb(name: &str, given: &ArgMatches) -> PrivateVerb {
    let list = || text(given, "list").map(|list| list.to_uppercase());
    let or_private = || list().unwrap_or_else(|| "GOPRIVATE".to_owned());
    match name {
        "add" => PrivateVerb::Add {
            texts: texts_of(given, "pasted"),
            list: or_private(),
            exact: given.get_flag("exact"),
            consent: consent(given),
        },
        "remove" => PrivateVerb::Remove {
            patterns: texts_of(given, "listed"),
            list: or_private(),
            off: given.get_flag("off"),
            consent: consent(given),
        },
        "test" => PrivateVerb::Test {
            targets: texts_of(given, "targets"),
        },
        "suggest" => PrivateVerb::Suggest,
        "credentials" => PrivateVerb::Credentials {
            hosts: texts_of(given, "hosts"),
            check: texts_of(given, "check"),
        },
        _ => PrivateVerb::List { list: list() },
    }
}
