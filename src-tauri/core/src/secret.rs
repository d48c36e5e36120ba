//! Credentials never leave the core unasked: they are masked in every value, error and log line, and taken out of exports.

/// What stands for a credential.
pub const MASK: &str = "***";

/// What a query cannot hold as it is: a fragment, another entry of a list, or the end of what quotes it.
const QUERY_ENDS: [char; 5] = ['#', ',', '|', '"', '\''];

/// Masks credentials in free text: user information and query values of URLs, and `user:password@host` without scheme.
///
/// Works on text that is no URL as well, because a value that does not parse can hold a secret all the same. It would
/// rather mask too much than too little.
pub fn mask_text(text: &str) -> String {
    without(text, Instead::Mask)
}

/// Takes credentials out of a text, so that what is left works for whoever needs none: what [`mask_text`] would mask, with
/// the `@` and the names of the query that belong to it.
pub fn strip_text(text: &str) -> String {
    let mut stripped = text.to_owned();
    // what was apart may stand together now, and be one; every round takes something out
    while has_secret(&stripped) {
        stripped = without(&stripped, Instead::Nothing);
    }
    stripped
}

/// What is put in the place of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instead {
    Mask,
    Nothing,
}

/// `text` with something else in the place of its credentials.
fn without(text: &str, instead: Instead) -> String {
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        clear_word(word, instead, &mut clean);
        clean.push_str(&piece[word.len()..]);
    }
    clean
}

/// Whether [`mask_text`] would change it.
pub fn has_secret(text: &str) -> bool {
    mask_text(text) != text
}

fn clear_word(word: &str, instead: Instead, clean: &mut String) {
    let mut rest = word;
    while let Some(found) = rest.find("://") {
        let scheme = scheme_start(&rest[..found]);
        clear_bare(&rest[..scheme], instead, clean);
        clean.push_str(&rest[scheme..found + 3]);
        let after = &rest[found + 3..];
        let end = next_url(after);
        clear_after_scheme(&after[..end], instead, clean);
        rest = &after[end..];
    }
    clear_bare(rest, instead, clean);
}

/// Where the scheme at the end of `text` begins.
fn scheme_start(text: &str) -> usize {
    text.rfind(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        })
}

/// Where the next URL begins. What stands as the value of a query ends with it, whatever it looks like.
fn next_url(text: &str) -> usize {
    let (mut in_query, mut in_value) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            '?' => (in_query, in_value) = (true, false),
            '&' => in_value = false,
            '=' => in_value = in_query,
            _ if QUERY_ENDS.contains(&c) => (in_query, in_value) = (false, false),
            ':' if !in_value && text[at..].starts_with("://") => return scheme_start(&text[..at]),
            _ => {}
        }
    }
    text.len()
}

/// `text` follows `://` and reaches to the next URL.
fn clear_after_scheme(text: &str, instead: Instead, clean: &mut String) {
    let authority = &text[..text
        .find(['/', '?', '#', ',', '|', '"', '\''])
        .unwrap_or(text.len())];
    // a password may hold `/` or `,` that its writer forgot to escape: what then looks like a port is no number
    let credentials = match authority.rfind('@') {
        Some(at) => Some(at),
        None if has_odd_port(authority) => text.rfind('@'),
        None => None,
    };
    let rest = match credentials {
        Some(at) if instead == Instead::Nothing => &text[at + 1..],
        Some(at) => {
            clean.push_str(MASK);
            &text[at..]
        }
        None => text,
    };
    match rest.find('?') {
        Some(query) => {
            clean.push_str(&rest[..query]);
            clear_query(&rest[query..], instead, clean);
        }
        // another entry of a list may follow that has no scheme
        None => match rest.find([',', '|']) {
            Some(next) => {
                clean.push_str(&rest[..next]);
                clear_bare(&rest[next..], instead, clean);
            }
            None => clean.push_str(rest),
        },
    }
}

