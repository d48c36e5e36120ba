//! Reading Go's environment: go says what the values are, the files say where they come from.

mod answers;
mod culprit;
mod sources;
mod variable;

use std::{collections::BTreeSet, fs, path::Path};

use sha2::{Digest, Sha256};

use self::{
    answers::{Answers, in_our_cache},
    sources::{Sources, locate},
};
use super::{
    EnvFile, Environment, GoInUse, LineFault, Values,
    catalogue::{self, Entry},
};
use crate::{
    error::{Failure, text},
    host::Host,
    shadow::Outer,
    toolchain::{
        Toolchain, ToolchainError, Version,
        ask::{Ask, ask_toolchain, ask_values},
    },
};

/// All that was found out, with credentials: it never leaves this module.
struct Reading {
    sources: Sources,
    answers: Option<Answers>,
    version: Option<Version>,
    go: Option<GoInUse>,
    failure: Option<Failure>,
    faults: Vec<LineFault>,
}

/// Reads everything. When go fails, the values are what the files say, and the lines at fault are named.
pub async fn read(host: &Host, go: Result<&Toolchain, Failure>, outer: &Outer) -> Environment {
    let reading = Reading::take(host, go).await;
    let mut names: Vec<String> = reading.names().into_iter().collect();
    names.sort_by_key(|name| catalogue::position(name));
    let variables = names
        .iter()
        .map(|name| reading.variable(host, outer, name))
        .collect();
    Environment {
        file: reading.file(host),
        go: reading.go,
        failure: reading.failure,
        variables,
    }
}

/// The value of one variable with its credentials, for the field in which it is edited.
pub async fn reveal(host: &Host, go: Result<&Toolchain, Failure>, name: &str) -> String {
    Reading::take(host, go).await.raw(name)
}

/// What go reads from `staged` in place of the GOENV file, for these variables: the file alone speaks, whatever the
/// process sets them to.
///
/// # Errors
/// Go does not answer, or refuses the file.
pub async fn confirm(
    host: &Host,
    go: &Path,
    staged: &Path,
    names: &[&str],
) -> Result<Values, ToolchainError> {
    let ask = names
        .iter()
        .copied()
        .filter(|name| *name != "GOTOOLCHAIN")
        .fold(Ask::values(names.iter().copied()), Ask::without)
        .with("GOENV", staged);
    let costly = names
        .iter()
        .any(|name| catalogue::find(name).is_some_and(Entry::is_costly));
    let ask = if costly { in_our_cache(host, ask) } else { ask };
    let mut values = ask_values(host, go, ask).await?;
    if names.contains(&"GOTOOLCHAIN") {
        let ask = Ask::toolchain()
            .with("GOENV", staged)
            .without("GOTOOLCHAIN");
        let toolchain = ask_toolchain(host, go, ask).await?;
        values.insert("GOTOOLCHAIN".to_owned(), toolchain);
    }
    Ok(values)
}

impl Reading {
    async fn take(host: &Host, go: Result<&Toolchain, Failure>) -> Self {
        let mut reading = Self {
            sources: Sources::read(host),
            answers: None,
            version: None,
            go: None,
            failure: None,
            faults: Vec::new(),
        };
        match go {
            Ok(go) => reading.ask(host, go).await,
            Err(failure) => reading.failure = Some(failure),
        }
        reading
    }

    async fn ask(&mut self, host: &Host, go: &Toolchain) {
        let answers = Answers::ask(host, &go.path).await;
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
        // before 1.21 there was no go.env, and a file of that name meant nothing
        if self
            .version
            .as_ref()
            .is_none_or(|version| version.at_least(1, 21))
        {
            let answered = answers.value("GOROOT").filter(|root| !root.is_empty());
            let root = answered.map(Path::new).or(go.root.as_deref());
            self.sources.read_goroot(root);
        }
        self.answers = Some(answers);
    }

    /// What this Go shows, and what is set although it is not shown.
    fn names(&self) -> BTreeSet<String> {
        let version = self.version.as_ref();
        let full = self.answers.as_ref().and_then(|all| all.full.as_ref().ok());
        let shown: Vec<String> = match full {
            Some(values) => values.keys().cloned().collect(),
            None => catalogue::ENTRIES
                .iter()
                .filter(|entry| entry.is_shown(version))
                .map(|entry| entry.name.to_owned())
                .collect(),
        };
        let set = catalogue::names(version).filter(|name| {
            self.sources.process.contains_key(*name)
                || self.sources.file.by_name.contains_key(*name)
                || self.sources.goroot.by_name.contains_key(*name)
        });
        shown
            .into_iter()
            .chain(set.map(ToOwned::to_owned))
            .collect()
    }

    fn file(&self, host: &Host) -> EnvFile {
        let path = locate(host);
        let bytes = path.as_ref().ok().and_then(|path| fs::read(path).ok());
        EnvFile {
            exists: bytes.is_some(),
            problem: path.as_ref().err().cloned(),
            path: path.ok().map(|path| host.short(&path)),
            revision: format!("{:x?}", Sha256::digest(bytes.unwrap_or_default())),
            faults: self.faults.clone(),
        }
    }
}
