//! Where systems and their installers put Go: data, so that every system's rules are tested on every system.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::managers;
use crate::{
    host::{Host, Os},
    toolchain::{Place, Values},
};

/// A kind of folder that holds the go command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) place: Place,
    /// Where it is looked at.
    pub(super) systems: &'static [Os],
    pub(super) base: Base,
    /// From the base to the folder of the command; `*` stands for any characters of one name.
    pub(super) pattern: &'static str,
}

/// Where a [`Rule`] starts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Base {
    /// The root of the system.
    System,
    /// The user's home.
    Home,
    /// The folder that a variable names; the first one when it is a list.
    Variable(&'static str),
    /// The same for a variable that the GOENV file sets.
    Written(&'static str),
}

pub(super) const ANY: &[Os] = &[Os::Linux, Os::Macos, Os::Windows];
pub(super) const UNIX: &[Os] = &[Os::Linux, Os::Macos];
const LINUX: &[Os] = &[Os::Linux];
const MACOS: &[Os] = &[Os::Macos];
pub(super) const WINDOWS: &[Os] = &[Os::Windows];

pub(super) const fn rule(
    place: Place,
    systems: &'static [Os],
    base: Base,
    pattern: &'static str,
) -> Rule {
    Rule {
        place,
        systems,
        base,
        pattern,
    }
}

/// Go's own installers, distributions, package managers of the system.
const PLACES: &[Rule] = &[
    rule(Place::Goroot, ANY, Base::Variable("GOROOT"), "bin"),
    rule(Place::Standard, UNIX, Base::System, "usr/local/go/bin"),
    // Debian's go-1.19, Fedora's golang, Arch's and Alpine's go
    rule(Place::Standard, LINUX, Base::System, "usr/lib/go*/bin"),
    rule(Place::Standard, LINUX, Base::System, "usr/lib64/go*/bin"),
    rule(Place::Standard, LINUX, Base::System, "usr/share/go/bin"),
    rule(Place::Standard, UNIX, Base::System, "opt/go*/bin"),
    rule(Place::Standard, LINUX, Base::System, "usr/bin"),
    rule(Place::Standard, LINUX, Base::System, "usr/local/bin"),
    rule(
        Place::Standard,
        MACOS,
        Base::System,
        "opt/local/lib/go*/bin",
    ),
    rule(
        Place::Standard,
        WINDOWS,
        Base::Variable("ProgramFiles"),
        "Go*/bin",
    ),
    rule(
        Place::Standard,
        WINDOWS,
        Base::Variable("ProgramFiles(x86)"),
        "Go*/bin",
    ),
    rule(
        Place::Standard,
        WINDOWS,
        Base::Variable("LocalAppData"),
        "Programs/Go/bin",
    ),
    // installers before 1.17 put it at the root of the drive; Chocolatey's portable packages into tools
    rule(
        Place::Standard,
        WINDOWS,
        Base::Variable("SystemRoot"),
        "../Go/bin",
    ),
    rule(
        Place::Standard,
        WINDOWS,
        Base::Variable("SystemRoot"),
        "../tools/go*/bin",
    ),
    rule(
        Place::Homebrew,
        UNIX,
        Base::Variable("HOMEBREW_PREFIX"),
        "opt/go*/libexec/bin",
    ),
    rule(
        Place::Homebrew,
        MACOS,
        Base::System,
        "opt/homebrew/opt/go*/libexec/bin",
    ),
    rule(
        Place::Homebrew,
        MACOS,
        Base::System,
        "usr/local/opt/go*/libexec/bin",
    ),
    rule(
        Place::Homebrew,
        LINUX,
        Base::System,
        "home/linuxbrew/.linuxbrew/opt/go*/libexec/bin",
    ),
    rule(
        Place::Homebrew,
        LINUX,
        Base::Home,
        ".linuxbrew/opt/go*/libexec/bin",
    ),
    rule(Place::Snap, LINUX, Base::System, "snap/go/*/bin"),
    rule(
        Place::Scoop,
        WINDOWS,
        Base::Variable("SCOOP"),
        "apps/go*/*/bin",
    ),
    rule(Place::Scoop, WINDOWS, Base::Home, "scoop/apps/go*/*/bin"),
    rule(
        Place::Scoop,
        WINDOWS,
        Base::Variable("SCOOP_GLOBAL"),
        "apps/go*/*/bin",
    ),
    rule(
        Place::Scoop,
        WINDOWS,
        Base::Variable("ProgramData"),
        "scoop/apps/go*/*/bin",
    ),
    rule(Place::Sdk, ANY, Base::Home, "sdk/go*/bin"),
    rule(
        Place::ModuleCache,
        ANY,
        Base::Variable("GOMODCACHE"),
        "golang.org/toolchain@*/bin",
    ),
    rule(
        Place::ModuleCache,
        ANY,
        Base::Variable("GOPATH"),
        "pkg/mod/golang.org/toolchain@*/bin",
    ),
    rule(
        Place::ModuleCache,
        ANY,
        Base::Written("GOMODCACHE"),
        "golang.org/toolchain@*/bin",
    ),
    rule(
        Place::ModuleCache,
        ANY,
        Base::Written("GOPATH"),
        "pkg/mod/golang.org/toolchain@*/bin",
    ),
    rule(
        Place::ModuleCache,
        ANY,
        Base::Home,
        "go/pkg/mod/golang.org/toolchain@*/bin",
    ),
];

/// Every go command that the rules of this system lead to, in the order of the rules.
pub(super) fn commands(host: &Host, written: &Values) -> Vec<(Place, PathBuf)> {
    let name = host.os.executable("go");
    rules(host, written)
        .flat_map(|(rule, base)| {
            let folders = expand(base, rule.pattern);
            folders.into_iter().map(|folder| (rule.place, folder))
        })
        .map(|(place, folder)| (place, folder.join(&name)))
        .filter(|(_, command)| command.is_file())
        .collect()
}

/// The folders that the rules name, as patterns, for "Go was not found in".
pub(super) fn patterns(host: &Host, written: &Values) -> Vec<PathBuf> {
    rules(host, written)
        .map(|(rule, base)| base.join(rule.pattern))
        .collect()
}

fn rules(host: &Host, written: &Values) -> impl Iterator<Item = (&'static Rule, PathBuf)> {
    PLACES
        .iter()
        .chain(managers::PLACES)
        .filter(|rule| rule.systems.contains(&host.os))
        .filter_map(|rule| Some((rule, base(host, written, rule.base)?)))
}

fn base(host: &Host, written: &Values, base: Base) -> Option<PathBuf> {
    let first = |list: &OsStr| {
        super::entries(host, list)
            .next()
            .filter(|folder| folder.is_absolute())
    };
    match base {
        Base::System => Some(host.system("/")),
        Base::Home => host.home.clone(),
        Base::Variable(name) => first(host.var(name)?),
        Base::Written(name) => first(written.get(name)?.as_ref()),
    }
}

/// The folders below `base` that `pattern` stands for, by name.
pub(crate) fn expand(base: PathBuf, pattern: &str) -> Vec<PathBuf> {
    let mut folders = vec![base];
    for part in pattern.split('/') {
        folders = match part.split_once('*') {
            None => folders
                .into_iter()
                .map(|folder| folder.join(part))
                .collect(),
            Some(ends) => folders
                .iter()
                // most places do not exist, and one that cannot be read holds no Go for us
                .flat_map(|folder| matching(folder, ends).unwrap_or_default())
                .collect(),
        };
    }
    folders
}

fn matching(folder: &Path, (start, end): (&str, &str)) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let fits = name
            .to_str()
            .and_then(|name| name.strip_prefix(start))
            .is_some_and(|rest| rest.ends_with(end));
        if fits {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
