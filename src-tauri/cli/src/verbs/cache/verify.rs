//! Damage, and its repair.

use std::sync::atomic::AtomicU32;

use gopherdesk_core::cache::{DamagedVersion, VerifyCaches, VerifyEvent, VerifyReport};
use serde_json::json;

use super::{
    JOB,
    clean::{Manner, carry_out},
    named,
    progress::Progress,
    rows, scan,
};
use crate::{
    arguments::Consent,
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};

/// Compares modules with their hashes.
pub(super) async fn run(
    session: &Session<'_>,
    versions: &[String],
    caches: Vec<String>,
    lines: bool,
) -> Result<Answer, Refusal> {
    let report = verified(session, versions, caches, lines).await?;
    let text = print::cache::verified(session.texts, &report);
    let mut answer = Answer::new(json!(report), text);
    answer.end = match (report.cancelled, report.damaged.is_empty()) {
        (true, _) => End::Stopped,
        (false, false) => End::Wrong,
        (false, true) => End::Well,
    };
    Ok(answer)
}

/// Deletes what is damaged, of these versions or of all, so that Go makes it anew.
pub(super) async fn repair(
    session: &Session<'_>,
    versions: &[String],
    beside_go: bool,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let report = verified(session, versions, Vec::new(), false).await?;
    if report.cancelled || report.damaged.is_empty() {
        let text = print::cache::verified(session.texts, &report);
        let mut answer = Answer::new(json!(report), text);
        if report.cancelled {
            answer.end = End::Stopped;
        }
        return Ok(answer);
    }
    let damaged = report.damaged.into_iter();
    let damaged = damaged.map(|version: DamagedVersion| version.id).collect();
    let plan = session.app.cache_repair(damaged).await?;
    let manner = Manner {
        beside_go,
        keep_aside: false,
        lines: false,
    };
    carry_out(session, &plan, manner, consent).await
}

async fn verified(
    session: &Session<'_>,
    versions: &[String],
    caches: Vec<String>,
    lines: bool,
) -> Result<VerifyReport, Refusal> {
    let caches = named(session, caches).await?;
    let inventory = scan(session, Vec::new(), false, false).await?;
    let found: Result<Vec<_>, _> = versions.iter().map(|name| rows(&inventory, name)).collect();
    let wish = VerifyCaches {
        caches,
        versions: found?.into_iter().flatten().collect(),
    };
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let progress = Progress::new(session, lines);
    let of = AtomicU32::new(0);
    let observer = |event: VerifyEvent| progress.verified(&event, &of);
    let work = Box::pin(session.app.cache_verify(wish, &job, &observer));
    let report = session.interrupt.heed(stop, work).await;
    progress.wipe();
    Ok(report?)
}
