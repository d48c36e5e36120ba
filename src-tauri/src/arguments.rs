//! What the command line asks for.

use std::{ffi::OsString, path::PathBuf};

const HELP: &str = "\
Usage: gopherdesk [--config-dir DIR]

Opens the window of Gopherdesk. On a terminal, use gdesk.

Options:
      --config-dir DIR  keep settings, history and logs in DIR (also: GOPHERDESK_CONFIG_DIR)
  -h, --help            print this
  -V, --version         print the version";

/// How to start.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// Open the window.
    Window {
        /// The folder of the program's own files; none takes the system's.
        config: Option<PathBuf>,
    },
    /// Print and end.
    Tell(String),
    /// Print what is wrong and fail.
    Refuse(String),
}

/// Reads the arguments that follow the program's name.
pub(crate) fn read(mut arguments: impl Iterator<Item = OsString>) -> Start {
    let mut config = None;
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        match text.as_ref() {
            "-h" | "--help" => return Start::Tell(HELP.to_owned()),
            "-V" | "--version" => {
                return Start::Tell(concat!("gopherdesk ", env!("CARGO_PKG_VERSION")).to_owned());
            }
            "--config-dir" => match arguments.next() {
                Some(folder) if !folder.is_empty() => config = Some(PathBuf::from(folder)),
                _ => return refuse("--config-dir needs a folder"),
            },
            // what Finder passes to a program it opens
            text if text.starts_with("-psn_") => {}
            text => return refuse(&format!("unknown argument: {text}")),
        }
    }
    Start::Window { config }
}

fn refuse(why: &str) -> Start {
    Start::Refuse(format!("gopherdesk: {why}\n\n{HELP}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(arguments: &[&str]) -> Start {
        read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_folder_can_be_named() {
        let chosen = Start::Window {
            config: Some("/tmp/desk".into()),
        };
        assert_eq!(start(&["--config-dir", "/tmp/desk"]), chosen, "named");
        assert_eq!(
            start(&[]),
            Start::Window { config: None },
            "the system's own"
        );
    }

    #[test]
    fn version_and_help_open_no_window() {
        for asked in ["-V", "--version", "-h", "--help"] {
            assert!(matches!(start(&[asked]), Start::Tell(_)), "{asked} tells");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for wrong in [&["--config-dir"][..], &["--config-dir", ""], &["open"]] {
            assert!(matches!(start(wrong), Start::Refuse(_)), "{wrong:?}");
        }
    }
}
