//! Carrying a plan out, putting back what was set aside, or deleting it for good.

use gopherdesk_core::{
    cache::{Aside, CacheError, CachePlan, CleanCaches, CleanEvent, CleanReport},
    jobs::Job,
};
use serde_json::json;

use super::{JOB, progress::Progress};
use crate::{
    arguments::Consent,
    ask,
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};

/// How it is carried out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Also while Go's programs are running.
    pub(super) beside_go: bool,
    /// What was set aside is left for `restore` and `purge`.
    pub(super) keep_aside: bool,
    /// Events as JSON.
    pub(super) lines: bool,
}

/// Shows the plan, asks, and carries it out. What leaves its place as a whole is deleted behind.
pub(super) async fn carry_out(
    session: &Session<'_>,
    plan: &CachePlan,
    manner: Manner,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let preview = print::cache::plan(session.texts, plan);
    if consent.dry_run {
        return Ok(Answer::new(json!(plan), preview));
    }
    if plan.items.is_empty() {
        let report = nothing(plan);
        let text = print::cache::report(session.texts, &report);
        return Ok(Answer::new(json!(report), text));
    }
    ask::agree_to(session, &preview, "cache.ask", consent).await?;
    let asked = !consent.yes && !plan.running.is_empty();
    if asked && !manner.beside_go {
        ask::yes(session.texts.say("cache.ask_running")).await?;
    }
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let progress = Progress::new(session, manner.lines);
    let observer = |event: CleanEvent| progress.removed(&event);
    let work = Box::pin(async {
        let wish = CleanCaches {
            plan: plan.id.clone(),
            beside_running: manner.beside_go || asked,
        };
        let mut report = session.app.cache_clean(wish, &job, &observer).await?;
        if let Some(aside) = report.aside.clone().filter(|_| !manner.keep_aside) {
            let purged = session.app.cache_purge(aside, &job, &observer).await?;
            report = together(report, purged);
        }
        Ok::<_, Refusal>(report)
    });
    let report = session.interrupt.heed(stop, work).await;
    progress.wipe();
    Ok(reported(session, &report?))
}

/// Puts back what was set aside last, or under this id.
pub(super) async fn restore(
    session: &Session<'_>,
    aside: Option<String>,
) -> Result<Answer, Refusal> {
    let found = find(session, aside).await?;
    let restored = session.app.cache_restore(found.id);
    let restored = session.interrupt.shield(Box::pin(restored)).await??;
    let text = print::cache::restored(session.texts, &restored);
    let mut answer = Answer::new(json!(restored), text);
    if !restored.kept.is_empty() {
        answer.end = End::Wrong;
    }
    Ok(answer)
}

/// Deletes what was set aside last, or under this id.
pub(super) async fn purge(
    session: &Session<'_>,
    aside: Option<String>,
    lines: bool,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let found = find(session, aside).await?;
    let preview = print::cache::aside(session.texts, &found);
    if consent.dry_run {
        return Ok(Answer::new(json!(found), preview));
    }
    ask::agree_to(session, &preview, "cache.ask_purge", consent).await?;
    let job: Job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let progress = Progress::new(session, lines);
    let observer = |event: CleanEvent| progress.removed(&event);
    let work = Box::pin(session.app.cache_purge(found.id, &job, &observer));
    let report = session.interrupt.heed(stop, work).await;
    progress.wipe();
    Ok(reported(session, &report?))
}

async fn find(session: &Session<'_>, aside: Option<String>) -> Result<Aside, Refusal> {
    let asides = session.app.cache_asides(()).await?;
    let found = match aside {
        Some(id) => asides.into_iter().find(|aside| aside.id == id),
        None => asides
            .into_iter()
            .max_by(|one, other| one.at.cmp(&other.at)),
    };
    Ok(found.ok_or(CacheError::NothingAside {})?)
}

fn reported(session: &Session<'_>, report: &CleanReport) -> Answer {
    let text = print::cache::report(session.texts, report);
    let mut answer = Answer::new(json!(report), text);
    answer.end = match (report.cancelled, report.kept.is_empty()) {
        (true, _) => End::Stopped,
        (false, false) => End::Wrong,
        (false, true) => End::Well,
    };
    answer
}

/// What was set aside and what became of it: one report.
fn together(cleaned: CleanReport, purged: CleanReport) -> CleanReport {
    let mut kept = cleaned.kept;
    kept.extend(purged.kept);
    CleanReport {
        removed: cleaned.removed,
        kept,
        freed_bytes: cleaned.freed_bytes.saturating_add(purged.freed_bytes),
        cancelled: cleaned.cancelled || purged.cancelled,
        aside: purged.aside,
        elapsed_ms: cleaned.elapsed_ms + purged.elapsed_ms,
    }
}

fn nothing(plan: &CachePlan) -> CleanReport {
    CleanReport {
        removed: Vec::new(),
        kept: plan.kept.clone(),
        freed_bytes: 0,
        cancelled: false,
        aside: None,
        elapsed_ms: 0.0,
    }
}
