//! A project's modules for work offline.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use gopherdesk_core::mirror::{
    prefetch::{PrefetchEvent, PrefetchProject},
    race::RaceState,
};
use serde_json::json;

use crate::{
    print::{self, Answer, End, is_watched},
    refusal::Refusal,
    session::Session,
};

/// Names the one job that this program ever has.
const JOB: &str = "prefetch";

/// Downloads into the user's module cache; the answer is what is there, also when Ctrl-C stopped it.
pub(super) async fn run(
    session: &Session<'_>,
    project: &Path,
    lines: bool,
) -> Result<Answer, Refusal> {
    let wish = PrefetchProject {
        project: super::opened(session, project).await?,
    };
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let (output, texts) = (session.output, session.texts);
    let told = AtomicBool::new(false);
    let observer = |event: PrefetchEvent| match (lines, event) {
        (true, event) => drop(output.line(&json!(event))),
        (
            false,
            PrefetchEvent::Fetched {
                module, done, of, ..
            },
        ) if is_watched() && !output.json => {
            told.store(true, Ordering::Relaxed);
            let holes = [
                ("done", done.to_string()),
                ("of", of.to_string()),
                ("module", module),
            ];
            let holes = holes.each_ref().map(|(hole, text)| (*hole, text.as_str()));
            let line = texts.fill("prefetch.progress", &holes);
            print::err(&format!("\r\x1b[2K{line}"));
        }
        _ => {}
    };
    let work = Box::pin(session.app.mirror_prefetch(wish, &job, &observer));
    let prefetched = session.interrupt.heed(stop, work).await;
    if told.into_inner() {
        print::err("\r\x1b[2K");
    }
    let prefetched = prefetched?;
    let text = print::race::prefetched(session.texts, &prefetched);
    let mut answer = Answer::new(json!(prefetched), text);
    answer.end = match prefetched.state {
        RaceState::Complete => End::Well,
        RaceState::Stopped => End::Stopped,
        _ => End::Wrong,
    };
    Ok(answer)
}
