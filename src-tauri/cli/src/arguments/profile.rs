//! What was asked for of profiles.

use std::path::PathBuf;

use clap::ArgMatches;
use gopherdesk_core::profile::{ExportFormat, PublicSource};
use serde::Deserialize;
use serde_json::Value;

use super::{Assignment, Consent, assignments, consent, text, texts_of};

/// What to do with profiles.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ProfileVerb {
    List,
    Show {
        profile: String,
        reveal: bool,
    },
    Diff {
        profile: String,
    },
    Use {
        profile: String,
        consent: Consent,
    },
    Previous {
        consent: Consent,
    },
    Verify {
        profile: String,
        fetch: Option<Fetch>,
    },
    Save {
        name: String,
        edits: Edits,
        consent: Consent,
    },
    Edit {
        profile: String,
        edits: Edits,
        rename: Option<String>,
        consent: Consent,
    },
    Delete {
        profile: String,
        consent: Consent,
    },
    Move {
        profile: String,
        /// From 1, as they are listed.
        place: u32,
        consent: Consent,
    },
    Company {
        answers: Answers,
        consent: Consent,
    },
    Import {
        source: Source,
        name: Option<String>,
        /// Switch to it as well.
        switch: bool,
        consent: Consent,
    },
    Export {
        profile: String,
        format: ExportFormat,
        output: Option<PathBuf>,
        consent: Consent,
    },
}

/// What becomes of the variables of a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edits {
    /// To be set.
    pub(crate) set: Vec<Assignment>,
    /// To be unset.
    pub(crate) unset: Vec<String>,
    /// To be as Go uses them now.
    pub(crate) from_now: Vec<String>,
    /// Every variable that differs from its default, as Go uses it now.
    pub(crate) now: bool,
    /// To be left alone by the profile.
    pub(crate) drop: Vec<String>,
    /// The profile to begin with.
    pub(crate) copy: Option<String>,
}

/// Which module to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fetch {
    /// A small public one.
    Any,
    /// `path@version`.
    Module(String),
}

/// What was told of a company; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) hosts: Option<Vec<String>>,
    pub(crate) proxy: Option<String>,
    pub(crate) login: Option<bool>,
    pub(crate) public: Option<PublicSource>,
}

/// Where the text of a profile file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
}

impl Edits {
    /// Nothing was asked for.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Answers {
    /// Nothing was told.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads what clap understood.
///
/// # Errors
/// An assignment without a name.
pub(super) fn verb(name: &str, given: &ArgMatches) -> Result<ProfileVerb, clap::Error> {
    let profile = || text(given, "profile").unwrap_or_default();
    Ok(match name {
        "show" => ProfileVerb::Show {
            profile: profile(),
            reveal: given.get_flag("reveal"),
        },
        "diff" => ProfileVerb::Diff { profile: profile() },
        "use" => ProfileVerb::Use {
            profile: profile(),
            consent: consent(given),
        },
        "previous" => ProfileVerb::Previous {
            consent: consent(given),
        },
        "verify" => ProfileVerb::Verify {
            profile: profile(),
            fetch: fetch(given, "fetch"),
        },
        "save" => ProfileVerb::Save {
            name: text(given, "profile_name").unwrap_or_default(),
            edits: Edits {
                set: assignments(given, "assignments")?,
                unset: texts_of(given, "unset"),
                from_now: texts_of(given, "from_now"),
                now: given.get_flag("now"),
                drop: Vec::new(),
                copy: text(given, "copy"),
            },
            consent: consent(given),
        },
        "edit" => ProfileVerb::Edit {
            profile: profile(),
            edits: Edits {
                set: assignments(given, "set")?,
                unset: texts_of(given, "unset"),
                from_now: texts_of(given, "from_now"),
                now: false,
                drop: texts_of(given, "drop"),
                copy: None,
            },
            rename: text(given, "rename"),
            consent: consent(given),
        },
        "delete" => ProfileVerb::Delete {
            profile: profile(),
            consent: consent(given),
        },
        "move" => ProfileVerb::Move {
            profile: profile(),
            place: given.get_one("place").copied().unwrap_or(1),
            consent: consent(given),
        },
        "company" => ProfileVerb::Company {
            answers: answers(given),
            consent: consent(given),
        },
        "import" => ProfileVerb::Import {
            source: source(given, "source"),
            name: text(given, "as_name"),
            switch: given.get_flag("use"),
            consent: consent(given),
        },
        "export" => ProfileVerb::Export {
            profile: profile(),
            format: code(given, "format").unwrap_or(ExportFormat::Profile),
            output: given.get_one("output").cloned(),
            consent: consent(given),
        },
        _ => ProfileVerb::List,
    })
}

/// Which module to download, if that is asked for.
pub(super) fn fetch(given: &ArgMatches, id: &str) -> Option<Fetch> {
    given.contains_id(id).then(|| match text(given, id) {
        Some(module) if !module.is_empty() => Fetch::Module(module),
        _ => Fetch::Any,
    })
}

fn answers(given: &ArgMatches) -> Answers {
    let login = match (given.get_flag("login"), given.get_flag("no_login")) {
        (false, false) => None,
        (login, _) => Some(login),
    };
    Answers {
        hosts: given.contains_id("host").then(|| {
            let hosts = texts_of(given, "host");
            hosts.into_iter().filter(|host| !host.is_empty()).collect()
        }),
        proxy: text(given, "proxy"),
        login,
        public: code(given, "public"),
    }
}

/// Where a text comes from.
pub(super) fn source(given: &ArgMatches, id: &str) -> Source {
    match given.get_one::<PathBuf>(id) {
        Some(path) if path.as_os_str() != "-" => Source::File(path.clone()),
        _ => Source::Stdin,
    }
}

/// A code of the core, by its name on the wire.
fn code<T: for<'a> Deserialize<'a>>(given: &ArgMatches, id: &str) -> Option<T> {
    let name = text(given, id)?.replace('-', "_");
    serde_json::from_value(Value::String(name)).ok()
}
