//! Whether a pattern takes modules along that everybody uses: hosts that serve the public, as far as they are well known.

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
            .all(|(glob, element)| matches(glob, element))
    })
}

/// `path.Match` within one element of a path; a malformed pattern matches nothing.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<_>, Vec<_>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut behind) = (0, 0);
    // where to go on when what follows a `*` does not match: it takes one more
    let mut retry = None;
    loop {
        if pattern.get(at) == Some(&'*') {
            at += 1;
            retry = Some((at, behind));
            continue;
        }
        let step = match (pattern.get(at), text.get(behind)) {
            (None, None) => return true,
            (Some(_), Some(&letter)) => one(&pattern[at..], letter),
            _ => None,
        };
        match (step, &mut retry) {
            (Some(length), _) => (at, behind) = (at + length, behind + 1),
            (None, Some((after, taken))) if *taken < text.len() => {
                *taken += 1;
                (at, behind) = (*after, *taken);
            }
            (None, _) => return false,
        }
    }
}

/// How much of the pattern matches this letter.
fn one(pattern: &[char], letter: char) -> Option<usize> {
    match pattern {
        ['?', ..] => Some(1),
        ['\\', escaped, ..] => (*escaped == letter).then_some(2),
        ['[', class @ ..] => {
            let negated = class.first() == Some(&'^');
            let mut at = usize::from(negated);
            let first = at;
            let mut found = false;
            loop {
                if class.get(at) == Some(&']') && at > first {
                    return (found != negated).then_some(at + 2);
                }
                let low = member(class, &mut at)?;
                let high = match class.get(at) {
                    Some('-') => {
                        at += 1;
                        member(class, &mut at)?
                    }
                    _ => low,
                };
                found |= (low..=high).contains(&letter);
            }
        }
        [plain, ..] => (*plain == letter).then_some(1),
        [] => None,
    }
}

/// One end of a range.
fn member(class: &[char], at: &mut usize) -> Option<char> {
    if class.get(*at) == Some(&'\\') {
        *at += 1;
    } else if matches!(class.get(*at), None | Some('-' | ']')) {
        return None;
    }
    let found = class.get(*at).copied()?;
    *at += 1;
    Some(found)
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
