//! What outranks the GOENV file: `go` takes the environment before its file (cmd/go/internal/cfg, `Getenv`).

use std::ffi::OsStr;

use super::{Assignment, Location, Syntax, shell::ShellAnswer, startup};
use crate::{
    environment::Origin,
    host::{Host, Vars},
};

/// Everything outside the GOENV file that can set a variable, read once.
#[derive(Debug, Clone, Default)]
pub struct Outer {
    /// What start-up files and the system set, in the order in which it happens: the last one of a name is the strongest.
    pub assignments: Vec<Assignment>,
    /// What the login shell said; none when it was not asked.
    pub shell: Option<ShellAnswer>,
}

/// The one thing that outranks the GOENV file for one variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outranking {
    /// [`Origin::Process`] or [`Origin::Shell`].
    pub by: Origin,
    /// `~/.zshrc:12`, when it is known.
    pub location: Option<String>,
    /// The value that wins, as it is, with its credentials.
    pub value: String,
    /// [`Assignment::id`], when that is a line which can be commented out.
    pub assignment: Option<String>,
    /// A process has this value; false when it was only read in a file.
    pub confirmed: bool,
}

impl Outer {
    /// Reads every start-up file for the variables that are `wanted`. Runs nothing.
    pub fn gather(host: &Host, wanted: impl Fn(&str) -> bool, shell: Option<ShellAnswer>) -> Self {
        Self {
            assignments: startup::assignments(host, wanted),
            shell,
        }
    }

    /// What outranks the GOENV file for `name`; none when the file decides. An empty value outranks nothing.
    pub fn outranking(&self, host: &Host, name: &str) -> Option<Outranking> {
        if let Some(value) = host.var(name) {
            let value = text(value);
            let cause = self.with_value(name, &value);
            let by = cause.map_or(Origin::Process, |_| Origin::Shell);
            return Some(outranking(host, by, value, cause, true));
        }
        if let Some(answered) = self.shell_value(name) {
            let cause = self
                .with_value(name, &answered)
                .or_else(|| self.of(name).next_back());
            return Some(outranking(host, Origin::Shell, answered, cause, true));
        }
        let cause = self.strongest(name)?;
        let value = cause.value.clone().filter(|value| !value.is_empty())?;
        Some(outranking(host, Origin::Shell, value, Some(cause), false))
    }

    /// The variables of a program that a terminal starts, as far as they are known: what this process has; what the login
    /// shell said besides, and its `PATH`; what start-up files set where neither says anything.
    pub fn terminal(&self, host: &Host) -> Vars {
        let mut vars = host.vars.clone();
        let answered = self
            .shell
            .as_ref()
            .and_then(|shell| shell.vars.as_ref().ok());
        for (name, value) in answered.into_iter().flat_map(Vars::iter) {
            if name == "PATH" || vars.get_nonempty(name).is_none() {
                vars.set(name, value);
            }
        }
        for assignment in &self.assignments {
            if let Some(outranking) = self.outranking(host, &assignment.name) {
                vars.set(&assignment.name, outranking.value);
            }
        }
        vars
    }

    /// The assignment of that id.
    pub fn assignment(&self, id: &str) -> Option<&Assignment> {
        self.assignments.iter().find(|found| found.id == id)
    }

    /// Assignments of `name` that can count. What a shell that answered did not set stands behind a condition that
    /// does not hold; what the session or direnv sets counts, whatever this shell says.
    fn of(&self, name: &str) -> impl DoubleEndedIterator<Item = &Assignment> {
        let answer = self
            .shell
            .as_ref()
            .and_then(|shell| shell.vars.as_ref().ok());
        let unset = answer.is_some_and(|vars| vars.get_nonempty(name).is_none());
        self.assignments
            .iter()
            .filter(move |found| found.name == name && (!unset || found.at.is_unseen_by_shell()))
    }

    fn with_value(&self, name: &str, value: &str) -> Option<&Assignment> {
        self.of(name)
            .rfind(|found| found.value.as_deref() == Some(value))
    }

    /// The last one that surely runs, else the last one that may.
    fn strongest(&self, name: &str) -> Option<&Assignment> {
        self.of(name)
            .rfind(|found| !found.conditional)
            .or_else(|| self.of(name).next_back())
    }

    fn shell_value(&self, name: &str) -> Option<String> {
        let vars = self.shell.as_ref()?.vars.as_ref().ok()?;
        vars.get_nonempty(name).map(text)
    }
}

impl Location {
    /// Set by the session rather than by a shell: it reaches programs started from the desktop too.
    pub const fn is_session(&self) -> bool {
        match self {
            Self::File { syntax, .. } => matches!(syntax, Syntax::Plain | Syntax::Pam),
            Self::System { .. } => true,
        }
    }

    /// direnv sets it at the prompt, in the home and below.
    pub(super) fn is_direnv(&self) -> bool {
        matches!(self, Self::File { path, .. } if path.file_name().is_some_and(|name| name == ".envrc"))
    }

    /// A shell that is asked for one command says nothing of it: it comes with the next login, or at the prompt.
    fn is_unseen_by_shell(&self) -> bool {
        self.is_session() || self.is_direnv()
    }

    /// As it is shown: `~/.zshrc:12`, `HKEY_CURRENT_USER\Environment`.
    pub fn shown(&self, host: &Host) -> String {
        match self {
            Self::File { path, line, .. } => format!("{}:{line}", host.short(path)),
            Self::System { name } => name.clone(),
        }
    }
}

fn outranking(
    host: &Host,
    by: Origin,
    value: String,
    cause: Option<&Assignment>,
    confirmed: bool,
) -> Outranking {
    Outranking {
        by,
        location: cause.map(|cause| cause.at.shown(host)),
        value,
        assignment: cause
            .filter(|cause| cause.removable)
            .map(|cause| cause.id.clone()),
        confirmed,
    }
}

fn text(value: &OsStr) -> String {
    value.to_string_lossy().into_owned()
}
