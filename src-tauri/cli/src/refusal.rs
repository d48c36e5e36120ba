//! Why something was not done: the core's failures, and the few that only a terminal has, in one shape.

use gopherdesk_core::{
    error::{Error, Failure},
    history::HistoryError,
    private::paste::PasteFault,
    profile::ProfileError,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{language::Language, texts::Texts, visible::visible};

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The core refused or failed.
    Core(Box<Failure>),
    /// `gdesk` itself did.
    Own(Own),
    /// Nobody reads the output any more, as behind `| head`; nothing is left to say.
    Unread,
}

/// What only a terminal program refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub(crate) enum Own {
    /// A change, no `--yes`, and no terminal to ask on.
    NeedsConfirmation {},
    /// The user said no.
    Declined {},
    /// The user did not confirm a danger.
    DangerDeclined { names: Vec<String> },
    /// Ctrl-C.
    Interrupted {},
    /// A fault of this program: what the panic said, and where its report lies if it could be written.
    Internal {
        reason: String,
        report: Option<String>,
    },
    /// What outranks the file is no line that can be commented out.
    NotALine { name: String, r#where: String },
    /// Standard input ended before a value.
    ValueMissing { name: String },
    /// Standard input cannot be read, or is not text.
    ValueUnreadable { name: String, reason: String },
    /// A version of several Gos.
    Ambiguous { text: String, paths: Vec<String> },
    /// No profile has this id or name, but some are similar.
    UnknownProfile { id: String, similar: Vec<String> },
    /// Several profiles have this name.
    AmbiguousProfile { text: String, ids: Vec<String> },
    /// A profile is to be changed, but nobody said how, and no editor can be opened.
    NothingAsked {},
    /// A line of a profile in an editor that says nothing about a variable.
    EditedLine { line: u32, text: String },
    /// A value of which only the credentials were left masked.
    EditedMask { name: String },
    /// No editor, or it failed.
    Editor { editor: String, reason: String },
    /// A file of the user cannot be read.
    Unreadable { path: String, reason: String },
    /// A file is there already, and nobody agreed to replace it.
    FileExists { path: String },
    /// A text gives no pattern of private modules.
    NoPattern { text: String, fault: PasteFault },
    /// Standard output cannot be written.
    Output { reason: String },
    /// The system does not let the program start.
    NoRuntime { reason: String },
}

impl<E: Into<Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Core(Box::new(error.into().into()))
    }
}

impl Refusal {
    /// The exit status it ends the program with.
    pub(crate) const fn status(&self) -> u8 {
        match self {
            Self::Own(Own::Interrupted {}) => 130,
            Self::Core(_) | Self::Own(_) => 1,
            Self::Unread => 0,
        }
    }

    /// `{"code", "params", "message"}`; none when nobody would read it.
    pub(crate) fn json(&self) -> Option<Value> {
        match self {
            Self::Core(failure) => Some(json!(failure)),
            Self::Own(own) => {
                let mut value = json!(own);
                let english = Texts::new(Language::English);
                value["message"] = english.tell_own(own).into();
                Some(value)
            }
            Self::Unread => None,
        }
    }

    /// In words; none when nobody would read it.
    pub(crate) fn text(&self, texts: &Texts) -> Option<String> {
        match self {
            Self::Core(failure) => {
                let mut lines = vec![texts.tell("failures", failure)];
                lines.extend(hints(texts, &failure.error));
                Some(lines.join("\n"))
            }
            Self::Own(own) => {
                let mut lines = vec![texts.tell_own(own)];
                if let Own::UnknownProfile { similar, .. } = own
                    && !similar.is_empty()
                {
                    let similar = similar.join(", ");
                    lines.push(texts.fill("usage.suggested", &[("text", &similar)]));
                }
                if let Own::Internal {
                    report: Some(path), ..
                } = own
                {
                    lines.push(texts.fill("hint.report", &[("path", path)]));
                }
                Some(lines.join("\n"))
            }
            Self::Unread => None,
        }
    }
}

/// What to type next.
fn hints(texts: &Texts, error: &Error) -> Vec<String> {
    let hint = |key, holes: &[(&str, &str)]| vec![texts.fill(key, holes)];
    match error {
        Error::History(HistoryError::Unconfirmed { names }) => names
            .iter()
            .map(|name| texts.fill("hint.unconfirmed", &[("name", name)]))
            .collect(),
        Error::Profile(ProfileError::ProfileNeedsForm {}) => hint("hint.company", &[]),
        Error::Profile(ProfileError::BuiltinProfile { id }) if id == "company" => {
            hint("hint.company", &[])
        }
        Error::Profile(ProfileError::BuiltinProfile { id }) => hint("hint.copy", &[("id", id)]),
        _ => Vec::new(),
    }
}

impl Texts {
    fn tell_own(&self, own: &Own) -> String {
        let value = json!(own);
        let code = value["code"].as_str().unwrap_or_default();
        let mut holes = value["params"].as_object().cloned().unwrap_or_default();
        if let Own::NoPattern { fault, .. } = own {
            let told = self.tell("paste_faults", fault);
            holes.insert("fault".to_owned(), told.into());
        }
        crate::texts::fill(self.say(&format!("failure.{code}")), &holes)
    }
}

impl Own {
    /// The system's words for what went wrong with a stream.
    pub(crate) fn reason(error: &std::io::Error) -> String {
        visible(&error.to_string()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Own, PasteFault, Refusal};
    use crate::{language::Language, texts::Texts};

    #[test]
    fn every_refusal_of_our_own_has_words_and_the_shape_of_a_failure() {
        let text = || "x".to_owned();
        let refusals = [
            Own::NeedsConfirmation {},
            Own::Declined {},
            Own::DangerDeclined {
                names: vec![text()],
            },
            Own::Interrupted {},
            Own::Internal {
                reason: text(),
                report: Some(text()),
            },
            Own::NotALine {
                name: text(),
                r#where: text(),
            },
            Own::ValueMissing { name: text() },
            Own::ValueUnreadable {
                name: text(),
                reason: text(),
            },
            Own::Ambiguous {
                text: text(),
                paths: vec![text()],
            },
            Own::UnknownProfile {
                id: text(),
                similar: vec![text()],
            },
            Own::AmbiguousProfile {
                text: text(),
                ids: vec![text()],
            },
            Own::NothingAsked {},
            Own::EditedLine {
                line: 1,
                text: text(),
            },
            Own::EditedMask { name: text() },
            Own::Editor {
                editor: text(),
                reason: text(),
            },
            Own::Unreadable {
                path: text(),
                reason: text(),
            },
            Own::FileExists { path: text() },
            Own::NoPattern {
                text: text(),
                fault: PasteFault::NotAPath {},
            },
            Own::Output { reason: text() },
            Own::NoRuntime { reason: text() },
        ];
        for own in refusals {
            let refusal = Refusal::Own(own);
            for language in [Language::English, Language::Chinese] {
                let words = refusal
                    .text(&Texts::new(language))
                    .expect("there is somebody to tell");
                assert!(!words.starts_with("failure."), "{words} has no text");
                assert!(!words.contains('{'), "{words} has an open hole");
            }
            let json = refusal.json().expect("there is somebody to tell");
            assert!(json["code"].is_string(), "{json} has a code");
            assert!(json["params"].is_object(), "{json} has parameters");
            assert!(json["message"].is_string(), "{json} has a message");
        }
    }
}
