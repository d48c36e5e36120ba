//! Words and operators of sh, bash and zsh (POSIX XCU 2.3), with here-documents passed over.

use super::quote::Quotes;
use crate::shadow::startup::text::Text;

/// One token, and its bytes.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Text),
    Newline,
    /// `;`
    Then,
    /// `;;`, `;&`, `;|`: the end of a branch of `case`.
    Branch,
    /// `&&`, `||`, `|`, `&`: what stands beside it belongs to it.
    Joint,
    Open,
    Close,
    /// With its target; a here-document makes the lines below part of the command.
    Redirect {
        document: bool,
    },
}

/// Splits a file. What follows a quote that is never closed is left out: no shell runs it either.
pub(super) fn tokens(source: &[u8]) -> Vec<Token> {
    let mut lexer = Lexer {
        source,
        at: 0,
        tokens: Vec::new(),
        documents: Vec::new(),
    };
    while lexer.at < source.len() {
        if lexer.step().is_none() {
            break;
        }
    }
    lexer.tokens
}

struct Lexer<'a> {
    source: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    /// Ends of here-documents that begin at the next line, and whether their lines may be indented by tabs.
    documents: Vec<(Vec<u8>, bool)>,
}

impl Lexer<'_> {
    fn rest(&self) -> &[u8] {
        &self.source[self.at..]
    }

    fn starts(&self, with: &str) -> bool {
        self.rest().starts_with(with.as_bytes())
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let start = self.at;
        self.at += length;
        self.tokens.push(Token {
            kind,
            start,
            end: self.at,
        });
    }

    /// One token, or nothing: a quote that is never closed.
    fn step(&mut self) -> Option<()> {
        let length = |operators: [&str; 4]| {
            let found = operators.iter().find(|operator| self.starts(operator));
            found.map_or(1, |operator| operator.len())
        };
        match self.source[self.at] {
            b' ' | b'\t' => self.at += 1,
            b'\\' if self.starts("\\\n") => self.at += 2,
            b'\\' if self.starts("\\\r\n") => self.at += 3,
            b'#' => self.comment(),
            b'\n' => self.newline(),
            b';' => match length([";;&", ";;", ";&", ";|"]) {
                1 => self.push(Kind::Then, 1),
                length => self.push(Kind::Branch, length),
            },
            b'&' if self.starts("&>") => self.redirect(1)?,
            b'&' => self.push(Kind::Joint, length(["&&", "&!", "&|", "&"])),
            b'|' => self.push(Kind::Joint, length(["||", "|&", "|", "|"])),
            b'(' if self.starts("((") && self.is_command_position() => self.arithmetic()?,
            b'(' => self.push(Kind::Open, 1),
            b')' => self.push(Kind::Close, 1),
            b'<' | b'>' if self.source.get(self.at + 1) != Some(&b'(') => self.redirect(0)?,
            _ => self.word()?,
        }
        Some(())
    }

    fn is_command_position(&self) -> bool {
        self.tokens
            .last()
            .is_none_or(|token| !matches!(token.kind, Kind::Word(_) | Kind::Redirect { .. }))
            || self.tokens.last().is_some_and(|token| {
                let raw = &self.source[token.start..token.end];
                super::opens_list(raw) || raw == b"for"
            })
    }

    /// `(( … ))`, where `<<` is a shift and no here-document.
    fn arithmetic(&mut self) -> Option<()> {
        let end = Quotes::new(self.source).balanced(self.at)?;
        let mut text = Text::default();
        text.unknown();
        self.push(Kind::Word(text), end - self.at);
        Some(())
    }

    fn comment(&mut self) {
        let line = self.rest().iter().position(|&byte| byte == b'\n');
        self.at += line.unwrap_or(self.rest().len());
    }

    fn newline(&mut self) {
        self.push(Kind::Newline, 1);
        for (end, tabs) in std::mem::take(&mut self.documents) {
            self.document(&end, tabs);
        }
    }

    fn document(&mut self, end: &[u8], tabs: bool) {
        while self.at < self.source.len() {
            let rest = self.rest();
            let length = rest.iter().position(|&byte| byte == b'\n');
            let line = &rest[..length.unwrap_or(rest.len())];
            let indent = if tabs {
                line.iter().take_while(|&&byte| byte == b'\t').count()
            } else {
                0
            };
            let last = &line[indent..] == end;
            self.at += length.map_or(rest.len(), |length| length + 1);
            if last {
                return;
            }
        }
    }

    /// A redirection with its target; `skip` is what stands before `<` or `>`.
    fn redirect(&mut self, skip: usize) -> Option<()> {
        let start = self.at;
        self.at += skip;
        let operator = ["<<<", "<<-", "<<", "<>", "<&", "<", ">>", ">&", ">|", ">"]
            .into_iter()
            .find(|operator| self.starts(operator))?;
        self.at += operator.len();
        while matches!(self.rest(), [b' ' | b'\t', ..]) {
            self.at += 1;
        }
        let target = self.at;
        if !matches!(
            self.rest().first(),
            None | Some(b'\n' | b';' | b'&' | b'|' | b')' | b'#')
        ) {
            self.at = Quotes::new(self.source).word(self.at)?.1;
        }
        let document = matches!(operator, "<<" | "<<-");
        if document {
            let raw = &self.source[target..self.at];
            let end = raw
                .iter()
                .copied()
                .filter(|byte| !matches!(byte, b'\'' | b'"' | b'\\'))
                .collect();
            self.documents.push((end, operator == "<<-"));
        }
        self.tokens.push(Token {
            kind: Kind::Redirect { document },
            start,
            end: self.at,
        });
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let (text, end) = Quotes::new(self.source).word(self.at)?;
        let raw = &self.source[self.at..end];
        let redirects = matches!(self.source.get(end), Some(b'<' | b'>'));
        if redirects && raw.iter().all(u8::is_ascii_digit) {
            return self.redirect(raw.len());
        }
        self.push(Kind::Word(text), (end - self.at).max(1));
        Some(())
    }
}
