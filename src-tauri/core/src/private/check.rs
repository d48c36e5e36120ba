//! Whether a private repository can be reached: `git ls-remote`, when somebody asks for it, to that host only.

use std::{ffi::OsString, path::Path, time::Duration};

use serde::{Deserialize, Serialize};
use url::Url;

use super::{PrivateError, git, named};
use crate::{
    host::{
        Host,
        run::{Output, Program, RunError, run},
    },
    secret::{has_secret, mask_text},
};

/// How long git may take.
const DEADLINE: Duration = Duration::from_secs(20);

/// Asks whether repositories can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct CheckRepositories {
    /// Paths of modules, or addresses over https, http or ssh without a login. A list of private modules has to cover each.
    pub repositories: Vec<String>,
}

/// What happens meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CheckEvent {
    /// git asks for this one now.
    Asking {
        /// The address.
        address: String,
    },
    /// It answered.
    Checked(CheckedRepository),
}

/// What came of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct CheckedRepository {
    /// The address that git was given.
    pub address: String,
    /// How it ended.
    pub outcome: GitOutcome,
}

/// Everything that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
pub struct CheckReport {
    /// In the order in which they were named.
    pub repositories: Vec<CheckedRepository>,
    /// Somebody stopped it.
    pub cancelled: bool,
}

/// How `git ls-remote` ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "private.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum GitOutcome {
    /// It listed the repository.
    Reached {},
    /// The server wants a login, and nobody gave one.
    NoCredentials {},
    /// The server did not take the login or the key.
    Denied {},
    /// There is no such repository, or none for this login.
    NotThere {},
    /// No such host.
    UnknownHost {},
    /// Nobody answers there.
    Unreachable {},
    /// Its certificate is none that git trusts.
    Certificate {},
    /// Its host key is not known to ssh.
    HostKey {},
    /// It sent git elsewhere, which is not followed.
    Redirected {},
    /// No answer in time.
    TimedOut {
        /// What was waited for.
        seconds: u32,
    },
    /// There is no git.
    NoGit {},
    /// Something else.
    Failed {
        /// What git said, masked.
        said: String,
    },
}

/// A repository that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repository {
    /// What git is given; no login in it.
    pub(crate) address: String,
    /// What the lists have to cover.
    pub(crate) module: String,
}

impl Repository {
    /// Reads a path or an address.
    ///
    /// # Errors
    /// It is neither, or holds a login: arguments of a program can be read by others.
    pub(crate) fn read(text: &str) -> Result<Self, PrivateError> {
        let text = text.trim();
        let invalid = || PrivateError::RepositoryInvalid {
            text: mask_text(text),
        };
        let named = named::read(text).ok_or_else(invalid)?;
        let is_one = named::is_name(&named.host)
            && named::is_path(&named.path)
            && !named.path.is_empty()
            && !text.contains(['*', '?'])
            && !text.starts_with('-')
            && !text.contains(|c: char| c.is_whitespace() || c.is_control())
            && !text.contains(['?', '#'])
            // of ssh the user is no secret, and a password is looked for below
            && (text.starts_with("ssh://") || !has_secret(text));
        let address = match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "https" | "http" | "ssh") => {
                let is_login = url.password().is_some()
                    || (url.scheme() != "ssh" && !url.username().is_empty());
                (!is_login).then(|| text.to_owned()).ok_or_else(invalid)?
            }
            Ok(url) if url.has_host() => return Err(invalid()),
            // `git@host:path`, as ssh has it
            _ if named.is_address && text.contains('@') => text.to_owned(),
            _ => format!("https://{}/{}", named.host, named.path),
        };
        let module = format!("{}/{}", named.host, named.path);
        is_one
            .then_some(Self { address, module })
            .ok_or_else(invalid)
    }
}

