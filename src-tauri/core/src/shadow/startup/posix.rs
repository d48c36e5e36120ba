//! Start-up files of sh, bash and zsh: commands found by their words, never run.

mod builtin;
mod lex;
mod quote;

use lex::{Kind, Token};

use super::{
    lines::Lines,
    statement::{Removal, Statement},
    text::Text,
};

/// Words behind which a list of commands begins.
const OPENERS: [&[u8]; 9] = [
    b"if", b"then", b"elif", b"else", b"while", b"until", b"do", b"{", b"!",
];

/// Words before which a list of commands ends.
const CLOSERS: [&[u8]; 8] = [
    b"then", b"elif", b"else", b"fi", b"do", b"done", b"}", b"esac",
];

pub(super) fn opens_list(word: &[u8]) -> bool {
    OPENERS.contains(&word)
}

/// What the commands of a file do to the environment, in their order.
pub(in crate::shadow) fn statements(source: &[u8]) -> Vec<Statement> {
    let tokens = lex::tokens(source);
    let mut reader = Reader {
        source,
        lines: Lines::of(source),
        tokens: &tokens,
        depth: 0,
        subshells: Vec::new(),
        before: Before::Start,
        statements: Vec::new(),
    };
    reader.read();
    reader.statements
}

/// The words of a value as one of `setenv`-like tools writes them; used for commands inside of other files.
pub(super) fn words(source: &[u8]) -> Vec<Text> {
    let tokens = lex::tokens(source).into_iter();
    tokens
        .filter_map(|token| match token.kind {
            Kind::Word(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// What stands before a command, line ends aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Another command, or nothing.
    Start,
    /// `then`, `do`, `{`, …: something has to follow.
    Opener,
    /// `&&`, `|`, …
    Joint,
}

struct Reader<'a> {
    source: &'a [u8],
    lines: Lines<'a>,
    tokens: &'a [Token],
    /// How many `if`, `case`, loops and braces are open.
    depth: usize,
    /// Open `(`, each with the depth outside of it.
    subshells: Vec<usize>,
    before: Before,
    statements: Vec<Statement>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            at += 1;
            match token.kind {
                Kind::Newline => {}
                Kind::Then | Kind::Branch => self.before = Before::Start,
                Kind::Joint => self.before = Before::Joint,
                Kind::Open => self.subshells.push(self.depth),
                // without its `(` it ends a pattern of `case`
                Kind::Close => {
                    if let Some(depth) = self.subshells.pop() {
                        self.depth = depth;
                    }
                    self.before = Before::Start;
                }
                Kind::Word(_) if self.reserved(self.raw(token)) => {}
                Kind::Word(_) | Kind::Redirect { .. } => at = self.command(at - 1),
            }
        }
    }

    fn raw(&self, token: &Token) -> &'a [u8] {
        &self.source[token.start..token.end]
    }

    /// A word of the grammar: it changes the depth, and a command follows.
    fn reserved(&mut self, word: &[u8]) -> bool {
        match word {
            b"if" | b"while" | b"until" | b"{" => self.depth += 1,
            b"fi" | b"done" | b"esac" | b"}" => self.depth = self.depth.saturating_sub(1),
            _ if opens_list(word) => {}
            _ => return false,
        }
        self.before = if opens_list(word) {
            Before::Opener
        } else {
            Before::Start
        };
        true
    }

    /// The command that begins at token `start`; answers with the token behind it.
    fn command(&mut self, start: usize) -> usize {
        let length = self.tokens[start..]
            .iter()
            .position(|token| !matches!(token.kind, Kind::Word(_) | Kind::Redirect { .. }));
        let end = length.map_or(self.tokens.len(), |length| start + length);
        let tokens = &self.tokens[start..end];
        let head = self.raw(&tokens[0]);
        match head {
            b"case" | b"for" | b"select" => self.depth += 1,
            // its name is the one word before the body
            b"function" => return end.min(start + 2),
            _ if self.is_function(end) => return end + 2,
            _ if self.ends_pattern(end) => {}
            _ => self.effects(tokens, end),
        }
        self.before = Before::Start;
        end
    }

    /// `name ()`: its body is a list in braces.
    fn is_function(&self, end: usize) -> bool {
        let kind = |at: usize| self.tokens.get(at).map(|token| &token.kind);
        kind(end) == Some(&Kind::Open) && kind(end + 1) == Some(&Kind::Close)
    }

    /// A pattern of `case`, up to the `)` that no `(` opened.
    fn ends_pattern(&self, end: usize) -> bool {
        let next = self.tokens.get(end).map(|token| &token.kind);
        next == Some(&Kind::Close) && self.subshells.is_empty()
    }

    fn effects(&mut self, tokens: &[Token], end: usize) {
        let next = self.tokens.get(end).map(|token| &token.kind);
        let piped = next == Some(&Kind::Joint)
            && self
                .tokens
                .get(end)
                .is_some_and(|token| matches!(self.raw(token), b"|" | b"|&" | b"&"));
        // a subshell, a pipe and the background keep their variables to themselves
        if !self.subshells.is_empty() || piped {
            return;
        }
        let words: Vec<_> = tokens
            .iter()
            .filter_map(|token| match &token.kind {
                Kind::Word(text) => Some((self.raw(token), text)),
                _ => None,
            })
            .collect();
        let effects = builtin::effects(&words);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return;
        };
        let lines = self.lines.number(first.start)..self.lines.number(last.end - 1) + 1;
        let removal = if effects.len() == 1 {
            self.removal(tokens, end)
        } else {
            None
        };
        let conditional = self.depth > 0 || self.before == Before::Joint;
        self.statements
            .extend(effects.into_iter().map(|effect| Statement {
                effect,
                lines: lines.clone(),
                conditional,
                removal,
            }));
    }

    fn removal(&self, tokens: &[Token], end: usize) -> Option<Removal> {
        let document = |token: &Token| token.kind == Kind::Redirect { document: true };
        if self.before == Before::Joint || tokens.iter().any(document) {
            return None;
        }
        // a program inside of `$(…)` can hold what only a whole shell takes apart, such as another here-document
        let runs = |token: &Token| matches!(&token.kind, Kind::Word(text) if text.is_unknown());
        let line = |at: usize| self.lines.number(at);
        if line(tokens.first()?.start) != line(tokens.last()?.end - 1) && tokens.iter().any(runs) {
            return None;
        }
        if !self.is_alone(tokens.first()?.start, tokens.last()?.end) {
            return None;
        }
        let follows = self.tokens[end..]
            .iter()
            .find(|token| !matches!(token.kind, Kind::Newline | Kind::Then));
        let closes = follows.is_some_and(|token| CLOSERS.contains(&self.raw(token)));
        Some(if self.before == Before::Opener && closes {
            Removal::Hollow
        } else {
            Removal::Comment
        })
    }

    /// Nothing but blanks, a `;` and a comment share the lines from `start` to `end`.
    fn is_alone(&self, start: usize, end: usize) -> bool {
        let first = self.lines.range(self.lines.number(start)).start;
        let last = self.lines.range(self.lines.number(end - 1)).end;
        let before = &self.source[first..start];
        let after = &self.source[end..last];
        let rest = after.trim_ascii_start();
        let bare = rest.strip_prefix(b";").unwrap_or(rest).trim_ascii_start();
        let commented = bare.first() == Some(&b'#')
            && rest.len() < after.len() + usize::from(bare.len() < rest.len());
        before.trim_ascii().is_empty() && (bare.is_empty() || commented)
    }
}

#[cfg(test)]
mod tests;
