//! Values of a few words: GOTOOLCHAIN, GOFLAGS, GOAUTH, compilers.

use super::{CheckContext, Findings, Problem, folders};
use crate::toolchain::Version;

pub(super) fn one_of(value: &str, allowed: &[&str], findings: &mut Findings) {
    if !allowed.contains(&value) {
        let allowed = allowed
            .iter()
            .filter(|word| !word.is_empty())
            .map(|&word| word.to_owned())
            .collect();
        findings.refusals.push(Problem::NotOneOf { allowed });
    }
}

/// cmd/go/internal/toolchain/select.go: a name, `local`, `auto`, `path`, or a name with `+auto` or `+path`. Garbage stops
/// every go command.
pub(super) fn toolchain(value: &str, findings: &mut Findings) {
    let (first, suffix) = value
        .split_once('+')
        .map_or((value, None), |(first, suffix)| (first, Some(suffix)));
    let is_name = |name: &str| {
        name.starts_with("go1")
            && !name.contains(['/', '\\'])
            && name
                .split(['-', ' ', '\t'])
                .next()
                .is_some_and(|name| name.parse::<Version>().is_ok())
    };
    let sound = match (first, suffix) {
        ("" | "auto" | "path" | "local", None) | ("local", Some("auto" | "path")) => true,
        (name, None | Some("auto" | "path")) => is_name(name),
        _ => false,
    };
    if !sound {
        findings.refusals.push(Problem::ToolchainUnknown {
            value: value.to_owned(),
        });
    }
}

/// cmd/go/internal/base/goflags.go: fields apart by spaces, quotes allowed around a field, each with one or two dashes.
pub(super) fn flags(value: &str, findings: &mut Findings) {
    let Some(fields) = fields(value) else {
        findings.refusals.push(Problem::UnterminatedQuote {});
        return;
    };
    for field in fields {
        let name = field.strip_prefix("--").or_else(|| field.strip_prefix('-'));
        let is_flag = name.is_some_and(|name| !name.is_empty() && !name.starts_with(['-', '=']));
        if !is_flag {
            findings
                .refusals
                .push(Problem::FlagNotAFlag { entry: field });
        } else if let Some(name) = name
            && !is_known_flag(name.split('=').next().unwrap_or(name))
        {
            findings.warnings.push(Problem::FlagUnknown { flag: field });
        }
    }
}

/// Flags of any go command, of any version: `-mod` of build, `-v` of most, `-run` of test.
fn is_known_flag(name: &str) -> bool {
    const FLAGS: &str = "\
        C a artifacts asan asmflags bench benchmem benchtime blockprofile blockprofilerate buildmode buildvcs c \
        cache changed compat compiled compiler count cover covermode coverpkg coverprofile cpu cpuprofile d \
        debug-actiongraph debug-runtime-trace debug-trace deps diff dropexclude dropgodebug dropignore \
        dropreplace droprequire dropretract droptool dropuse e exclude exec export f failfast find fix fmt \
        fullpath fuzz fuzzcache fuzzminimizetime fuzztime gccgoflags gcflags go godebug i ignore insecure \
        installsuffix json ldflags linkshared list m memprofile memprofilerate mod modcache modcacherw modfile \
        module msan mutexprofile mutexprofilefraction n o outputdir overlay p parallel pgo pkgdir print r race \
        replace require retract retracted reuse run short shuffle skip t tags test testcache timeout tool \
        toolchain toolexec trace trimpath u use v vendor versions vet vettool w work x";
    FLAGS.split(' ').any(|flag| flag == name) || name.starts_with("test.")
}

/// cmd/go/internal/auth/auth.go (Go 1.24): commands apart by `;`, `off` alone, `git` with an absolute folder.
pub(super) fn auth(value: &str, findings: &mut Findings) {
    let mut malformed = |reason: &str| {
        findings.refusals.push(Problem::AuthMalformed {
            reason: reason.to_owned(),
        })
    };
    if value.is_empty() {
        return;
    }
    let commands: Vec<&str> = value.split(';').map(str::trim).collect();
    for command in &commands {
        match command.split_whitespace().collect::<Vec<_>>().as_slice() {
            [] => malformed("GOAUTH encountered an empty command"),
            ["off"] if commands.len() > 1 => {
                malformed("GOAUTH=off cannot be combined with other authentication commands")
            }
            ["git"] | ["git", _, _, ..] => malformed(
                "GOAUTH=git dir method requires an absolute path to the git working directory",
            ),
            ["git", folder] if !folder.starts_with('/') && folder.get(1..2) != Some(":") => {
                malformed(
                    "GOAUTH=git dir method requires an absolute path to the git working directory",
                );
            }
            _ => {}
        }
    }
}

/// envcmd/env.go, `checkEnvWrite`: a bare name or an absolute path, with arguments.
pub(super) fn compiler(value: &str, context: &CheckContext<'_>, findings: &mut Findings) {
    if value.is_empty() {
        return;
    }
    match fields(value) {
        None => findings.refusals.push(Problem::UnterminatedQuote {}),
        Some(fields) => match fields.first() {
            None => findings.refusals.push(Problem::OnlySpaces {}),
            Some(program)
                if program.contains(['/', '\\']) && !folders::is_absolute(program, context.os) =>
            {
                findings.refusals.push(Problem::RelativePath {
                    entry: program.clone(),
                });
            }
            Some(_) => {}
        },
    }
}

/// Fields apart by white space; a field in quotes keeps its spaces (cmd/internal/quoted). None when a quote does not end.
fn fields(value: &str) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let mut rest = value.trim_start();
    while let Some(first) = rest.chars().next() {
        let (field, after) = if matches!(first, '"' | '\'') {
            let end = rest[1..].find(first)? + 1;
            (&rest[1..end], &rest[end + 1..])
        } else {
            rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
        };
        fields.push(field.to_owned());
        rest = after.trim_start();
    }
    Some(fields)
}
