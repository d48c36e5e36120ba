//! What was asked for of mirrors.

use std::path::PathBuf;

use clap::ArgMatches;
use gopherdesk_core::chain::rehearsal::MirrorAnswer;

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
    Chain {
        /// A value of GOPROXY; none is what is in effect.
        goproxy: Option<String>,
        gosumdb: Option<String>,
    },
    Rehearse {
        /// A value of GOPROXY; none is what is in effect.
        goproxy: Option<String>,
        gosumdb: Option<String>,
        answers: Vec<MirrorAnswer>,
        database_down: bool,
        module: Option<String>,
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
        /// A value of GOPROXY in the place of mirrors.
        goproxy: Option<String>,
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

/// How the answers of a rehearsal are typed.
pub(in crate::arguments) const ANSWERS: [(&str, MirrorAnswer); 15] = [
    ("ok", MirrorAnswer::Ok),
    ("404", MirrorAnswer::NotFound),
    ("410", MirrorAnswer::Gone),
    ("401", MirrorAnswer::Unauthorized),
    ("403", MirrorAnswer::Forbidden),
    ("429", MirrorAnswer::TooMany),
    ("500", MirrorAnswer::ServerError),
    ("502", MirrorAnswer::BadGateway),
    ("503", MirrorAnswer::Unavailable),
    ("no-such-host", MirrorAnswer::NoSuchHost),
    ("refused", MirrorAnswer::Refused),
    ("timeout", MirrorAnswer::Timeout),
    ("silence", MirrorAnswer::Silence),
    ("page", MirrorAnswer::Page),
    ("wrong-hash", MirrorAnswer::WrongHash),
];

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
            goproxy: text(given, "use_chain"),
            gosumdb: text(given, "gosumdb"),
            direct: !given.get_flag("no_direct"),
            prove: fetch(given, "prove"),
            consent: consent(given),
        },
        "chain" => MirrorVerb::Chain {
            goproxy: text(given, "chain"),
            gosumdb: text(given, "gosumdb"),
        },
        "rehearse" => MirrorVerb::Rehearse {
            goproxy: text(given, "chain"),
            gosumdb: text(given, "gosumdb"),
            answers: texts_of(given, "answers")
                .iter()
                .filter_map(|typed| ANSWERS.iter().find(|(name, _)| name == typed))
                .map(|(_, answer)| *answer)
                .collect(),
            database_down: given.get_flag("no_database"),
            module: text(given, "module_path"),
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
