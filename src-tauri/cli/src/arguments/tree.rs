//! The definitions: every verb and option once, for parsing, help, completions and manual pages.

mod cache;
mod mirror;
mod private;
mod profile;

use clap::{
    Arg, ArgAction, Command, ValueHint,
    builder::{PossibleValuesParser, Styles, ValueParser},
    value_parser,
};

use crate::{language::Language, texts::Texts};

/// Where the help lists what every verb takes: behind what it takes itself.
const LAST: usize = 100;

/// The whole command, described in one language.
pub(crate) fn tree(texts: &Texts) -> Command {
    let words = Words(texts);
    words
        .verb("gdesk", [])
        .args(words.globals())
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .after_help(texts.say("help.after").to_owned())
        .subcommands([
            words.area("env").subcommands(environment(&words)),
            words.area("cache").subcommands(cache::verbs(&words)),
            words.area("mirror").subcommands(mirror::verbs(&words)),
            words.area("private").subcommands(private::verbs(&words)),
            words.area("profile").subcommands(profile::verbs(&words)),
            words
                .verb(
                    "route",
                    [
                        words
                            .positional("targets", "MODULE")
                            .num_args(1..)
                            .required(false)
                            .required_unless_present("of_project"),
                        words
                            .option("of_project", "DIR")
                            .value_parser(value_parser!(std::path::PathBuf))
                            .value_hint(ValueHint::DirPath),
                    ],
                )
                .subcommands([
                    words.verb(
                        "route parse",
                        [
                            words.positional("goproxy_value", "GOPROXY"),
                            words.option("gonoproxy", "PATTERNS"),
                        ],
                    ),
                    words.verb(
                        "route match",
                        [
                            words.positional("patterns", "PATTERNS"),
                            words.positional("target", "PATH"),
                        ],
                    ),
                ])
                .subcommand_negates_reqs(true)
                .args_conflicts_with_subcommands(true),
            words.area("toolchain").subcommands([
                words.verb("toolchain list", []),
                words.verb(
                    "toolchain use",
                    [
                        words.positional("which", "WHICH"),
                        words.dry_run(),
                        words.yes(),
                    ],
                ),
            ]),
            words.verb("history", []),
            words.change("undo", [words.positional("entry", "ID").required(false)]),
            words.verb(
                "completions",
                [words
                    .positional("shell", "SHELL")
                    .value_parser(value_parser!(clap_complete::Shell))
                    .hide_possible_values(true)],
            ),
            words.verb(
                "man",
                [words
                    .positional("page", "COMMAND")
                    .required(false)
                    .num_args(0..)],
            ),
        ])
        .subcommand_required(true)
        .arg_required_else_help(true)
}

fn environment(words: &Words<'_>) -> [Command; 7] {
    let name = || words.positional("name", "NAME");
    let names = || words.positional("names", "NAME").num_args(1..);
    let assignments = words.positional("assignments", "NAME[=VALUE]");
    let line = words
        .option("line", "N")
        .value_parser(value_parser!(u32).range(1..))
        .action(ArgAction::Append);
    [
        words.verb(
            "env list",
            [
                words.positional("filter", "TEXT").required(false),
                words.flag("changed"),
            ],
        ),
        words.verb("env get", [names(), words.flag("reveal")]),
        words.change("env set", [assignments.num_args(1..)]),
        words.change("env unset", [names()]),
        words.verb("env explain", [name()]),
        words.change("env repair", [line]),
        words.change("env unshadow", [name()]),
    ]
}

/// Where the descriptions come from.
struct Words<'a>(&'a Texts);

