//! The race of a project, and a project that was prefetched.

use gopherdesk_core::mirror::{
    Mirrors,
    prefetch::Prefetched,
    race::{RaceFailure, RaceReport, RaceRow, RaceState},
};

use super::{
    BAD, GOOD, QUIET, WARN, styled,
    table::{Cell, Table},
};
use crate::{texts::Texts, visible::visible};

/// The rows in the order in which they ran, then why modules did not come.
pub(crate) fn raced(texts: &Texts, known: &Mirrors, report: &RaceReport) -> String {
    let holes = [
        ("project", report.project.as_str()),
        ("modules", &report.modules.to_string()),
        ("megabytes", &(report.budget / 1_000_000).to_string()),
    ];
    let title = texts.fill("race.title", &holes);
    let mut table = Table::default();
    let head = |key| Cell::new(texts.say(key), QUIET);
    table.row([
        head("race.through"),
        head("race.time"),
        head("race.size"),
        head("race.modules"),
        head("race.request"),
        head("race.rate"),
        head("race.errors"),
        head("race.state"),
    ]);
    for row in &report.rows {
        table.row(cells(texts, known, report, row));
    }
    let mut text = format!("{}\n{table}\n", visible(&title));
    for row in &report.rows {
        let name = name(texts, known, row.mirror.as_deref());
        text += &failures(texts, Some(&name), &row.failures, row.failed);
        if let Some(failure) = &row.failure {
            let why = texts.tell("failures", failure);
            text += &format!("{}\n", styled(BAD, &visible(&format!("{name}: {why}"))));
        }
    }
    if report.cancelled {
        text += &format!("{}\n", styled(WARN, texts.say("race.cancelled")));
    }
    if report.interrupted {
        text += &format!("{}\n", styled(WARN, texts.say("race.interrupted")));
    }
    text
}

/// What is in the module cache now.
pub(crate) fn prefetched(texts: &Texts, done: &Prefetched) -> String {
    let holes = [
        ("project", done.project.as_str()),
        ("fetched", &done.fetched.to_string()),
        ("modules", &done.modules.to_string()),
        ("of", &done.of.to_string()),
        ("size", &megabytes(done.bytes)),
        ("seconds", &seconds(done.elapsed_ms)),
        ("goproxy", &done.goproxy),
        ("cache", &done.cache),
    ];
    let (key, style) = match done.state {
        RaceState::Complete => ("prefetch.done", GOOD),
        RaceState::Stopped => ("prefetch.stopped", WARN),
        _ => ("prefetch.incomplete", BAD),
    };
    let line = texts.fill(key, &holes);
    let mut text = format!("{}\n", styled(style, &visible(&line)));
    if !matches!(
        done.state,
        RaceState::Complete | RaceState::Stopped | RaceState::Incomplete
    ) {
        text += &format!("{}\n", texts.name("race_states", &done.state));
    }
    text += &failures(texts, None, &done.failures, done.failed);
    if let Some(failure) = &done.failure {
        let why = texts.tell("failures", failure);
        text += &format!("{}\n", styled(BAD, &visible(&why)));
    }
    text
}

/// Who ran, in this language.
pub(crate) fn name(texts: &Texts, known: &Mirrors, mirror: Option<&str>) -> String {
    let Some(id) = mirror else {
        return texts.say("race.chain").to_owned();
    };
    let mut list = known.list.iter();
    let found = list.find(|mirror| mirror.id == id);
    found.map_or_else(
        || id.to_owned(),
        |mirror| texts.words(&mirror.name).to_owned(),
    )
}

fn cells(texts: &Texts, known: &Mirrors, report: &RaceReport, row: &RaceRow) -> [Cell; 8] {
    let best = report.ranking.first();
    let style = match row.state {
        RaceState::Complete if row.mirror.is_some() && row.mirror.as_ref() == best => GOOD,
        RaceState::Complete => anstyle::Style::new(),
        _ => QUIET,
    };
    let ran = row.elapsed_ms > 0.0;
    let field = |text: String| match ran {
        true => Cell::new(&text, style),
        false => Cell::plain(""),
    };
    let told = match row.state {
        RaceState::Complete => style,
        RaceState::Waiting | RaceState::Running | RaceState::Stopped => WARN,
        _ => BAD,
    };
    let request = row.mean_request_ms.map(|mean| format!("{mean:.0} ms"));
    let rate = row.requests_per_second.map(|rate| format!("{rate:.1}/s"));
    let errors = (row.requests > 0).then(|| format!("{:.0} %", row.error_rate * 100.0));
    [
        Cell::new(&name(texts, known, row.mirror.as_deref()), style),
        field(format!("{} s", seconds(row.elapsed_ms))),
        field(megabytes(row.bytes)),
        field(format!("{}/{}", row.modules, row.of)),
        field(request.unwrap_or_default()),
        field(rate.unwrap_or_default()),
        field(errors.unwrap_or_default()),
        Cell::new(&texts.name("race_states", &row.state), told),
    ]
}

fn failures(texts: &Texts, through: Option<&str>, failures: &[RaceFailure], failed: u32) -> String {
    let mut text = String::new();
    for failure in failures {
        let module = failure.module.as_deref().unwrap_or("go");
        let about = match through {
            Some(name) => format!("{name}: {module}"),
            None => module.to_owned(),
        };
        let message = failure.message.replace('\n', "\n    ");
        text += &format!(
            "{}\n    {}\n",
            styled(BAD, &visible(&about)),
            visible(&message)
        );
    }
    let told = u32::try_from(failures.len()).unwrap_or(u32::MAX);
    if failed > told {
        let more = (failed - told).to_string();
        text += &format!("{}\n", texts.fill("race.more", &[("more", &more)]));
    }
    text
}

fn seconds(milliseconds: f64) -> String {
    format!("{:.1}", milliseconds / 1000.0)
}

fn megabytes(bytes: u32) -> String {
    format!("{:.1} MB", f64::from(bytes) / 1e6)
}
