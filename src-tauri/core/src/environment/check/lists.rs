//! Lists of patterns: GOPRIVATE and its family, GOVCS (go-semantics 2.6, 3).

use super::{Findings, Problem};
use crate::secret::mask_text;

/// Go accepts anything here and matches nothing with what is malformed, so nothing is refused: it is said.
pub(super) fn patterns(value: &str, findings: &mut Findings) {
    for pattern in value.split(',').filter(|pattern| !pattern.is_empty()) {
        if pattern.trim() != pattern {
            findings.warnings.push(Problem::OuterSpace {});
        }
        pattern_of(pattern.trim(), findings);
    }
}

fn pattern_of(pattern: &str, findings: &mut Findings) {
    if let Some(meant) = prefix_of_url(pattern) {
        let pattern = mask_text(pattern);
        findings
            .warnings
            .push(Problem::PatternIsUrl { pattern, meant });
    } else if !is_glob(pattern) {
        findings.warnings.push(Problem::PatternMalformed {
            pattern: mask_text(pattern),
        });
    }
}

/// What a pasted address was to cover: `https://h/a/b.git` and `git@h:a/b.git` are `h/a/b`.
fn prefix_of_url(pattern: &str) -> Option<String> {
    let path = match pattern.split_once("://") {
        Some((_, rest)) => rest
            .rsplit_once('@')
            .map_or(rest, |(_, host)| host)
            .to_owned(),
        None => {
            let (user, rest) = pattern.split_once('@')?;
            let (host, path) = rest.split_once(':')?;
            (!user.contains('/')).then(|| format!("{host}/{path}"))?
        }
    };
    let path = path.trim_end_matches('/');
    Some(path.strip_suffix(".git").unwrap_or(path).to_owned())
}

/// Whether `path.Match` can use it: brackets that end, no backslash at the end.
pub(crate) fn is_glob(pattern: &str) -> bool {
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => return false,
            '[' => {
                letters.next_if_eq(&'^');
                let mut members = 0;
                loop {
                    match letters.next() {
                        None => return false,
                        Some(']') if members > 0 => break,
                        Some(']') => return false,
                        Some('\\') if letters.next().is_none() => return false,
                        Some(_) => members += 1,
                    }
                }
            }
            _ => {}
        }
    }
    true
}

/// cmd/go/internal/vcs/vcs.go, `parseGOVCS`: a malformed entry makes every direct fetch fail.
pub(super) fn vcs(value: &str, findings: &mut Findings) {
    if value.trim().is_empty() {
        return;
    }
    for entry in value.split(',').map(str::trim) {
        match entry.split_once(':') {
            Some((pattern, systems))
                if !pattern.trim().is_empty() && !systems.trim().is_empty() =>
            {
                if !matches!(pattern.trim(), "public" | "private") {
                    pattern_of(pattern.trim(), findings);
                }
            }
            _ => findings.refusals.push(Problem::VcsMalformed {
                entry: mask_text(entry),
            }),
        }
    }
}