fn has_odd_port(authority: &str) -> bool {
    !authority.starts_with('[')
        && authority.split_once(':').is_some_and(|(_, port)| {
            port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Keeps the names of a query and hides its values, or takes both out.
fn clear_query(query: &str, instead: Instead, clean: &mut String) {
    let end = query.find(QUERY_ENDS).unwrap_or(query.len());
    let (mark, pairs) = query[..end].split_at(1);
    let mut before = mark;
    for pair in pairs.split('&') {
        let secret = pair.split_once('=').filter(|(_, value)| !value.is_empty());
        match (secret, instead) {
            (Some(_), Instead::Nothing) => continue,
            (Some((name, _)), Instead::Mask) => {
                clean.push_str(&format!("{before}{name}={MASK}"));
            }
            (None, _) => {
                clean.push_str(before);
                clean.push_str(pair);
            }
        }
        before = "&";
    }
    clear_bare(&query[end..], instead, clean);
}

/// Masks `user:password` before an `@` where no scheme stands before it, as `HTTP_PROXY` allows.
fn clear_bare(text: &str, instead: Instead, clean: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let start = rest[..at]
            .rfind([',', '|', ';', '"', '\'', '(', '<'])
            .map_or_else(|| name_end(&rest[..at]), |boundary| boundary + 1);
        let secret = &rest[start..at];
        let is_credential = secret.split_once(':').is_some_and(|(user, password)| {
            !user.is_empty()
                && !password.is_empty()
                && !password.starts_with(['/', '\\'])
                && !user.contains('/')
        });
        match (is_credential, instead) {
            (true, Instead::Nothing) => clean.push_str(&rest[..start]),
            (true, Instead::Mask) => {
                clean.push_str(&rest[..start]);
                clean.push_str(MASK);
                clean.push('@');
            }
            (false, _) => clean.push_str(&rest[..=at]),
        }
        rest = &rest[at + 1..];
    }
    clean.push_str(rest);
}

/// After the `NAME=` at the beginning, if there is one.
fn name_end(text: &str) -> usize {
    match text.split_once('=') {
        Some((name, _))
            if name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') =>
        {
            name.len() + 1
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    use super::*;

    #[test]
    fn credentials_are_masked_wherever_they_stand() {
        for (text, expected, stripped) in [
            (
                "https://user:secret@host/path",
                "https://***@host/path",
                "https://host/path",
            ),
            ("https://secret@host", "https://***@host", "https://host"),
            (
                "https://u:se%40cret@host",
                "https://***@host",
                "https://host",
            ),
            ("https://u:se@cret@host", "https://***@host", "https://host"),
            (
                "http://u:secret@[::1]:8080/x",
                "http://***@[::1]:8080/x",
                "http://[::1]:8080/x",
            ),
            (
                "https://a,https://u:secret@b|direct",
                "https://a,https://***@b|direct",
                "https://a,https://b|direct",
            ),
            (
                "https://u:secret@a,https://u:secret@b",
                "https://***@a,https://***@b",
                "https://a,https://b",
            ),
            (
                "https://u:sec/ret@host/x",
                "https://***@host/x",
                "https://host/x",
            ),
            ("https://u:sec,ret@host", "https://***@host", "https://host"),
            (
                "https://host/?token=secret&x",
                "https://host/?token=***&x",
                "https://host/?x",
            ),
            (
                "https://host/?x&token=secret&y=#z",
                "https://host/?x&token=***&y=#z",
                "https://host/?x&y=#z",
            ),
            (
                "https://host/?a=secret&b=secret|direct",
                "https://host/?a=***&b=***|direct",
                "https://host/|direct",
            ),
            (
                "https://h/?to=https://u:secret@b&x",
                "https://h/?to=***&x",
                "https://h/?x",
            ),
            (
                "https://h/?key=secret://",
                "https://h/?key=***",
                "https://h/",
            ),
            (
                "https://h/?https://u:secret@b",
                "https://h/?https://***@b",
                "https://h/?https://b",
            ),
            ("u:secret@proxy:8080", "***@proxy:8080", "proxy:8080"),
            (
                "HTTP_PROXY=u:se=cret@proxy:8080",
                "HTTP_PROXY=***@proxy:8080",
                "HTTP_PROXY=proxy:8080",
            ),
            (
                "GOPROXY=https://u:secret@h go: fails",
                "GOPROXY=https://***@h go: fails",
                "GOPROXY=https://h go: fails",
            ),
            (
                "reading \"https://u:secret@h/x\": 404",
                "reading \"https://***@h/x\": 404",
                "reading \"https://h/x\": 404",
            ),
            ("https://a,u:secret@b", "https://a,***@b", "https://a,b"),
            ("://u:secret@h", "://***@h", "://h"),
            (
                "xhttps://u:secret@h 代理",
                "xhttps://***@h 代理",
                "xhttps://h 代理",
            ),
            ("u:secret@v:secret@h", "***@***@h", "h"),
        ] {
            assert_eq!(mask_text(text), expected, "in {text}");
            assert!(has_secret(text), "{text} holds one");
            assert_eq!(
                mask_text(expected),
                expected,
                "masking twice changes nothing more"
            );
            assert_eq!(strip_text(text), stripped, "works without them: {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_is_left_to_mask(text in "([a-c:/@?&=#,|\"' ]|://|https://|u:secret@|\\?a=){0,24}") {
            let stripped = strip_text(&text);
            prop_assert!(!has_secret(&stripped), "of {text:?}: {stripped:?}");
        }
    }

    #[test]
    fn what_is_no_credential_stays() {
        for text in [
            "https://goproxy.cn,direct",
            "https://proxy.golang.org/github.com/a/b/@v/list",
            "http://localhost:8080/a/@v/list",
            "git@github.com:team/repo.git",
            "example.com/m@v1.2.3",
            "C:\\Users\\a@b\\go",
            "/home/a@b:/home/c@d",
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "",
            "* **.corp.example",
            "日本語 https://例え.jp",
        ] {
            assert_eq!(mask_text(text), text, "nothing to hide");
            assert_eq!(strip_text(text), text, "nothing to take out");
        }
    }
}
