//! The verbs of profiles.

use std::ffi::OsStr;

use clap::{
    Arg, ArgAction, Command, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser},
    value_parser,
};
use gopherdesk_core::profile::{Builtin, ExportFormat, PublicSource};
use serde::Serialize;
use serde_json::{Value, json};

use super::Words;

/// All of them.
pub(super) fn verbs(words: &Words<'_>) -> [Command; 13] {
    let profile = || {
        words
            .positional("profile", "PROFILE")
            .value_parser(ProfileName)
            .hide_possible_values(true)
    };
    let several = |id, value| words.option(id, value).action(ArgAction::Append);
    let own = |path, args: Vec<Arg>| words.own(path, args);
    [
        words.verb("profile list", []),
        words.verb("profile show", [profile(), words.flag("reveal")]),
        words.verb("profile diff", [profile()]),
        words.change("profile use", [profile()]),
        words.change("profile previous", []),
        words.verb("profile verify", [profile(), fetch(words)]),
        own(
            "profile save",
            vec![
                words.positional("profile_name", "NAME"),
                words
                    .positional("assignments", "NAME[=VALUE]")
                    .required(false)
                    .num_args(0..),
                several("unset", "NAME"),
                several("from_now", "NAME"),
                words.flag("now"),
                words
                    .option("copy", "PROFILE")
                    .value_parser(ProfileName)
                    .hide_possible_values(true),
            ],
        ),
        own(
            "profile edit",
            vec![
                profile(),
                several("set", "NAME[=VALUE]"),
                several("unset", "NAME"),
                several("from_now", "NAME"),
                several("drop", "NAME"),
                words.option("rename", "NAME"),
            ],
        ),
        own("profile delete", vec![profile()]),
        own(
            "profile move",
            vec![
                profile(),
                words
                    .positional("place", "PLACE")
                    .value_parser(value_parser!(u32).range(1..)),
            ],
        ),
        own("profile company", company(words)),
        words.change("profile import", import(words)),
        own("profile export", export(words, profile())),
    ]
}

fn fetch(words: &Words<'_>) -> Arg {
    words
        .option("fetch", "MODULE@VERSION")
        .num_args(0..=1)
        // without it the profile behind the option would be taken for the module
        .require_equals(true)
        .default_missing_value("")
}

fn company(words: &Words<'_>) -> Vec<Arg> {
    let sources = [
        PublicSource::Company,
        PublicSource::Domestic,
        PublicSource::Overseas,
    ];
    vec![
        words.option("host", "HOST").action(ArgAction::Append),
        words.option("proxy", "URL").value_hint(ValueHint::Url),
        words.flag("login").overrides_with("no_login"),
        words.flag("no_login"),
        words
            .option("public", "SOURCE")
            .value_parser(PossibleValuesParser::new(sources.map(spelled)))
            .hide_possible_values(true),
    ]
}

fn import(words: &Words<'_>) -> [Arg; 3] {
    [
        words
            .positional("source", "FILE")
            .value_parser(value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::FilePath),
        words.option("as_name", "NAME"),
        words.flag("use"),
    ]
}

fn export(words: &Words<'_>, profile: Arg) -> Vec<Arg> {
    vec![
        profile,
        words
            .option("format", "FORMAT")
            .value_parser(PossibleValuesParser::new(ExportFormat::ALL.map(spelled)))
            .hide_possible_values(true)
            .required(true),
        words
            .option("output", "FILE")
            .short('o')
            .value_parser(value_parser!(std::path::PathBuf))
            .value_hint(ValueHint::FilePath),
    ]
}

/// A code of the core as options are written; as it is on the wire will do as well.
fn spelled(code: impl Serialize) -> PossibleValue {
    let wire = name(code);
    PossibleValue::new(wire.replace('_', "-")).alias(wire)
}

fn name(code: impl Serialize) -> String {
    match json!(code) {
        Value::String(name) => name,
        _ => String::new(),
    }
}

/// Any name; the shipped profiles are what a shell can complete without asking anybody.
#[derive(Clone)]
struct ProfileName;

impl TypedValueParser for ProfileName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let shipped = [
            Builtin::Domestic,
            Builtin::Overseas,
            Builtin::Company,
            Builtin::Offline,
        ];
        let named = shipped.map(|builtin| PossibleValue::new(name(builtin)));
        Some(Box::new(named.into_iter()))
    }
}