impl Words<'_> {
    /// A verb; `path` is how it is typed.
    fn verb(&self, path: &'static str, args: impl IntoIterator<Item = Arg>) -> Command {
        let usage = self.0.say("help.usage");
        let styles = Styles::styled();
        let header = styles.get_header();
        let (_, name) = path.rsplit_once(' ').unwrap_or(("", path));
        let verb = Command::new(name)
            .about(self.0.say(&format!("help.{path}")).to_owned())
            // clap's own template, and only that, says "Usage" in English
            .help_template(format!(
                "{{about-with-newline}}\n{header}{usage}{header:#} {{usage}}\n\n{{all-args}}{{after-help}}"
            ))
            .subcommand_help_heading(self.0.say("help.verbs").to_owned())
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .args((0..).zip(args).map(|(place, arg)| arg.display_order(place)))
            .arg(self.flag("help").short('h').action(ArgAction::Help).display_order(LAST));
        match self.0.find(&format!("help.{path}.after")) {
            Some(more) => verb.after_help(more.to_owned()),
            None => verb,
        }
    }

    /// What has verbs of its own.
    fn area(&self, path: &'static str) -> Command {
        self.verb(path, [])
            .subcommand_required(true)
            .arg_required_else_help(true)
    }

    /// A verb that changes a file of the program.
    fn own(&self, path: &'static str, what: impl IntoIterator<Item = Arg>) -> Command {
        let consent = [self.dry_run(), self.yes()];
        self.verb(path, what.into_iter().chain(consent))
    }

    /// A verb that changes a file of the user.
    fn change(&self, path: &'static str, what: impl IntoIterator<Item = Arg>) -> Command {
        let allow = self.option("allow", "NAME").action(ArgAction::Append);
        let consent = [self.dry_run(), self.yes(), allow];
        self.verb(path, what.into_iter().chain(consent))
    }

    fn dry_run(&self) -> Arg {
        self.flag("dry_run")
    }

    fn yes(&self) -> Arg {
        self.flag("yes").short('y')
    }

    fn globals(&self) -> [Arg; 6] {
        [
            self.flag("json").global(true),
            self.option("config_dir", "DIR")
                .value_parser(value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::DirPath)
                .global(true),
            self.option("go", "PATH")
                .value_parser(value_parser!(std::path::PathBuf))
                .value_hint(ValueHint::ExecutablePath)
                .global(true),
            self.flag("login_shell").global(true),
            self.option("lang", "LANG")
                .value_parser(PossibleValuesParser::new(Language::CODES))
                .hide_possible_values(true)
                .global(true),
            self.flag("version").short('V').action(ArgAction::Version),
        ]
        .map(|arg| arg.display_order(LAST))
    }

    fn flag(&self, id: &'static str) -> Arg {
        self.described(Arg::new(id), id, "help.options")
            .long(long(id))
            .action(ArgAction::SetTrue)
    }

    fn option(&self, id: &'static str, value: &'static str) -> Arg {
        self.described(Arg::new(id), id, "help.options")
            .long(long(id))
            .value_name(value)
    }

    fn positional(&self, id: &'static str, value: &'static str) -> Arg {
        self.described(Arg::new(id), id, "help.arguments")
            .value_name(value)
            .value_parser(ValueParser::string())
            .required(true)
    }

    fn described(&self, arg: Arg, id: &str, heading: &str) -> Arg {
        arg.help(self.0.say(&format!("argument.{id}")).to_owned())
            .help_heading(self.0.say(heading).to_owned())
    }
}

/// How an option is typed.
fn long(id: &'static str) -> &'static str {
    match id {
        "config_dir" => "config-dir",
        "dry_run" => "dry-run",
        "as_name" | "mirror_name" => "name",
        "beside_go" => "beside-go",
        "count" => "exact",
        "delete_old" => "delete-old",
        "in_cache" => "cache",
        "keep_aside" => "keep-aside",
        "from_now" => "from-now",
        "login_shell" => "login-shell",
        "json_lines" => "json-lines",
        "no_database" => "no-database",
        "no_direct" => "no-direct",
        "no_login" => "no-login",
        "module_path" => "module",
        "no_probe" => "no-probe",
        "of_project" | "with_project" => "project",
        "use_chain" => "chain",
        id => id,
    }
}
