//! What go itself says. Several questions at the same time, because each has something the others cannot tell.

use std::path::Path;

use super::Scope;
use crate::{
    environment::{Values, catalogue},
    host::Host,
    toolchain::{
        ToolchainError,
        ask::{Ask, ask_toolchain, ask_values, create_private},
    },
};

/// What go answered.
#[derive(Debug)]
pub(super) struct Answers {
    /// Every variable that costs nothing to ask for; its failure is the failure of go.
    pub(super) named: Result<Values, ToolchainError>,
    /// All that this Go shows, with what the C compiler says; GOCACHE is ours there. None when go was not asked, or
    /// does not answer.
    pub(super) full: Option<Values>,
    /// GOTOOLCHAIN, which the other questions override; none when only go.env sets it, or it was not asked for.
    pub(super) toolchain: Option<Result<String, ToolchainError>>,
    /// As `named`, with nothing set anywhere. None as for `full`.
    pub(super) defaults: Option<Values>,
}

/// What the C compiler is told when nothing is set: asking go would run it (cfg.go, `DefaultPkgConfig`;
/// envcmd/env.go, `ExtraEnvVarsCostly`).
const COSTLY_DEFAULTS: &[(&str, &str)] = &[
    ("CGO_CFLAGS", "-O2 -g"),
    ("CGO_CPPFLAGS", ""),
    ("CGO_CXXFLAGS", "-O2 -g"),
    ("CGO_FFLAGS", "-O2 -g"),
    ("CGO_LDFLAGS", "-O2 -g"),
    ("PKG_CONFIG", "pkg-config"),
];

impl Answers {
    /// Asks. GOWORK stays as it is, for it is one of the values; with GOTOOLCHAIN=local it leads nowhere.
    ///
    /// `toolchain_set`: the process or the GOENV file sets GOTOOLCHAIN. Else the question is saved, as is every other
    /// whose answer is out of `scope`: each costs as much as a whole `go env`.
    pub(super) async fn ask(host: &Host, go: &Path, toolchain_set: bool, scope: Scope<'_>) -> Self {
        let toolchain = async {
            match toolchain_set && scope.asks("GOTOOLCHAIN") {
                true => Some(ask_toolchain(host, go, Ask::toolchain()).await),
                false => None,
            }
        };
        let full = async {
            match scope.asks_in_full() {
                true => ask_values(host, go, full(host)).await.ok(),
                false => None,
            }
        };
        let defaults = async {
            match scope {
                Scope::All => ask_values(host, go, without_settings()).await.ok(),
                Scope::Values(_) | Scope::Places(_) => None,
            }
        };
        let named = ask_values(host, go, Ask::values(cheap()));
        // the one that runs the C compiler takes longest, so it starts first
        let (full, named, defaults, toolchain) = tokio::join!(full, named, defaults, toolchain);
        Self {
            named,
            full,
            toolchain,
            defaults,
        }
    }

    /// The effective value; none when go did not say.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        if name == "GOTOOLCHAIN" {
            return self.toolchain.as_ref()?.as_deref().ok();
        }
        let named = value(self.named.as_ref().ok(), name);
        // asked for by name it is the user's, in the full answer it is ours
        if name == "GOCACHE" {
            return named;
        }
        named.or_else(|| value(self.full.as_ref(), name))
    }

    /// What go would use if nothing set it, except what `go.env` says.
    pub(super) fn default(&self, name: &str) -> Option<&str> {
        let costly = COSTLY_DEFAULTS.iter().find(|(costly, _)| *costly == name);
        let defaults = self.defaults.as_ref()?;
        match costly {
            Some((_, default)) => Some(default),
            None => defaults.get(name).map(String::as_str),
        }
    }
}

fn value<'a>(values: Option<&'a Values>, name: &str) -> Option<&'a str> {
    values?.get(name).map(String::as_str)
}

/// The names that cost nothing; a Go that does not have one answers with an empty value.
fn cheap() -> impl Iterator<Item = &'static str> {
    catalogue::ENTRIES
        .iter()
        .filter(|entry| !entry.is_costly() && entry.name != "GOTOOLCHAIN")
        .map(|entry| entry.name)
}

/// With a build cache of our own: asking must neither create the user's nor depend on it.
pub(super) fn full(host: &Host) -> Ask {
    in_our_cache(host, Ask::values([]))
}

/// The same for any question that runs the C compiler.
pub(super) fn in_our_cache(host: &Host, ask: Ask) -> Ask {
    let folder = host.folders.cache.join("go-build");
    match create_private(&folder) {
        Ok(()) => ask.with("GOCACHE", folder),
        // then go says what is wrong with the place it has
        Err(_) => ask,
    }
}

fn without_settings() -> Ask {
    // GOTOOLCHAIN would be what we set; go.env has it, and below 1.21 there is none
    let ask = Ask::values(cheap()).with("GOENV", "off");
    catalogue::ENTRIES
        .iter()
        .map(|entry| entry.name)
        .filter(|name| !["GOENV", "GOTOOLCHAIN"].contains(name))
        .fold(ask, Ask::without)
}
