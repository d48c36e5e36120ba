//! `gdesk history`.

use serde_json::json;

use crate::{
    print::{self, Answer},
    refusal::Refusal,
    session::Session,
};

/// Every change, the newest first.
pub(super) async fn list(session: &Session<'_>) -> Result<Answer, Refusal> {
    let history = session.app.history_list(()).await?;
    let text = print::history::list(session.texts, &history);
    Ok(Answer::new(json!(history), text))
}
