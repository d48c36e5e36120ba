//! The speed test on a terminal.

use std::{path::PathBuf, sync::Mutex};

use gopherdesk_core::mirror::{
    Mirrors,
    report::{MirrorEvent, MirrorReport, Stage},
    test::TestMirrors,
};
use serde_json::json;

use crate::{
    print::{self, Answer, End, is_watched},
    refusal::Refusal,
    session::Session,
    texts::Texts,
};

/// Names the one job that this program ever has.
const JOB: &str = "mirrors";

/// Measures; the answer is what was measured, also when Ctrl-C stopped it.
pub(super) async fn run(
    session: &Session<'_>,
    mirrors: Vec<String>,
    patient: bool,
    project: Option<PathBuf>,
    lines: bool,
) -> Result<Answer, Refusal> {
    let mirrors = session.app.mirror_named(mirrors).await?;
    let known = session.app.mirror_list(()).await?;
    let project = match project {
        Some(folder) => Some(super::opened(session, &folder).await?),
        None => None,
    };
    let wish = TestMirrors {
        mirrors,
        patient,
        project,
    };
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let progress = Progress::new(session.texts, &known);
    let output = session.output;
    let observer = |event: MirrorEvent| match lines {
        true => drop(output.line(&json!(event))),
        false if is_watched() && !output.json => progress.tell(&event),
        false => {}
    };
    let work = Box::pin(session.app.mirror_test(wish, &job, &observer));
    let report = session.interrupt.heed(stop, work).await;
    progress.wipe();
    let report = report?;
    let text = print::mirror::tested(session.texts, &known, &report);
    let mut answer = Answer::new(json!(report), text);
    answer.end = match (report.cancelled, report.ranking.is_empty()) {
        (true, _) => End::Stopped,
        (false, true) => End::Wrong,
        (false, false) => End::Well,
    };
    Ok(answer)
}

/// One line on standard error, for somebody who watches.
struct Progress<'a> {
    texts: &'a Texts,
    known: &'a Mirrors,
    rows: Mutex<Vec<MirrorReport>>,
}

impl<'a> Progress<'a> {
    const fn new(texts: &'a Texts, known: &'a Mirrors) -> Self {
        Self {
            texts,
            known,
            rows: Mutex::new(Vec::new()),
        }
    }

    fn tell(&self, event: &MirrorEvent) {
        let Ok(mut rows) = self.rows.lock() else {
            return;
        };
        match event {
            MirrorEvent::Started { mirrors, .. } => rows.clone_from(mirrors),
            MirrorEvent::Measured { mirror, .. } => {
                if let Some(row) = rows.iter_mut().find(|row| row.id == mirror.id) {
                    row.clone_from(mirror);
                }
                let done = rows
                    .iter()
                    .filter(|row| row.stage == (Stage::Done {}))
                    .count();
                let line = self.texts.fill(
                    "mirror.progress",
                    &[
                        ("done", &done.to_string()),
                        ("of", &rows.len().to_string()),
                        ("name", &print::mirror::name(self.texts, self.known, mirror)),
                        ("stage", &print::mirror::stage(self.texts, mirror)),
                    ],
                );
                print::err(&format!("\r\x1b[2K{line}"));
            }
            MirrorEvent::Ranked { .. } => {}
        }
    }

    /// Leaves no half line behind.
    fn wipe(&self) {
        let told = self.rows.lock().is_ok_and(|rows| !rows.is_empty());
        if told {
            print::err("\r\x1b[2K");
        }
    }
}
