//! The one snapshot of everything the window shows.

use std::{ffi::OsString, path::PathBuf, sync::PoisonError};

use serde::Serialize;

use super::{App, Finding, finding};
use crate::{
    environment::{
        Environment, catalogue,
        file::{self, EnvText},
        read::{Reading, Scope},
    },
    error::Error,
    history::Entry,
    host::replace::read as read_file,
    profile::Profiles,
    settings::Settings,
    shadow::{Outer, ShellState, shell},
    toolchain::{
        Toolchains,
        discover::{self, Search},
    },
};

/// Everything there is to know at one moment. Replaced as a whole, never patched.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
pub struct Overview {
    /// Go's environment.
    pub environment: Environment,
    /// Every Go on the machine.
    pub toolchains: Toolchains,
    /// What deserves attention, the gravest first.
    pub findings: Vec<Finding>,
    /// The last change of the history.
    pub last_change: Option<Entry>,
    /// Every profile, and how it stands to the environment.
    pub profiles: Profiles,
    /// What is known of the login shell.
    pub shell: ShellState,
    /// What the user chose.
    pub settings: Settings,
    /// This program.
    pub about: About,
}

/// This program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
pub struct About {
    /// Its version.
    pub version: String,
    /// `linux`, `macos`, `windows`.
    pub system: String,
    /// The user's home, which is `~` where paths are shown; none when there is none.
    pub home: Option<String>,
    /// Its own folders, as shown.
    pub folders: OwnFolders,
    /// A report of an earlier crash lies in the state folder.
    pub crash_report: bool,
}

/// The program's own folders, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
pub struct OwnFolders {
    /// Settings.
    pub config: String,
    /// History, backups, logs.
    pub state: String,
    /// What can be computed again.
    pub cache: String,
}

impl App {
    /// Reads everything anew. Never fails for a state of the machine: those are in the answer.
    ///
    /// # Errors
    /// Only when the program's own history cannot be read at all.
    pub async fn overview_read(&self, (): ()) -> Result<Overview, Error> {
        let toolchains = self.toolchain_list(()).await?;
        let (environment, outer) = self.environment_of(&toolchains, Scope::All).await;
        let shell = shell_state(&outer);
        let history = self.journal.entries();
        let settings = self.settings.load();
        let findings = finding::all(&finding::Facts {
            environment: &environment,
            toolchains: &toolchains,
            shell: outer.shell.as_ref(),
            settings: settings.trouble.as_ref(),
            history: history.as_ref().err(),
            recovery: &self.recovery,
            host: &self.host,
        });
        let profiles = self.profiles(&environment, &outer, history.as_ref().ok());
        Ok(Overview {
            environment,
            profiles,
            toolchains,
            findings,
            last_change: history
                .ok()
                .and_then(|history| history.entries.into_iter().next()),
            shell,
            settings: settings.value,
            about: self.about(),
        })
    }

    /// Asks the login shell for its variables; a second call asks again.
    ///
    /// # Errors
    /// As [`App::overview_read`]; a shell that does not answer is a state of the answer.
    pub async fn shell_ask(&self, (): ()) -> Result<Overview, Error> {
        self.question_shell().await;
        self.overview_read(()).await
    }

    /// Go's environment alone, for a terminal: without looking for every other Go on the machine.
    ///
    /// # Errors
    /// None today: whatever state the machine is in is the answer.
    pub async fn environment_read(&self, (): ()) -> Result<Environment, Error> {
        Ok(self.environment_in(Scope::All).await)
    }

    /// What these variables are now, for a terminal that wants no more of them; their defaults are not asked for.
    ///
    /// # Errors
    /// As [`App::environment_read`].
    pub async fn environment_values(&self, names: &[&str]) -> Result<Environment, Error> {
        Ok(self.environment_in(Scope::Values(names)).await)
    }

    /// The part of Go's environment that somebody needs, without looking for every other Go on the machine.
    pub(super) async fn environment_in(&self, scope: Scope<'_>) -> Environment {
        self.environment_under(scope).await.0
    }

    /// The same, with what outranks the GOENV file.
    pub(super) async fn environment_under(&self, scope: Scope<'_>) -> (Environment, Outer) {
        let toolchains = discover::first(&self.host, &self.search()).await;
        self.environment_of(&toolchains, scope).await
    }

    /// Every Go on the machine.
    ///
    /// # Errors
    /// None today: a machine without Go is an empty list.
    pub async fn toolchain_list(&self, (): ()) -> Result<Toolchains, Error> {
        Ok(discover::discover(&self.host, &self.search()).await)
    }

    pub(super) async fn question_shell(&self) {
        let answer = shell::ask(&self.host).await;
        *self.shell.write().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    }

    pub(super) fn shell_was_asked(&self) -> bool {
        self.shell
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// What outranks the GOENV file: start-up files now, and the shell's answer as it was given.
    pub(super) fn outer(&self) -> Outer {
        let shell = self
            .shell
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Outer::gather(&self.host, catalogue::is_known, shell)
    }

    /// With what outranks it.
    async fn environment_of(
        &self,
        toolchains: &Toolchains,
        scope: Scope<'_>,
    ) -> (Environment, Outer) {
        let go = match toolchains.list.iter().find(|toolchain| toolchain.used) {
            Some(toolchain) => Ok(toolchain),
            None => Err(discover::not_found(&self.host, &self.search()).into()),
        };
        // go is started first, and the start-up files are read while it is at work
        let (reading, outer) =
            tokio::join!(Reading::take(&self.host, go, scope), async { self.outer() });
        (reading.environment(&self.host, &outer, scope), outer)
    }

    pub(super) fn search(&self) -> Search {
        let file = file::locate(&self.host).map(|path| read_file(&path, file::LIMIT));
        // a file that cannot be read sets nothing, for Go as for us
        let bytes = file.ok().and_then(Result::ok).flatten();
        Search {
            login_path: self.login_path(),
            chosen: self.chosen(),
            written: EnvText::parse(&bytes.unwrap_or_default()).values(),
        }
    }

    fn chosen(&self) -> Option<PathBuf> {
        self.go
            .clone()
            .or_else(|| self.settings().go.map(PathBuf::from))
    }

    fn login_path(&self) -> Option<OsString> {
        let shell = self.shell.read().unwrap_or_else(PoisonError::into_inner);
        let vars = shell.as_ref()?.vars.as_ref().ok()?;
        vars.get("PATH").map(ToOwned::to_owned)
    }

    fn about(&self) -> About {
        let folders = &self.host.folders;
        About {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system: self.host.os.name().to_owned(),
            home: self
                .host
                .home
                .as_ref()
                .map(|home| home.display().to_string()),
            folders: OwnFolders {
                config: self.host.short(&folders.config),
                state: self.host.short(&folders.state),
                cache: self.host.short(&folders.cache),
            },
            crash_report: folders.crash_report().exists(),
        }
    }
}

fn shell_state(outer: &Outer) -> ShellState {
    match &outer.shell {
        None => ShellState::Unasked,
        Some(answer) => match &answer.vars {
            Ok(_) => ShellState::Answered {
                shell: answer.shell.clone(),
            },
            Err(error) => ShellState::Failed {
                shell: answer.shell.clone(),
                failure: error.clone().into(),
            },
        },
    }
}
