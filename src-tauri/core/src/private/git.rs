//! What git is set to do, as git itself says it, and whom it asks.
//!
//! git reads its own files, includes and all; nothing is fetched by that, and nothing of a repository is run.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::host::{
    Host, Vars,
    run::{DEADLINE, Program, run},
};

/// Variables that would make git look elsewhere than where it stands.
const MISLEADING: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
];

/// git's settings, in the order in which git reads them: the last one of a name counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GitConfig(Vec<(String, String)>);

/// A rule that makes git ask elsewhere than it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rewrite<'a> {
    /// What is put in the place of `prefix`.
    pub(crate) base: &'a str,
    /// The beginning of an address.
    pub(crate) prefix: &'a str,
}

/// The git command on this `PATH`; a relative entry means another folder in every folder.
pub(crate) fn find(vars: &Vars, host: &Host) -> Option<PathBuf> {
    let path = vars.get_nonempty("PATH")?;
    let name = host.os.executable("git");
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|command| command.is_file())
}

/// The variables for a git that asks nobody anything.
pub(crate) fn quiet(vars: &Vars) -> Vars {
    let mut vars = vars.clone();
    for name in MISLEADING {
        vars.remove(name);
    }
    // empty, so that core.askPass and SSH_ASKPASS do not count either
    for (name, value) in [
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ASKPASS", ""),
        ("SSH_ASKPASS", ""),
        ("GCM_INTERACTIVE", "never"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        // its words are read; where there are no locales of the C library, this one alone decides
        ("LC_ALL", "C"),
        ("LANGUAGE", ""),
    ] {
        vars.set(name, value);
    }
    vars
}

/// What git is set to do when it stands in `folder`; none when there is no git, or it cannot say.
pub(crate) async fn config(host: &Host, vars: &Vars, folder: &Path) -> Option<GitConfig> {
    let program = Program {
        path: find(vars, host)?,
        args: ["config", "--list", "--null"].map(OsString::from).into(),
        vars: quiet(vars),
        folder: folder.to_owned(),
        deadline: DEADLINE,
    };
    let output = run(&program).await.ok()?;
    output.succeeded().then(|| GitConfig::parse(&output.stdout))
}

impl GitConfig {
    fn parse(listed: &[u8]) -> Self {
        let text = String::from_utf8_lossy(listed);
        let settings = text.split('\0').filter(|setting| !setting.is_empty());
        let pair = |setting: &str| match setting.split_once('\n') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (setting.to_owned(), "true".to_owned()),
        };
        Self(settings.map(pair).collect())
    }

    /// Every value of a setting, such as `credential.helper`.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Settings of a section that is about addresses: `http.<url>.proxy`, by url.
    pub(crate) fn by_url<'a>(
        &'a self,
        section: &'a str,
        name: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(known, value)| {
            let rest = known.strip_prefix(section)?.strip_prefix('.')?;
            let url = rest.strip_suffix(name)?.strip_suffix('.')?;
            Some((url, value.as_str()))
        })
    }

    /// Addresses of the repository that git stands in.
    pub(crate) fn remotes(&self) -> impl Iterator<Item = &str> {
        self.by_url("remote", "url").map(|(_, url)| url)
    }

    /// The rules for what is fetched.
    pub(crate) fn rewrites(&self) -> impl Iterator<Item = Rewrite<'_>> {
        self.by_url("url", "insteadof")
            .map(|(base, prefix)| Rewrite { base, prefix })
    }

    /// Where git goes when it is told this address; the longest rule counts.
    pub(crate) fn rewritten(&self, url: &str) -> Option<String> {
        let fitting = self
            .rewrites()
            .filter(|rule| !rule.prefix.is_empty() && url.starts_with(rule.prefix));
        let rule = fitting.max_by_key(|rule| rule.prefix.len())?;
        Some(format!("{}{}", rule.base, &url[rule.prefix.len()..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_rewrites() {
        let config = GitConfig::parse(
            b"url.git@git.corp.example:.insteadof\nhttps://git.corp.example/\0url.ssh://other/.insteadof\nhttps://\0core.bare\0remote.origin.url\nhttps://u:p@h/x\0",
        );
        assert_eq!(
            config
                .rewritten("https://git.corp.example/team/repo")
                .as_deref(),
            Some("git@git.corp.example:team/repo"),
            "not the shorter one"
        );
        assert_eq!(
            config.rewritten("https://a/b").as_deref(),
            Some("ssh://other/a/b")
        );
        assert_eq!(config.rewritten("http://a/b"), None, "no rule");
        assert_eq!(config.remotes().collect::<Vec<_>>(), ["https://u:p@h/x"]);
        assert_eq!(
            config.values("core.bare").collect::<Vec<_>>(),
            ["true"],
            "without a value"
        );
    }
}
