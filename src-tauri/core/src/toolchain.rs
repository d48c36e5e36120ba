//! Which Go: every one on the machine, and the one that is asked.

mod error;

pub mod ask;
pub mod discover;
pub mod version;

use std::{collections::BTreeMap, path::PathBuf};

use serde::Serialize;

pub use error::ToolchainError;
pub use version::Version;

use crate::error::Failure;

/// Raw values by name, as go or a file gives them.
pub type Values = BTreeMap<String, String>;

/// One Go on this machine.
#[derive(Debug, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "toolchain.ts")
)]
pub struct Toolchain {
    /// Names it over the bridge: a hash of the path, so that the window never names a program to run.
    pub id: String,
    /// The go command.
    #[serde(serialize_with = "crate::wire::path")]
    #[cfg_attr(feature = "bindings", ts(type = "string"))]
    pub path: PathBuf,
    /// GOROOT of it: what the command stands in, links followed.
    #[serde(serialize_with = "crate::wire::path_or_none")]
    #[cfg_attr(feature = "bindings", ts(type = "string | null"))]
    pub root: Option<PathBuf>,
    /// As Go writes it: `go1.26.8`. None when it does not answer.
    pub version: Option<String>,
    /// Every way by which it was found, the most telling first.
    pub found: Vec<Place>,
    /// A new terminal runs this one.
    pub in_terminal: bool,
    /// This program asks this one.
    pub used: bool,
    /// Why it does not answer.
    pub failure: Option<Failure>,
}

/// How a Go was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "toolchain.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The user named it in the settings or with `--go`.
    Chosen,
    /// `PATH` as the login shell sets it.
    LoginShell,
    /// `PATH` of this process.
    Path,
    /// The variable GOROOT.
    Goroot,
    /// Where Go's own installers and the distributions put it.
    Standard,
    /// Homebrew.
    Homebrew,
    /// snap.
    Snap,
    /// scoop.
    Scoop,
    /// `~/sdk`, by `golang.org/dl`.
    Sdk,
    /// goenv.
    Goenv,
    /// gvm.
    Gvm,
    /// asdf.
    Asdf,
    /// mise.
    Mise,
    /// g.
    G,
    /// Downloaded by Go itself into the module cache.
    ModuleCache,
}

/// Every Go on this machine, the one that is asked first.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "toolchain.ts")
)]
pub struct Toolchains {
    /// One a root, however many ways lead to it.
    pub list: Vec<Toolchain>,
    /// The user chose one, and it is gone: its path.
    pub missing: Option<String>,
}
