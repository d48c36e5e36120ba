//! `gdesk private`.

use clap::{ArgAction, Command, builder::PossibleValuesParser};
use gopherdesk_core::private::LISTS;

use super::Words;

/// Its verbs.
pub(super) fn verbs(words: &Words<'_>) -> [Command; 6] {
    let list = || {
        words
            .option("list", "VARIABLE")
            .value_parser(PossibleValuesParser::new(LISTS))
            .ignore_case(true)
    };
    [
        words.verb("private list", [list()]),
        words.change(
            "private add",
            [
                words.positional("pasted", "TEXT").num_args(1..),
                list(),
                words.flag("exact"),
            ],
        ),
        words.change(
            "private remove",
            [
                words.positional("listed", "PATTERN").num_args(1..),
                list(),
                words.flag("off"),
            ],
        ),
        words.verb(
            "private test",
            [words.positional("targets", "MODULE").num_args(1..)],
        ),
        words.verb("private suggest", []),
        words.verb(
            "private credentials",
            [
                words
                    .positional("hosts", "HOST")
                    .num_args(0..)
                    .required(false),
                words
                    .option("check", "REPOSITORY")
                    .action(ArgAction::Append),
            ],
        ),
    ]
}
