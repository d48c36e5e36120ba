//! Asking go: the only place that runs it.
//!
//! Wherever the user stands and whatever his files demand, an answer never needs the network: `GOTOOLCHAIN=local`
//! forbids the switch to another toolchain and its download, an empty folder of our own keeps every project away
//! (go-semantics 1.6, reliability B2). [`Ask::download`] is the one question that is about the network.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{ToolchainError, Values};
use crate::{
    error::text,
    host::{
        Host,
        run::{self, DEADLINE, Output, Program, RunError},
    },
    secret::mask_text,
};

/// Variables that are about the caller and not about Go's environment.
const MISLEADING: &[&str] = &[
    // Go prefers it to the real folder when both are the same one
    "PWD",
    // left behind by a go that started us after a switch of toolchains
    "GOTOOLCHAIN_INTERNAL_SWITCH_COUNT",
    "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION",
    "GO_TELEMETRY_CHILD_UPLOAD",
];

/// How long one question is waited for before a second one, that tells more if go fails, is asked as well. A warm `go env`
/// takes some 10 ms; one that runs the C compiler for the first time up to half a second.
pub(crate) const PATIENCE: Duration = Duration::from_secs(1);

/// How much of an answer is quoted in an error, in characters.
const QUOTED: usize = 400;

/// One question for go.
#[derive(Debug, Clone)]
pub struct Ask {
    args: Vec<OsString>,
    changes: Vec<(OsString, Option<OsString>)>,
    folder: Option<PathBuf>,
    deadline: Duration,
}

impl Ask {
    /// `go env -json NAME…`; all that go shows when `names` is empty, which runs the C compiler (go-semantics 1.4).
    pub fn values<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let args = ["env", "-json"].into_iter().chain(names);
        Self::new(args).with("GOTOOLCHAIN", "local")
    }

    /// `go env GOTOOLCHAIN`, the exact words that go answers whatever its value is, without switching.
    pub fn toolchain() -> Self {
        Self::new(["env", "GOTOOLCHAIN"])
    }

    /// What the command itself is: its version and root, whatever the user's settings say.
    pub fn identity() -> Self {
        Self::values(["GOVERSION", "GOROOT"])
            .with("GOENV", "off")
            .with("GOWORK", "off")
            .with("GO111MODULE", "")
            .with("GOEXPERIMENT", "")
            .with("GOFLAGS", "")
            .with("GOPATH", "")
            .without("GOROOT")
    }

    /// `go version`, all that a Go before 1.16 tells of itself.
    pub fn version() -> Self {
        Self::new(["version"])
            .with("GOTOOLCHAIN", "local")
            .with("GOENV", "off")
            .with("GOFLAGS", "")
            .without("GOROOT")
    }

    /// `go env -w NAME=VALUE…` into the file that `GOENV` names for this question. Never for a value with a secret: other
    /// users can read the arguments of a program.
    pub fn write(pairs: &[String]) -> Self {
        let args = ["env", "-w"]
            .into_iter()
            .chain(pairs.iter().map(String::as_str));
        Self::new(args).with("GOTOOLCHAIN", "local")
    }

    /// `go mod download -json MODULE@VERSION`, for who asked for it: go goes to the network.
    pub fn download(module: &str) -> Self {
        Self::new(["mod", "download", "-json", module])
            .with("GOTOOLCHAIN", "local")
            .with("GOWORK", "off")
    }

    /// Which Go the folder that is asked from makes of this one: no `GOTOOLCHAIN=local`, so go switches, and downloads unless
    /// `GOPROXY=off`.
    pub fn switched() -> Self {
        Self::new(["env", "-json", "GOVERSION", "GOROOT"])
    }

    /// `go mod download -json` of the project in the folder that is asked from. Go prints what it asks for on standard
    /// error as it goes when it is `traced` (`-x`, since 1.14), and the outcome of every module at the end
    /// (cmd/go/internal/modcmd/download.go).
    pub fn download_all(traced: bool) -> Self {
        let trace = traced.then_some("-x");
        Self::new(["mod", "download", "-json"].into_iter().chain(trace))
    }

    /// A question about the modules of the project in the folder that is asked from, for which go has no network, no checksum
    /// database and no settings of the user's: GOPROXY says where modules are, and is to be set.
    pub fn modules<'a>(args: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(args)
            .with("GOENV", "off")
            .with("GOTOOLCHAIN", "local")
            .with("GOPROXY", "off")
            .with("GONOPROXY", "none")
            .with("GOVCS", "*:off")
            .with("GOSUMDB", "off")
            .with("GO111MODULE", "on")
            .without("GOROOT")
    }

    fn new<'a>(args: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            args: args.into_iter().map(OsString::from).collect(),
            changes: Vec::new(),
            folder: None,
            deadline: DEADLINE,
        }
    }

    /// Sets a variable for this question only.
    #[must_use]
    pub fn with(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.changes.push((name.into(), Some(value.into())));
        self
    }

    /// Takes a variable out for this question only.
    #[must_use]
    pub fn without(mut self, name: impl Into<OsString>) -> Self {
        self.changes.push((name.into(), None));
        self
    }

    /// Asks from this folder instead of an empty one.
    #[must_use]
    pub fn inside(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Gives up after `deadline` instead of [`DEADLINE`].
    #[must_use]
    pub const fn within(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }
}

