//! The variables Go has: which version knows them, where they belong, whether they can be written.
//!
//! From `internal/cfg` (`KnownEnv`) and `cmd/go/internal/envcmd` of Go 1.13 to 1.27.

use serde::Serialize;

use crate::toolchain::Version;

/// Where a variable stands in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Where modules come from and how they are verified.
    Modules,
    /// Which Go runs.
    Toolchain,
    /// Folders.
    Paths,
    /// What is built, and for what.
    Build,
    /// The C side.
    Cgo,
    /// Debugging, telemetry, and what go only reports.
    Debug,
    /// Known to this Go, not to us.
    Other,
}

/// Who sets a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `go env -w`.
    Settable,
    /// `go env -w` before this minor version of Go 1, go alone since.
    SettableBefore(u32),
    /// The process environment only.
    ProcessOnly,
    /// Go alone; a few, like GOTOOLDIR, follow the process environment all the same.
    Reported,
}

/// One variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `GOPROXY`.
    pub name: &'static str,
    /// Where it stands in lists.
    pub group: Group,
    /// Who sets it.
    pub kind: Kind,
    /// The minor version of Go 1 that brought it; 13 for all that are older.
    pub since: u32,
    /// The minor version since which `go env` shows it unasked; none when it does not.
    pub shown: Option<u32>,
}

/// Asking for one of them runs the C compiler and fills the build cache (envcmd/env.go, `runEnv`).
const COSTLY: &[&str] = &[
    "CGO_CFLAGS",
    "CGO_CPPFLAGS",
    "CGO_CXXFLAGS",
    "CGO_FFLAGS",
    "CGO_LDFLAGS",
    "GOGCCFLAGS",
    "PKG_CONFIG",
];

const fn entry(name: &'static str, group: Group, kind: Kind, since: u32) -> Entry {
    Entry {
        name,
        group,
        kind,
        since,
        shown: Some(since),
    }
}

/// Shown later than known, or never unasked.
const fn quiet(name: &'static str, group: Group, since: u32, shown: Option<u32>) -> Entry {
    Entry {
        name,
        group,
        kind: Kind::Settable,
        since,
        shown,
    }
}

/// In the order of lists.
pub const ENTRIES: &[Entry] = &[
    entry("GOPROXY", Group::Modules, Kind::Settable, 13),
    entry("GOSUMDB", Group::Modules, Kind::Settable, 13),
    entry("GOPRIVATE", Group::Modules, Kind::Settable, 13),
    entry("GONOPROXY", Group::Modules, Kind::Settable, 13),
    entry("GONOSUMDB", Group::Modules, Kind::Settable, 13),
    entry("GOINSECURE", Group::Modules, Kind::Settable, 14),
    entry("GOVCS", Group::Modules, Kind::Settable, 16),
    entry("GOAUTH", Group::Modules, Kind::Settable, 24),
    entry("GO111MODULE", Group::Modules, Kind::Settable, 13),
    entry("GOMOD", Group::Modules, Kind::Reported, 13),
    entry("GOWORK", Group::Modules, Kind::Reported, 18),
    entry("GOTOOLCHAIN", Group::Toolchain, Kind::Settable, 21),
    entry("GOROOT", Group::Toolchain, Kind::SettableBefore(27), 13),
    entry("GOVERSION", Group::Toolchain, Kind::Reported, 16),
    entry("GOTOOLDIR", Group::Toolchain, Kind::Reported, 13),
    entry("GOENV", Group::Paths, Kind::ProcessOnly, 13),
    entry("GOPATH", Group::Paths, Kind::Settable, 13),
    entry("GOBIN", Group::Paths, Kind::Settable, 13),
    entry("GOMODCACHE", Group::Paths, Kind::Settable, 15),
    entry("GOCACHE", Group::Paths, Kind::Settable, 13),
    entry("GOTMPDIR", Group::Paths, Kind::Settable, 13),
    entry("GOOS", Group::Build, Kind::Settable, 13),
    entry("GOARCH", Group::Build, Kind::Settable, 13),
    quiet("GO386", Group::Build, 13, None),
    quiet("GOAMD64", Group::Build, 18, None),
    quiet("GOARM", Group::Build, 13, None),
    quiet("GOARM64", Group::Build, 23, None),
    quiet("GOMIPS", Group::Build, 13, None),
    quiet("GOMIPS64", Group::Build, 13, None),
    quiet("GOPPC64", Group::Build, 13, None),
    quiet("GORISCV64", Group::Build, 23, None),
    quiet("GOWASM", Group::Build, 13, None),
    entry("GOFLAGS", Group::Build, Kind::Settable, 13),
    entry("GOEXPERIMENT", Group::Build, Kind::Settable, 17),
    entry("GOFIPS140", Group::Build, Kind::Settable, 24),
    quiet("GOCACHEPROG", Group::Build, 21, Some(24)),
    entry("GOPACKAGESDRIVER", Group::Build, Kind::ProcessOnly, 27),
    entry("GOEXE", Group::Build, Kind::Reported, 13),
    entry("GOHOSTOS", Group::Build, Kind::Reported, 13),
    entry("GOHOSTARCH", Group::Build, Kind::Reported, 13),
    entry("CGO_ENABLED", Group::Cgo, Kind::Settable, 13),
    entry("CC", Group::Cgo, Kind::Settable, 13),
    entry("CXX", Group::Cgo, Kind::Settable, 13),
    quiet("FC", Group::Cgo, 13, None),
    entry("AR", Group::Cgo, Kind::Settable, 13),
    entry("GCCGO", Group::Cgo, Kind::Settable, 13),
    entry("PKG_CONFIG", Group::Cgo, Kind::Settable, 13),
    entry("CGO_CFLAGS", Group::Cgo, Kind::Settable, 13),
    quiet("CGO_CFLAGS_ALLOW", Group::Cgo, 13, None),
    quiet("CGO_CFLAGS_DISALLOW", Group::Cgo, 13, None),
    entry("CGO_CPPFLAGS", Group::Cgo, Kind::Settable, 13),
    quiet("CGO_CPPFLAGS_ALLOW", Group::Cgo, 13, None),
    quiet("CGO_CPPFLAGS_DISALLOW", Group::Cgo, 13, None),
    entry("CGO_CXXFLAGS", Group::Cgo, Kind::Settable, 13),
    quiet("CGO_CXXFLAGS_ALLOW", Group::Cgo, 13, None),
    quiet("CGO_CXXFLAGS_DISALLOW", Group::Cgo, 13, None),
    entry("CGO_FFLAGS", Group::Cgo, Kind::Settable, 13),
    quiet("CGO_FFLAGS_ALLOW", Group::Cgo, 13, None),
    quiet("CGO_FFLAGS_DISALLOW", Group::Cgo, 13, None),
    entry("CGO_LDFLAGS", Group::Cgo, Kind::Settable, 13),
    quiet("CGO_LDFLAGS_ALLOW", Group::Cgo, 13, None),
    quiet("CGO_LDFLAGS_DISALLOW", Group::Cgo, 13, None),
    quiet("GO_EXTLINK_ENABLED", Group::Cgo, 13, None),
    entry("GODEBUG", Group::Debug, Kind::ProcessOnly, 23),
    entry("GOTELEMETRY", Group::Debug, Kind::Reported, 23),
    entry("GOTELEMETRYDIR", Group::Debug, Kind::Reported, 23),
    entry("GOGCCFLAGS", Group::Debug, Kind::Reported, 13),
];

