//! Which mirrors there are.

use gopherdesk_core::{
    mirror::{Mirror, MirrorError, MirrorKind, Mirrors},
    secret::{has_secret, mask_text},
};
use serde_json::json;

use crate::{
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
};

/// All of them; for people, those that serve nobody only if that is asked for.
pub(super) async fn all(session: &Session<'_>, all: bool) -> Result<Answer, Refusal> {
    let mirrors = session.app.mirror_list(()).await?;
    let text = print::mirror::list(session.texts, &mirrors, all);
    let mut answer = Answer::new(json!(mirrors.list), text);
    if mirrors.trouble.is_some() {
        answer.end = End::Wrong;
    }
    Ok(answer)
}

/// What is known of one.
pub(super) async fn one(
    session: &Session<'_>,
    text: &str,
    reveal: bool,
) -> Result<Answer, Refusal> {
    let (_, mut mirror) = find(session, text).await?;
    let mut notes = Vec::new();
    if mirror.kind == MirrorKind::Own {
        let url = session.app.mirror_reveal(mirror.id.clone()).await?;
        match (has_secret(&url), reveal) {
            (true, false) => {
                let name = session.texts.words(&mirror.name);
                notes.push(session.texts.fill("get.masked", &[("name", name)]));
            }
            _ => mirror.url = url,
        }
    }
    let text = print::mirror::show(session.texts, &mirror);
    let mut answer = Answer::new(json!(mirror), text);
    answer.notes = notes;
    Ok(answer)
}

/// The mirror of the list that was meant, and the list.
///
/// # Errors
/// There is none: an address alone is not in the list.
pub(super) async fn find(session: &Session<'_>, text: &str) -> Result<(Mirrors, Mirror), Refusal> {
    let ids = session.app.mirror_named(vec![text.to_owned()]).await?;
    let mirrors = session.app.mirror_list(()).await?;
    let mut list = mirrors.list.iter();
    let found = list.find(|mirror| ids.first() == Some(&mirror.id));
    let mirror = found.cloned().ok_or_else(|| MirrorError::UnknownMirror {
        mirror: mask_text(text),
    })?;
    Ok((mirrors, mirror))
}
