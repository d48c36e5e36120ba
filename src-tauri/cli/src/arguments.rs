//! What was asked for.

mod cache;
mod early;
mod mirror;
mod private;
mod profile;
mod tree;

#[cfg(test)]
mod tests;

use std::{ffi::OsString, path::PathBuf};

use clap::{
    ArgMatches, Command,
    error::{ContextKind, ContextValue, ErrorKind},
};
use clap_complete::Shell;

pub(crate) use cache::{CacheVerb, Target};
pub(crate) use early::Early;
pub(crate) use mirror::{MirrorEdits, MirrorVerb};
pub(crate) use private::PrivateVerb;
pub(crate) use profile::{Answers, Edits, Fetch, ProfileVerb, Source};
pub(crate) use tree::tree;

use crate::texts::Texts;

/// A call of `gdesk`.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// Print one JSON value.
    pub(crate) json: bool,
    /// Print every event as JSON on a line of its own, and the answer last.
    pub(crate) lines: bool,
    /// Ask this go command.
    pub(crate) go: Option<PathBuf>,
    /// Ask the login shell before answering.
    pub(crate) login_shell: bool,
    /// What to do.
    pub(crate) verb: Verb,
}

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    List {
        filter: Option<String>,
        changed: bool,
    },
    Get {
        names: Vec<String>,
        reveal: bool,
    },
    Set {
        assignments: Vec<Assignment>,
        consent: Consent,
    },
    Unset {
        names: Vec<String>,
        consent: Consent,
    },
    Explain {
        name: String,
    },
    Repair {
        lines: Vec<u32>,
        consent: Consent,
    },
    Unshadow {
        name: String,
        consent: Consent,
    },
    Cache(CacheVerb),
    Mirror(MirrorVerb),
    Route(RouteVerb),
    Private(PrivateVerb),
    Profile(ProfileVerb),
    Toolchains,
    UseToolchain {
        which: String,
        consent: Consent,
    },
    History,
    Undo {
        entry: Option<String>,
        consent: Consent,
    },
    Completions(Shell),
    Man(Vec<String>),
}

/// What to do with the ways of modules.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RouteVerb {
    Of {
        targets: Vec<String>,
        project: Option<PathBuf>,
    },
    Parse {
        goproxy: String,
        gonoproxy: String,
    },
    Match {
        patterns: String,
        target: String,
    },
}

/// `NAME=VALUE`; without a value it comes on standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) name: String,
    pub(crate) value: Option<String>,
}

/// What the user allowed beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Consent {
    /// Only show what would change.
    pub(crate) dry_run: bool,
    /// Do not ask.
    pub(crate) yes: bool,
    /// Variables whose danger is accepted.
    pub(crate) allow: Vec<String>,
}

/// Parses, or says with clap's own words what is wrong: help and version are such answers too.
///
/// # Errors
/// clap's, which knows its stream and exit status.
pub(crate) fn parse(args: &[OsString], texts: &Texts) -> Result<Arguments, clap::Error> {
    let mut command = tree(texts);
    let matches = command.try_get_matches_from_mut(args)?;
    Ok(Arguments {
        json: matches.get_flag("json"),
        lines: lines(&matches),
        go: matches.get_one("go").cloned(),
        login_shell: matches.get_flag("login_shell"),
        verb: verb(&matches, texts).map_err(|wrong| wrong.with_cmd(&command))?,
    })
}

