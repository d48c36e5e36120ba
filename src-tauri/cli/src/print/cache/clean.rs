//! Plans of cleaning and their reports.

use std::collections::BTreeMap;

use gopherdesk_core::cache::{
    Aside, CachePlan, CleanReport, Kept, Part, Removed, Restored, Size, VerifyReport,
};

use super::{bytes, cost, size};
use crate::{
    print::{
        BAD, GOOD, QUIET, STRONG, WARN, styled,
        table::{Cell, Table},
    },
    texts::Texts,
    visible::visible,
};

/// How many entries are printed: `--json` has them all.
const SHOWN: usize = 20;

/// Exactly what would go.
pub(crate) fn plan(texts: &Texts, plan: &CachePlan) -> String {
    let mut text = String::new();
    let mut table = Table::default();
    for item in plan.items.iter().take(SHOWN) {
        table.row([
            Cell::plain(&size(texts, &item.size)),
            Cell::new(&texts.name("cache_parts", &item.part), QUIET),
            Cell::plain(&item.name),
        ]);
    }
    for line in table.lines() {
        text += &format!("  {line}\n");
    }
    if let Some(more) = plan.items.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let line = texts.fill("cache.more", &[("count", &more.to_string())]);
        text += &format!("  {}\n", styled(QUIET, &line));
    }
    let holes = [
        ("size", size(texts, &plan.size)),
        ("files", plan.size.files.to_string()),
        ("entries", plan.items.len().to_string()),
    ];
    let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
    let key = match plan.items.is_empty() {
        true => "cache.nothing",
        false => "cache.would_free",
    };
    text += &format!("{}\n", styled(STRONG, &texts.fill(key, &holes)));
    if !plan.items.is_empty() {
        text += &format!("{}\n", cost(texts, &plan.cost));
        text += &downloads(texts, plan);
    }
    for running in &plan.running {
        let line = texts.fill(
            "cache.running",
            &[
                ("name", &running.name),
                ("pid", &running.pid.to_string()),
                ("folder", running.folder.as_deref().unwrap_or("-")),
            ],
        );
        text += &format!("{}\n", styled(WARN, &visible(&line)));
    }
    text + &left(texts, &plan.kept)
}

/// Whether what has to be downloaded again can be.
fn downloads(texts: &Texts, plan: &CachePlan) -> String {
    if plan.cost.download == 0 {
        return String::new();
    }
    let (style, line) = match (&plan.chain_seen, plan.offline) {
        (_, true) => (BAD, texts.say("cache.offline").to_owned()),
        (Some(at), false) => (QUIET, texts.fill("cache.chain_seen", &[("at", at)])),
        (None, false) => (WARN, texts.say("cache.chain_unseen").to_owned()),
    };
    format!("{}\n", styled(style, &line))
}

/// What went, and what did not.
pub(crate) fn report(texts: &Texts, report: &CleanReport) -> String {
    let mut text = parts(texts, &report.removed);
    let holes = [("size", bytes(report.freed_bytes))];
    let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
    let (style, key) = match (&report.aside, report.removed.is_empty()) {
        (Some(_), _) if report.freed_bytes > 0 => (WARN, "cache.aside_half"),
        (Some(_), _) => (WARN, "cache.aside_kept"),
        (None, true) if report.freed_bytes == 0 => (QUIET, "cache.nothing"),
        (None, _) => (GOOD, "cache.freed"),
    };
    text += &format!("{}\n", styled(style, &texts.fill(key, &holes)));
    if report.cancelled {
        text += &format!("{}\n", styled(WARN, texts.say("cache.stopped")));
    }
    text + &left(texts, &report.kept)
}

/// What came back.
pub(crate) fn restored(texts: &Texts, restored: &Restored) -> String {
    let mut text = parts(texts, &restored.removed);
    text += &format!("{}\n", styled(GOOD, texts.say("cache.restored")));
    text + &left(texts, &restored.kept)
}

/// What is set aside.
pub(crate) fn aside(texts: &Texts, aside: &Aside) -> String {
    let mut text = parts(texts, &aside.removed);
    let holes = [("size", size(texts, &aside.size)), ("at", aside.at.clone())];
    let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
    text += &format!("{}\n", texts.fill("cache.aside", &holes));
    text
}

/// What is set aside, for somebody who asked for something else.
pub(crate) fn aside_note(texts: &Texts, aside: &Aside) -> String {
    let size = size(texts, &aside.size);
    let key = match aside.purging {
        true => "cache.note_half",
        false => "cache.note_aside",
    };
    texts.fill(key, &[("size", &size), ("at", &aside.at)])
}

/// What is damaged.
pub(crate) fn verified(texts: &Texts, report: &VerifyReport) -> String {
    let mut text = String::new();
    for version in &report.damaged {
        let name = format!("{}@{}", version.module, version.version);
        text += &format!("{}\n", styled(BAD, &visible(&name)));
        for fault in &version.faults {
            let told = texts.tell_tagged("damages", "damage", fault);
            text += &format!("  {}\n", visible(&told));
        }
    }
    let holes = [
        ("versions", report.versions.to_string()),
        ("damaged", report.damaged.len().to_string()),
    ];
    let holes = holes.each_ref().map(|(key, value)| (*key, value.as_str()));
    let (style, key) = match report.damaged.is_empty() {
        true => (GOOD, "cache.sound"),
        false => (BAD, "cache.damaged"),
    };
    text += &format!("{}\n", styled(style, &texts.fill(key, &holes)));
    if report.cancelled {
        text += &format!("{}\n", styled(WARN, texts.say("cache.cancelled")));
    }
    text
}

/// Together, by what it was.
fn parts(texts: &Texts, removed: &[Removed]) -> String {
    let mut sums: BTreeMap<Part, Size> = BTreeMap::new();
    for one in removed {
        *sums.entry(one.part).or_default() += Size {
            bytes: one.bytes,
            files: one.files,
            ..Size::default()
        };
    }
    let mut table = Table::default();
    for (part, sum) in sums {
        let files = texts.fill("cache.files", &[("files", &sum.files.to_string())]);
        table.row([
            Cell::plain(&texts.name("cache_parts", &part)),
            Cell::plain(&bytes(sum.bytes)),
            Cell::new(&files, QUIET),
        ]);
    }
    let lines = table.lines();
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

fn left(texts: &Texts, kept: &[Kept]) -> String {
    let mut text = String::new();
    for one in kept.iter().take(SHOWN) {
        let told = texts.tell("failures", &one.reason);
        text += &format!("{}\n", styled(WARN, &visible(&told)));
    }
    if let Some(more) = kept.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        let line = texts.fill("cache.more", &[("count", &more.to_string())]);
        text += &format!("{}\n", styled(QUIET, &line));
    }
    text
}
