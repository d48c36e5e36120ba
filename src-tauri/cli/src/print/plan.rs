//! A change before it happens, and what became of it.

use gopherdesk_core::{
    app::Written,
    environment::Variable,
    plan::{DiffKind, DiffLine, OutcomeResult, Plan, PlannedChange},
};

use super::{BAD, GOOD, QUIET, STRONG, WARN, styled};
use crate::{texts::Texts, visible::visible};

/// Everything to know before saying yes.
pub(crate) fn plan(texts: &Texts, plan: &Plan) -> String {
    let title = texts.fill("plan.title", &[("path", &plan.path)]);
    let mut text = format!("{}\n", styled(STRONG, &title));
    let width = plan.diff.iter().map(|line| line.line).max().unwrap_or(0);
    let width = width.to_string().len();
    for line in &plan.diff {
        text += &diff(line, width);
    }
    if !plan.commands.is_empty() {
        text += &format!("\n{}\n", styled(STRONG, texts.say("plan.commands")));
    }
    for command in &plan.commands {
        text += &format!("  {}\n", visible(command));
    }
    let notes: Vec<_> = plan
        .changes
        .iter()
        .flat_map(|change| notes(texts, change))
        .collect();
    if !notes.is_empty() {
        text.push('\n');
    }
    for note in notes {
        text += &format!("{}\n", styled(WARN, &note));
    }
    for danger in &plan.dangers {
        let words = texts.danger(danger);
        let head = texts.fill("plan.danger", &[("name", &danger.name)]);
        text += &format!("\n{}\n  {words}\n", styled(BAD, &head));
    }
    text
}

fn diff(line: &DiffLine, width: usize) -> String {
    let (mark, style) = match line.kind {
        DiffKind::Same => (' ', QUIET),
        DiffKind::Added => ('+', GOOD),
        DiffKind::Removed => ('-', BAD),
    };
    let shown = format!("{mark} {}", visible(&line.text));
    format!(
        "  {QUIET}{:>width$}{QUIET:#} {}\n",
        line.line,
        styled(style, shown.trim_end())
    )
}

fn notes(texts: &Texts, change: &PlannedChange) -> Vec<String> {
    let name = ("name", change.name.as_str());
    let mut notes = Vec::new();
    if let Some(shadowed) = &change.shadowed {
        let place = texts.place(shadowed);
        let holes = [name, ("where", &place), ("value", &shadowed.value)];
        notes.push(texts.fill("plan.shadowed", &holes));
    }
    for warning in &change.warnings {
        let problem = texts.tell("problems", warning);
        notes.push(texts.fill("plan.warning", &[name, ("problem", &problem)]));
    }
    notes
}

/// That a value which the file has already does not count; nothing when it does.
pub(crate) fn outranked(texts: &Texts, variable: &Variable) -> String {
    let Some(shadowed) = &variable.shadowed else {
        return String::new();
    };
    let place = texts.place(shadowed);
    let holes = [
        ("name", variable.name.as_str()),
        ("where", &place),
        ("value", &shadowed.value),
    ];
    let words = texts.fill("done.outranked", &holes);
    let mut text = format!("{}\n", styled(WARN, &words));
    if shadowed.assignment.is_some() {
        let hint = texts.fill("done.unshadow", &[("name", &variable.name)]);
        text += &format!("  {hint}\n");
    }
    text
}

/// What go says after the change, and how to take it back.
pub(crate) fn applied(texts: &Texts, plan: &Plan, applied: &Written) -> String {
    let mut text = texts.fill("done.title", &[("path", &plan.path)]) + "\n";
    for outcome in &applied.outcomes {
        let words = texts.tell("outcomes", &outcome.result);
        let holes = [("name", outcome.name.as_str()), ("outcome", &words)];
        let style = match &outcome.result {
            OutcomeResult::InEffect {} => GOOD,
            OutcomeResult::Shadowed { .. }
            | OutcomeResult::Overwritten {}
            | OutcomeResult::Unconfirmed {} => WARN,
        };
        text += &format!("{}\n", styled(style, &texts.fill("done.outcome", &holes)));
        if let OutcomeResult::Shadowed { shadowed } = &outcome.result
            && shadowed.assignment.is_some()
        {
            let hint = texts.fill("done.unshadow", &[("name", &outcome.name)]);
            text += &format!("  {hint}\n");
        }
    }
    let undo = texts.fill("done.undo", &[("entry", &applied.entry)]);
    text + &styled(QUIET, &undo) + "\n"
}
