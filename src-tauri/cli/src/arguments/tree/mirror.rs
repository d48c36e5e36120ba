//! The verbs of mirrors.

use clap::{Arg, Command};

use super::Words;

/// All of them.
pub(super) fn verbs(words: &Words<'_>) -> Vec<Command> {
    let mirrors = || -> Arg {
        words
            .positional("mirrors", "MIRROR")
            .required(false)
            .num_args(0..)
    };
    vec![
        words.verb(
            "mirror test",
            [
                mirrors(),
                words.flag("patient"),
                words.option("project", "DIR"),
                words.flag("json_lines"),
            ],
        ),
        words.change(
            "mirror use",
            [
                mirrors(),
                words.option("gosumdb", "VALUE"),
                words.flag("no_direct"),
                words
                    .option("prove", "MODULE")
                    .num_args(0..=1)
                    .require_equals(true)
                    .default_missing_value(""),
            ],
        ),
    ]
}
