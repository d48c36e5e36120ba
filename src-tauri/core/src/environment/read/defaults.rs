//! What go would use if nothing set it, except what `go.env` says.
//!
//! Go itself says so when it is asked with everything taken out. That costs as much as a whole `go env`, and mostly
//! nothing is set but what stands alone: then the defaults are the values, save for those few. `tests/real_go` holds
//! both against each other.

use crate::{
    environment::{
        Values,
        catalogue::{self, Entry},
    },
    host::Host,
    toolchain::Version,
};

use super::sources::Sources;

/// What no other default depends on, and what go uses when it is not set, in every version from [`OLDEST`] to
/// [`NEWEST`] that has it (cfg.go; for the C side `DefaultPkgConfig` and envcmd/env.go, `ExtraEnvVarsCostly`).
const ALONE: &[(&str, &str)] = &[
    // the usual ones are in go.env
    ("GOPROXY", ""),
    ("GOSUMDB", ""),
    ("GOTOOLCHAIN", ""),
    ("GOPRIVATE", ""),
    // their default is GOPRIVATE, whose own is empty
    ("GONOPROXY", ""),
    ("GONOSUMDB", ""),
    ("GOINSECURE", ""),
    ("GOVCS", ""),
    ("GOAUTH", "netrc"),
    ("GO111MODULE", ""),
    ("GOTMPDIR", ""),
    ("GOFLAGS", ""),
    ("GOCACHEPROG", ""),
    ("PKG_CONFIG", "pkg-config"),
    ("CGO_CFLAGS", "-O2 -g"),
    ("CGO_CPPFLAGS", ""),
    ("CGO_CXXFLAGS", "-O2 -g"),
    ("CGO_FFLAGS", "-O2 -g"),
    ("CGO_LDFLAGS", "-O2 -g"),
];

/// The minor versions of Go 1 that the rules were read in, and are tested with.
const OLDEST: u32 = 21;
const NEWEST: u32 = 27;

/// The default that holds whatever else is set, where asking go would run the C compiler.
pub(super) fn of_costly(name: &str) -> Option<&'static str> {
    catalogue::find(name)
        .filter(|entry| entry.is_costly())
        .and_then(|_| alone(name))
}

/// Whether the rules hold for this version. A newer Go is asked instead.
pub(super) fn are_known(version: &Version) -> bool {
    version.at_least(1, OLDEST) && !version.at_least(1, NEWEST + 1)
}

/// Whether nothing is set that the default of something else depends on.
pub(super) fn follow(host: &Host, sources: &Sources) -> bool {
    // the same process, with the same go.env: only what the process and the file set is taken out
    sources.set().all(|name| match name {
        // says where the file is, which is not read for a default
        "GOENV" => true,
        "GOCACHE" => host.go_build_cache().is_some(),
        name => alone(name).is_some(),
    }) && sources
        .goroot
        .by_name
        .keys()
        .all(|name| alone(name).is_some())
}

/// The defaults, from what this Go shows. Only if they [`follow`].
pub(super) fn from(host: &Host, full: &Values) -> Values {
    let mut defaults = full.clone();
    let entries = catalogue::ENTRIES.iter().map(|entry| entry.name);
    for name in entries.filter(|name| !full.contains_key(*name)) {
        // go has no default for what it does not show (envcmd/env.go, `findEnv`)
        defaults.insert(name.to_owned(), String::new());
    }
    for (name, default) in ALONE {
        defaults.insert((*name).to_owned(), (*default).to_owned());
    }
    // in the full answer it is ours
    defaults.remove("GOCACHE");
    if let Some(cache) = host.go_build_cache() {
        defaults.insert("GOCACHE".to_owned(), cache);
    }
    defaults
}

/// What the full answer does not say as it is: what go only shows when it is asked by name, where somebody sets it, and
/// the user's build cache.
pub(super) fn lacking(host: &Host, sources: &Sources, version: &Version) -> Vec<&'static str> {
    let is_set = |name: &str| sources.sets(name) || sources.goroot.by_name.contains_key(name);
    let lacks = |entry: &&Entry| match entry.name {
        // asked in its own words
        "GOTOOLCHAIN" => false,
        "GOCACHE" => is_set("GOCACHE") || host.go_build_cache().is_none(),
        name => !entry.is_shown(Some(version)) && is_set(name),
    };
    catalogue::ENTRIES
        .iter()
        .filter(lacks)
        .map(|entry| entry.name)
        .collect()
}

fn alone(name: &str) -> Option<&'static str> {
    ALONE
        .iter()
        .find(|(alone, _)| *alone == name)
        .map(|(_, default)| *default)
}
