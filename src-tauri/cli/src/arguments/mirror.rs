//! What was asked for of mirrors.

use std::path::PathBuf;

use clap::ArgMatches;

use super::{
    Consent, Fetch, Source, consent,
    profile::{fetch, source},
    text, texts_of,
};

/// What to do with mirrors.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MirrorVerb {
    List {
        /// Those that are gone or never were, too.
        all: bool,
    },
    Show {
        mirror: String,
        reveal: bool,
    },
    Add {
        url: String,
        name: Option<String>,
        probe: Option<String>,
        consent: Consent,
    },
    Edit {
        mirror: String,
        edits: MirrorEdits,
        consent: Consent,
    },
    Remove {
        mirror: String,
        consent: Consent,
    },
    Move {
        mirror: String,
        /// From 1, as they are listed.
        place: u32,
        consent: Consent,
    },
    Import {
        source: Source,
        consent: Consent,
    },
    Test {
        mirrors: Vec<String>,
        patient: bool,
        project: Option<PathBuf>,
        /// Print every event on a line of its own.
        lines: bool,
    },
    Race {
        mirrors: Vec<String>,
        project: PathBuf,
        /// In megabytes.
        budget: Option<u32>,
        /// Print every event on a line of its own.
        lines: bool,
    },
    Prefetch {
        project: PathBuf,
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

/// What becomes of a mirror; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MirrorEdits {
    pub(crate) url: Option<String>,
    pub(crate) name: Option<String>,
    /// The module that tests it; nothing takes the usual ones.
    pub(crate) probe: Option<String>,
}

/// Reads what clap understood.
pub(super) fn verb(name: &str, given: &ArgMatches) -> MirrorVerb {
    let mirror = || text(given, "mirror").unwrap_or_default();
    match name {
        "show" => MirrorVerb::Show {
            mirror: mirror(),
            reveal: given.get_flag("reveal"),
        },
        "add" => MirrorVerb::Add {
            url: text(given, "address").unwrap_or_default(),
            name: text(given, "mirror_name"),
            probe: text(given, "probe"),
            consent: consent(given),
        },
        "edit" => MirrorVerb::Edit {
            mirror: mirror(),
            edits: MirrorEdits {
                url: text(given, "url"),
                name: text(given, "mirror_name"),
                probe: match given.get_flag("no_probe") {
                    true => Some(String::new()),
                    false => text(given, "probe"),
                },
            },
            consent: consent(given),
        },
        "remove" => MirrorVerb::Remove {
            mirror: mirror(),
            consent: consent(given),
        },
        "move" => MirrorVerb::Move {
            mirror: mirror(),
            place: given.get_one("place").copied().unwrap_or(1),
            consent: consent(given),
        },
        "import" => MirrorVerb::Import {
            source: source(given, "mirror_source"),
            consent: consent(given),
        },
        "use" => MirrorVerb::Use {
            mirrors: texts_of(given, "mirrors"),
            gosumdb: text(given, "gosumdb"),
            direct: !given.get_flag("no_direct"),
            prove: fetch(given, "prove"),
            consent: consent(given),
        },
        "race" => MirrorVerb::Race {
            mirrors: texts_of(given, "mirrors"),
            project: folder(given).unwrap_or_else(|| ".".into()),
            budget: given.get_one("budget").copied(),
            lines: given.get_flag("json_lines"),
        },
        "prefetch" => MirrorVerb::Prefetch {
            project: folder(given).unwrap_or_else(|| ".".into()),
            lines: given.get_flag("json_lines"),
        },
        "test" => MirrorVerb::Test {
            mirrors: texts_of(given, "mirrors"),
            patient: given.get_flag("patient"),
            project: folder(given),
            lines: given.get_flag("json_lines"),
        },
        _ => MirrorVerb::List {
            all: given.get_flag("all"),
        },
    }
}

fn folder(given: &ArgMatches) -> Option<PathBuf> {
    given.get_one("project").cloned()
}
