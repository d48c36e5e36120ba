//! Credentials never leave the core unasked: they are masked in every value, error and log line.

/// What stands for a credential.
pub const MASK: &str = "***";

/// Masks credentials in free text: user information and query values of URLs, and `user:password@host` without scheme.
///
/// Works on text that is no URL as well, because a value that does not parse can hold a secret all the same. It would
/// rather mask too much than too little.
pub fn mask_text(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        mask_word(word, &mut masked);
        masked.push_str(&piece[word.len()..]);
    }
    masked
}

/// Whether [`mask_text`] would change it.
pub fn has_secret(text: &str) -> bool {
    mask_text(text) != text
}

fn mask_word(word: &str, masked: &mut String) {
    let mut rest = word;
    while let Some(found) = rest.find("://") {
        let scheme = scheme_start(&rest[..found]);
        mask_bare(&rest[..scheme], masked);
        masked.push_str(&rest[scheme..found + 3]);
        let after = &rest[found + 3..];
        let end = after
            .find("://")
            .map_or(after.len(), |next| scheme_start(&after[..next]));
        mask_after_scheme(&after[..end], masked);
        rest = &after[end..];
    }
    mask_bare(rest, masked);
}

/// Where the scheme at the end of `text` begins.
fn scheme_start(text: &str) -> usize {
    text.rfind(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        })
}

/// `text` follows `://` and reaches to the next URL.
fn mask_after_scheme(text: &str, masked: &mut String) {
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
        Some(at) => {
            masked.push_str(MASK);
            &text[at..]
        }
        None => text,
    };
    match rest.find('?') {
        Some(query) => {
            masked.push_str(&rest[..query]);
            mask_query(&rest[query..], masked);
        }
        // another entry of a list may follow that has no scheme
        None => match rest.find([',', '|']) {
            Some(next) => {
                masked.push_str(&rest[..next]);
                mask_bare(&rest[next..], masked);
            }
            None => masked.push_str(rest),
        },
    }
}

fn has_odd_port(authority: &str) -> bool {
    !authority.starts_with('[')
        && authority.split_once(':').is_some_and(|(_, port)| {
            port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Keeps the names of a query and hides its values.
fn mask_query(query: &str, masked: &mut String) {
    let end = query
        .find(['#', ',', '|', '"', '\''])
        .unwrap_or(query.len());
    for (number, pair) in query[..end].split('&').enumerate() {
        if number > 0 {
            masked.push('&');
        }
        match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() => {
                masked.push_str(name);
                masked.push('=');
                masked.push_str(MASK);
            }
            _ => masked.push_str(pair),
        }
    }
    mask_bare(&query[end..], masked);
}

/// Masks `user:password` before an `@` where no scheme stands before it, as `HTTP_PROXY` allows.
fn mask_bare(text: &str, masked: &mut String) {
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
        if is_credential {
            masked.push_str(&rest[..start]);
            masked.push_str(MASK);
        } else {
            masked.push_str(&rest[..at]);
        }
        masked.push('@');
        rest = &rest[at + 1..];
    }
    masked.push_str(rest);
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
    use super::*;

    #[test]
    fn credentials_are_masked_wherever_they_stand() {
        for (text, expected) in [
            ("https://user:secret@host/path", "https://***@host/path"),
            ("https://secret@host", "https://***@host"),
            ("https://u:se%40cret@host", "https://***@host"),
            ("https://u:se@cret@host", "https://***@host"),
            ("http://u:secret@[::1]:8080/x", "http://***@[::1]:8080/x"),
            (
                "https://a,https://u:secret@b|direct",
                "https://a,https://***@b|direct",
            ),
            (
                "https://u:secret@a,https://u:secret@b",
                "https://***@a,https://***@b",
            ),
            ("https://u:sec/ret@host/x", "https://***@host/x"),
            ("https://u:sec,ret@host", "https://***@host"),
            ("https://host/?token=secret&x", "https://host/?token=***&x"),
            ("u:secret@proxy:8080", "***@proxy:8080"),
            (
                "HTTP_PROXY=u:se=cret@proxy:8080",
                "HTTP_PROXY=***@proxy:8080",
            ),
            (
                "GOPROXY=https://u:secret@h go: fails",
                "GOPROXY=https://***@h go: fails",
            ),
            (
                "reading \"https://u:secret@h/x\": 404",
                "reading \"https://***@h/x\": 404",
            ),
            ("https://a,u:secret@b", "https://a,***@b"),
            ("://u:secret@h", "://***@h"),
            ("xhttps://u:secret@h 代理", "xhttps://***@h 代理"),
        ] {
            assert_eq!(mask_text(text), expected, "in {text}");
            assert!(has_secret(text), "{text} holds one");
            assert_eq!(
                mask_text(expected),
                expected,
                "masking twice changes nothing more"
            );
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
        }
    }
}