fn verb(matches: &ArgMatches, texts: &Texts) -> Result<Verb, clap::Error> {
    let (area, matches) = matches.subcommand().unwrap_or(("", matches));
    Ok(
        match (area, matches.subcommand().unwrap_or(("", matches))) {
            ("env", ("list", given)) => Verb::List {
                filter: text(given, "filter"),
                changed: given.get_flag("changed"),
            },
            ("env", ("get", given)) => Verb::Get {
                names: texts_of(given, "names"),
                reveal: given.get_flag("reveal"),
            },
            ("env", ("set", given)) => Verb::Set {
                assignments: assignments(given, "assignments")?,
                consent: consent(given),
            },
            ("env", ("unset", given)) => Verb::Unset {
                names: texts_of(given, "names"),
                consent: consent(given),
            },
            ("env", ("explain", given)) => Verb::Explain {
                name: text(given, "name").unwrap_or_default(),
            },
            ("env", ("repair", given)) => Verb::Repair {
                lines: given
                    .get_many("line")
                    .into_iter()
                    .flatten()
                    .copied()
                    .collect(),
                consent: consent(given),
            },
            ("env", (_, given)) => Verb::Unshadow {
                name: text(given, "name").unwrap_or_default(),
                consent: consent(given),
            },
            ("cache", (name, given)) => Verb::Cache(cache::verb(name, given)),
            ("mirror", (name, given)) => Verb::Mirror(mirror::verb(name, given)),
            ("route", ("parse", given)) => Verb::Route(RouteVerb::Parse {
                goproxy: text(given, "goproxy_value").unwrap_or_default(),
                gonoproxy: text(given, "gonoproxy").unwrap_or_default(),
            }),
            ("route", ("match", given)) => Verb::Route(RouteVerb::Match {
                patterns: text(given, "patterns").unwrap_or_default(),
                target: text(given, "target").unwrap_or_default(),
            }),
            ("route", (_, given)) => Verb::Route(RouteVerb::Of {
                targets: texts_of(given, "targets"),
                project: given.get_one("of_project").cloned(),
            }),
            ("private", (name, given)) => Verb::Private(private::verb(name, given)),
            ("profile", (name, given)) => Verb::Profile(profile::verb(name, given)?),
            ("toolchain", ("use", given)) => Verb::UseToolchain {
                which: text(given, "which").unwrap_or_default(),
                consent: consent(given),
            },
            ("toolchain", _) => Verb::Toolchains,
            ("undo", (_, given)) => Verb::Undo {
                entry: text(given, "entry"),
                consent: consent(given),
            },
            ("completions", (_, given)) => {
                Verb::Completions(given.get_one("shell").copied().unwrap_or(Shell::Bash))
            }
            ("man", (_, given)) => Verb::Man(page(given, texts)?),
            _ => Verb::History,
        },
    )
}

/// Whether the verb was asked for lines; most verbs have nothing to say meanwhile.
fn lines(matches: &ArgMatches) -> bool {
    let verb = matches.subcommand().and_then(|(_, area)| area.subcommand());
    verb.is_some_and(|(_, given)| matches!(given.try_get_one::<bool>("json_lines"), Ok(Some(true))))
}

fn text(matches: &ArgMatches, id: &str) -> Option<String> {
    matches.get_one::<String>(id).cloned()
}

fn texts_of(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches
        .get_many(id)
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

fn consent(matches: &ArgMatches) -> Consent {
    Consent {
        dry_run: matches.get_flag("dry_run"),
        yes: matches.get_flag("yes"),
        // what is no change of Go's settings holds no danger yet
        allow: match matches.try_contains_id("allow") {
            Ok(_) => texts_of(matches, "allow"),
            Err(_) => Vec::new(),
        },
    }
}

fn assignments(matches: &ArgMatches, id: &str) -> Result<Vec<Assignment>, clap::Error> {
    texts_of(matches, id)
        .into_iter()
        .map(|given| {
            let (name, value) = match given.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (given.as_str(), None),
            };
            if name.is_empty() {
                let kind = ErrorKind::ValueValidation;
                let mut wrong = wrong(kind, ContextKind::InvalidValue, &given);
                let form = ContextValue::String("NAME[=VALUE]".to_owned());
                wrong.insert(ContextKind::InvalidArg, form);
                return Err(wrong);
            }
            Ok(Assignment {
                name: name.to_owned(),
                value,
            })
        })
        .collect()
}

/// The words of a verb there is.
fn page(matches: &ArgMatches, texts: &Texts) -> Result<Vec<String>, clap::Error> {
    let words = texts_of(matches, "page");
    if find(&tree(texts), &words).is_none() {
        let kind = ErrorKind::InvalidSubcommand;
        let known = ContextKind::InvalidSubcommand;
        return Err(wrong(kind, known, &words.join(" ")));
    }
    Ok(words)
}

/// An error of clap's kind that clap itself cannot see.
fn wrong(kind: ErrorKind, context: ContextKind, text: &str) -> clap::Error {
    let mut error = clap::Error::new(kind);
    error.insert(context, ContextValue::String(text.to_owned()));
    error
}

/// The verb that these words name.
pub(crate) fn find<'a>(command: &'a Command, words: &[String]) -> Option<&'a Command> {
    words
        .iter()
        .try_fold(command, |command, word| command.find_subcommand(word))
}
