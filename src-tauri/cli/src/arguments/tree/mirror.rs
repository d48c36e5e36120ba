//! The verbs of mirrors.

use clap::{Arg, ArgGroup, Command, ValueHint, builder::PossibleValuesParser, value_parser};

use super::Words;
use crate::arguments::mirror::ANSWERS;

/// All of them.
pub(super) fn verbs(words: &Words<'_>) -> Vec<Command> {
    let mirrors = || -> Arg {
        words
            .positional("mirrors", "MIRROR")
            .required(false)
            .num_args(0..)
    };
    let mirror = || words.positional("mirror", "MIRROR");
    let name = || words.option("mirror_name", "NAME");
    let probe = || words.option("probe", "MODULE@VERSION");
    let edits = ArgGroup::new("edits")
        .args(["url", "mirror_name", "probe", "no_probe"])
        .multiple(true)
        .required(true);
    let project = || -> Arg {
        words
            .option("project", "DIR")
            .value_parser(value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::DirPath)
    };
    let budget = words
        .option("budget", "MB")
        .value_parser(value_parser!(u32).range(1..=4000));
    let chain = || words.positional("chain", "GOPROXY").required(false);
    let gosumdb = || words.option("gosumdb", "VALUE");
    let answers = words
        .option("answers", "LIST")
        .value_delimiter(',')
        .value_parser(PossibleValuesParser::new(ANSWERS.map(|(name, _)| name)))
        .hide_possible_values(true);
    vec![
        words.verb("mirror list", [words.flag("all")]),
        words.verb("mirror show", [mirror(), words.flag("reveal")]),
        words.own(
            "mirror add",
            [
                words
                    .positional("address", "URL")
                    .value_hint(ValueHint::Url),
                name(),
                probe(),
            ],
        ),
        words
            .own(
                "mirror edit",
                [
                    mirror(),
                    words.option("url", "URL").value_hint(ValueHint::Url),
                    name(),
                    probe(),
                    words.flag("no_probe").conflicts_with("probe"),
                ],
            )
            .group(edits),
        words.own("mirror remove", [mirror()]),
        words.own(
            "mirror move",
            [
                mirror(),
                words
                    .positional("place", "PLACE")
                    .value_parser(value_parser!(u32).range(1..)),
            ],
        ),
        words.own(
            "mirror import",
            [words
                .positional("mirror_source", "FILE")
                .value_parser(value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::FilePath)],
        ),
        words.verb(
            "mirror test",
            [
                mirrors(),
                words.flag("patient"),
                project(),
                words.flag("json_lines"),
            ],
        ),
        words.verb(
            "mirror race",
            [mirrors(), project(), budget, words.flag("json_lines")],
        ),
        words.verb("mirror prefetch", [project(), words.flag("json_lines")]),
        words.verb("mirror chain", [chain(), gosumdb()]),
        words.verb(
            "mirror rehearse",
            [
                chain(),
                answers,
                words.flag("no_database"),
                words.option("module_path", "MODULE"),
                gosumdb(),
            ],
        ),
        words.change(
            "mirror use",
            [
                mirrors(),
                words
                    .option("use_chain", "GOPROXY")
                    .conflicts_with_all(["mirrors", "no_direct"]),
                gosumdb(),
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
