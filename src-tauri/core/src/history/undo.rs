//! Undo: a plan that sets back exactly what one change set, on the file as it is now.
//!
//! There are no inverse operations: an undo is a change like any other, so undoing it is the redo.

use super::{
    Cause, HistoryError,
    journal::{Intent, Journal, LineChange},
};
use crate::{
    environment::{
        file::{EnvText, LIMIT},
        plan::{commands, differences, new_id},
    },
    error::Error,
    host::{Host, replace::read},
    plan::{Draft, DraftValue, Plan, PlanKind, PlannedChange, diff::diff},
    secret::mask_text,
};

/// Plans the undo of the change with this id.
///
/// Byte for byte while the file is as the change left it, which also removes a file that the change made. Else only
/// the variables, or the lines of a start-up file, that the change touched.
///
/// # Errors
/// [`HistoryError::UnknownEntry`], [`HistoryError::AlreadyUndone`], [`HistoryError::Drifted`] when what was changed
/// was changed again since; the file or the journal cannot be read.
pub fn draft(host: &Host, journal: &Journal, id: &str) -> Result<Draft, Error> {
    let (intent, undone_by) = journal.find(id)?;
    if undone_by.is_some() {
        return Err(HistoryError::AlreadyUndone {}.into());
    }
    let now = read(&intent.target(), LIMIT)?;
    let after = if intent.leaves(now.as_deref())
        && let Some(before) = journal.before(&intent)?
    {
        before
    } else {
        let bytes = now.as_deref().unwrap_or_default();
        let set_back = match intent.kind {
            PlanKind::Environment => values_back(&intent, bytes),
            PlanKind::Startup => lines_back(&intent, bytes),
        };
        Some(set_back.map_err(|mut what| {
            if what.is_empty() {
                what.push(host.short(&intent.target()));
            }
            HistoryError::Drifted { what }
        })?)
    };
    Ok(planned(host, &intent, now, after))
}

/// The file with the variables of the change as they were; or those that are no longer as the change left them.
fn values_back(intent: &Intent, now: &[u8]) -> Result<Vec<u8>, Vec<String>> {
    let mut text = EnvText::parse(now);
    let values = text.values();
    let drifted: Vec<_> = intent
        .changes
        .iter()
        .filter(|change| {
            values.get(&change.name) != change.after.as_ref()
                || is_mangled(change.before.as_deref())
        })
        .map(|change| change.name.clone())
        .collect();
    if !drifted.is_empty() || intent.changes.is_empty() {
        return Err(drifted);
    }
    for change in &intent.changes {
        match &change.before {
            Some(value) => text.set(&change.name, value),
            None => text.unset(&change.name),
        }
    }
    Ok(text.render())
}

/// Whether a value was no text and is known only by its bytes in the backup.
fn is_mangled(value: Option<&str>) -> bool {
    value.is_some_and(|value| value.contains(char::REPLACEMENT_CHARACTER))
}

/// The file with the lines of the change as they were, if those that it left stand there exactly once.
fn lines_back(intent: &Intent, now: &[u8]) -> Result<Vec<u8>, Vec<String>> {
    let Some(LineChange { added, removed, .. }) = &intent.lines else {
        return Err(Vec::new());
    };
    let added = added.bytes();
    if added.is_empty() {
        // where lines were only taken out, nothing tells the place any more
        return Err(Vec::new());
    }
    let starts = std::iter::once(0).chain(
        now.iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .map(|(at, _)| at + 1),
    );
    let mut found = starts.filter(|&at| is_whole(now, at, added));
    match (found.next(), found.next()) {
        (Some(at), None) => Ok([&now[..at], removed.bytes(), &now[at + added.len()..]].concat()),
        _ => Err(Vec::new()),
    }
}

/// Whether `lines` stand at `at`, and end where a line ends.
fn is_whole(now: &[u8], at: usize, lines: &[u8]) -> bool {
    now[at..]
        .strip_prefix(lines)
        .is_some_and(|rest| lines.ends_with(b"\n") || rest.is_empty())
}

fn planned(host: &Host, intent: &Intent, before: Option<Vec<u8>>, after: Option<Vec<u8>>) -> Draft {
    let (was, is) = (
        before.as_deref().unwrap_or_default(),
        after.as_deref().unwrap_or_default(),
    );
    let values = match intent.kind {
        PlanKind::Environment => differences(&EnvText::parse(was), &EnvText::parse(is)),
        // what a start-up file makes of its lines only the shell knows: the change, turned round
        PlanKind::Startup => intent
            .changes
            .iter()
            .map(|change| DraftValue {
                name: change.name.clone(),
                before: change.after.clone(),
                after: change.before.clone(),
            })
            .collect(),
    };
    let masked = |value: &Option<String>| value.as_deref().map(mask_text);
    Draft {
        plan: Plan {
            id: new_id(is),
            kind: intent.kind,
            path: host.short(&intent.target()),
            diff: diff(was, is),
            changes: values
                .iter()
                .map(|value| PlannedChange {
                    name: value.name.clone(),
                    before: masked(&value.before),
                    after: masked(&value.after),
                    shadowed: None,
                    warnings: Vec::new(),
                })
                .collect(),
            commands: match intent.kind {
                PlanKind::Environment => commands(&values, host.os),
                PlanKind::Startup => Vec::new(),
            },
            dangers: Vec::new(),
        },
        target: intent.target(),
        before,
        after,
        cause: Cause::Undone {
            entry: intent.id.clone(),
        },
        values,
    }
}
