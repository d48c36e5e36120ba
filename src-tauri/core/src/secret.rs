//! Credentials never leave the core unasked: they are masked in every value, error and log line, and taken out of exports.

mod words;

use words::{Word, Words};

/// What stands for a credential.
pub const MASK: &str = "***";

/// What a query cannot hold as it is: a fragment, another entry of a list, or the end of what quotes it.
const QUERY_ENDS: [char; 5] = ['#', ',', '|', '"', '\''];

/// Masks credentials in free text: user information and query values of URLs, `user:password@host` without scheme, and words
/// of a command line, as GOAUTH and GOCACHEPROG hold one: behind `--password`, `TOKEN=` and `Authorization:`.
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
    let mut words = Words::default();
    // where the name of what may follow begins, so that it can be taken out with it
    let mut name = None;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        let space = &piece[word.len()..];
        let found = match word {
            "" => Word::Plain,
            word => words.read(word),
        };
        match (found, instead) {
            (Word::Holds(from), Instead::Mask) => {
                let (start, end) = quotes(&word[from..]);
                clean.push_str(&word[..from]);
                clean.push_str(start);
                clean.push_str(MASK);
                clean.push_str(end);
                clean.push_str(space);
            }
            (Word::Holds(_), Instead::Nothing) => {
                clean.truncate(name.unwrap_or(clean.len()));
            }
            (Word::Plain | Word::Name, _) => {
                if !word.is_empty() {
                    let is_first = found == Word::Name && name.is_none();
                    name = match found {
                        Word::Name if is_first => Some(clean.len()),
                        Word::Name => name,
                        _ => None,
                    };
                }
                clear_word(word, instead, &mut clean);
                clean.push_str(space);
            }
        }
        if space.contains('\n') {
            words.forget();
            name = None;
        }
    }
    clean
}

/// The quotes around a credential, or one of them where it goes on in the next word.
fn quotes(value: &str) -> (&str, &str) {
    let is_quote = |c: char| matches!(c, '"' | '\'');
    let start = usize::from(value.starts_with(is_quote));
    let end = usize::from(value.len() > start && value.ends_with(is_quote));
    (&value[..start], &value[value.len() - end..])
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
mod tests;
