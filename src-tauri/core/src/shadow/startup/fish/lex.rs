//! Commands of fish, by their words.

use crate::shadow::startup::text::{Text, name_length};

/// One command, and its bytes.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) words: Vec<Text>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) before: Join,
    pub(super) after: Join,
}

/// What stands between two commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// A line end or `;`.
    Free,
    /// `&&`, `||`, `|`, `&`.
    Chained,
}

/// Splits a file. What follows a quote that is never closed is left out.
pub(super) fn commands(source: &[u8]) -> Vec<Command> {
    let mut reader = Reader { source, at: 0 };
    let mut commands: Vec<Command> = Vec::new();
    let mut current: Option<Command> = None;
    let mut before = Join::Free;
    while let Some(byte) = reader.byte(0) {
        match byte {
            b' ' | b'\t' | b'\r' => reader.at += 1,
            b'\\' if reader.byte(1) == Some(b'\n') => reader.at += 2,
            b'#' => reader.comment(),
            b'\n' | b';' => {
                reader.at += 1;
                commands.extend(current.take());
                before = Join::Free;
            }
            b'&' | b'|' => {
                let double = reader.byte(1) == Some(byte);
                reader.at += 1 + usize::from(double);
                if let Some(command) = &mut current {
                    command.after = Join::Chained;
                }
                commands.extend(current.take());
                before = Join::Chained;
            }
            _ => {
                let start = reader.at;
                let Some(word) = reader.word() else {
                    return commands;
                };
                let command = current.get_or_insert_with(|| Command {
                    words: Vec::new(),
                    start,
                    end: start,
                    before,
                    after: Join::Free,
                });
                command.words.push(word);
                command.end = reader.at;
            }
        }
    }
    commands.extend(current);
    commands
}

/// Resolves `\x2c`, `\u00e9`, `\n` and the like; none for what fish would not write.
pub(super) fn unescaped(escaped: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = escaped;
    while let [first, after @ ..] = rest {
        if *first != b'\\' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let (kind, after) = after.split_first()?;
        let digits = match kind {
            b'x' | b'X' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
        let number = str::from_utf8(after.get(..digits)?).ok()?;
        match kind {
            b'x' | b'X' => bytes.push(u8::from_str_radix(number, 16).ok()?),
            b'u' | b'U' => {
                let code = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
                bytes.extend_from_slice(code.encode_utf8(&mut [0; 4]).as_bytes());
            }
            b'n' => bytes.push(b'\n'),
            b't' => bytes.push(b'\t'),
            byte if byte.is_ascii_alphanumeric() => return None,
            byte => bytes.push(*byte),
        }
        rest = after.get(digits..)?;
    }
    Some(bytes)
}

struct Reader<'a> {
    source: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.source.get(self.at + ahead).copied()
    }

    fn comment(&mut self) {
        while self.byte(0).is_some_and(|byte| byte != b'\n') {
            self.at += 1;
        }
    }

    /// One word; none when a quote is never closed.
    fn word(&mut self) -> Option<Text> {
        let mut text = Text::default();
        let start = self.at;
        while let Some(byte) = self.byte(0) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' => break,
                b'\'' => self.single(&mut text)?,
                b'"' => self.double(&mut text)?,
                b'\\' => {
                    let escaped = self.source.get(self.at..self.at + 2)?;
                    match unescaped(escaped) {
                        _ if escaped == b"\\\n" => {}
                        Some(bytes) => text.literal(&bytes),
                        None => text.unknown(),
                    }
                    self.at += 2;
                }
                b'$' => self.variable(&mut text)?,
                b'(' => {
                    text.unknown();
                    self.substitution()?;
                }
                b'~' if self.at == start
                    && matches!(self.byte(1), None | Some(b'/' | b' ' | b'\n' | b';')) =>
                {
                    text.variable(b"HOME");
                    self.at += 1;
                }
                b'*' | b'{' | b'}' | b'~' | b'<' | b'>' => {
                    text.unknown();
                    self.at += 1;
                }
                _ => {
                    text.literal(&[byte]);
                    self.at += 1;
                }
            }
        }
        Some(text)
    }

    fn single(&mut self, text: &mut Text) -> Option<()> {
        self.at += 1;
        loop {
            match (self.byte(0)?, self.byte(1)) {
                (b'\'', _) => break,
                (b'\\', Some(byte @ (b'\'' | b'\\'))) => {
                    text.literal(&[byte]);
                    self.at += 2;
                }
                (byte, _) => {
                    text.literal(&[byte]);
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        Some(())
    }

    fn double(&mut self, text: &mut Text) -> Option<()> {
        self.at += 1;
        loop {
            match (self.byte(0)?, self.byte(1)) {
                (b'"', _) => break,
                (b'\\', Some(b'\n')) => self.at += 2,
                (b'\\', Some(byte @ (b'"' | b'$' | b'\\'))) => {
                    text.literal(&[byte]);
                    self.at += 2;
                }
                (b'$', _) => self.variable(text)?,
                (byte, _) => {
                    text.literal(&[byte]);
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        Some(())
    }

    /// `$NAME` or `$(…)`; an index makes the value unknown.
    fn variable(&mut self, text: &mut Text) -> Option<()> {
        self.at += 1;
        if self.byte(0) == Some(b'(') {
            text.unknown();
            return self.substitution();
        }
        let rest = &self.source[self.at..];
        let length = name_length(rest);
        if length == 0 || rest.get(length) == Some(&b'[') {
            text.unknown();
        } else {
            text.variable(&rest[..length]);
        }
        self.at += length;
        Some(())
    }

    /// Passes over `(…)`.
    fn substitution(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        let mut ignored = Text::default();
        loop {
            match self.byte(0)? {
                b'\'' => self.single(&mut ignored)?,
                b'"' => self.double(&mut ignored)?,
                byte => {
                    self.at += 1 + usize::from(byte == b'\\');
                    depth = match byte {
                        b'(' => depth + 1,
                        b')' => depth - 1,
                        _ => depth,
                    };
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}