/// Asks `go`, an absolute path, and gives its answer when it ended with status 0.
///
/// # Errors
/// Every way not to answer, see [`ToolchainError`]; what go wrote is masked.
pub async fn ask(host: &Host, go: &Path, request: Ask) -> Result<Output, ToolchainError> {
    let output = hear(host, go, request).await?;
    match output.status {
        Some(0) => Ok(output),
        status => Err(ToolchainError::GoRefused {
            path: text(go),
            status: status.unwrap_or_default(),
            message: mask_text(&output.complaint()),
        }),
    }
}

/// As [`ask`], and gives what go wrote whatever its status is. It is not masked.
///
/// # Errors
/// As [`ask`], but for a go that refuses.
pub async fn hear(host: &Host, go: &Path, request: Ask) -> Result<Output, ToolchainError> {
    hear_lines(host, go, request, &mut |_| false).await
}

/// As [`hear`], with the lines of standard error as they come ([`run::run_heard`]).
///
/// # Errors
/// As [`hear`].
pub async fn hear_lines(
    host: &Host,
    go: &Path,
    request: Ask,
    heard: &mut impl FnMut(&str) -> bool,
) -> Result<Output, ToolchainError> {
    let program = program(host, go, request)?;
    let output = run::run_heard(&program, heard)
        .await
        .map_err(failed_to_run)?;
    match output.status {
        Some(_) => Ok(output),
        None => Err(ToolchainError::GoKilled {
            path: text(go),
            signal: output.signal.unwrap_or_default(),
        }),
    }
}

/// Asks for values; go names each of them, with an empty value when it knows nothing of it.
///
/// # Errors
/// As [`ask`], and when the answer is no JSON object of strings.
pub async fn ask_values(host: &Host, go: &Path, request: Ask) -> Result<Values, ToolchainError> {
    let output = ask(host, go, request).await?;
    serde_json::from_slice(&output.stdout).map_err(|_| unreadable(go, &output))
}

/// Asks for the value of GOTOOLCHAIN, as go itself understands it; `request` is [`Ask::toolchain`].
///
/// # Errors
/// As [`ask`], and when the answer is not one line.
pub async fn ask_toolchain(host: &Host, go: &Path, request: Ask) -> Result<String, ToolchainError> {
    let output = ask(host, go, request).await?;
    let line = String::from_utf8_lossy(&output.stdout);
    let line = line.strip_suffix('\n').unwrap_or(&line);
    if line.contains('\n') {
        return Err(unreadable(go, &output));
    }
    Ok(line.to_owned())
}

fn unreadable(go: &Path, output: &Output) -> ToolchainError {
    let beginning: String = String::from_utf8_lossy(&output.stdout)
        .chars()
        .take(QUOTED)
        .collect();
    ToolchainError::GoUnreadable {
        path: text(go),
        output: mask_text(&beginning),
    }
}

fn program(host: &Host, go: &Path, request: Ask) -> Result<Program, ToolchainError> {
    let refused = |reason: String| ToolchainError::GoNotExecutable {
        path: text(go),
        reason,
    };
    // a relative path would be looked up from a folder that is not the caller's
    if !go.is_absolute() {
        return Err(ToolchainError::NotGo { path: text(go) });
    }
    let folder = match request.folder {
        Some(folder) => folder,
        None => empty_folder(host).map_err(|reason| refused(reason.to_string()))?,
    };
    let mut vars = host.vars.clone();
    for name in MISLEADING {
        vars.remove(name);
    }
    // telemetry takes us for a descendant of its own upload process and starts none (x/telemetry/start.go)
    vars.set("GO_TELEMETRY_CHILD", "2");
    for (name, value) in request.changes {
        match value {
            Some(value) => vars.set(name, value),
            None => vars.remove(name),
        }
    }
    Ok(Program {
        path: go.to_owned(),
        args: request.args,
        vars,
        folder,
        deadline: request.deadline,
    })
}

/// A folder of our own without a project. One above it does no harm: it is read, never obeyed.
pub(crate) fn empty_folder(host: &Host) -> io::Result<PathBuf> {
    let folder = host.folders.cache.join("empty");
    create_private(&folder)?;
    Ok(folder)
}

/// Creates a folder that only its owner enters, and what is missing above it.
pub(crate) fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn failed_to_run(error: RunError) -> ToolchainError {
    match error {
        RunError::Missing { path } => ToolchainError::GoNotExecutable {
            path: text(&path),
            reason: "no such file".to_owned(),
        },
        RunError::Unstartable { path, reason } => ToolchainError::GoNotExecutable {
            path: text(&path),
            reason: reason.to_string(),
        },
        RunError::TimedOut { path, seconds } => ToolchainError::GoTimedOut {
            path: text(&path),
            seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        },
        RunError::Flooded { path, limit } => ToolchainError::GoUnreadable {
            path: text(&path),
            output: format!("more than {limit} bytes"),
        },
    }
}

#[cfg(test)]
#[cfg(all(unix, feature = "testing"))]
mod tests;
