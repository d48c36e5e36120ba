//! A real download: the proof that modules come through.
//!
//! The only thing that this program has to do with the network, and only when somebody asks for it. The real go downloads,
//! with the variables that a terminal would give it, so that it obeys every GOPROXY, GOSUMDB, GOPRIVATE and credential that
//! is in effect; into a module cache of its own, or what is there already would prove nothing.

pub mod project;

mod arrivals;
mod error;
mod scratch;
mod trace;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde::Deserialize;

pub use error::FetchError;

use crate::{
    error::{Error, FileError, InternalError},
    host::{Host, run::Output},
    module::Module,
    secret::mask_text,
    toolchain::{
        Version,
        ask::{Ask, hear},
    },
};
pub(crate) use scratch::Scratch;

/// How long a download may take: go itself waits for ever for a server that accepts and stays silent (go-semantics 2.3).
pub const DEADLINE: Duration = Duration::from_secs(60);

/// Who downloads.
#[derive(Debug, Clone, Copy)]
pub struct Downloader<'a> {
    /// The machine, with the variables of a terminal.
    pub host: &'a Host,
    /// The go command, an absolute path.
    pub go: &'a Path,
    /// Its version, when it is known.
    pub version: Option<&'a Version>,
}

/// What came of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// How long go took.
    pub elapsed: Duration,
    /// Why it failed; none when the module was there and verified.
    pub failure: Option<Error>,
}

/// What `go mod download -json` writes, as far as it matters here.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Report {
    error: String,
}

/// Downloads a module; none when `cancelled` came first. Nothing of it is left on the machine, whatever the outcome; what Go
/// knows of the checksum database's tree (`GOPATH/pkg/sumdb`) is the user's and grows as with every download.
///
/// The folders of a module are made writable for the removal, so GOFLAGS stays the user's: no `-modcacherw`.
pub async fn fetch(
    downloader: &Downloader<'_>,
    module: &Module,
    cancelled: impl Future<Output = ()>,
) -> Option<Download> {
    let host = downloader.host.clone();
    let made = off_thread(move || {
        let scratch = Scratch::new(&host)?;
        scratch.empty_module()?;
        Ok::<_, FileError>(scratch)
    });
    let scratch = match made.await {
        Ok(Ok(scratch)) => scratch,
        Ok(Err(reason)) => return Some(Download::failed(reason.into())),
        Err(reason) => return Some(Download::failed(reason)),
    };
    let begun = Instant::now();
    let download = tokio::select! {
        heard = hear(downloader.host, downloader.go, question(downloader, module, &scratch)) => Some(Download {
            elapsed: begun.elapsed(),
            failure: match heard {
                Ok(output) => failure(module, &output),
                Err(reason) => Some(reason.into()),
            },
        }),
        () = cancelled => None,
    };
    if let Err(reason) = off_thread(move || drop(scratch)).await {
        tracing::warn!(%reason, "a download may not be removed");
    }
    download
}

impl Download {
    const fn failed(failure: Error) -> Self {
        Self {
            elapsed: Duration::ZERO,
            failure: Some(failure),
        }
    }
}

fn question(downloader: &Downloader<'_>, module: &Module, scratch: &Scratch) -> Ask {
    let ask = Ask::download(&module.to_string())
        .with("GOMODCACHE", scratch.cache())
        .inside(scratch.module())
        .within(DEADLINE);
    match downloader.version {
        // there the module cache followed GOPATH
        Some(version) if !version.at_least(1, 15) => ask.with("GOPATH", scratch.cache()),
        _ => ask,
    }
}

/// What go says: of the module on standard output, of itself on the other one.
fn failure(module: &Module, output: &Output) -> Option<Error> {
    let report: Report = serde_json::from_slice(&output.stdout).unwrap_or_default();
    if output.succeeded() && report.error.is_empty() {
        return None;
    }
    let message = match report.error {
        error if error.is_empty() => output.complaint(),
        error => error,
    };
    let failed = FetchError::FetchFailed {
        module: module.to_string(),
        message: mask_text(&message),
    };
    Some(failed.into())
}

/// Waits for the disk on a thread that may.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let worked = tokio::task::spawn_blocking(work).await;
    worked.map_err(|fault| {
        InternalError::Internal {
            reason: fault.to_string(),
        }
        .into()
    })
}
