//! GOVCS: which programs may fetch a module from its origin (cmd/go/internal/vcs/vcs.go, `govcsRules.allow`; go-semantics
//! 2.6).

use crate::environment::check::glob;

/// What Go appends to every GOVCS.
const DEFAULT: &str = "private:all,public:git|hg";

/// The rule that decides, and the programs it allows.
///
/// # Errors
/// The entry that is no rule: every fetch from an origin fails with it.
pub fn allowed(govcs: &str, goprivate: &str, path: &str) -> Result<(String, Vec<String>), String> {
    let own = govcs.trim();
    let entries = own.split(',').filter(|_| !own.is_empty());
    let mut decided = None;
    for entry in entries.map(str::trim).chain(DEFAULT.split(',')) {
        let (pattern, programs) = entry.split_once(':').ok_or_else(|| entry.to_owned())?;
        let (pattern, programs) = (pattern.trim(), programs.trim());
        if pattern.is_empty() || programs.is_empty() {
            return Err(entry.to_owned());
        }
        let applies = match pattern {
            "private" => glob::covers(goprivate, path),
            "public" => !glob::covers(goprivate, path),
            pattern => glob::covers(pattern, path),
        };
        if applies && decided.is_none() {
            let list = programs.split('|').map(|program| program.trim().to_owned());
            decided = Some((entry.to_owned(), list.collect()));
        }
    }
    // the appended rules cover everything
    Ok(decided.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_applies_decides() {
        let list = |programs: &[&str]| programs.iter().map(|one| (*one).to_owned()).collect();
        for (govcs, goprivate, path, expected) in [
            (
                "",
                "",
                "github.com/a/b",
                ("public:git|hg", &["git", "hg"][..]),
            ),
            ("", "*.corp", "git.corp/a", ("private:all", &["all"])),
            ("public:all", "", "x.org/a", ("public:all", &["all"])),
            (
                " x.org : svn | git ,public:off",
                "",
                "x.org/a",
                ("x.org : svn | git", &["svn", "git"]),
            ),
            (
                "x.org:svn,public:off",
                "",
                "y.org/a",
                ("public:off", &["off"]),
            ),
            ("*:git", "*.corp", "git.corp/a", ("*:git", &["git"])),
        ] {
            let found = allowed(govcs, goprivate, path);
            assert_eq!(
                found,
                Ok((expected.0.to_owned(), list(expected.1))),
                "{govcs}, {path}"
            );
        }
        for govcs in ["git", "public:", ":git", "public:git,"] {
            assert!(
                allowed(govcs, "", "x.org/a").is_err(),
                "{govcs} is no list of rules"
            );
        }
    }
}
