//! The patterns of GOPRIVATE and its family (`module.MatchPrefixPatterns` of golang.org/x/mod; go-semantics 3).

/// Whether one of the patterns covers a path. A pattern counts as a path as well: what it covers is covered then.
pub fn covers(patterns: &str, path: &str) -> bool {
    covering(patterns, path).is_some()
}

/// The first pattern that covers a path, as it stands in the list.
pub(crate) fn covering<'a>(patterns: &'a str, path: &str) -> Option<&'a str> {
    patterns.split(',').find(|pattern| {
        let glob = pattern.strip_suffix('/').unwrap_or(pattern);
        // as many elements of the path as the pattern has
        let slashes = glob.matches('/').count();
        let mut ends = path.match_indices('/').map(|(at, _)| at);
        let end = match ends.nth(slashes) {
            Some(end) => end,
            None if path.matches('/').count() == slashes => path.len(),
            None => return false,
        };
        !glob.is_empty() && matches(glob, &path[..end])
    })
}

/// `path.Match`; a malformed pattern matches nothing.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let pattern: Vec<_> = pattern.chars().collect();
    let (mut at, mut behind) = (0, 0);
    // where to go on when what follows a `*` does not match: it takes one byte more
    let mut retry = None;
    loop {
        if pattern.get(at) == Some(&'*') {
            at += 1;
            retry = Some((at, behind));
            continue;
        }
        let letter = letter(text, behind);
        let step = match (pattern.get(at), letter) {
            (None, None) => return true,
            (Some(_), Some((letter, width))) => {
                one(&pattern[at..], letter).map(|length| (length, width))
            }
            _ => None,
        };
        match (step, &mut retry) {
            (Some((length, width)), _) => (at, behind) = (at + length, behind + width),
            // no `*` goes beyond its element
            (None, Some((after, taken)))
                if text
                    .as_bytes()
                    .get(*taken)
                    .is_some_and(|&byte| byte != b'/') =>
            {
                *taken += 1;
                (at, behind) = (*after, *taken);
            }
            (None, _) => return false,
        }
    }
}

/// The letter that begins at this byte, and its bytes. Within a letter Go reads each byte as one of its own, U+FFFD.
fn letter(text: &str, at: usize) -> Option<(char, usize)> {
    match text.get(at..) {
        Some(rest) => rest
            .chars()
            .next()
            .map(|letter| (letter, letter.len_utf8())),
        None => Some((char::REPLACEMENT_CHARACTER, 1)),
    }
}

/// How much of the pattern matches this letter.
fn one(pattern: &[char], letter: char) -> Option<usize> {
    match pattern {
        ['?', ..] => (letter != '/').then_some(1),
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
        // nothing is escaped by it
        ['\\'] => None,
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
            // a `*` takes bytes, and leaves two of the three
            ("*??", "世"),
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
            ("git.corp.example\\", "git.corp.example\\"),
            ("git.other.example", "git.corp.example"),
        ] {
            assert!(!covers(patterns, path), "{patterns} does not cover {path}");
        }
    }
}
