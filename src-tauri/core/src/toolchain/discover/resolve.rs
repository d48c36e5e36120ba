//! From a command that was found to the Go behind it: links followed, shims asked.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    error::text,
    host::{Host, Os},
    toolchain::{
        ToolchainError, Version,
        ask::{Ask, ask, ask_values},
    },
};

/// How long one command may take to say which Go it is.
const DEADLINE: Duration = Duration::from_secs(5);

/// A command, and the Go it turned out to be.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    /// What is run from now on.
    pub(super) path: PathBuf,
    pub(super) root: Option<PathBuf>,
    pub(super) version: Result<Version, ToolchainError>,
}

/// Finds out which Go `command` is. Runs it only when the files around it do not say so.
pub(super) async fn resolve(host: &Host, command: &Path) -> Resolved {
    let real = real(host, command);
    if !is_executable(host, &real) {
        let version = Err(ToolchainError::GoNotExecutable {
            path: text(command),
            reason: "not executable".to_owned(),
        });
        return Resolved {
            root: root_of(&real),
            path: real,
            version,
        };
    }
    if let Some(root) = root_of(&real)
        && let Some(version) = Version::of_root(&root)
    {
        let version = accept(&real, version);
        return Resolved {
            path: real,
            root: Some(root),
            version,
        };
    }
    asked(host, real).await
}

/// What the command itself says, whatever stands around it.
pub(super) async fn asked(host: &Host, command: PathBuf) -> Resolved {
    let values = match ask_values(host, &command, Ask::identity().within(DEADLINE)).await {
        Ok(values) => values,
        Err(failure) => {
            return Resolved {
                root: root_of(&command),
                path: command,
                version: Err(failure),
            };
        }
    };
    let value = |name: &str| values.get(name).filter(|value| !value.is_empty());
    let root = value("GOROOT").map(PathBuf::from);
    let root = root.map(|root| root.canonicalize().unwrap_or(root));
    // behind a shim stands the go of the root it answered with
    let path = root
        .as_ref()
        .map(|root| root.join("bin").join(host.os.executable("go")))
        .filter(|path| is_executable(host, path))
        .unwrap_or_else(|| command.clone());
    let version = match value("GOVERSION").map(|version| version.parse::<Version>()) {
        Some(Ok(version)) => accept(&command, version),
        Some(Err(_)) => Err(unreadable(&command, value("GOVERSION"))),
        None => old_version(host, &command).await,
    };
    Resolved {
        path,
        root,
        version,
    }
}

/// Before 1.16 only `go version` tells it: `go version go1.13.15 linux/amd64`.
async fn old_version(host: &Host, command: &Path) -> Result<Version, ToolchainError> {
    let output = ask(host, command, Ask::version().within(DEADLINE)).await?;
    let line = String::from_utf8_lossy(&output.stdout);
    let version = line
        .strip_prefix("go version ")
        .and_then(|rest| rest.trim_end().rsplit_once(' '))
        .and_then(|(version, _)| version.parse::<Version>().ok());
    match version {
        Some(version) => accept(command, version),
        None => Err(unreadable(command, Some(&line.into_owned()))),
    }
}

fn accept(command: &Path, version: Version) -> Result<Version, ToolchainError> {
    if version.at_least(1, 13) {
        Ok(version)
    } else {
        Err(ToolchainError::GoTooOld {
            path: text(command),
            version: version.to_string(),
        })
    }
}

fn unreadable(command: &Path, output: Option<&String>) -> ToolchainError {
    let output: String = output
        .map_or("", String::as_str)
        .chars()
        .take(400)
        .collect();
    ToolchainError::GoUnreadable {
        path: text(command),
        output: crate::secret::mask_text(&output),
    }
}

/// The file behind the links, if it is still called go: snap's `go` is a link to the program `snap`, which looks at
/// the name it was started by.
fn real(host: &Host, command: &Path) -> PathBuf {
    let name = host.os.executable("go");
    command
        .canonicalize()
        .ok()
        .filter(|real| real.file_name().is_some_and(|real| real == name.as_str()))
        .unwrap_or_else(|| command.to_owned())
}

/// The folder that holds `bin/go`, if it looks like a GOROOT.
fn root_of(command: &Path) -> Option<PathBuf> {
    let bin = command.parent().filter(|bin| bin.ends_with("bin"))?;
    let root = bin.parent()?;
    (root.join("VERSION").is_file() || root.join("pkg/tool").is_dir()).then(|| root.to_owned())
}

/// The system would run it.
pub(super) fn is_executable(host: &Host, command: &Path) -> bool {
    fs::metadata(command)
        .is_ok_and(|about| about.is_file() && (host.os == Os::Windows || may_run(&about)))
}

#[cfg(unix)]
fn may_run(about: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o111 != 0
}

#[cfg(not(unix))]
const fn may_run(_: &fs::Metadata) -> bool {
    true
}
