//! Credentials that are words of a command line: what follows `--password`, what `TOKEN=` assigns, what a header carries.

/// What such a word is called, with the last of its parts.
const NAMES: [&str; 10] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "apikey",
    "credential",
    "credentials",
    "bearer",
];

/// Whose key is a secret one: `api_key`, `PRIVATE-KEY`.
const KEYS: [&str; 6] = [
    "api",
    "access",
    "secret",
    "private",
    "signing",
    "encryption",
];

/// What stands between `Authorization:` and what it carries.
const SCHEMES: [&str; 4] = ["basic", "bearer", "token", "digest"];

/// What a word is, after those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Nothing of the kind.
    Plain,
    /// It says that the next one is a credential, and stays.
    Name,
    /// It holds one behind this many bytes.
    Holds(usize),
}

/// What the words so far have announced.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Words {
    next: Next,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Plain,
    /// A credential.
    Value,
    /// The user and the password of `-u`.
    Login,
    /// A scheme, and then a credential; or a credential.
    Header,
    /// A credential goes on until this quote.
    Until(char),
}

impl Words {
    /// The next word of a line, without what stands around it.
    pub(super) fn read(&mut self, word: &str) -> Word {
        let announced = std::mem::take(&mut self.next);
        match announced {
            Next::Until(quote) => {
                if !word.ends_with(quote) {
                    self.next = announced;
                }
                return Word::Holds(0);
            }
            Next::Header if SCHEMES.contains(&bare(word).to_lowercase().as_str()) => {
                self.next = Next::Value;
                return Word::Name;
            }
            Next::Value | Next::Header if is_value(word) => return self.held(word, 0),
            Next::Login if word.contains(':') && is_value(word) => return self.held(word, 0),
            _ => {}
        }
        if let Some((name, value)) = word.split_once('=')
            && is_secret(name)
        {
            return match is_value(value) && !value.is_empty() {
                true => self.held(word, name.len() + 1),
                false => Word::Plain,
            };
        }
        self.next = announces(word);
        match self.next {
            Next::Plain => Word::Plain,
            _ => Word::Name,
        }
    }

    /// A new line begins.
    pub(super) fn forget(&mut self) {
        self.next = Next::Plain;
    }

    /// The word holds a credential from there on, and so do the next ones as far as it is quoted.
    fn held(&mut self, word: &str, from: usize) -> Word {
        let value = &word[from..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        if let Some(quote) = quote
            && (value.len() == 1 || !value.ends_with(quote))
        {
            self.next = Next::Until(quote);
        }
        Word::Holds(from)
    }
}

fn announces(word: &str) -> Next {
    if matches!(word, "-u" | "--user") {
        return Next::Login;
    }
    let is_flag = word.starts_with('-') && !word.contains('=');
    let name = word.trim_start_matches('-');
    if is_flag && (is_secret(name) || last_part(name) == "key") {
        return Next::Value;
    }
    let Some(header) = bare(word).strip_suffix(':') else {
        return Next::Plain;
    };
    // `--header=Authorization:`
    let header = header.rsplit(['=', '"', '\'']).next().unwrap_or(header);
    let lower = header.to_lowercase();
    let is_known = matches!(
        lower.as_str(),
        "authorization" | "proxy-authorization" | "cookie" | "set-cookie"
    );
    match is_known || (lower.contains('-') && is_secret(header)) {
        true => Next::Header,
        false => Next::Plain,
    }
}

/// What a shell fills in is no credential, and another flag is none either.
fn is_value(word: &str) -> bool {
    !word.trim_start_matches(['"', '\'']).starts_with('$') && !word.starts_with("--")
}

/// Whether what is called so is a credential: `--access-token`, `GITHUB_TOKEN`, `main.apiKey`.
fn is_secret(name: &str) -> bool {
    let name = name.trim_start_matches(['-', '"', '\'']);
    if !name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    {
        return false;
    }
    let lower = name.to_lowercase();
    let mut parts = lower.rsplit(['-', '_', '.']);
    let last = parts.next().unwrap_or_default();
    let before = parts.next().unwrap_or_default();
    let is_key = last == "key" && KEYS.contains(&before);
    // the humps of `apiKey` are gone, and its end is left
    let ends = |names: &str| last.ends_with(names) && name.chars().any(|c| c.is_ascii_lowercase());
    NAMES.contains(&last) || is_key || NAMES[..7].iter().any(|name| ends(name))
}

fn last_part(name: &str) -> String {
    let last = name.rsplit(['-', '_']).next().unwrap_or(name);
    last.to_lowercase()
}

fn bare(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}