/// Asks one repository. Nothing is asked of the user, no redirect is followed, and no helper of another kind is run.
pub(crate) async fn ask(
    host: &Host,
    folder: &Path,
    ssh: Option<&str>,
    repository: &Repository,
) -> GitOutcome {
    let Some(path) = git::find(&host.vars, host) else {
        return GitOutcome::NoGit {};
    };
    let mut vars = git::quiet(&host.vars);
    vars.set("GIT_ALLOW_PROTOCOL", "https:http:ssh");
    // the key that the user told git to take
    let ssh = ssh.unwrap_or("ssh");
    let options = "-o BatchMode=yes -o ConnectTimeout=10 -o StrictHostKeyChecking=yes";
    vars.set("GIT_SSH_COMMAND", format!("{ssh} {options}"));
    let args = [
        "-c",
        "http.followRedirects=false",
        "ls-remote",
        "--quiet",
        "--heads",
        "--",
        &repository.address,
    ];
    let program = Program {
        path,
        args: args.map(OsString::from).into(),
        vars,
        folder: folder.to_owned(),
        deadline: DEADLINE,
    };
    match run(&program).await {
        Ok(output) if output.succeeded() => GitOutcome::Reached {},
        Ok(output) => outcome(&output),
        Err(RunError::TimedOut { seconds, .. }) => GitOutcome::TimedOut {
            seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        },
        Err(RunError::Missing { .. }) => GitOutcome::NoGit {},
        Err(error) => GitOutcome::Failed {
            said: mask_text(&error.to_string()),
        },
    }
}

/// What git's words mean; it speaks English with `LC_ALL=C`.
fn outcome(output: &Output) -> GitOutcome {
    let said = output.complaint();
    let text = said.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&[
        "terminal prompts disabled",
        "could not read username",
        "could not read password",
    ]) {
        return GitOutcome::NoCredentials {};
    }
    if says(&[
        "authentication failed",
        "permission denied",
        "returned error: 401",
        "returned error: 403",
        "access denied",
    ]) {
        return GitOutcome::Denied {};
    }
    if says(&["host key verification failed", "host key is known"]) {
        return GitOutcome::HostKey {};
    }
    if says(&["could not resolve"]) {
        return GitOutcome::UnknownHost {};
    }
    if says(&[
        "returned error: 301",
        "returned error: 302",
        "returned error: 307",
        "returned error: 308",
        "unable to update url base from redirection",
    ]) {
        return GitOutcome::Redirected {};
    }
    if says(&[
        "not found",
        "does not exist",
        "does not appear to be a git repository",
    ]) {
        return GitOutcome::NotThere {};
    }
    if says(&["certificate", "ssl", "gnutls"]) {
        return GitOutcome::Certificate {};
    }
    if says(&["timed out"]) {
        return GitOutcome::TimedOut { seconds: 10 };
    }
    if says(&[
        "failed to connect",
        "connection refused",
        "couldn't connect",
        "no route to host",
        "network is unreachable",
        "empty reply",
    ]) {
        return GitOutcome::Unreachable {};
    }
    GitOutcome::Failed {
        said: mask_text(&said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_or_an_address_is_a_repository() {
        for (text, address, module) in [
            (
                "git.corp.example/team/repo",
                "https://git.corp.example/team/repo",
                "git.corp.example/team/repo",
            ),
            (
                "https://git.corp.example/team/repo.git",
                "https://git.corp.example/team/repo.git",
                "git.corp.example/team/repo",
            ),
            (
                "ssh://git@git.corp.example:2222/team/repo",
                "ssh://git@git.corp.example:2222/team/repo",
                "git.corp.example/team/repo",
            ),
            (
                "git@git.corp.example:team/repo.git",
                "git@git.corp.example:team/repo.git",
                "git.corp.example/team/repo",
            ),
            (
                "http://127.0.0.1:8080/repo",
                "http://127.0.0.1:8080/repo",
                "127.0.0.1/repo",
            ),
        ] {
            let repository = Repository::read(text).expect(text);
            assert_eq!(repository.address, address, "{text}");
            assert_eq!(repository.module, module, "{text}");
        }
        for text in [
            "",
            "--upload-pack=touch /x",
            "-x.example/a",
            "ext::sh -c x",
            "file:///etc",
            "/etc/passwd",
            "git.corp.example",
            "https://user:canary@git.corp.example/a",
            "https://canary@git.corp.example/a",
            "ftp://a.example/b",
            "a.example/b c",
        ] {
            let refused = Repository::read(text);
            assert!(refused.is_err(), "{text}: {refused:?}");
            assert!(
                !format!("{refused:?}").contains("canary"),
                "masked: {refused:?}"
            );
        }
    }
}