impl Entry {
    /// This version has it. Without a version, which is when no Go answers, every variable counts.
    pub fn is_known(&self, version: Option<&Version>) -> bool {
        version.is_none_or(|version| version.at_least(1, self.since))
    }

    /// `go env` of this version lists it unasked.
    pub fn is_shown(&self, version: Option<&Version>) -> bool {
        self.shown
            .is_some_and(|since| version.is_none_or(|version| version.at_least(1, since)))
    }

    /// `go env -w` of this version accepts it. Without a version, what the newest one accepts.
    pub fn is_settable(&self, version: Option<&Version>) -> bool {
        self.is_known(version)
            && match self.kind {
                Kind::Settable => true,
                Kind::SettableBefore(minor) => {
                    version.is_some_and(|version| !version.at_least(1, minor))
                }
                Kind::ProcessOnly | Kind::Reported => false,
            }
    }

    /// Asking go for it runs the C compiler.
    pub fn is_costly(&self) -> bool {
        COSTLY.contains(&self.name)
    }
}

/// The entry of this variable; none when we do not know it.
pub fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

/// Some version of Go has it.
pub fn is_known(name: &str) -> bool {
    find(name).is_some()
}

/// Every variable this version has, in the order of lists.
pub fn names(version: Option<&Version>) -> impl Iterator<Item = &'static str> {
    ENTRIES
        .iter()
        .filter(move |entry| entry.is_known(version))
        .map(|entry| entry.name)
}

/// Where a name stands in lists; unknown ones last.
pub fn position(name: &str) -> usize {
    ENTRIES
        .iter()
        .position(|entry| entry.name == name)
        .unwrap_or(ENTRIES.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_know_what_they_brought() {
        let old: Version = "go1.20.14".parse().expect("a version");
        let new: Version = "go1.27.3".parse().expect("a version");
        let settable =
            |name: &str, version| find(name).is_some_and(|entry| entry.is_settable(version));
        assert!(
            !names(Some(&old)).any(|name| name == "GOTOOLCHAIN"),
            "1.21 brought it"
        );
        assert!(
            names(Some(&new)).any(|name| name == "GOAUTH"),
            "1.24 brought it"
        );
        assert!(settable("GOROOT", Some(&old)), "up to 1.26");
        assert!(!settable("GOROOT", Some(&new)), "no longer");
        assert!(
            !settable("GOENV", Some(&new)),
            "the process environment only"
        );
        assert!(settable("GOPROXY", None), "a rescue without Go can write");
    }

    #[test]
    fn every_name_stands_once() {
        let mut names: Vec<_> = ENTRIES.iter().map(|entry| entry.name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "one entry a variable");
        assert!(
            COSTLY.iter().all(|name| find(name).is_some()),
            "the costly ones are in the table"
        );
    }
}
