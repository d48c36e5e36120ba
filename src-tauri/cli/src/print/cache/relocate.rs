//! A move of the module cache.

use gopherdesk_core::{app::MoveReport, cache::MovePlan};

use super::{bytes, size};
use crate::{
    print::{GOOD, WARN, styled},
    texts::Texts,
    visible::visible,
};

/// What would be moved, and where.
pub(crate) fn moving(texts: &Texts, plan: &MovePlan) -> String {
    let line = filled(
        texts,
        "cache.moving",
        &[
            ("from", plan.from.clone()),
            ("to", plan.to.clone()),
            ("size", size(texts, &plan.size)),
            ("files", plan.size.files.to_string()),
            ("free", bytes(plan.free)),
        ],
    );
    let mut text = format!("{line}\n");
    if plan.resumed {
        text += &format!("{}\n", texts.say("cache.move_resumed"));
    }
    if let Some(refused) = &plan.refused {
        let told = texts.tell("failures", refused);
        text += &format!("{}\n", styled(WARN, &visible(&told)));
    }
    text
}

/// What came of it.
pub(crate) fn moved(texts: &Texts, report: &MoveReport) -> String {
    if report.cancelled {
        return format!("{}\n", styled(WARN, texts.say("cache.move_stopped")));
    }
    let copied = filled(
        texts,
        "cache.moved",
        &[
            ("files", report.files.to_string()),
            ("size", bytes(report.bytes)),
            ("to", report.to.clone()),
        ],
    );
    let mut text = format!("{copied}\n");
    if let Some(outcome) = &report.outcome {
        let style = if report.old.is_some() { GOOD } else { WARN };
        let told = texts.tell("outcomes", outcome);
        text += &format!("GOMODCACHE: {}\n", styled(style, &visible(&told)));
    }
    let stays = filled(texts, "cache.old_stays", &[("from", report.from.clone())]);
    text + &format!("{stays}\n")
}

fn filled(texts: &Texts, key: &str, holes: &[(&str, String)]) -> String {
    let holes: Vec<_> = holes
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    visible(&texts.fill(key, &holes)).to_string()
}
