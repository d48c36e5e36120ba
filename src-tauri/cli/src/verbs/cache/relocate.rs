//! Moving the module cache.

use std::path::{PathBuf, absolute};

use gopherdesk_core::{
    cache::{MoveCache, MoveEvent},
    plan::OutcomeResult,
};
use serde_json::json;

use super::{
    JOB,
    clean::{Manner, carry_out},
    progress::Progress,
    scan,
};
use crate::{
    arguments::Consent,
    ask,
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};

/// Copies the module cache, compares the copy, and sets GOMODCACHE to it; the old one goes last, and only when told to.
pub(super) async fn run(
    session: &Session<'_>,
    to: PathBuf,
    manner: Manner,
    delete_old: bool,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    scan(session, Vec::new(), false, false).await?;
    let to = absolute(&to).unwrap_or(to);
    let plan = session.app.cache_move_plan(to).await?;
    let preview = print::cache::moving(session.texts, &plan);
    if consent.dry_run {
        return Ok(Answer::new(json!(plan), preview));
    }
    if let Some(refused) = plan.refused {
        return Err(refused.into());
    }
    ask::agree_to(session, &preview, "cache.ask_move", consent).await?;
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let progress = Progress::new(session, manner.lines);
    let observer = |event: MoveEvent| progress.moved(&event);
    let wish = MoveCache {
        plan: plan.id,
        beside_running: manner.beside_go,
    };
    let work = Box::pin(session.app.cache_move(wish, &job, &observer));
    let report = session.interrupt.heed(stop, work).await;
    progress.wipe();
    let report = report?;
    let mut text = print::cache::moved(session.texts, &report);
    let mut told = json!(report);
    let mut end = match (report.cancelled, &report.outcome) {
        (true, _) => End::Stopped,
        (false, Some(OutcomeResult::InEffect {})) => End::Well,
        (false, _) => End::Wrong,
    };
    if let Some(old) = report.old.filter(|_| delete_old) {
        let agreed = Consent {
            dry_run: false,
            yes: true,
            allow: Vec::new(),
        };
        let deleted = carry_out(session, &old, manner, &agreed).await?;
        text += &deleted.text;
        told["deleted"] = deleted.json;
        end = deleted.end;
    }
    let mut answer = Answer::new(told, text);
    answer.end = end;
    Ok(answer)
}
