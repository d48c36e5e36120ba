//! What was asked for of mirrors.

use clap::ArgMatches;

use super::{Consent, Fetch, consent, profile::fetch, text, texts_of};

/// What to do with mirrors.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MirrorVerb {
    Test {
        mirrors: Vec<String>,
        patient: bool,
        project: Option<String>,
        /// Print every event on a line of its own.
        lines: bool,
    },
    Use {
        mirrors: Vec<String>,
        gosumdb: Option<String>,
        direct: bool,
        /// Download a module through it afterwards.
        prove: Option<Fetch>,
        consent: Consent,
    },
}

/// Reads what clap understood.
pub(super) fn verb(name: &str, given: &ArgMatches) -> MirrorVerb {
    match name {
        "use" => MirrorVerb::Use {
            mirrors: texts_of(given, "mirrors"),
            gosumdb: text(given, "gosumdb"),
            direct: !given.get_flag("no_direct"),
            prove: fetch(given, "prove"),
            consent: consent(given),
        },
        _ => MirrorVerb::Test {
            mirrors: texts_of(given, "mirrors"),
            patient: given.get_flag("patient"),
            project: text(given, "project"),
            lines: given.get_flag("json_lines"),
        },
    }
}
