//! The words: what both hosts say about the core's codes, and what only `gdesk` says.
//!
//! The shared dictionaries are the window's (`ui/src/i18n/shared`), so the two programs never explain one thing in two
//! ways. A template has holes, `{name}`, filled from a code's parameters. A test keeps the languages complete.

mod told;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use gopherdesk_core::mirror::Words;
use serde::Serialize;
use serde_json::Value;

pub(crate) use told::fill;

use crate::language::Language;

const OWN: [&str; 2] = [
    include_str!("../texts/en.json"),
    include_str!("../texts/zh.json"),
];

const SHARED: [&str; 2] = [
    include_str!("../../../ui/src/i18n/shared/en.json"),
    include_str!("../../../ui/src/i18n/shared/zh.json"),
];

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Texts {
    language: Language,
    own: BTreeMap<String, String>,
    shared: Value,
}

impl Texts {
    pub(crate) fn new(language: Language) -> Self {
        let which = match language {
            Language::English => 0,
            Language::Chinese => 1,
        };
        Self {
            language,
            // compiled in and proven to parse by a test: without words the keys themselves are shown
            own: serde_json::from_str(OWN[which]).unwrap_or_default(),
            shared: serde_json::from_str(SHARED[which]).unwrap_or_default(),
        }
    }

    /// A text of `gdesk` itself.
    pub(crate) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.own.get(key).map_or(key, String::as_str)
    }

    /// What our data says in both languages.
    pub(crate) fn words<'a>(&self, words: &'a Words) -> &'a str {
        match self.language {
            Language::English => &words.en,
            Language::Chinese => &words.zh,
        }
    }

    /// A text of `gdesk` itself, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.own.get(key).map(String::as_str)
    }

    /// A text of `gdesk` itself with its holes filled.
    pub(crate) fn fill(&self, key: &str, holes: &[(&str, &str)]) -> String {
        let holes = holes
            .iter()
            .map(|&(name, value)| (name.to_owned(), Value::from(value)))
            .collect();
        fill(self.say(key), &holes)
    }

    /// The name that both hosts give to a plain code, such as an origin.
    pub(crate) fn name(&self, section: &str, code: &impl Serialize) -> String {
        match serde_json::to_value(code) {
            Ok(Value::String(code)) => self.shared(section, &code).unwrap_or(&code).to_owned(),
            _ => String::new(),
        }
    }

    /// A text that both hosts show.
    fn shared<'a>(&'a self, section: &str, key: &str) -> Option<&'a str> {
        self.shared[section][key].as_str()
    }

    /// What both hosts say of a shipped profile or of one of its values, by its place in the section; none for what
    /// has no words.
    pub(crate) fn of_profile(&self, place: &[&str]) -> Option<&str> {
        let section = &self.shared["profiles"];
        place
            .iter()
            .fold(section, |found, key| &found[key])
            .as_str()
    }

    /// What a variable means; none for one that only this Go knows.
    pub(crate) fn meaning(&self, variable: &str) -> Option<&str> {
        self.shared("variables", variable)
    }

    /// What to say in place of a meaning.
    pub(crate) fn meaning_unknown(&self) -> &str {
        self.shared["variable_unknown"].as_str().unwrap_or_default()
    }
}
