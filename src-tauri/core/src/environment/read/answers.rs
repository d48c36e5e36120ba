//! What go itself says: in one answer where that has everything, else in several that are asked at the same time.

use std::{path::Path, pin::pin};

use tokio::time::timeout;

use super::{Scope, defaults, sources::Sources};
use crate::{
    environment::{Values, catalogue},
    host::Host,
    toolchain::{
        ToolchainError, Version,
        ask::{Ask, PATIENCE, ask_toolchain, ask_values, create_private},
    },
};

/// What go answered.
#[derive(Debug)]
pub(super) struct Answers {
    /// Variables that cost nothing to ask for: every one, or those that the full answer lacks. Its failure is the failure
    /// of go.
    pub(super) named: Result<Values, ToolchainError>,
    /// All that this Go shows, with what the C compiler says; GOCACHE is ours there. None when go was not asked, or
    /// does not answer.
    pub(super) full: Option<Values>,
    /// GOTOOLCHAIN, which the other questions override; none when it is what the places say.
    pub(super) toolchain: Option<Result<String, ToolchainError>>,
    /// What go would use with nothing set anywhere. None as for `full`.
    pub(super) defaults: Option<Values>,
}

impl Answers {
    /// Asks. GOWORK stays as it is, for it is one of the values; with GOTOOLCHAIN=local it leads nowhere.
    ///
    /// Every question costs as much as a whole `go env`, so those are saved whose answer is out of `scope` or follows
    /// from another one. `version` is the one of `go` if it is known before it is asked, and then `sources` has its
    /// go.env already.
    pub(super) async fn ask(
        host: &Host,
        go: &Path,
        version: Option<&Version>,
        sources: &Sources,
        scope: Scope<'_>,
    ) -> Self {
        let settled = version.filter(|version| defaults::are_known(version));
        // go shows it as it stands, whatever it says (go-semantics 1.5): then the places tell as much
        let asks = settled.is_none() && sources.sets("GOTOOLCHAIN") && scope.asks("GOTOOLCHAIN");
        let toolchain = async {
            match asks {
                true => Some(ask_toolchain(host, go, Ask::toolchain()).await),
                false => None,
            }
        };
        let values = async {
            match (scope, settled) {
                (Scope::All, Some(version)) => Self::in_one(host, go, version, sources).await,
                (Scope::All, None) => Self::in_three(host, go).await,
                (Scope::Values(_) | Scope::Places(_), _) => Self::part(host, go, scope).await,
            }
        };
        let (values, toolchain) = tokio::join!(values, toolchain);
        Self {
            toolchain,
            ..values
        }
    }

    /// The full answer, and only what does not follow from it.
    async fn in_one(host: &Host, go: &Path, version: &Version, sources: &Sources) -> Self {
        let full = async {
            let mut full = pin!(ask_values(host, go, full(host)));
            match timeout(PATIENCE, &mut full).await {
                Ok(Ok(values)) => Ok(values),
                // only by what can be asked without the C compiler is it told from a go that fails
                Ok(Err(_)) => Err(Self::in_two(host, go).await),
                Err(_) => {
                    let (full, others) = tokio::join!(full, Self::in_two(host, go));
                    let full = full.ok();
                    Err(Self { full, ..others })
                }
            }
        };
        let lacking = defaults::lacking(host, sources, version);
        let named = async {
            match lacking.is_empty() {
                true => Ok(Values::new()),
                false => ask_values(host, go, Ask::values(lacking)).await,
            }
        };
        let follow = defaults::follow(host, sources);
        let asked = async {
            match follow {
                true => None,
                false => ask_values(host, go, without_settings()).await.ok(),
            }
        };
        // the one that runs the C compiler takes longest, so it starts first
        match tokio::join!(Box::pin(full), named, asked) {
            (Err(answers), _, _) => answers,
            (Ok(full), named, asked) => Self {
                defaults: asked.or_else(|| follow.then(|| defaults::from(host, &full))),
                full: Some(full),
                named,
                toolchain: None,
            },
        }
    }

    async fn in_three(host: &Host, go: &Path) -> Self {
        let full = ask_values(host, go, full(host));
        let (full, others) = tokio::join!(full, Self::in_two(host, go));
        let full = full.ok();
        Self { full, ..others }
    }

    /// What needs no C compiler.
    async fn in_two(host: &Host, go: &Path) -> Self {
        let named = ask_values(host, go, Ask::values(cheap()));
        let (named, defaults) = tokio::join!(named, ask_values(host, go, without_settings()));
        Self {
            named,
            full: None,
            toolchain: None,
            defaults: defaults.ok(),
        }
    }

    async fn part(host: &Host, go: &Path, scope: Scope<'_>) -> Self {
        let full = async {
            match scope.asks_in_full() {
                true => ask_values(host, go, full(host)).await.ok(),
                false => None,
            }
        };
        let named = ask_values(host, go, Ask::values(cheap()));
        let (full, named) = tokio::join!(full, named);
        Self {
            named,
            full,
            toolchain: None,
            defaults: None,
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
        let defaults = self.defaults.as_ref()?;
        defaults::of_costly(name).or_else(|| value(Some(defaults), name))
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
