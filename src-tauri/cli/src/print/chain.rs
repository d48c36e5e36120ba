//! A chain of sources, and its rehearsal.

use gopherdesk_core::chain::{
    ChainEntry, ChainView, Junction,
    rehearsal::{Ending, Rehearsal, Then},
};
use serde_json::json;

use super::{BAD, GOOD, QUIET, STRONG, WARN, styled};
use crate::{texts::Texts, visible::visible};

/// The sources with what stands between them, then the problems.
pub(crate) fn chain(texts: &Texts, view: &ChainView) -> String {
    let mut text = format!(
        "GOPROXY={}\nGOSUMDB={}\n\n",
        visible(&view.goproxy),
        visible(&view.gosumdb)
    );
    if view.entries.is_empty() {
        text += &format!("{}\n", texts.say("chain.none"));
    } else {
        text += &format!("{}\n", styled(STRONG, texts.say("chain.sources")));
    }
    for (at, entry) in view.entries.iter().enumerate() {
        let mut line = format!("  {} {}", at + 1, visible(&entry.text));
        if !entry.reached {
            line += &format!("  {}", styled(WARN, texts.say("chain.unreached")));
        } else if let Some(next) = entry.next {
            line += &format!("  {}", styled(QUIET, junction(texts, next)));
        }
        text += &format!("{line}\n");
    }
    text.push('\n');
    if let Some(error) = &view.error {
        let line = texts.fill("chain.refused", &[("error", error)]);
        text += &format!("{}\n", styled(BAD, &line));
    }
    for problem in &view.problems {
        let style = if problem.refused { BAD } else { WARN };
        text += &format!(
            "{}\n",
            styled(style, &texts.tell("problems", &problem.problem))
        );
        if let Some(fix) = &problem.fix {
            let holes = [
                ("goproxy", fix.goproxy.as_str()),
                ("gosumdb", fix.gosumdb.as_str()),
            ];
            text += &format!("  {}\n", texts.fill("chain.fix", &holes));
        }
    }
    if view.problems.is_empty() && view.error.is_none() {
        text += &format!("{}\n", styled(GOOD, texts.say("chain.fine")));
    }
    text
}

/// How it ends, then every source.
pub(crate) fn rehearsal(texts: &Texts, view: &ChainView, rehearsal: &Rehearsal) -> String {
    let name = |place: u32| {
        let entry = usize::try_from(place)
            .ok()
            .and_then(|at| view.entries.get(at));
        entry
            .map(|entry: &ChainEntry| visible(&entry.text))
            .unwrap_or_default()
    };
    let is_well = matches!(
        rehearsal.ending,
        Ending::Served { .. } | Ending::FromOrigin {}
    );
    let mut told = json!(rehearsal.ending);
    // a place is for programs
    if let Some(place) = rehearsal.ending.entry() {
        told["params"]["entry"] = name(place).into();
    }
    let ending = texts.tell("rehearsal_endings", &told);
    let mut text = format!("{}\n", styled(if is_well { GOOD } else { BAD }, &ending));
    for step in &rehearsal.steps {
        let mut line = format!(
            "  {} {}  {}",
            step.entry + 1,
            name(step.entry),
            styled(style(step.then), &texts.name("rehearsal_steps", &step.then))
        );
        if rehearsal.told.contains(&step.entry) {
            line += &format!("  {}", styled(QUIET, texts.say("chain.told")));
        }
        text += &format!("{line}\n");
    }
    match rehearsal.wait_seconds {
        None => text += &format!("{}\n", texts.say("chain.for_ever")),
        Some(0) => {}
        Some(seconds) => {
            let line = texts.fill("chain.waits", &[("seconds", &seconds.to_string())]);
            text += &format!("{line}\n");
        }
    }
    if !rehearsal.said.is_empty() {
        text += &format!("\n{}\n", styled(QUIET, texts.say("chain.said")));
        for line in rehearsal.said.lines() {
            text += &format!("  {}\n", visible(line));
        }
    }
    text
}

fn junction(texts: &Texts, next: Junction) -> &str {
    texts.say(match next {
        Junction::OnMissing => "chain.on_missing",
        Junction::OnAnyError => "chain.on_any_error",
    })
}

const fn style(then: Then) -> anstyle::Style {
    match then {
        Then::Served => GOOD,
        Then::Stops | Then::Hangs => BAD,
        Then::GoesOnError => WARN,
        Then::GoesOnMissing | Then::NotAsked | Then::DatabaseOnly | Then::PassedOver => QUIET,
    }
}
