//! Hosts that everybody's modules are on, as far as they are well known.

use super::glob;

/// Hosts of repositories and of import paths.
const HOSTS: &[&str] = &[
    "bitbucket.org",
    "cloud.google.com",
    "cel.dev",
    "codeberg.org",
    "cuelang.org",
    "filippo.io",
    "gitcode.com",
    "gitee.com",
    "github.com",
    "gitlab.com",
    "git.sr.ht",
    "go.dev",
    "go.etcd.io",
    "go.googlesource.com",
    "go.mongodb.org",
    "go.opentelemetry.io",
    "go.uber.org",
    "go.yaml.in",
    "golang.org",
    "golang.org/x",
    "google.golang.org",
    "gopkg.in",
    "gorm.io",
    "gotest.tools",
    "gvisor.dev",
    "honnef.co",
    "howett.net",
    "jihulab.com",
    "k8s.io",
    "launchpad.net",
    "modernc.org",
    "mvdan.cc",
    "rsc.io",
    "sigs.k8s.io",
    "xorm.io",
];

/// What no owner and no module is called: a pattern that matches it matches any.
const ANY: &str = "q7z-any-q7z";

/// Whether this host serves the public.
pub(crate) fn is_host(host: &str) -> bool {
    HOSTS.contains(&host)
}

/// Whether this host serves the public, or is one of its own: `ssh.github.com`.
pub(crate) fn serves(host: &str) -> bool {
    let mut hosts = HOSTS.iter();
    hosts.any(|known| {
        let below = host.strip_suffix(known);
        below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
    })
}

/// Whether one of GOPRIVATE's patterns covers whole hosts that serve the public (`module.MatchPrefixPatterns`).
pub(crate) fn is_covered(pattern: &str) -> bool {
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let pattern: Vec<_> = pattern.split('/').collect();
    if pattern == [""] {
        return false;
    }
    HOSTS.iter().any(|host| {
        let path = host.split('/').chain(std::iter::repeat(ANY));
        pattern
            .iter()
            .zip(path)
            .all(|(pattern, element)| glob::matches(pattern, element))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_take_everybody_along_are_found() {
        for pattern in [
            "*",
            "*.*",
            "*.com",
            "*/",
            "*.org",
            "*.io",
            "github.com",
            "github.com/",
            "github.com/*",
            "github.com/*/*",
            "*/*",
            "?ithub.com",
            "[a-z]ithub.com",
            "[^x]ithub.com",
            "git*",
            "g\\ithub.com",
            "*hub*/*",
            "golang.org/x",
            "golang.org/?",
            "google.golang.org",
        ] {
            assert!(is_covered(pattern), "{pattern} covers a public host");
        }
        for pattern in [
            "",
            "/",
            "git.corp.example",
            "*.corp.example",
            "github.com/corp",
            "github.com/corp/*",
            "golang.org/x/tools",
            "xgithub.com",
            "github.co",
            "[github.com",
            "[]github.com",
            "GITHUB.com",
            "none",
            "https://github.com",
        ] {
            assert!(!is_covered(pattern), "{pattern} covers none as a whole");
        }
    }
}
