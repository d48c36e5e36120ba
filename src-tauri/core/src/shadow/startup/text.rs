//! Text as a start-up file writes it, and what it comes to when that can be known without running anything.

use std::collections::HashMap;

/// Variables whose value is known so far: `HOME`, and what was set to a constant.
pub(super) type Known = HashMap<String, String>;

/// One word of a start-up file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::shadow) struct Text(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// As it stands, quotes resolved.
    Literal(Vec<u8>),
    /// `$NAME`.
    Variable(String),
    /// The output of a command, a pattern, an array, ….
    Unknown,
}

impl Text {
    /// Adds bytes that mean themselves.
    pub(super) fn literal(&mut self, bytes: &[u8]) {
        if let Some(Part::Literal(last)) = self.0.last_mut() {
            last.extend_from_slice(bytes);
        } else {
            self.0.push(Part::Literal(bytes.to_vec()));
        }
    }

    /// Adds the value of a variable.
    pub(super) fn variable(&mut self, name: &[u8]) {
        let name = String::from_utf8_lossy(name).into_owned();
        self.0.push(Part::Variable(name));
    }

    /// Adds what only running it would tell.
    pub(super) fn unknown(&mut self) {
        self.0.push(Part::Unknown);
    }

    /// Adds another text.
    pub(super) fn append(&mut self, other: Self) {
        for part in other.0 {
            match part {
                Part::Literal(bytes) => self.literal(&bytes),
                other => self.0.push(other),
            }
        }
    }

    /// Something in it would have to be run.
    pub(super) fn is_unknown(&self) -> bool {
        self.0.contains(&Part::Unknown)
    }

    /// What it comes to; none when that is not known, or no text.
    pub(super) fn value(&self, known: &Known) -> Option<String> {
        let mut bytes = Vec::new();
        for part in &self.0 {
            match part {
                Part::Literal(literal) => bytes.extend_from_slice(literal),
                Part::Variable(name) => bytes.extend_from_slice(known.get(name)?.as_bytes()),
                Part::Unknown => return None,
            }
        }
        String::from_utf8(bytes).ok()
    }

    /// The text itself, if nothing in it depends on anything.
    pub(super) fn constant(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Literal(bytes)] => str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// `NAME=rest`, as name, whether it is `+=`, and rest.
    pub(super) fn split(&self) -> Option<(String, bool, Self)> {
        let Some(Part::Literal(first)) = self.0.first() else {
            return None;
        };
        let at = first.iter().position(|&byte| byte == b'=')?;
        let (name, appends) = match first[..at].strip_suffix(b"+") {
            Some(name) => (name, true),
            None => (&first[..at], false),
        };
        let mut rest = self.clone();
        if let Some(Part::Literal(first)) = rest.0.first_mut() {
            first.drain(..=at);
        }
        let name = name_of(name)?.to_owned();
        Some((name, appends, rest))
    }
}

/// `bytes`, if they can name a variable.
pub(super) fn name_of(bytes: &[u8]) -> Option<&str> {
    let first = *bytes.first()?;
    let good = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if first.is_ascii_digit() || !bytes.iter().all(good) {
        return None;
    }
    str::from_utf8(bytes).ok()
}

/// How many of the first bytes can name a variable.
pub(super) fn name_length(bytes: &[u8]) -> usize {
    if bytes.first().is_none_or(u8::is_ascii_digit) {
        return 0;
    }
    bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
        .count()
}
