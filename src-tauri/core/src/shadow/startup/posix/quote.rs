//! One word of sh, bash and zsh: quotes, escapes, `~`, `$NAME` (POSIX XCU 2.2 and 2.6).

use crate::shadow::startup::text::{Text, name_length, name_of};

/// Reads words at given places of a file. Every method answers with none when the file ends too early.
pub(super) struct Quotes<'a> {
    source: &'a [u8],
}

impl<'a> Quotes<'a> {
    pub(super) const fn new(source: &'a [u8]) -> Self {
        Self { source }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.get(at).copied()
    }

    /// The word that begins at `start`, and where it ends.
    pub(super) fn word(&self, start: usize) -> Option<(Text, usize)> {
        let mut text = Text::default();
        let mut at = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b')' => break,
                b'(' if self.is_function(at) && at > start => break,
                b'(' => {
                    text.unknown();
                    at = self.balanced(at)?;
                }
                b'<' | b'>' if self.byte(at + 1) == Some(b'(') => {
                    text.unknown();
                    at = self.balanced(at + 1)?;
                }
                b'<' | b'>' => break,
                b'\\' => at = self.escape(at, &mut text)?,
                b'\'' => {
                    let end = self.closing(at + 1, b'\'')?;
                    text.literal(&self.source[at + 1..end]);
                    at = end + 1;
                }
                b'"' => at = self.double(at + 1, &mut text)?,
                b'~' if self.expands_home(start, at) => {
                    text.variable(b"HOME");
                    at += 1;
                }
                b'~' if at == start => {
                    text.unknown();
                    at += 1;
                }
                b'$' | b'`' => at = self.expansion(at, &mut text)?,
                _ => {
                    text.literal(&[byte]);
                    at += 1;
                }
            }
        }
        Some((text, at))
    }

    /// `(` opens the parameter list of a function: `name ()`.
    fn is_function(&self, at: usize) -> bool {
        let rest = &self.source[at + 1..];
        rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b')')
    }

    /// `~` alone or before `/`, at the start of the word, of the value of an assignment, or after a `:` of it.
    fn expands_home(&self, start: usize, at: usize) -> bool {
        let ends = matches!(
            self.byte(at + 1),
            None | Some(b'/' | b':' | b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b')')
        );
        let before = &self.source[start..at];
        let begins = match before {
            [] => true,
            [name @ .., b'='] => name_of(name).is_some(),
            [.., b':'] => before.contains(&b'='),
            _ => false,
        };
        ends && begins
    }

    fn escape(&self, at: usize, text: &mut Text) -> Option<usize> {
        match self.byte(at + 1)? {
            b'\n' => {}
            byte => text.literal(&[byte]),
        }
        Some(at + 2)
    }

    fn closing(&self, from: usize, quote: u8) -> Option<usize> {
        let rest = self.source.get(from..)?;
        Some(from + rest.iter().position(|&byte| byte == quote)?)
    }

    /// The rest of `"…"`.
    fn double(&self, mut at: usize, text: &mut Text) -> Option<usize> {
        loop {
            match self.byte(at)? {
                b'"' => return Some(at + 1),
                b'\\' => match self.byte(at + 1)? {
                    b'\n' => at += 2,
                    byte @ (b'$' | b'`' | b'"' | b'\\') => {
                        text.literal(&[byte]);
                        at += 2;
                    }
                    _ => {
                        text.literal(b"\\");
                        at += 1;
                    }
                },
                // a quote has no other meaning inside of quotes
                b'$' if matches!(self.byte(at + 1), Some(b'\'' | b'"')) => {
                    text.literal(b"$");
                    at += 1;
                }
                b'$' | b'`' => at = self.expansion(at, text)?,
                byte => {
                    text.literal(&[byte]);
                    at += 1;
                }
            }
        }
    }

    /// `$NAME`, `${NAME}`, `$'…'`, `$(…)`, `` `…` ``.
    fn expansion(&self, at: usize, text: &mut Text) -> Option<usize> {
        if self.byte(at) == Some(b'`') {
            text.unknown();
            return self.backtick(at + 1);
        }
        match self.byte(at + 1) {
            Some(b'\'') => self.ansi(at + 2, text),
            Some(b'"') => self.double(at + 2, text),
            Some(b'(') => {
                text.unknown();
                self.balanced(at + 1)
            }
            Some(b'{') => {
                let end = self.balanced(at + 1)?;
                match name_of(&self.source[at + 2..end - 1]) {
                    Some(name) => text.variable(name.as_bytes()),
                    None => text.unknown(),
                }
                Some(end)
            }
            Some(byte) if byte.is_ascii_digit() || b"?$@*#!-".contains(&byte) => {
                text.unknown();
                Some(at + 2)
            }
            _ => {
                let name = &self.source[at + 1..];
                let length = name_length(name);
                match length {
                    0 => text.literal(b"$"),
                    length => text.variable(&name[..length]),
                }
                Some(at + 1 + length)
            }
        }
    }

    fn backtick(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.byte(at)? {
                b'`' => return Some(at + 1),
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }

    /// Behind the bracket that closes the one at `at`; quotes in between hide brackets.
    pub(super) fn balanced(&self, mut at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let (open, close) = match self.byte(at)? {
            b'{' => (b'{', b'}'),
            _ => (b'(', b')'),
        };
        loop {
            match self.byte(at)? {
                // an apostrophe in a comment quotes nothing
                b'#' if open == b'(' && self.source[at - 1].is_ascii_whitespace() => {
                    at = self.closing(at, b'\n')?;
                }
                b'\\' => at += 1,
                b'\'' => at = self.closing(at + 1, b'\'')?,
                b'"' => at = self.double(at + 1, &mut Text::default())? - 1,
                b'`' => at = self.backtick(at + 1)? - 1,
                byte if byte == open => depth += 1,
                byte if byte == close => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// The rest of `$'…'`; escapes that are rare make the value unknown rather than wrong.
    fn ansi(&self, mut at: usize, text: &mut Text) -> Option<usize> {
        loop {
            match self.byte(at)? {
                b'\'' => return Some(at + 1),
                b'\\' => {
                    match self.byte(at + 1)? {
                        b'n' => text.literal(b"\n"),
                        b't' => text.literal(b"\t"),
                        byte @ (b'\\' | b'\'' | b'"' | b'?') => text.literal(&[byte]),
                        _ => text.unknown(),
                    }
                    at += 2;
                }
                byte => {
                    text.literal(&[byte]);
                    at += 1;
                }
            }
        }
    }
}
