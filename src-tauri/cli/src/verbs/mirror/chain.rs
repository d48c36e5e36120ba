//! The chain of sources: looked at, and rehearsed.

use gopherdesk_core::chain::{
    ChainText, ChainView, ReadChain,
    rehearsal::{MirrorAnswer, RehearseChain},
};
use serde_json::json;

use crate::{
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};

/// What is supposed in a rehearsal.
pub(super) struct Supposed {
    pub(super) answers: Vec<MirrorAnswer>,
    pub(super) database_down: bool,
    pub(super) module: Option<String>,
}

/// What it comes to, and what would mend it.
pub(super) async fn look(
    session: &Session<'_>,
    goproxy: Option<String>,
    gosumdb: Option<String>,
) -> Result<Answer, Refusal> {
    let view = read(session, goproxy, gosumdb).await?;
    let text = print::chain::chain(session.texts, &view);
    let mut answer = Answer::new(json!(view), text);
    if view.error.is_some() {
        answer.end = End::Wrong;
    }
    Ok(answer)
}

/// What Go does when its sources answer so.
pub(super) async fn rehearse(
    session: &Session<'_>,
    goproxy: Option<String>,
    gosumdb: Option<String>,
    supposed: Supposed,
) -> Result<Answer, Refusal> {
    let view = read(session, goproxy.clone(), gosumdb.clone()).await?;
    let wish = RehearseChain {
        goproxy: goproxy.unwrap_or_else(|| view.goproxy.clone()),
        gosumdb,
        answers: supposed.answers,
        database_down: supposed.database_down,
        module: supposed.module,
    };
    let rehearsal = session.app.chain_rehearse(wish).await?;
    let text = print::chain::rehearsal(session.texts, &view, &rehearsal);
    Ok(Answer::new(json!(rehearsal), text))
}

async fn read(
    session: &Session<'_>,
    goproxy: Option<String>,
    gosumdb: Option<String>,
) -> Result<ChainView, Refusal> {
    let chain = match goproxy {
        Some(goproxy) => ChainText::Text { goproxy },
        None => ChainText::InEffect {},
    };
    Ok(session.app.chain_read(ReadChain { chain, gosumdb }).await?)
}
