//! Mirrors: which there are, and what is known of them.

use anstyle::Style;
use gopherdesk_core::mirror::{Mirror, MirrorKind, MirrorStatus, Mirrors, import::MirrorImport};

use crate::{
    print::{
        BAD, GOOD, QUIET, STRONG, WARN, styled,
        table::{Cell, Table},
    },
    texts::Texts,
    visible::visible,
};

/// One line a mirror; those that serve nobody only if they are asked for, or stand in GOPROXY.
pub(crate) fn list(texts: &Texts, mirrors: &Mirrors, all: bool) -> String {
    let mut table = Table::default();
    let head = |key| Cell::new(texts.say(key), QUIET);
    table.row([
        Cell::plain(""),
        head("mirror.mirror"),
        head("mirror.id"),
        head("mirror.address"),
        head("mirror.where"),
    ]);
    let is_shown = |mirror: &&Mirror| all || mirror.used || is_served(mirror);
    for mirror in mirrors.list.iter().filter(is_shown) {
        table.row(row(texts, mirror));
    }
    let mut text = format!("{table}\n");
    let hidden = mirrors
        .list
        .iter()
        .filter(|mirror| !is_shown(mirror))
        .count();
    if hidden > 0 {
        let line = texts.fill("mirror.hidden", &[("count", &hidden.to_string())]);
        text += &format!("{}\n", styled(QUIET, &line));
    }
    if let Some(trouble) = &mirrors.trouble {
        let trouble = texts.tell("failures", trouble);
        text += &format!("{}\n", styled(BAD, &trouble));
    }
    text + &styled(QUIET, texts.say("mirror.legend")) + "\n"
}

/// Everything about one, with who says so.
pub(crate) fn show(texts: &Texts, mirror: &Mirror) -> String {
    let mut text = format!("{}\n", styled(STRONG, &name(texts, mirror)));
    text += &format!("{}\n", visible(&mirror.url));
    let mut facts = Vec::new();
    let operator = texts.words(&mirror.operator);
    if !operator.is_empty() {
        facts.push(texts.fill("mirror.operator", &[("operator", operator)]));
    }
    if let Some(region) = &mirror.region {
        facts.push(texts.name("regions", region));
    }
    if mirror.kind == MirrorKind::BuiltIn {
        facts.push(texts.name("mirror_status", &mirror.status));
    }
    if mirror.used {
        facts.push(texts.say("mirror.used").to_owned());
    }
    if !facts.is_empty() {
        text += &format!("{}\n", facts.join(" · "));
    }
    if !mirror.databases.is_empty() {
        let databases = mirror.databases.join(", ");
        text += &format!(
            "{}\n",
            texts.fill("mirror.databases", &[("databases", &databases)])
        );
    }
    text += &probe(texts, mirror);
    for note in &mirror.notes {
        let source = format!("{}, {}", note.date, note.source);
        text += &format!(
            "\n{}\n  {}\n",
            texts.words(&note.text),
            styled(QUIET, &source)
        );
    }
    text
}

/// What is about to happen to an own mirror.
pub(crate) fn kept(texts: &Texts, head: &str, mirror: &Mirror) -> String {
    let name = name(texts, mirror);
    let head = texts.fill(head, &[("name", &name)]);
    let address = visible(&mirror.url);
    format!(
        "{}\n  {address}\n{}",
        styled(STRONG, &head),
        probe(texts, mirror)
    )
}

/// What is in a text, and what of it is left out.
pub(crate) fn imported(texts: &Texts, import: &MirrorImport) -> String {
    let mut text = String::new();
    for mirror in &import.mirrors {
        text += &match &mirror.trouble {
            None => format!(
                "{}  {}\n",
                styled(GOOD, &visible(&mirror.name)),
                visible(&mirror.url)
            ),
            Some(trouble) => {
                let reason = texts.tell("failures", trouble);
                let address = styled(QUIET, &visible(&mirror.url));
                format!("{address}\n  {}\n", styled(WARN, &reason))
            }
        };
    }
    text
}

/// Somebody may serve modules there.
fn is_served(mirror: &Mirror) -> bool {
    matches!(mirror.status, MirrorStatus::Current | MirrorStatus::Legacy)
}

fn row(texts: &Texts, mirror: &Mirror) -> [Cell; 5] {
    let style = match (mirror.status, mirror.used) {
        (MirrorStatus::Dead | MirrorStatus::Invented, true) => BAD,
        (_, true) => GOOD,
        (MirrorStatus::Current, false) => Style::new(),
        (_, false) => QUIET,
    };
    let place = match mirror.status {
        MirrorStatus::Current => mirror
            .region
            .as_ref()
            .map(|region| texts.name("regions", region)),
        status => Some(texts.name("mirror_status", &status)),
    };
    [
        Cell::new(if mirror.used { "*" } else { "" }, style),
        Cell::new(texts.words(&mirror.name), style),
        Cell::new(&mirror.id, QUIET),
        Cell::new(&mirror.url, style),
        Cell::new(&place.unwrap_or_default(), QUIET),
    ]
}

fn name(texts: &Texts, mirror: &Mirror) -> String {
    visible(texts.words(&mirror.name)).into_owned()
}

fn probe(texts: &Texts, mirror: &Mirror) -> String {
    let line = |probe: &String| texts.fill("mirror.probe", &[("module", probe)]) + "\n";
    mirror.probe.as_ref().map(line).unwrap_or_default()
}
