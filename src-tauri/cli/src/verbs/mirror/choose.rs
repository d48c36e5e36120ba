//! Setting a chain of mirrors, and its proof.

use gopherdesk_core::{
    chain::UseChain,
    mirror::choose::{ProofEvent, ProveChain, UseMirrors},
};
use serde_json::json;

use crate::{
    arguments::{Consent, Fetch},
    change::{self, Wish},
    print::{self, Answer, End, is_watched},
    refusal::Refusal,
    session::Session,
};

/// Names the one job that this program ever has.
const JOB: &str = "proof";

/// What was asked for.
pub(super) struct Wanted {
    pub(super) mirrors: Vec<String>,
    pub(super) goproxy: Option<String>,
    pub(super) gosumdb: Option<String>,
    pub(super) direct: bool,
    pub(super) prove: Option<Fetch>,
}

/// Sets the chain, and downloads a module through it if that was asked for.
pub(super) async fn run(
    session: &Session<'_>,
    wanted: Wanted,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    if let Some(goproxy) = wanted.goproxy {
        let wish = UseChain {
            goproxy,
            gosumdb: wanted.gosumdb,
        };
        let answer = change::make(session, Wish::Chain(wish), consent).await?;
        return proven(session, wanted.prove, consent, answer).await;
    }
    let wish = UseMirrors {
        mirrors: match wanted.mirrors.is_empty() {
            true => Vec::new(),
            false => session.app.mirror_named(wanted.mirrors).await?,
        },
        direct: wanted.direct,
        gosumdb: wanted.gosumdb,
    };
    let answer = change::make(session, Wish::Mirrors(wish), consent).await?;
    proven(session, wanted.prove, consent, answer).await
}

async fn proven(
    session: &Session<'_>,
    wanted: Option<Fetch>,
    consent: &Consent,
    answer: Answer,
) -> Result<Answer, Refusal> {
    match wanted {
        Some(module) if !consent.dry_run => prove(session, module, answer).await,
        _ => Ok(answer),
    }
}

async fn prove(
    session: &Session<'_>,
    module: Fetch,
    mut answer: Answer,
) -> Result<Answer, Refusal> {
    let wish = ProveChain {
        module: match module {
            Fetch::Module(module) => Some(module),
            Fetch::Any => None,
        },
    };
    let job = session.app.jobs.start(JOB.to_owned());
    let stop = || job.cancel.cancel();
    let observer = |ProofEvent::Fetching { module }| {
        if is_watched() {
            let line = session
                .texts
                .fill("profile.fetching", &[("module", &module)]);
            print::err(&format!("{line}\n"));
        }
    };
    let work = Box::pin(session.app.mirror_prove(wish, &job, &observer));
    let proof = session.interrupt.heed(stop, work).await?;
    answer.end = match (&proof.failure, proof.cancelled) {
        (_, true) => End::Stopped,
        (Some(_), _) => End::Wrong,
        (None, _) => answer.end,
    };
    answer.text += &print::mirror::proven(session.texts, &proof);
    answer.json["proof"] = json!(proof);
    Ok(answer)
}
