//! Codes with parameters become sentences (`ui/src/i18n/shared/README.md` has the rules).

use gopherdesk_core::{
    app::Finding,
    cache::Tier,
    environment::{Danger, Shadowed},
    profile::Title,
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Texts;
use crate::visible::visible;

impl Texts {
    /// The sentence of anything that is written as `{"code", "params"}`, by its section.
    pub(crate) fn tell(&self, section: &str, told: &impl Serialize) -> String {
        self.tell_value(section, &wire(told))
    }

    /// The sentence of anything whose code stands in the field `tag` among its parameters.
    pub(crate) fn tell_tagged(&self, section: &str, tag: &str, told: &impl Serialize) -> String {
        let told = wire(told);
        let code = told[tag].as_str().unwrap_or_default();
        let holes = told.as_object().cloned().unwrap_or_default();
        fill(self.shared(section, code).unwrap_or(code), &holes)
    }

    /// A text that both hosts show, with its holes filled.
    pub(crate) fn fill_shared(&self, section: &str, key: &str, holes: &[(&str, &str)]) -> String {
        let holes = holes
            .iter()
            .map(|&(name, value)| (name.to_owned(), Value::from(value)))
            .collect();
        fill(self.shared(section, key).unwrap_or(key), &holes)
    }

    /// What a tier of cleaning is called.
    pub(crate) fn tier(&self, tier: &Tier) -> String {
        if matches!(tier, Tier::Builds { days: 0 }) {
            let all = self.shared["tier_all_builds"].as_str();
            return all.unwrap_or_default().to_owned();
        }
        let told = wire(tier);
        let code = told["tier"].as_str().unwrap_or_default();
        let title = self.shared["tiers"][code]["title"].as_str();
        let holes = told.as_object().cloned().unwrap_or_default();
        fill(title.unwrap_or(code), &holes)
    }

    /// What a finding is, and what to know about it.
    pub(crate) fn finding(&self, finding: &Finding) -> (String, String) {
        let finding = wire(&finding.what);
        let code = finding["code"].as_str().unwrap_or_default();
        let texts = &self.shared["findings"][code];
        let holes = self.holes(&finding);
        let fill = |part: &str| fill(texts[part].as_str().unwrap_or(code), &holes);
        (fill("title"), fill("detail"))
    }

    /// What a dangerous value leads to.
    pub(crate) fn danger(&self, danger: &Danger) -> String {
        let holes = Map::from_iter([("name".to_owned(), danger.name.clone().into())]);
        fill(&self.name("dangers", &danger.consequence), &holes)
    }

    /// What outranks the file: the line, else what kind of place it is.
    pub(crate) fn place(&self, shadowed: &Shadowed) -> String {
        shadowed
            .r#where
            .clone()
            .unwrap_or_else(|| self.name("origins", &shadowed.by))
    }

    /// What a profile is called in this language.
    pub(crate) fn title(&self, title: &Title) -> String {
        self.title_value(&wire(title))
    }

    fn title_value(&self, title: &Value) -> String {
        let builtin = title["builtin"].as_str();
        let shipped = builtin.map(|code| {
            self.shared["profiles"]["names"][code]
                .as_str()
                .unwrap_or(code)
        });
        let own = title["name"].as_str();
        shipped.or(own).unwrap_or_default().to_owned()
    }

    fn tell_value(&self, section: &str, told: &Value) -> String {
        let code = told["code"].as_str().unwrap_or_default();
        fill(
            self.shared(section, code).unwrap_or(code),
            &self.holes(told),
        )
    }

    /// A told thing inside another one stands in its sentence as a sentence of its own.
    fn holes(&self, told: &Value) -> Map<String, Value> {
        let mut holes = Map::new();
        for (name, value) in told["params"].as_object().into_iter().flatten() {
            // a word of a list of words
            let list = match (told["code"].as_str(), name.as_str()) {
                (Some("would_lose"), "what") => Some("losses"),
                (Some("wrong_record"), "reason") => Some("record_faults"),
                (Some("redirect_refused"), "reason") => Some("redirect_faults"),
                _ => None,
            };
            if let Some(list) = list {
                holes.insert(name.clone(), self.name(list, value).into());
                continue;
            }
            let section = match name.as_str() {
                "failure" => "failures",
                "fault" => "faults",
                "problem" if told["code"] == "env_file" => "file_problems",
                "problem" => "problems",
                "shadowed" => {
                    let place = match &value["where"] {
                        Value::Null => self.name("origins", &value["by"]).into(),
                        place => place.clone(),
                    };
                    holes.insert("where".to_owned(), place);
                    holes.insert("value".to_owned(), value["value"].clone());
                    continue;
                }
                "title" => {
                    holes.insert(name.clone(), self.title_value(value).into());
                    continue;
                }
                _ => {
                    holes.insert(name.clone(), value.clone());
                    continue;
                }
            };
            holes.insert(name.clone(), self.tell_value(section, value).into());
        }
        holes
    }
}

/// What the core would send to the window; its own types cannot fail to be written.
fn wire(told: &impl Serialize) -> Value {
    serde_json::to_value(told).unwrap_or_default()
}

/// A template with its holes filled; what is filled in cannot command the terminal.
pub(crate) fn fill(template: &str, holes: &Map<String, Value>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let found = after
            .split_once('}')
            .and_then(|(name, after)| Some((filling(holes.get(name)?), after)));
        match found {
            Some((filling, after)) => {
                text.push_str(&filling);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

fn filling(value: &Value) -> String {
    match value {
        Value::String(text) => indented(text),
        Value::Array(list) => list.iter().map(filling).collect::<Vec<_>>().join(", "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// What go says may have several lines: they stay lines, and are seen to be part of the sentence.
fn indented(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(visible).collect();
    lines.join("\n    ")
}
