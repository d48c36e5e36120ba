//! The race of a project on a terminal.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use gopherdesk_core::mirror::{
    Mirrors,
    race::{RaceEvent, RaceMirrors, RaceState},
};
use serde_json::json;

use crate::{
    print::{self, Answer, End, is_watched},
    refusal::Refusal,
    session::Session,
    texts::Texts,
};

/// Names the one job that this program ever has.
const JOB: &str = "race";

/// Lets mirrors run; the answer is what ran, also when Ctrl-C stopped it.
pub(super) async fn run(
    session: &Session<'_>,
    mirrors: Vec<String>,
    project: &Path,
    budget: Option<u32>,
    lines: bool,
) -> Result<Answer, Refusal> {
    let mirrors = match mirrors.is_empty() {
        true => mirrors,
        false => session.app.mirror_named(mirrors).await?,
    };
    let known = session.app.mirror_list(()).await?;
    let wish = RaceMirrors {
        project: super::opened(session, project).await?,
        mirrors,
        budget,
    };
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let (output, texts) = (session.output, session.texts);
    let told = AtomicBool::new(false);
    let observer = |event: RaceEvent| match lines {
        true => drop(output.line(&json!(event))),
        false if is_watched() && !output.json => {
            if let Some(line) = progress(texts, &known, &event) {
                told.store(true, Ordering::Relaxed);
                print::err(&format!("\r\x1b[2K{line}"));
            }
        }
        false => {}
    };
    let work = Box::pin(session.app.mirror_race(wish, &job, &observer));
    let report = session.interrupt.heed(stop, work).await;
    if told.into_inner() {
        print::err("\r\x1b[2K");
    }
    let report = report?;
    let text = print::race::raced(session.texts, &known, &report);
    let mut answer = Answer::new(json!(report), text);
    let complete = |state: RaceState| report.rows.iter().any(|row| row.state == state);
    answer.end = match (report.cancelled, complete(RaceState::Complete)) {
        (true, _) => End::Stopped,
        (false, false) => End::Wrong,
        (false, true) => End::Well,
    };
    Ok(answer)
}

/// What somebody who watches is told.
fn progress(texts: &Texts, known: &Mirrors, event: &RaceEvent) -> Option<String> {
    let RaceEvent::Fetched {
        mirror,
        module,
        done,
        of,
        ..
    } = event
    else {
        return None;
    };
    let name = print::race::name(texts, known, mirror.as_deref());
    let holes = [
        ("name", name.as_str()),
        ("done", &done.to_string()),
        ("of", &of.to_string()),
        ("module", module),
    ];
    Some(texts.fill("race.progress", &holes))
}
