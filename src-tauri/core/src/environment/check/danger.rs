//! Values that weaken the protection of the user (reliability 2.1).

use super::{CheckContext, Consequence, Danger, folders, public};
use crate::checksum::{Database, Gosumdb};

/// The danger of a value, if it has one. Taking a value back to Go's default never has.
pub fn of(name: &str, value: &str, context: &CheckContext<'_>) -> Option<Danger> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let consequence = match name {
        "GOSUMDB" => sumdb(value)?,
        "GONOSUMDB" | "GOPRIVATE" => patterns(value)?,
        "GOINSECURE" if value != "none" => Consequence::InsecureTransport,
        "GOFLAGS" => flags(value)?,
        "CC" | "CXX" | "AR" | "FC" | "GCCGO" | "PKG_CONFIG" => Consequence::RunsProgram,
        "GOAUTH" => auth(value)?,
        "GOCACHEPROG" => Consequence::RunsCacheProgram,
        "GOVCS" => vcs(value)?,
        "GOTOOLCHAIN" if is_from_path(value) => Consequence::ToolchainFromPath,
        "GOROOT" => Consequence::OtherGoroot,
        "GOPATH" | "GOMODCACHE" | "GOCACHE" | "GOBIN" | "GOTMPDIR" => {
            folders::danger(name, value, context)?
        }
        _ if name.starts_with("CGO_") && name.ends_with("FLAGS_ALLOW") => {
            Consequence::ForbiddenFlags
        }
        _ if name.starts_with("CGO_") && name.ends_with("FLAGS") => compiler_flags(value)?,
        _ => return None,
    };
    Some(Danger {
        name: name.to_owned(),
        consequence,
    })
}

fn sumdb(value: &str) -> Option<Consequence> {
    match Gosumdb::parse(value) {
        Ok(Gosumdb::Off) => Some(Consequence::NothingVerified),
        // also at another address: its answers are signed
        Ok(Gosumdb::Database { database, .. }) if database == Database::sum_golang_org() => None,
        _ => Some(Consequence::OtherDatabase),
    }
}

fn patterns(value: &str) -> Option<Consequence> {
    // around a comma Go trims nothing, and a pattern with a space matches nothing; who adds one may take it out again
    let covers = |is: fn(&str) -> bool| value.split(',').any(|pattern| is(pattern.trim()));
    let is_any =
        |pattern: &str| pattern.contains('*') && pattern.chars().all(|c| "*?./".contains(c));
    if covers(is_any) {
        return Some(Consequence::EverythingUnverified);
    }
    covers(public::is_covered).then_some(Consequence::PublicUnverified)
}

/// Flags that run a program, or read a file in place of another. `-extld` is one of the linker's, inside of `-ldflags`.
fn flags(value: &str) -> Option<Consequence> {
    let runs = [
        "exec", "extld", "insecure", "modfile", "overlay", "pkgdir", "toolexec", "vettool",
    ];
    let is_one =
        |field: &str| field.starts_with('-') && runs.contains(&field.trim_start_matches('-'));
    let through_linker = value.contains("-extldflags") && compiler_flags(value).is_some();
    (through_linker || words(value).any(is_one)).then_some(Consequence::FlagsRunProgram)
}

/// What Go forbids a module to say (cmd/go/internal/work/security.go) and takes from the user: a plugin, a wrapper,
/// another linker, another place for the compiler's own programs, code or more flags from a file.
fn compiler_flags(value: &str) -> Option<Consequence> {
    let runs = [
        "-B",
        "-Xclang",
        "-fpass-plugin",
        "-fplugin",
        "-fuse-ld",
        "-imacros",
        "-include",
        "-ld-path",
        "-load",
        "-specs",
        "-wrapper",
        "@",
    ];
    let is_one = |word: &str| {
        // `--specs` is `-specs` to most compilers
        let flag = word
            .strip_prefix('-')
            .filter(|rest| rest.starts_with('-'))
            .unwrap_or(word);
        let to_linker = flag.starts_with("-Wl,") || flag.starts_with("-plugin");
        runs.iter().any(|run| flag.starts_with(run))
            || (to_linker && (flag.contains("plugin") || flag.contains("dynamic-linker")))
    };
    words(value)
        .any(is_one)
        .then_some(Consequence::CompilerRunsProgram)
}

/// Wherever a flag could begin; quotes and `=` do not hide one.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '='))
}

/// Names with a suffix of their own are no versions that anybody downloads, so `PATH` has to have them.
fn is_from_path(value: &str) -> bool {
    let (name, suffix) = value
        .split_once('+')
        .map_or((value, ""), |(name, suffix)| (name, suffix));
    value == "path" || suffix == "path" || (name.starts_with("go1") && name.contains('-'))
}

fn auth(value: &str) -> Option<Consequence> {
    value
        .split(';')
        .filter_map(|command| command.split_whitespace().next())
        .any(|program| !matches!(program, "netrc" | "off" | "git"))
        .then_some(Consequence::RunsCredentialProgram)
}

/// Go's own rule is `private:all,public:git|hg`.
fn vcs(value: &str) -> Option<Consequence> {
    value
        .split(',')
        .filter_map(|entry| entry.split_once(':'))
        .filter(|(pattern, _)| pattern.trim() != "private")
        .any(|(_, systems)| {
            systems
                .split('|')
                .any(|system| !matches!(system.trim(), "git" | "hg" | "off"))
        })
        .then_some(Consequence::UnsafeVcs)
}
