//! The two streams: the answer on standard output, everything else on standard error.

pub(crate) mod cache;
pub(crate) mod chain;
pub(crate) mod environment;
pub(crate) mod explain;
pub(crate) mod history;
pub(crate) mod mirror;
pub(crate) mod plan;
pub(crate) mod private;
pub(crate) mod profile;
pub(crate) mod race;
pub(crate) mod route;
pub(crate) mod table;
pub(crate) mod toolchain;

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;

use crate::{
    refusal::{Own, Refusal},
    visible::visible_json,
};

/// What stands out.
pub(crate) const STRONG: Style = Style::new().bold();
/// What stands back.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// What comes, or is well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What goes, or is broken.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// What needs a look.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();

/// What a verb answers, in both forms.
#[derive(Debug)]
pub(crate) struct Answer {
    /// With `--json`.
    pub(crate) json: Value,
    /// Without.
    pub(crate) text: String,
    /// Besides the answer, for people.
    pub(crate) notes: Vec<String>,
    /// The text is for a script: every byte of it, also what looks like a colour.
    pub(crate) exact: bool,
    /// How it ends.
    pub(crate) end: End,
}

/// How an answer ends the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Done.
    Well,
    /// Looked at, and something is wrong; as when go itself does not answer, and what is shown comes from the files alone.
    Wrong,
    /// Ctrl-C; what was found until then is the answer.
    Stopped,
}

impl Answer {
    /// An answer with nothing beside it.
    pub(crate) const fn new(json: Value, text: String) -> Self {
        Self {
            json,
            text,
            notes: Vec::new(),
            exact: false,
            end: End::Well,
        }
    }

    /// The exit status it ends the program with.
    pub(crate) const fn status(&self) -> u8 {
        match self.end {
            End::Well => 0,
            End::Wrong => 3,
            End::Stopped => 130,
        }
    }
}

/// How the answer is given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    /// One JSON value on standard output, and nothing else.
    pub(crate) json: bool,
    /// JSON on one line each: events, then the answer.
    pub(crate) lines: bool,
}

impl Output {
    /// Gives the answer.
    pub(crate) fn answer(self, answer: &Answer) -> Result<(), Refusal> {
        if self.json {
            return self.json(&answer.json);
        }
        if answer.exact {
            written(io::stdout().lock(), &answer.text)?;
        } else {
            out(&answer.text)?;
        }
        for note in &answer.notes {
            err(&format!("gdesk: {note}\n"));
        }
        Ok(())
    }

    /// Prints one JSON value.
    pub(crate) fn json(self, value: &Value) -> Result<(), Refusal> {
        if self.lines {
            return self.line(value);
        }
        out(&format!("{}\n", visible_json(&format!("{value:#}"))))
    }

    /// Prints a JSON value on one line.
    pub(crate) fn line(self, value: &Value) -> Result<(), Refusal> {
        out(&format!("{}\n", visible_json(&value.to_string())))
    }

    /// Shows what leads to the answer: on standard error where standard output belongs to JSON.
    pub(crate) fn show(self, text: &str) -> Result<(), Refusal> {
        if self.json {
            err(text);
            return Ok(());
        }
        out(text)
    }
}

/// Writes to standard output; colours are taken out where nobody sees them.
pub(crate) fn out(text: &str) -> Result<(), Refusal> {
    written(anstream::stdout().lock(), text)
}

fn written(mut stdout: impl Write, text: &str) -> Result<(), Refusal> {
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Refusal::Unread,
        _ => Refusal::Own(Own::Output {
            reason: Own::reason(&error),
        }),
    })
}

/// Writes to standard error; there is nobody left to tell when that fails.
pub(crate) fn err(text: &str) {
    let mut stderr = anstream::stderr().lock();
    drop(
        stderr
            .write_all(text.as_bytes())
            .and_then(|()| stderr.flush()),
    );
}

/// Somebody can be asked: questions go to standard error, answers come from standard input.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Somebody watches standard error.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// The answer goes to somebody's eyes, not into a script.
pub(crate) fn is_seen() -> bool {
    io::stdout().is_terminal()
}

/// A piece of text in a style.
pub(crate) fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
