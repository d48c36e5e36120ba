//! Scripts and `.env` files, run by the shells themselves.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use gopherdesk_core::profile::{Definition, ExportFormat};
use proptest::{prelude::*, test_runner::Config};

use super::profiles::{Values, expected, of, printed, profile, unset};

/// A shell, and the command with which it reads the file `$1` and shows its environment, NUL after each.
const READERS: &[(ExportFormat, &str, &[&str])] = &[
    (ExportFormat::Sh, "sh", &["-c", ". \"$1\" && env -0", "sh"]),
    (
        ExportFormat::Sh,
        "bash",
        &["-c", ". \"$1\" && env -0", "bash"],
    ),
    (
        ExportFormat::Sh,
        "dash",
        &["-c", ". \"$1\" && env -0", "dash"],
    ),
    (
        ExportFormat::Sh,
        "zsh",
        &["-f", "-c", ". \"$1\" && env -0", "zsh"],
    ),
    (
        ExportFormat::Fish,
        "fish",
        &["--no-config", "-c", "source $argv[1]; and env -0"],
    ),
    (
        ExportFormat::Dotenv,
        "sh",
        &["-c", "set -a; . \"$1\" && env -0", "sh"],
    ),
    (
        ExportFormat::Dotenv,
        "bash",
        &["-c", "set -a; . \"$1\" && env -0", "bash"],
    ),
    (
        ExportFormat::Dotenv,
        "zsh",
        &["-f", "-c", "set -a; . \"$1\" && env -0", "zsh"],
    ),
];

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn shells_read_the_values(profile in profile()) {
        let folder = tempfile::tempdir().expect("a folder");
        for (format, shell, arguments) in READERS {
            let exported = printed(&profile, *format);
            let script = folder.path().join("script");
            fs::write(&script, &exported.text).expect("a file");
            let found = run(folder.path(), &profile, shell, arguments, &script);
            let mut wanted = expected(&profile, &exported);
            wanted.extend(exported.not_unset.iter().map(|name| (name.clone(), BEFORE.to_owned())));
            // what is left out stays as it was
            wanted.extend(exported.left_out.iter().map(|name| (name.clone(), BEFORE.to_owned())));
            prop_assert_eq!(found, wanted, "{} of {:?}:\n{}", shell, format, exported.text);
            if exported.not_unset.is_empty() {
                continue;
            }
            let not_unset: BTreeSet<_> = exported.not_unset.iter().map(String::as_str).collect();
            prop_assert_eq!(not_unset, unset(&profile), "all that is to be unset is named");
        }
    }
}

#[test]
fn what_shells_expand_without_quotes_stays_as_it_is() {
    let values = [
        "=ls", "=%", "a:=ls", "~", "~/go", "a:~/go", "%1", "@x", "-n", "+x", "a=~/b",
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for value in values {
        let profile = of(&[("GOPROXY", Some(value))]);
        for (format, shell, arguments) in READERS {
            let exported = printed(&profile, *format);
            let script = folder.path().join("script");
            fs::write(&script, &exported.text).expect("a file");
            let found = run(folder.path(), &profile, shell, arguments, &script);
            let wanted = expected(&profile, &exported);
            assert_eq!(found, wanted, "{shell} of {format:?}:\n{}", exported.text);
        }
    }
}

/// What every variable of the profile is before the script is run.
const BEFORE: &str = "as it was";

/// The variables of the profile, and any that begin like ours, as the shell has them afterwards.
fn run(
    home: &Path,
    profile: &Definition,
    shell: &str,
    arguments: &[&str],
    script: &Path,
) -> Values {
    let names = || profile.values.iter().map(|change| change.name.as_str());
    let output = Command::new(shell)
        .args(arguments)
        .arg(script)
        .current_dir(home)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .envs(names().map(|name| (name, BEFORE)))
        .output()
        .unwrap_or_else(|error| panic!("{shell} is needed for this test: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && errors.is_empty(),
        "{shell} is content: {errors}"
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let pairs = text.split('\0').filter_map(|line| line.split_once('='));
    pairs
        .filter(|(name, _)| name.starts_with("GD_") || names().any(|known| known == *name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
