//! Every Go on this machine, and the one that is asked.

mod managers;
mod places;
mod resolve;

#[cfg(test)]
#[cfg(all(unix, feature = "testing"))]
mod tests;

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sha2::{Digest, Sha256};
use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, timeout_at},
};

pub(crate) use places::expand;

use self::resolve::Resolved;
use super::{Place, Toolchain, ToolchainError, Toolchains, Values, Version};
use crate::{
    error::{Failure, text},
    host::{Host, Os},
};

/// How long the whole search may take.
const DEADLINE: Duration = Duration::from_secs(10);

/// How many commands are asked at the same time.
const AT_ONCE: usize = 8;

/// What is known besides the machine itself.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// `PATH` as the login shell sets it; none when it was not asked, or did not answer.
    pub login_path: Option<OsString>,
    /// The go command of the settings, or of `--go`.
    pub chosen: Option<PathBuf>,
    /// What the GOENV file sets: it can put the module cache, where Go keeps the toolchains it downloads, anywhere.
    pub written: Values,
}

/// A command that may be a Go.
#[derive(Debug, Clone)]
struct Candidate {
    command: PathBuf,
    place: Place,
    in_terminal: bool,
}

/// One Go, with the version as a value.
struct Found {
    toolchain: Toolchain,
    version: Option<Version>,
    chosen: bool,
}

/// Finds every Go. A command that hangs delays nobody else, and is listed with its failure.
pub async fn discover(host: &Host, search: &Search) -> Toolchains {
    let mut candidates = named(host, search);
    let terminal = candidates.iter().find(|one| one.in_terminal);
    let terminal = terminal.map(|one| one.command.clone());
    let elsewhere = places::commands(host, &search.written).into_iter();
    candidates.extend(elsewhere.map(|(place, command)| Candidate {
        in_terminal: terminal.as_ref() == Some(&command),
        place,
        command,
    }));
    gather(host, search, candidates).await
}

/// Finds the one Go that [`discover`] would use, without looking at the others unless it has to.
pub async fn first(host: &Host, search: &Search) -> Toolchains {
    let candidates = named(host, search);
    let used = candidates
        .iter()
        .find(|one| one.place == Place::Chosen)
        .or_else(|| candidates.iter().find(|one| one.in_terminal));
    match used {
        Some(used) => gather(host, search, vec![used.clone()]).await,
        None => discover(host, search).await,
    }
}

async fn gather(host: &Host, search: &Search, candidates: Vec<Candidate>) -> Toolchains {
    let mut found = Vec::<Found>::new();
    for (candidate, resolved) in resolve_all(host, candidates).await {
        add(&mut found, &candidate, resolved);
    }
    choose(&mut found);
    // the used one, then the newest, then those that fail
    found.sort_by(|a, b| {
        (b.toolchain.used, &b.version, &a.toolchain.path).cmp(&(
            a.toolchain.used,
            &a.version,
            &b.toolchain.path,
        ))
    });
    Toolchains {
        list: found.into_iter().map(|found| found.toolchain).collect(),
        missing: search
            .chosen
            .as_ref()
            .filter(|chosen| !chosen.is_file())
            .map(|chosen| chosen.display().to_string()),
    }
}

/// The failure when [`discover`] finds nothing: it names the places.
pub fn not_found(host: &Host, search: &Search) -> ToolchainError {
    let paths = [search.login_path.as_deref(), host.var("PATH")];
    let mut searched: Vec<String> = paths
        .into_iter()
        .flatten()
        .flat_map(|path| entries(host, path))
        .chain(places::patterns(host, &search.written))
        .map(|folder| host.short(&folder))
        .collect();
    searched.sort();
    searched.dedup();
    ToolchainError::GoNotFound { searched }
}

/// The go command that the user means by `path`: the command itself, or a folder that holds it.
///
/// # Errors
/// [`ToolchainError::NotGo`] when there is no such file; else why it does not answer like go.
pub async fn is_go(host: &Host, path: &Path) -> Result<PathBuf, ToolchainError> {
    let name = host.os.executable("go");
    let command = [
        path.to_owned(),
        path.join("bin").join(&name),
        path.join(&name),
    ]
    .into_iter()
    .find(|command| command.is_absolute() && command.is_file())
    .ok_or_else(|| ToolchainError::NotGo { path: text(path) })?;
    let resolved = resolve::asked(host, command).await;
    resolved.version.map(|_| resolved.path)
}

/// What the user chose, and what a `PATH` leads to.
fn named(host: &Host, search: &Search) -> Vec<Candidate> {
    let process_path = host.var("PATH");
    let login: Vec<_> = on_path(host, search.login_path.as_deref());
    let process: Vec<_> = on_path(host, process_path);
    let terminal = if search.login_path.is_some() {
        &login
    } else {
        &process
    };
    let terminal = terminal
        .iter()
        .find(|command| resolve::is_executable(host, command))
        .cloned();
    let chosen = search.chosen.as_ref().filter(|chosen| chosen.is_file());
    let of = |place: Place| move |command: PathBuf| (place, command);
    let ways = chosen
        .cloned()
        .into_iter()
        .map(of(Place::Chosen))
        .chain(login.into_iter().map(of(Place::LoginShell)))
        .chain(process.into_iter().map(of(Place::Path)));
    ways.map(|(place, command)| Candidate {
        in_terminal: terminal.as_ref() == Some(&command),
        place,
        command,
    })
    .collect()
}

