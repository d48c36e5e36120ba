//! Every change: planned, shown, agreed to, applied, and planned again when the file moved meanwhile.

mod wish;

use std::time::Duration;

use gopherdesk_core::{
    app::Written,
    error::Error,
    history::HistoryError,
    host::replace::FileError,
    plan::{ApplyPlan, OutcomeResult, Plan},
    store::StoreError,
};
use serde_json::{Value, json};

use wish::Planned;
pub(crate) use wish::Wish;

use crate::{
    arguments::Consent,
    ask,
    print::{self, Answer},
    refusal::{Own, Refusal},
    session::Session,
};

/// How often a change is tried when others write at the same time: each round, one of them gets through.
const ATTEMPTS: u32 = 64;

/// Carries a wish out, or shows what it would do.
///
/// # Errors
/// What the core refuses, and what the user does.
pub(crate) async fn make(
    session: &Session<'_>,
    wish: Wish,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    if session.login_shell {
        session.app.shell_ask(()).await?;
    }
    let mut agreed: Option<(Plan, Vec<String>)> = None;
    for attempt in 1.. {
        let plan = match wish.plan(&session.app).await? {
            Planned::Change(plan) => *plan,
            Planned::Nothing(why) => return unchanged(session, &wish, why).await,
        };
        if consent.dry_run {
            return Ok(Answer::new(
                json!(plan),
                print::plan::plan(session.texts, &plan),
            ));
        }
        let confirmed = match agreed {
            Some((former, confirmed)) if is_same(&former, &plan) => confirmed,
            Some(_) if !consent.yes => {
                let again = session.texts.fill("ask.again", &[("path", &plan.path)]);
                session.output.show(&format!("{again}\n"))?;
                ask::agree(session, &plan, consent).await?
            }
            _ => ask::agree(session, &plan, consent).await?,
        };
        let applying = session.app.plan_write(ApplyPlan {
            id: plan.id.clone(),
            confirmed: confirmed.clone(),
        });
        match session.interrupt.shield(Box::pin(applying)).await? {
            Ok(applied) => return Ok(report(session, &plan, &applied)),
            Err(error) if attempt < ATTEMPTS && moved_on(&error) && wish.outlives_the_file() => {
                agreed = Some((plan, confirmed));
                tokio::time::sleep(pause(attempt)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::Own(Own::Interrupted {}))
}

/// Somebody else wrote, or is writing: nothing was lost, and it is worth another try.
const fn moved_on(error: &Error) -> bool {
    matches!(
        error,
        Error::History(HistoryError::Stale { .. })
            | Error::File(FileError::FileBusy { .. })
            | Error::Store(StoreError::StoreBusy { .. })
    )
}

/// What the user agreed to is what would happen now.
fn is_same(former: &Plan, plan: &Plan) -> bool {
    former.path == plan.path && former.diff == plan.diff && former.changes == plan.changes
}

/// Before the next try, in steps that differ between processes so that they do not collide for ever.
fn pause(attempt: u32) -> Duration {
    let step = 1 + u64::from(std::process::id() % 7);
    Duration::from_millis(step * u64::from(attempt.min(8)))
}

fn report(session: &Session<'_>, plan: &Plan, applied: &Written) -> Answer {
    let changes: Vec<_> = plan
        .changes
        .iter()
        .map(
            |change| json!({ "name": change.name, "before": change.before, "after": change.after }),
        )
        .collect();
    let effective: Vec<_> = applied
        .outcomes
        .iter()
        .map(|outcome| {
            let wins = matches!(outcome.result, OutcomeResult::InEffect {});
            json!({ "name": outcome.name, "value": outcome.value, "wins": wins, "result": outcome.result })
        })
        .collect();
    Answer::new(
        json!({ "changes": changes, "effective": effective, "entry": applied.entry }),
        print::plan::applied(session.texts, plan, applied),
    )
}

/// Things are as wished: that is no failure, so that a script may say it twice.
async fn unchanged(session: &Session<'_>, wish: &Wish, why: &str) -> Result<Answer, Refusal> {
    let names = wish.names(&session.app).await?;
    let mut effective = Vec::new();
    let mut outranked = String::new();
    if !names.is_empty() {
        let named: Vec<_> = names.iter().map(String::as_str).collect();
        let environment = session.app.environment_values(&named).await?;
        for variable in environment.variables {
            if names.contains(&variable.name) {
                let wins = variable.shadowed.is_none();
                outranked += &print::plan::outranked(session.texts, &variable);
                effective
                    .push(json!({ "name": variable.name, "value": variable.value, "wins": wins }));
            }
        }
    }
    let name = names.first().map_or("", String::as_str);
    let text = session.texts.fill(why, &[("name", name)]) + "\n" + &outranked;
    let json = json!({ "changes": [], "effective": effective, "entry": Value::Null });
    Ok(Answer::new(json, text))
}
