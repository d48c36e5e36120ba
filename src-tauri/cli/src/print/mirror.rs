//! Mirrors: what a test found out about them.

mod list;

pub(crate) use list::{imported, kept, list, show};

use gopherdesk_core::mirror::{
    Mirrors,
    choose::Proof,
    report::{Condition, Finding, MirrorReport, Recommended, Stage, TestReport, Verdict},
};

use super::{
    BAD, GOOD, QUIET, STRONG, WARN, styled,
    table::{Cell, Table},
};
use crate::{texts::Texts, visible::visible};

/// The rows in their order, then the chain that follows.
pub(crate) fn tested(texts: &Texts, known: &Mirrors, report: &TestReport) -> String {
    let mut table = Table::default();
    let head = |key| Cell::new(texts.say(key), QUIET);
    table.row([
        Cell::plain(""),
        head("mirror.mirror"),
        head("mirror.latency"),
        head("mirror.download"),
        head("mirror.project"),
        head("mirror.verdict"),
    ]);
    for row in in_order(report) {
        table.row(cells(texts, known, report, row));
    }
    let mut text = format!("{table}\n");
    let workload = &report.workload;
    text += &styled(
        QUIET,
        &texts.fill(
            "mirror.workload",
            &[
                ("modules", &workload.modules.to_string()),
                ("megabytes", &(workload.bytes / 1_000_000).to_string()),
                ("used", &megabytes(report.bytes_used)),
            ],
        ),
    );
    text.push('\n');
    if report.cancelled {
        text += &format!("{}\n", styled(WARN, texts.say("mirror.cancelled")));
    }
    if report.interrupted {
        text += &format!("{}\n", styled(WARN, texts.say("mirror.interrupted")));
    }
    match &report.recommended {
        Some(recommended) => text += &chain(texts, known, recommended),
        None => text += &format!("\n{}\n", styled(BAD, texts.say("mirror.none_sound"))),
    }
    text
}

/// Whether modules come through what is set.
pub(crate) fn proven(texts: &Texts, proof: &Proof) -> String {
    let line = match &proof.failure {
        _ if proof.cancelled => styled(WARN, texts.say("mirror.proof_stopped")),
        Some(failure) => styled(BAD, &texts.tell("failures", failure)),
        None => {
            let seconds = format!("{:.1}", f64::from(proof.elapsed_ms) / 1000.0);
            let holes = [
                ("module", proof.module.as_str()),
                ("seconds", &seconds),
                ("goproxy", &proof.goproxy),
                ("gosumdb", &proof.gosumdb),
            ];
            styled(GOOD, &texts.fill("mirror.proven", &holes))
        }
    };
    format!("{line}\n")
}

/// What a mirror is called, in this language; its address where it has no name.
pub(crate) fn name(texts: &Texts, known: &Mirrors, row: &MirrorReport) -> String {
    let mut list = known.list.iter();
    let found = list.find(|mirror| mirror.id == row.id);
    found.map_or_else(
        || row.url.clone(),
        |mirror| texts.words(&mirror.name).to_owned(),
    )
}

/// How far a test is, in a few words.
pub(crate) fn stage(texts: &Texts, row: &MirrorReport) -> String {
    match &row.stage {
        Stage::Done {} => verdict(texts, row),
        Stage::Downloading { bytes, total } => {
            let percent = total.filter(|total| *total > 0).map_or_else(
                || megabytes(*bytes),
                |total| format!("{} %", u64::from(*bytes) * 100 / u64::from(total)),
            );
            texts.fill("mirror.downloading", &[("part", &percent)])
        }
        Stage::Queued {} | Stage::Waiting {} => texts.say("mirror.waiting").to_owned(),
        Stage::Connecting {} | Stage::Sampling {} | Stage::Checking {} => {
            texts.say("mirror.asking").to_owned()
        }
    }
}

/// The ranked ones first, then those that nobody should use.
fn in_order(report: &TestReport) -> Vec<&MirrorReport> {
    let place = |row: &MirrorReport| {
        let mut ranking = report.ranking.iter();
        ranking.position(|id| *id == row.id).unwrap_or(usize::MAX)
    };
    let mut rows: Vec<_> = report.mirrors.iter().collect();
    rows.sort_by_key(|row| place(row));
    rows
}

fn cells(texts: &Texts, known: &Mirrors, report: &TestReport, row: &MirrorReport) -> [Cell; 6] {
    let place = report.ranking.iter().position(|id| *id == row.id);
    let style = match (place, row.sound) {
        (Some(0), _) => GOOD,
        (_, true) => anstyle::Style::new(),
        (_, false) => QUIET,
    };
    let latency = row.latency.median_ms.map(|median| {
        let jitter = row.latency.jitter_ms.unwrap_or_default();
        format!("{median:.0} ms ± {jitter:.0}")
    });
    let rate = row
        .throughput
        .as_ref()
        .map(|sent| format!("{:.1} MB/s", sent.bytes_per_second / 1e6));
    let projected = row
        .projected_ms
        .map(|time| format!("{:.1} s", time / 1000.0));
    let field = |text: Option<String>| Cell::new(&text.unwrap_or_default(), style);
    [
        Cell::new(
            &place.map_or_else(|| "–".to_owned(), |place| (place + 1).to_string()),
            style,
        ),
        Cell::new(&name(texts, known, row), style),
        field(latency),
        field(rate),
        field(projected),
        Cell::new(&verdict(texts, row), if row.sound { style } else { BAD }),
    ]
}

/// Why a mirror is sound or not, with its conditions.
fn verdict(texts: &Texts, row: &MirrorReport) -> String {
    let told = match &row.verdict {
        Verdict::Found(Finding::SoundWithConditions {}) if !row.conditions.is_empty() => {
            String::new()
        }
        Verdict::Found(found) => texts.tell("verdict", found),
        Verdict::Trouble(trouble) => texts.tell("trouble", trouble),
    };
    let conditions = row
        .conditions
        .iter()
        .map(|condition: &Condition| texts.tell("conditions", condition));
    let all: Vec<_> = std::iter::once(told)
        .chain(conditions)
        .filter(|part| !part.is_empty())
        .collect();
    all.join(" ")
}

fn chain(texts: &Texts, known: &Mirrors, recommended: &Recommended) -> String {
    let mut text = format!(
        "\n{}\n  GOPROXY={}\n  GOSUMDB={}\n",
        styled(STRONG, texts.say("mirror.recommended")),
        visible(&recommended.goproxy),
        visible(&recommended.gosumdb),
    );
    for reason in &recommended.why {
        let mut told = serde_json::to_value(reason).unwrap_or_default();
        // an id is for programs
        if let Some(id) = told["params"]["mirror"].as_str() {
            let mut list = known.list.iter();
            let found = list.find(|mirror| mirror.id == id);
            if let Some(mirror) = found {
                told["params"]["mirror"] = texts.words(&mirror.name).into();
            }
        }
        text += &format!("  {}\n", styled(QUIET, &texts.tell("reasons", &told)));
    }
    text + &format!("{}\n", texts.say("mirror.how_to_use"))
}

fn megabytes(bytes: u32) -> String {
    format!("{:.1} MB", f64::from(bytes) / 1e6)
}
