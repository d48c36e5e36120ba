//! The history as it is shown: done changes only, newest first, credentials masked.

use std::collections::HashMap;

use super::{lines::Lines, record::Intent};
use crate::{
    history::{Cause, Entry, History},
    host::Host,
};

pub(super) fn history(host: &Host, lines: &Lines) -> History {
    let mut undone = undone(lines);
    History {
        entries: lines
            .done()
            .rev()
            .map(|intent| entry(host, intent, undone.remove(&intent.id)))
            .collect(),
        unreadable: lines.unreadable(),
    }
}

/// Which change is undone by which. A change whose undo was undone itself holds again.
pub(super) fn undone(lines: &Lines) -> HashMap<String, String> {
    let mut undone = HashMap::new();
    for intent in lines.done().rev() {
        if let Cause::Undone { entry } = &intent.cause
            && !undone.contains_key(&intent.id)
        {
            undone.insert(entry.clone(), intent.id.clone());
        }
    }
    undone
}

fn entry(host: &Host, intent: &Intent, undone_by: Option<String>) -> Entry {
    Entry {
        id: intent.id.clone(),
        at: intent.at.to_string(),
        cause: intent.cause.clone(),
        kind: intent.kind,
        path: host.short(&intent.target()),
        changes: intent.changes.iter().map(Into::into).collect(),
        undone_by,
    }
}
