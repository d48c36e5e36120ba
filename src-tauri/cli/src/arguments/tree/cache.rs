//! `gdesk cache`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use super::{super::cache, Words};

/// Its verbs.
pub(super) fn verbs(words: &Words<'_>) -> [Command; 9] {
    let caches = || words.option("in_cache", "PATH").action(ArgAction::Append);
    let projects = || {
        words
            .option("with_project", "DIR")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath)
            .action(ArgAction::Append)
    };
    let targets = || {
        let wrong = words.0.say("usage.target").to_owned();
        words
            .positional("targets_to_free", "TIER[=N]|MODULE@VERSION")
            .value_parser(move |text: &str| cache::targets(text).ok_or_else(|| wrong.clone()))
            .num_args(1..)
    };
    let versions = || {
        words
            .positional("versions", "MODULE@VERSION")
            .num_args(0..)
            .required(false)
    };
    let aside = || words.positional("aside", "ID").required(false);
    let lines = || -> Arg { words.flag("json_lines") };
    [
        words.verb("cache list", []),
        words.verb(
            "cache scan",
            [caches(), projects(), words.flag("count"), lines()],
        ),
        words.verb("cache plan", [targets(), caches(), projects()]),
        words.own(
            "cache clean",
            [
                targets(),
                caches(),
                projects(),
                words.flag("beside_go"),
                words.flag("keep_aside"),
                lines(),
            ],
        ),
        words.verb("cache restore", [aside()]),
        words.own("cache purge", [aside(), lines()]),
        words.verb("cache verify", [versions(), caches(), lines()]),
        words.own("cache repair", [versions(), words.flag("beside_go")]),
        words.own(
            "cache move",
            [
                words
                    .positional("new_place", "DIR")
                    .value_parser(value_parser!(PathBuf))
                    .value_hint(ValueHint::DirPath),
                words.flag("beside_go"),
                words.flag("delete_old"),
                lines(),
            ],
        ),
    ]
}
