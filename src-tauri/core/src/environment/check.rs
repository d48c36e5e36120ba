//! What is wrong, or dangerous, with a value: Go's own checks, and those Go forgets (go-semantics 1.7, 2).

mod address;
mod danger;
mod folders;
pub(crate) mod glob;
pub(crate) mod lists;
mod problem;
mod proxy;
pub(crate) mod public;
mod sumdb;
mod words;

use std::path::Path;

use serde::Serialize;

use super::{
    Checked,
    catalogue::{self, Kind},
    file,
};
use crate::{host::Os, naming::is_invisible, toolchain::Version};

pub use address::{AddressFault, address};
pub use danger::of as danger;
pub use glob::covers;
pub use problem::Problem;

/// What a value is judged by.
#[derive(Debug, Clone, Copy)]
pub struct CheckContext<'a> {
    /// Whose paths.
    pub os: Os,
    /// Which Go; none when it does not answer.
    pub version: Option<&'a Version>,
    /// The user's home.
    pub home: Option<&'a Path>,
}

/// Whether `go env -w` changes a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settable {
    /// It does.
    Yes,
    /// Never with this Go.
    No,
    /// Only the process environment sets it.
    ProcessOnly,
    /// This Go does not know it; it may be changed where it stands in the file already (`cfg.CanGetenv`).
    Unknown,
}

/// What is found in one value.
#[derive(Debug, Default)]
struct Findings {
    refusals: Vec<Problem>,
    warnings: Vec<Problem>,
}

/// Whether `go env -w` of this Go changes the variable (envcmd/env.go, `checkEnvWrite`).
pub fn settable(name: &str, version: Option<&Version>) -> Settable {
    // the process alone decides about it, and Go says so by name since 1.23
    if name == "GODEBUG" && version.is_none_or(|version| version.at_least(1, 23)) {
        return Settable::ProcessOnly;
    }
    match catalogue::find(name) {
        Some(entry) if !entry.is_known(version) => Settable::Unknown,
        Some(entry) if entry.kind == Kind::ProcessOnly => Settable::ProcessOnly,
        Some(entry) if entry.is_settable(version) => Settable::Yes,
        Some(_) => Settable::No,
        None => Settable::Unknown,
    }
}

/// Looks at a value before it is written. A value that Go accepts and that works is never refused.
pub fn check(name: &str, value: &str, context: &CheckContext<'_>) -> Checked {
    let mut findings = Findings::default();
    characters(name, value, context, &mut findings);
    if findings.refusals.is_empty() {
        match name {
            "GOPROXY" => proxy::check(value, context, &mut findings),
            "GOSUMDB" => sumdb::check(value, context, &mut findings),
            "GOTOOLCHAIN" => words::toolchain(value, &mut findings),
            "GOFLAGS" => words::flags(value, &mut findings),
            "GO111MODULE" => words::one_of(value, &["", "auto", "on", "off"], &mut findings),
            "GOAUTH" => words::auth(value, &mut findings),
            "CC" | "CXX" => words::compiler(value, context, &mut findings),
            "GOVCS" => lists::vcs(value, &mut findings),
            "GOPRIVATE" | "GONOPROXY" | "GONOSUMDB" | "GOINSECURE" => {
                lists::patterns(value, &mut findings)
            }
            "GOPATH" => folders::gopath(value, context, &mut findings),
            "GOMODCACHE" | "GOCACHE" | "GOTMPDIR" | "GOBIN" => {
                folders::folder(value, context, &mut findings)
            }
            _ if is_only_for_the_process(name) => {
                findings.warnings.push(Problem::NoEffectInFile {})
            }
            _ => {}
        }
    }
    Checked {
        danger: danger::of(name, value, context),
        refusals: findings.refusals,
        warnings: findings.warnings,
    }
}

/// Read from the process by the libraries Go is made of: `go env` prints a line in the file, and nothing obeys it.
fn is_only_for_the_process(name: &str) -> bool {
    matches!(
        name,
        "HTTP_PROXY"
            | "HTTPS_PROXY"
            | "NO_PROXY"
            | "SSL_CERT_FILE"
            | "SSL_CERT_DIR"
            | "NETRC"
            | "GOCOVERDIR"
            | "GOPACKAGESDRIVER"
    ) || name.starts_with("GIT_")
}

/// Go takes the value apart itself, and quotes are part of its syntax (`cmd/internal/quoted`).
pub(super) fn splits_at_quotes(name: &str) -> bool {
    matches!(
        name,
        "GOFLAGS" | "CC" | "CXX" | "FC" | "GCCGO" | "PKG_CONFIG" | "GOCACHEPROG"
    ) || (name.starts_with("CGO_") && name.ends_with("FLAGS"))
}

fn characters(name: &str, value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    let code_point = |c: char| format!("U+{:04X}", u32::from(c));
    if let Some(control) = value
        .chars()
        .find(|c| matches!(c, '\0' | '\n' | '\r' | '\u{b}'))
    {
        findings.refusals.push(Problem::ControlCharacter {
            character: code_point(control),
        });
    }
    let limit = file::value_limit(context.os, name);
    if value.len() > limit {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        findings.refusals.push(Problem::TooLong { limit });
    }
    if let Some(hidden) = value.chars().find(|&c| is_invisible(c)) {
        findings.warnings.push(Problem::InvisibleCharacter {
            character: code_point(hidden),
        });
    }
}

/// What weakens the protection of the user. Needs a confirmation of its own that names the consequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Danger {
    /// The variable.
    pub name: String,
    /// The consequence.
    pub consequence: Consequence,
}

/// What a dangerous value leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// `GOSUMDB=off`: nothing is verified against the checksum database.
    NothingVerified,
    /// `GONOSUMDB=*`, `GOPRIVATE=*`: the same by a pattern.
    EverythingUnverified,
    /// The same for hosts that everybody's modules are on: `GONOSUMDB=github.com`, `GOPRIVATE=*.com`.
    PublicUnverified,
    /// `GOINSECURE`: http, and certificates that nobody checked.
    InsecureTransport,
    /// `GOFLAGS` with `-toolexec`, `-exec`, `-modfile`, `-overlay`, `-insecure`: runs or reads what it names.
    FlagsRunProgram,
    /// `CC`, `CXX`, `AR`, `FC`, `PKG_CONFIG`: go runs it.
    RunsProgram,
    /// `GOAUTH`: go runs it and trusts what it says with credentials.
    RunsCredentialProgram,
    /// `GOCACHEPROG`: go runs it for every build.
    RunsCacheProgram,
    /// `GOVCS` allows a version control system for public modules that Go does not.
    UnsafeVcs,
    /// `GOSUMDB` names another database, or another key.
    OtherDatabase,
    /// `GOTOOLCHAIN` that takes programs from `PATH`.
    ToolchainFromPath,
    /// `GOROOT`: the compiler and the standard library come from there.
    OtherGoroot,
    /// `CGO_CFLAGS` and the like with a flag that makes the compiler run something.
    CompilerRunsProgram,
    /// `CGO_CFLAGS_ALLOW` and the like: modules may give the compiler flags that Go forbids.
    ForbiddenFlags,
    /// `GOMODCACHE`, `GOPATH` and the like on the root, a home, or a folder of the system.
    FolderOfOtherThings,
    /// The same in somebody else's home, or on another machine.
    FolderOfOthers,
}

#[cfg(test)]
mod tests;
