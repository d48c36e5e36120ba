//! Values that weaken the protection of the user (reliability 2.1).

use super::{Consequence, Danger};

/// The danger of a value, if it has one. Taking a value back to Go's default never has.
pub fn of(name: &str, value: &str) -> Option<Danger> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let consequence = match name {
        "GOSUMDB" => sumdb(value)?,
        "GONOSUMDB" | "GOPRIVATE" => value
            .split(',')
            .any(|pattern| {
                pattern.contains('*') && pattern.trim().chars().all(|c| "*?./".contains(c))
            })
            .then_some(Consequence::EverythingUnverified)?,
        "GOINSECURE" if value != "none" => Consequence::InsecureTransport,
        "GOFLAGS" => flags(value)?,
        "CC" | "CXX" | "AR" | "FC" | "GCCGO" | "PKG_CONFIG" => Consequence::RunsProgram,
        "GOAUTH" => auth(value)?,
        "GOCACHEPROG" => Consequence::RunsCacheProgram,
        "GOVCS" => vcs(value)?,
        "GOTOOLCHAIN" if value == "path" || value.ends_with("+path") => {
            Consequence::ToolchainFromPath
        }
        _ => return None,
    };
    Some(Danger {
        name: name.to_owned(),
        consequence,
    })
}

fn sumdb(value: &str) -> Option<Consequence> {
    let name = value.split_whitespace().next()?;
    match name {
        "off" => Some(Consequence::NothingVerified),
        // the public database, by name or with its key, also at another address: answers are signed
        "sum.golang.org" | "sum.golang.google.cn" => None,
        _ if name == PUBLIC_KEY => None,
        _ => Some(Consequence::OtherDatabase),
    }
}

/// The key of sum.golang.org, as Go knows it (cmd/go/internal/modfetch/key.go).
const PUBLIC_KEY: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

fn flags(value: &str) -> Option<Consequence> {
    let runs = [
        "toolexec", "exec", "modfile", "overlay", "insecure", "vettool",
    ];
    value
        .split_whitespace()
        .map(|field| field.trim_matches(['"', '\'']).trim_start_matches('-'))
        .any(|field| runs.contains(&field.split('=').next().unwrap_or(field)))
        .then_some(Consequence::FlagsRunProgram)
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
