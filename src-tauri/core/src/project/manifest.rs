//! The lines of a `go.mod` or `go.work` that decide which modules are downloaded.
//!
//! After golang.org/x/mod/modfile: words with `//` comments, `"…"` around what holds blanks, and blocks in parentheses.
//! What it does not know it leaves to go.

use std::ops::Range;

/// What a `go.mod` or `go.work` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// `module`.
    pub(super) module: Option<String>,
    /// `go`, without the word.
    pub(super) go: Option<String>,
    /// `toolchain`.
    pub(super) toolchain: Option<String>,
    /// `require`: path and version.
    pub(super) require: Vec<(String, String)>,
    /// `replace`.
    pub(super) replace: Vec<Replacement>,
    /// `use` of a `go.work`.
    pub(super) members: Vec<Place>,
}

/// One module in the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Replacement {
    path: String,
    /// None replaces every version.
    version: Option<String>,
    pub(super) by: Instead,
}

/// What replaces a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Instead {
    /// A folder.
    Folder(Place),
    /// A version of another module: path and version.
    Module(String, String),
}

/// A folder as it is written in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Relative to the file, or absolute.
    pub(super) folder: String,
    /// Where it stands in the text, quotes included.
    pub(super) at: Range<usize>,
}

/// A word of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    at: Range<usize>,
    quoted: bool,
}

impl Manifest {
    /// Reads one; the error is the line that cannot be read, counted from 1.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, u32> {
        let text = std::str::from_utf8(bytes).map_err(|wrong| {
            let before = &bytes[..wrong.valid_up_to()];
            count(before.iter().filter(|byte| **byte == b'\n').count() + 1)
        })?;
        let mut manifest = Self::default();
        let mut block: Option<(Word, u32)> = None;
        let mut offset = 0;
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            let mut words = words(line, offset).ok_or(number)?;
            offset += line.len();
            let closes = words.len() == 1 && words[0].is(")");
            match (&block, words.last()) {
                (_, None) => {}
                (Some(_), _) if closes => block = None,
                (None, _) if closes => return Err(number),
                (Some((verb, _)), _) => manifest.take(&verb.text, &words),
                (None, Some(last)) if words.len() == 2 && last.is("(") => {
                    block = Some((words.remove(0), number));
                }
                (None, Some(_)) => {
                    let verb = words.remove(0).text;
                    manifest.take(&verb, &words);
                }
            }
        }
        match block {
            Some((_, opened)) => Err(opened),
            None => Ok(manifest),
        }
    }

    /// What go takes for a required module; none when that is a folder.
    pub(super) fn instead_of<'a>(
        &'a self,
        path: &'a str,
        version: &'a str,
    ) -> Option<(&'a str, &'a str)> {
        let of = |replacement: &&Replacement| replacement.path == path;
        let exact = |replacement: &&Replacement| replacement.version.as_deref() == Some(version);
        let any = |replacement: &&Replacement| replacement.version.is_none();
        let found = self
            .replace
            .iter()
            .filter(of)
            .rfind(exact)
            .or_else(|| self.replace.iter().filter(of).rfind(any));
        match found.map(|replacement| &replacement.by) {
            None => Some((path, version)),
            Some(Instead::Module(path, version)) => Some((path, version)),
            Some(Instead::Folder(_)) => None,
        }
    }

    /// Every folder that it names.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        let replaced = self
            .replace
            .iter()
            .filter_map(|replacement| match &replacement.by {
                Instead::Folder(place) => Some(place),
                Instead::Module(..) => None,
            });
        self.members.iter().chain(replaced)
    }

    /// Every module that is required or replaced, and every module that replaces one.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let required = self.require.iter().map(|(path, _)| path.as_str());
        let replaced = self.replace.iter().flat_map(|replacement| {
            let by = match &replacement.by {
                Instead::Module(path, _) => Some(path.as_str()),
                Instead::Folder(_) => None,
            };
            [Some(replacement.path.as_str()), by].into_iter().flatten()
        });
        required.chain(replaced)
    }

    fn take(&mut self, verb: &str, words: &[Word]) {
        let text = |word: &Word| word.text.clone();
        match (verb, words) {
            ("module", [path]) => self.module = Some(text(path)),
            ("go", [version]) => self.go = Some(text(version)),
            ("toolchain", [name]) => self.toolchain = Some(text(name)),
            ("use", [place]) => self.members.push(Place::of(place)),
            ("require", [path, version]) => self.require.push((text(path), text(version))),
            ("replace", words) => {
                let Some(arrow) = words.iter().position(|word| word.is("=>")) else {
                    return;
                };
                let by = match &words[arrow + 1..] {
                    [folder] => Instead::Folder(Place::of(folder)),
                    [path, version] => Instead::Module(text(path), text(version)),
                    _ => return,
                };
                let (path, version) = match &words[..arrow] {
                    [path] => (text(path), None),
                    [path, version] => (text(path), Some(text(version))),
                    _ => return,
                };
                self.replace.push(Replacement { path, version, by });
            }
            _ => {}
        }
    }
}

impl Place {
    fn of(word: &Word) -> Self {
        Self {
            folder: word.text.clone(),
            at: word.at.clone(),
        }
    }
}

impl Word {
    fn is(&self, text: &str) -> bool {
        !self.quoted && self.text == text
    }
}

/// A line's words; none when a quote does not end.
fn words(line: &str, offset: usize) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with("//") {
            return Some(words);
        }
        let begins = line.len() - rest.len();
        let quoted = rest.starts_with('"');
        let (text, length) = match quoted {
            true => quoted_word(rest)?,
            false => {
                let length = plain_length(rest);
                (rest[..length].to_owned(), length)
            }
        };
        let at = offset + begins..offset + begins + length;
        words.push(Word { text, at, quoted });
        rest = &rest[length..];
    }
}

/// A word ends at a blank or a comment; parentheses stand for themselves.
fn plain_length(text: &str) -> usize {
    if text.starts_with(['(', ')']) {
        return 1;
    }
    let ends = |(at, letter): &(usize, char)| {
        letter.is_whitespace() || "()".contains(*letter) || text[*at..].starts_with("//")
    };
    text.char_indices()
        .find(ends)
        .map_or(text.len(), |(at, _)| at)
}

/// What stands in double quotes, and how long it is with them.
fn quoted_word(text: &str) -> Option<(String, usize)> {
    let mut word = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((word, at + 1)),
            '\\' => word.push(letters.next()?.1),
            '\n' => return None,
            letter => word.push(letter),
        }
    }
    None
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A folder as a word of such a file.
pub(super) fn quote(folder: &str) -> String {
    format!("\"{}\"", folder.replace('\\', r"\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
