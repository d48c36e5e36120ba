//! The patterns of GOPRIVATE and its family (`module.MatchPrefixPatterns` of golang.org/x/mod; go-semantics 3).

/// Whether one of the patterns covers a path. A pattern counts as a path as well: what it covers is covered then.
pub(crate) fn covers(patterns: &str, path: &str) -> bool {
    patterns.split(',').any(|pattern| {
        let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
        let mut elements = path.split('/');
        !pattern.is_empty()
            && pattern.split('/').all(|glob| {
                elements
                    .next()
                    .is_some_and(|element| matches(glob, element))
            })
    })
}

/// `path.Match` within one element of a path; a malformed pattern matches nothing.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
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
    fn a_path_is_covered_by_its_beginning() {
        for (patterns, path) in [
            ("git.corp.example", "git.corp.example/team/m"),
            ("a.example,git.corp.example/", "git.corp.example/team"),
            ("*.corp.example", "git.corp.example/m"),
            ("*.corp.example", "*.corp.example"),
            ("*.example", "*.corp.example"),
            ("*", "git.corp.example"),
            ("github.com/corp", "github.com/corp/m"),
        ] {
            assert!(covers(patterns, path), "{patterns} covers {path}");
        }
        for (patterns, path) in [
            ("", "git.corp.example"),
            (",", "git.corp.example"),
            ("none", "git.corp.example"),
            ("*.corp.example", "corp.example"),
            ("github.com/corp", "github.com/corpus"),
            ("github.com/corp/*", "github.com/corp"),
            (" git.corp.example", "git.corp.example"),
            ("git.other.example", "git.corp.example"),
        ] {
            assert!(!covers(patterns, path), "{patterns} does not cover {path}");
        }
    }
}
