//! Which credentials Go and git would use for a private host. Whether there is one is said, never what it is (go-semantics
//! 2.4).

mod sources;

use std::path::Path;

use serde::Serialize;
use url::Url;

use super::git::GitConfig;
use crate::{
    host::{Host, Os},
    secret::{has_secret, mask_text},
    toolchain::Version,
    web::{netrc_place, proxy_before},
};
use sources::{git, git_proxy, goauth_shown, requests};

/// What is known of every private host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct Credentials {
    /// By name.
    pub hosts: Vec<HostCredentials>,
    /// Go's version takes GOAUTH; none when Go does not answer.
    pub goauth_known: Option<bool>,
    /// GOAUTH as it is in effect, without what its commands are told.
    pub goauth: String,
    /// git answers.
    pub git: bool,
    /// Files with credentials that others can read.
    pub exposed: Vec<ExposedFile>,
    /// What sends requests through a proxy.
    pub proxies: ForwardProxies,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct HostCredentials {
    /// The host.
    pub host: String,
    /// What go uses when it asks this host over https, as a module proxy or for `?go-get=1`: in its order.
    pub requests: Vec<CredentialSource>,
    /// What git uses: in its order.
    pub git: Vec<CredentialSource>,
    /// Where git goes instead, by a rule of its own; masked.
    pub rewritten: Option<String>,
    /// The proxy that go goes through for it, masked.
    pub go_proxy: Option<String>,
    /// The proxy that git goes through for it, masked.
    pub git_proxy: Option<String>,
    /// What to add where nothing is found.
    pub recipes: Vec<Recipe>,
}

/// A place where credentials may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct CredentialSource {
    /// Which.
    pub kind: CredentialKind,
    /// There is one for this host; none where only a program knows.
    pub present: Option<bool>,
    /// The file, the helper or the command; masked.
    pub place: Option<String>,
}

/// What credentials are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// The netrc file.
    Netrc,
    /// In the address itself: of GOPROXY, or of a rule of git.
    Url,
    /// `GOAUTH=git DIR`: what git's helpers say.
    GoauthGit,
    /// A command that GOAUTH names.
    GoauthCommand,
    /// A credential helper of git.
    GitHelper,
    /// A key, by ssh.
    Ssh,
}

/// What to add, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct Recipe {
    /// What it sets up.
    pub kind: CredentialKind,
    /// The file the lines belong into; none for commands.
    pub file: Option<String>,
    /// The lines, with `USER` and `TOKEN` in the place of what only the user knows.
    pub lines: Vec<String>,
}

/// A file with credentials that others can read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct ExposedFile {
    /// The file, as it is shown.
    pub path: String,
    /// Its mode, as `chmod` takes it: `644`.
    pub mode: String,
}

/// What sends requests through a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct ForwardProxies {
    /// The variables of a terminal that are set, in upper and in lower case: go takes either, git only the lower case for http.
    pub variables: Vec<ProxyVariable>,
    /// `http.proxy` of git, masked: it outranks the variables there.
    pub git: Option<String>,
}

/// One variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct ProxyVariable {
    /// Its name.
    pub name: String,
    /// Its value, masked.
    pub value: String,
    /// This program has it too; else only a terminal.
    pub process: bool,
}

/// What credentials are judged by.
pub(crate) struct Setting<'a> {
    /// With the variables of a terminal.
    pub(crate) host: &'a Host,
    /// With those of this process.
    pub(crate) process: &'a Host,
    pub(crate) version: Option<&'a Version>,
    pub(crate) goauth: &'a str,
    pub(crate) goproxy: &'a str,
    /// The GOENV file.
    pub(crate) env_file: Option<&'a Path>,
    pub(crate) git: Option<&'a GitConfig>,
}

/// Variables that name proxies.
const PROXIES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Says what is known of these hosts. Nobody is asked.
pub(crate) fn look(hosts: &[String], setting: &Setting<'_>) -> Credentials {
    let goauth_known = setting.version.map(|version| version.at_least(1, 24));
    let variables = PROXIES.iter().filter_map(|name| {
        let value = setting.host.vars.get_nonempty(name)?;
        Some(ProxyVariable {
            name: (*name).to_owned(),
            value: mask_text(&value.to_string_lossy()),
            process: setting.process.vars.get_nonempty(name) == Some(value),
        })
    });
    let git_proxy = setting.git.and_then(|git| git.values("http.proxy").last());
    Credentials {
        hosts: hosts.iter().map(|host| of(host, setting)).collect(),
        goauth_known,
        goauth: goauth_shown(setting.goauth),
        git: setting.git.is_some(),
        exposed: exposed(setting),
        proxies: ForwardProxies {
            variables: variables.collect(),
            git: git_proxy.map(mask_text),
        },
    }
}

fn of(host: &str, setting: &Setting<'_>) -> HostCredentials {
    let plain = format!("https://{host}/");
    let Ok(url) = Url::parse(&plain) else {
        return HostCredentials {
            host: host.to_owned(),
            requests: Vec::new(),
            git: Vec::new(),
            rewritten: None,
            go_proxy: None,
            git_proxy: None,
            recipes: Vec::new(),
        };
    };
    let rewritten = setting.git.and_then(|git| git.rewritten(&plain));
    let requests = requests(host, &url, setting);
    let git = git(&url, rewritten.as_deref(), setting);
    let is_found = |sources: &[CredentialSource]| {
        let mut sources = sources.iter();
        sources.any(|source| source.present != Some(false))
    };
    let mut recipes = Vec::new();
    if !is_found(&requests) || !is_found(&git) {
        recipes.push(netrc_recipe(host, setting.host));
    }
    if !is_found(&git) {
        recipes.push(ssh_recipe(host));
    }
    HostCredentials {
        host: host.to_owned(),
        go_proxy: proxy_before(setting.host, &url),
        git_proxy: git_proxy(&url, rewritten.as_deref(), setting),
        rewritten: rewritten.as_deref().map(mask_text),
        requests,
        git,
        recipes,
    }
}

/// Files that hold credentials, where others may read them.
fn exposed(setting: &Setting<'_>) -> Vec<ExposedFile> {
    if setting.host.os == Os::Windows {
        return Vec::new();
    }
    let host = setting.host;
    let of_git = [
        host.at_home(".git-credentials"),
        host.at_home(".config/git/credentials"),
    ];
    let env_file = setting.env_file.filter(|_| has_secret(setting.goproxy));
    let files = netrc_place(host)
        .into_iter()
        .chain(of_git.into_iter().flatten())
        .chain(env_file.map(Path::to_owned));
    files.filter_map(|path| exposed_file(host, &path)).collect()
}

#[cfg(unix)]
fn exposed_file(host: &Host, path: &Path) -> Option<ExposedFile> {
    use std::os::unix::fs::PermissionsExt;

    let mode = path.metadata().ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| ExposedFile {
        path: host.short(path),
        mode: format!("{mode:o}"),
    })
}

#[cfg(not(unix))]
fn exposed_file(_: &Host, _: &Path) -> Option<ExposedFile> {
    None
}

fn netrc_recipe(host: &str, machine: &Host) -> Recipe {
    Recipe {
        kind: CredentialKind::Netrc,
        file: netrc_place(machine).map(|path| machine.short(&path)),
        lines: vec![format!("machine {host} login USER password TOKEN")],
    }
}

fn ssh_recipe(host: &str) -> Recipe {
    Recipe {
        kind: CredentialKind::Ssh,
        file: None,
        lines: vec![format!(
            "git config --global url.\"git@{host}:\".insteadOf \"https://{host}/\""
        )],
    }
}