/// Every go command on a `PATH`, in its order; the executable ones come before the others for a shell.
fn on_path(host: &Host, path: Option<&OsStr>) -> Vec<PathBuf> {
    let name = host.os.executable("go");
    path.into_iter()
        .flat_map(|path| entries(host, path))
        // a relative entry means another folder in every folder
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .filter(|command| command.is_file())
        .collect()
}

/// The entries of a list such as `PATH`, by the rules of the host's system.
fn entries(host: &Host, list: &OsStr) -> impl Iterator<Item = PathBuf> + use<> {
    let entries: Vec<PathBuf> = if host.os == Os::current() {
        env::split_paths(list).collect()
    } else {
        let list = list.to_string_lossy();
        list.split(host.os.list_separator())
            .map(PathBuf::from)
            .collect()
    };
    entries.into_iter()
}

/// Resolves all, a few at the same time, and answers in the order of the candidates.
async fn resolve_all(host: &Host, candidates: Vec<Candidate>) -> Vec<(Candidate, Resolved)> {
    let deadline = Instant::now() + DEADLINE;
    let host = Arc::new(host.clone());
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let mut commands: Vec<&PathBuf> = candidates.iter().map(|one| &one.command).collect();
    commands.sort();
    commands.dedup();
    for command in commands {
        let (host, turns, command) = (Arc::clone(&host), Arc::clone(&turns), command.clone());
        running.spawn(async move {
            // an error would mean that the semaphore was closed, which nobody does
            let _turn = turns.acquire().await.ok();
            let resolved = resolve::resolve(&host, &command).await;
            (command, resolved)
        });
    }
    let mut answers = Vec::new();
    while let Ok(Some(joined)) = timeout_at(deadline, running.join_next()).await {
        answers.extend(joined);
    }
    candidates
        .into_iter()
        .map(|candidate| {
            let answer = answers
                .iter()
                .find(|(command, _)| *command == candidate.command)
                .map_or_else(
                    || too_late(&candidate.command),
                    |(_, answer)| answer.clone(),
                );
            (candidate, answer)
        })
        .collect()
}

fn too_late(command: &Path) -> Resolved {
    Resolved {
        path: command.to_owned(),
        root: None,
        version: Err(ToolchainError::GoTimedOut {
            path: text(command),
            seconds: u32::try_from(DEADLINE.as_secs()).unwrap_or(u32::MAX),
        }),
    }
}

/// Adds a way to a Go that is known already, or a new one.
fn add(found: &mut Vec<Found>, candidate: &Candidate, resolved: Resolved) {
    let same = found.iter().position(|one| {
        one.toolchain.path == resolved.path
            || (resolved.root.is_some() && one.toolchain.root == resolved.root)
    });
    let one = match same {
        Some(index) => &mut found[index],
        None => {
            found.push(new(resolved));
            let last = found.len() - 1;
            &mut found[last]
        }
    };
    one.chosen |= candidate.place == Place::Chosen;
    one.toolchain.in_terminal |= candidate.in_terminal;
    if !one.toolchain.found.contains(&candidate.place) {
        one.toolchain.found.push(candidate.place);
        one.toolchain.found.sort_unstable();
    }
}

fn new(resolved: Resolved) -> Found {
    let (version, failure) = match resolved.version {
        Ok(version) => (Some(version), None),
        Err(failure) => (None, Some(failure)),
    };
    let shown = match &failure {
        Some(ToolchainError::GoTooOld { version, .. }) => Some(version.clone()),
        _ => version.as_ref().map(ToString::to_string),
    };
    Found {
        toolchain: Toolchain {
            id: id(&resolved.path),
            path: resolved.path,
            root: resolved.root,
            version: shown,
            found: Vec::new(),
            in_terminal: false,
            used: false,
            failure: failure.map(Failure::from),
        },
        version,
        chosen: false,
    }
}

/// Names a Go over the bridge by a hash of its path.
fn id(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The chosen one, else the terminal's, else the newest that works.
fn choose(found: &mut [Found]) {
    let used = found
        .iter()
        .position(|one| one.chosen)
        .or_else(|| found.iter().position(|one| one.toolchain.in_terminal))
        .or_else(|| {
            let working = found.iter().enumerate();
            working
                .filter(|(_, one)| one.toolchain.failure.is_none())
                .max_by(|(_, a), (_, b)| a.version.cmp(&b.version))
                .map(|(index, _)| index)
        });
    if let Some(index) = used {
        found[index].toolchain.used = true;
    }
}
