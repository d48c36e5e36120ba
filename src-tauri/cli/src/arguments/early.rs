//! What has to be known before the arguments can be parsed.

use std::{ffi::OsString, path::PathBuf};

use crate::language::Language;

/// Help is written in the user's language, so the language comes first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Early {
    pub(crate) language: Option<Language>,
    pub(crate) config_dir: Option<PathBuf>,
}

impl Early {
    /// Looks for `--lang` and `--config-dir` without judging anything else.
    pub(crate) fn of(args: &[OsString]) -> Self {
        let mut early = Self::default();
        let mut rest = args.iter().skip(1);
        while let Some(arg) = rest.next() {
            let text = arg.to_string_lossy();
            if text == "--" {
                break;
            }
            match text.split_once('=') {
                Some(("--lang", code)) => early.language = Language::from_code(code),
                Some(("--config-dir", folder)) => early.config_dir = Some(folder.into()),
                None if text == "--lang" => {
                    let code = rest.next().and_then(|code| code.to_str());
                    early.language = code.and_then(Language::from_code);
                }
                None if text == "--config-dir" => {
                    early.config_dir = rest.next().map(PathBuf::from);
                }
                _ => {}
            }
        }
        early
    }
}
