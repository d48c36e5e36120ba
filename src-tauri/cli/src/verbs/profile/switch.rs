//! Switching, and whether it came to what it should.

use gopherdesk_core::profile::{ProfileState, VerifyEvent, VerifyProfile};
use serde_json::json;

use super::find;
use crate::{
    arguments::{Consent, Fetch},
    change::{self, Wish},
    print::{self, Answer, End, is_watched},
    refusal::Refusal,
    session::Session,
    texts::Texts,
    verbs::told_of,
};

/// Names the one job that this program ever has.
const JOB: &str = "verify";

/// Switches to a profile.
pub(super) async fn to(
    session: &Session<'_>,
    text: &str,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let wish = Wish::Profile(find::id(session, text)?);
    change::make(session, wish, consent).await
}

/// Returns to what was before the last switch.
pub(super) async fn back(session: &Session<'_>, consent: &Consent) -> Result<Answer, Refusal> {
    change::make(session, Wish::Previous, consent).await
}

/// Compares a profile with what Go sees.
pub(super) async fn verify(
    session: &Session<'_>,
    text: &str,
    fetch: Option<Fetch>,
) -> Result<Answer, Refusal> {
    let (profile, silent) = find::surveyed(session, text).await?;
    let wish = VerifyProfile {
        id: profile.id.clone(),
        fetch: fetch.is_some(),
        module: match fetch {
            Some(Fetch::Module(module)) => Some(module),
            Some(Fetch::Any) | None => None,
        },
    };
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let texts = session.texts;
    let observer = move |event| tell(texts, &event);
    let work = Box::pin(session.app.profile_verify(wish, &job, &observer));
    let verified = session.interrupt.heed(stop, work).await?;
    let failed = verified
        .fetch
        .as_ref()
        .is_some_and(|fetch| fetch.failure.is_some());
    let end = match verified.state {
        _ if verified.cancelled => End::Stopped,
        ProfileState::Active {} if !failed && silent.is_none() => End::Well,
        _ => End::Wrong,
    };
    let text = print::profile::verified(session.texts, &profile, &verified, silent.is_none());
    let mut answer = told_of(session, silent.as_ref(), json!(verified), text);
    answer.end = end;
    Ok(answer)
}

/// Says what is waited for, to somebody who watches.
fn tell(texts: &Texts, event: &VerifyEvent) {
    if let VerifyEvent::Fetching { module } = event
        && is_watched()
    {
        let line = texts.fill("profile.fetching", &[("module", module)]);
        print::err(&format!("{line}\n"));
    }
}
