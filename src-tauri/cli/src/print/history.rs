//! What was done, the newest first.

use gopherdesk_core::history::{Entry, EntryChange, History};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    QUIET, WARN, styled,
    table::{Cell, Table},
};
use crate::{texts::Texts, visible::visible};

/// One block a change.
pub(crate) fn list(texts: &Texts, history: &History) -> String {
    let mut text = String::new();
    if history.unreadable > 0 {
        let count = history.unreadable.to_string();
        let unreadable = texts.fill("history.unreadable", &[("count", &count)]);
        text += &format!("{}\n", styled(WARN, &unreadable));
    }
    if history.entries.is_empty() {
        return text + texts.say("history.none") + "\n";
    }
    let zone = TimeZone::system();
    let mut table = Table::default();
    let head = |key| Cell::new(texts.say(key), QUIET);
    table.row([
        head("history.id"),
        head("history.at"),
        head("history.cause"),
    ]);
    for entry in &history.entries {
        table.row([
            Cell::plain(&entry.id),
            Cell::plain(&local(&entry.at, &zone)),
            Cell::plain(&cause(texts, entry)),
        ]);
    }
    let mut lines = table.lines().into_iter();
    text += &(lines.next().unwrap_or_default() + "\n");
    for (entry, line) in history.entries.iter().zip(lines) {
        text += &(line + "\n");
        for changed in &entry.changes {
            text += &change(texts, changed);
        }
    }
    text
}

fn cause(texts: &Texts, entry: &Entry) -> String {
    let cause = texts.tell("causes", &entry.cause);
    let holes = [("cause", cause.as_str()), ("path", &entry.path)];
    match &entry.undone_by {
        None => texts.fill("history.done", &holes),
        Some(by) => texts.fill("history.undone", &[holes[0], holes[1], ("entry", by)]),
    }
}

fn change(texts: &Texts, change: &EntryChange) -> String {
    let shown = |value: &Option<String>| match value.as_deref() {
        None => styled(QUIET, texts.say("history.unset")),
        Some("") => styled(QUIET, texts.say("explain.empty")),
        Some(value) => visible(value).into_owned(),
    };
    let name = visible(&change.name);
    format!(
        "    {name}: {} → {}\n",
        shown(&change.before),
        shown(&change.after)
    )
}

/// The minute on the user's own clock; as it is when it is no time.
fn local(at: &str, zone: &TimeZone) -> String {
    at.parse::<Timestamp>().map_or_else(
        |_| at.to_owned(),
        |at| {
            at.to_zoned_datetime(zone.clone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string()
        },
    )
}
