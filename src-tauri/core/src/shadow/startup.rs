//! Start-up files: which there are, and what they set. Read as text, never run.

mod files;
mod fish;
mod lines;
mod plain;
mod posix;
mod read;
mod statement;
mod system;
mod text;
mod walk;
mod windows;

use std::path::{Path, PathBuf};

use super::{Assignment, Syntax};
use crate::host::Host;

pub(super) use lines::Lines;
pub(super) use read::read;
pub(super) use statement::{Removal, Statement};

/// What start-up files and the system set for the variables that are `wanted`, in the order in which it happens.
///
/// Of a line that is read twice, as `~/.bashrc` often is, the last time counts.
pub fn assignments(host: &Host, wanted: impl Fn(&str) -> bool) -> Vec<Assignment> {
    walk::walk(host, &wanted).assignments
}

/// Files that set, or could set, a variable, for the watcher: also those that do not exist yet.
pub fn files(host: &Host) -> Vec<PathBuf> {
    walk::walk(host, &|_| false).files
}

/// What one file does to the environment; the path tells the dialects of a syntax apart.
pub(super) fn statements(source: &[u8], syntax: Syntax, path: &Path) -> Vec<Statement> {
    match syntax {
        Syntax::Posix => posix::statements(source),
        Syntax::Fish => fish::statements(source),
        Syntax::Plain if path.extension().is_some_and(|end| end == "conf") => {
            plain::environment_d(source)
        }
        Syntax::Plain => plain::etc_environment(source),
        Syntax::Pam => plain::pam(source),
    }
}
