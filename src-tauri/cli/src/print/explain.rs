//! One variable: what it means, who sets it, whose value counts.

use gopherdesk_core::environment::{Layer, Variable, Wins};

use super::{
    GOOD, QUIET, STRONG, WARN, environment, styled,
    table::{Cell, Table},
};
use crate::texts::Texts;

/// `unsettable` says why it cannot be written.
pub(crate) fn explain(texts: &Texts, variable: &Variable, unsettable: Option<&str>) -> String {
    let heading = |key| format!("\n{}\n", styled(STRONG, texts.say(key)));
    let meaning = texts.meaning(&variable.name);
    let meaning = meaning.unwrap_or_else(|| texts.meaning_unknown());
    let mut text = format!("{}\n{meaning}\n\n", styled(STRONG, &variable.name));
    text += &values(texts, variable);
    text += &heading("explain.layers");
    text += &layers(texts, &variable.layers);
    if !variable.problems.is_empty() {
        text += &heading("explain.problems");
        for problem in &variable.problems {
            text += &format!("  {}\n", styled(WARN, &texts.tell("problems", problem)));
        }
    }
    text += &heading("explain.write");
    for line in prospect(texts, variable, unsettable) {
        text += &format!("  {line}\n");
    }
    text
}

fn values(texts: &Texts, variable: &Variable) -> String {
    let shown = |value: &str| match value {
        "" => Cell::new(texts.say("explain.empty"), QUIET),
        value => Cell::plain(value),
    };
    let mut table = Table::default();
    table.row([
        Cell::new(texts.say("explain.value"), QUIET),
        shown(&variable.value),
    ]);
    table.row([
        Cell::new(texts.say("list.from"), QUIET),
        Cell::plain(&environment::origin(texts, variable)),
    ]);
    let default = match &variable.default {
        Some(default) => shown(default),
        None => Cell::new(texts.say("explain.no_default"), QUIET),
    };
    table.row([Cell::new(texts.say("explain.default"), QUIET), default]);
    table.to_string()
}

fn layers(texts: &Texts, layers: &[Layer]) -> String {
    if layers.is_empty() {
        return format!("  {}\n", texts.say("explain.unset"));
    }
    let mut table = Table::default();
    for layer in layers {
        let style = match layer.wins {
            Wins::Everywhere => GOOD,
            Wins::Terminals | Wins::Elsewhere => WARN,
            Wins::Nowhere => QUIET,
        };
        table.row([
            Cell::plain(""),
            Cell::plain(&texts.name("origins", &layer.origin)),
            Cell::new(&texts.name("wins", &layer.wins), style),
            Cell::plain(layer.r#where.as_deref().unwrap_or_default()),
            Cell::plain(&layer.value),
        ]);
    }
    table.to_string()
}

/// What a write would do.
fn prospect(texts: &Texts, variable: &Variable, unsettable: Option<&str>) -> Vec<String> {
    let name = ("name", variable.name.as_str());
    if let Some(reason) = unsettable {
        return vec![reason.to_owned()];
    }
    let Some(shadowed) = &variable.shadowed else {
        return vec![texts.fill("explain.would_win", &[name])];
    };
    let place = texts.place(shadowed);
    let mut lines = vec![texts.fill("explain.would_lose", &[name, ("where", &place)])];
    if shadowed.assignment.is_some() {
        lines.push(texts.fill("explain.unshadow", &[name]));
    }
    lines
}
