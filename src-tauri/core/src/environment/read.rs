//! Reading Go's environment: go says what the values are, the files say where they come from.

mod answers;
mod culprit;
mod defaults;
mod scope;
mod sources;
mod staged;
mod variable;

use std::{collections::BTreeSet, path::Path};

pub use scope::Scope;
pub use staged::{confirm, rehearse};

use self::{answers::Answers, sources::Sources};
use super::{
    EnvFile, Environment, GoInUse, LineFault, catalogue, check::CheckContext, fault, file::inspect,
};
use crate::{
    error::{Failure, text},
    host::Host,
    shadow::Outer,
    toolchain::{Toolchain, ToolchainError, Version},
};

/// All that was found out, with credentials: only [`Reading::environment`] lets anything out, masked.
pub struct Reading {
    sources: Sources,
    answers: Option<Answers>,
    version: Option<Version>,
    go: Option<GoInUse>,
    failure: Option<Failure>,
    faults: Vec<LineFault>,
}

/// Reads everything. When go fails, the values are what the files say, and the lines at fault are named.
pub async fn read(host: &Host, go: Result<&Toolchain, Failure>, outer: &Outer) -> Environment {
    read_part(host, go, outer, Scope::All).await
}

/// Reads what is in `scope`, with as few questions to go as that takes. Only [`Scope::All`] has the defaults, and with
/// them what follows: whether a variable is changed.
pub async fn read_part(
    host: &Host,
    go: Result<&Toolchain, Failure>,
    outer: &Outer,
    scope: Scope<'_>,
) -> Environment {
    let reading = Reading::take(host, go, scope).await;
    reading.environment(host, outer, scope)
}

impl Reading {
    /// Reads what is in `scope`, as [`read_part`] does. What outranks the file can be looked for while go is at work.
    pub async fn take(host: &Host, go: Result<&Toolchain, Failure>, scope: Scope<'_>) -> Self {
        let mut reading = Self {
            sources: Sources::read(host),
            answers: None,
            version: None,
            go: None,
            failure: None,
            faults: Vec::new(),
        };
        match go {
            Ok(go) => reading.ask(host, go, scope).await,
            Err(failure) => reading.failure = Some(failure),
        }
        reading
    }

    /// What was read, under what outranks it. `scope` is the one of the reading.
    pub fn environment(self, host: &Host, outer: &Outer, scope: Scope<'_>) -> Environment {
        let names = self.names().into_iter();
        let mut names: Vec<String> = names.filter(|name| scope.has(name)).collect();
        names.sort_by_key(|name| catalogue::position(name));
        let variables = names
            .iter()
            .map(|name| self.variable(host, outer, name))
            .collect();
        Environment {
            file: self.file(host),
            go: self.go,
            failure: self.failure,
            variables,
        }
    }

    async fn ask(&mut self, host: &Host, go: &Toolchain, scope: Scope<'_>) {
        let known = go
            .version
            .as_deref()
            .and_then(|version| version.parse().ok());
        if let (Some(version), Some(root)) = (&known, &go.root) {
            self.read_go_env(Some(version), Some(root));
        }
        if matches!(scope, Scope::Places(_)) && known.is_some() && go.failure.is_none() {
            self.version = known;
            self.go = Some(GoInUse {
                path: text(&go.path),
                version: go.version.clone().unwrap_or_default(),
            });
            return;
        }
        let settled = known.as_ref().filter(|_| go.root.is_some());
        let answers = Answers::ask(host, &go.path, settled, &self.sources, scope).await;
        let version = go.version.clone().or_else(|| {
            let version = answers.value("GOVERSION")?;
            Some(version.to_owned()).filter(|version| !version.is_empty())
        });
        self.version = version.as_deref().and_then(|version| version.parse().ok());
        match &answers.named {
            Ok(_) => {
                self.go = Some(GoInUse {
                    path: text(&go.path),
                    version: version.unwrap_or_default(),
                });
            }
            Err(failure) => {
                self.failure = Some(failure.clone().into());
                if matches!(failure, ToolchainError::GoRefused { .. }) {
                    self.faults = culprit::culprits(host, &go.path, &self.sources.file).await;
                }
            }
        }
        let answered = answers.value("GOROOT").filter(|root| !root.is_empty());
        let root = answered.map(Path::new).or(go.root.as_deref());
        self.read_go_env(self.version.clone().as_ref(), root);
        self.answers = Some(answers);
    }

    fn read_go_env(&mut self, version: Option<&Version>, root: Option<&Path>) {
        // before 1.21 there was none, and a file of that name meant nothing
        if version.is_none_or(|version| version.at_least(1, 21)) {
            self.sources.read_goroot(root);
        }
    }

    /// What this Go shows, and what is set although it is not shown.
    fn names(&self) -> BTreeSet<String> {
        let version = self.version.as_ref();
        let full = self.answers.as_ref().and_then(|all| all.full.as_ref());
        let shown: Vec<String> = match full {
            Some(values) => values.keys().cloned().collect(),
            None => catalogue::ENTRIES
                .iter()
                .filter(|entry| entry.is_shown(version))
                .map(|entry| entry.name.to_owned())
                .collect(),
        };
        let set = catalogue::names(version).filter(|name| {
            self.sources.sets(name) || self.sources.goroot.by_name.contains_key(*name)
        });
        shown
            .into_iter()
            .chain(set.map(ToOwned::to_owned))
            .collect()
    }

    /// The state of the file. What go itself complains about weighs more than what else is wrong with a line.
    fn file(&self, host: &Host) -> EnvFile {
        let is_known = |name: &str| self.knows(name);
        let context = fault::Context {
            is_known: &is_known,
            check: self.check_context(host),
        };
        let (mut file, _) = inspect(host, &context);
        let broken = |line| self.faults.iter().any(|fault| fault.line == line);
        file.faults.retain(|fault| !broken(fault.line));
        file.faults.extend(self.faults.iter().cloned());
        file.faults.sort_by_key(|fault| fault.line);
        file
    }

    /// Whether this Go has a variable, shown or not.
    fn knows(&self, name: &str) -> bool {
        let shown = self.answers.as_ref().and_then(|all| all.full.as_ref());
        catalogue::find(name).is_some_and(|entry| entry.is_known(self.version.as_ref()))
            || shown.is_some_and(|values| values.contains_key(name))
    }

    fn check_context<'a>(&'a self, host: &'a Host) -> CheckContext<'a> {
        CheckContext {
            os: host.os,
            version: self.version.as_ref(),
            home: host.home.as_deref(),
        }
    }
}
