//! Mirrors of the user: added, changed, moved, removed, imported.

use gopherdesk_core::mirror::{
    Mirror, MirrorError, MirrorKind, Mirrors,
    own::{MoveMirror, SaveMirror},
};
use serde_json::{Value, json};

use super::list::find;
use crate::{
    arguments::{Assignment, Consent, MirrorEdits, Source},
    ask,
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
    verbs::{environment, source},
};

/// Given on the command line in place of what is on standard input.
const STDIN: &str = "-";

/// Puts a mirror into the list.
pub(super) async fn add(
    session: &Session<'_>,
    url: String,
    name: Option<String>,
    probe: Option<String>,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let wish = SaveMirror {
        id: None,
        name: name.unwrap_or_default(),
        url: Some(address(session, url).await?),
        probe,
    };
    save(session, None, wish, consent).await
}

/// Changes a mirror of the user.
pub(super) async fn edit(
    session: &Session<'_>,
    text: &str,
    edits: MirrorEdits,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let mirror = own(session, text).await?;
    let url = match edits.url {
        Some(url) => Some(address(session, url).await?),
        None => None,
    };
    let wish = SaveMirror {
        id: Some(mirror.id.clone()),
        name: edits.name.unwrap_or_else(|| mirror.name.en.clone()),
        url,
        probe: edits.probe.or_else(|| mirror.probe.clone()),
    };
    save(session, Some(mirror), wish, consent).await
}

/// Shows a mirror as it would be, and keeps it once that is agreed to.
async fn save(
    session: &Session<'_>,
    before: Option<Mirror>,
    wish: SaveMirror,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let texts = session.texts;
    let (id, rehearsed) = session.app.mirror_rehearse_save(wish.clone()).await?;
    let after = with_id(rehearsed, &id);
    let preview = after
        .as_ref()
        .map(|after| print::mirror::kept(texts, "mirror.kept", after))
        .unwrap_or_default();
    if consent.dry_run {
        // an id is given when it is kept
        let mut json = json!({ "before": before, "after": after });
        if before.is_none() {
            json["after"]["id"] = Value::Null;
        }
        return Ok(Answer::new(json, preview));
    }
    ask::agree_to(session, &preview, "ask.save", consent).await?;
    let saving = session.app.mirror_save(wish);
    let mirrors = session.interrupt.shield(Box::pin(saving)).await??;
    let after = with_id(mirrors, &id);
    let name = after.as_ref().map_or("", |after| texts.words(&after.name));
    let text = texts.fill("mirror.saved", &[("name", name)]) + "\n";
    Ok(Answer::new(
        json!({ "before": before, "after": after }),
        text,
    ))
}

/// Takes a mirror of the user out of the list.
pub(super) async fn remove(
    session: &Session<'_>,
    text: &str,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let texts = session.texts;
    let mirror = own(session, text).await?;
    let json = json!({ "before": mirror, "after": Value::Null });
    let preview = print::mirror::kept(texts, "mirror.removed", &mirror);
    if consent.dry_run {
        return Ok(Answer::new(json, preview));
    }
    ask::agree_to(session, &preview, "ask.delete", consent).await?;
    let removing = session.app.mirror_remove(mirror.id.clone());
    session.interrupt.shield(Box::pin(removing)).await??;
    let text = texts.fill("done.deleted", &[("title", texts.words(&mirror.name))]) + "\n";
    Ok(Answer::new(json, text))
}

/// Moves a mirror to a place of the list, counted from 1.
pub(super) async fn place(
    session: &Session<'_>,
    text: &str,
    place: u32,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let texts = session.texts;
    let (mirrors, mirror) = find(session, text).await?;
    let before = ids(&mirrors);
    let shown = place.to_string();
    let holes = [("title", texts.words(&mirror.name)), ("place", &shown)];
    let preview = texts.fill("profile.moved", &holes) + "\n";
    if consent.dry_run {
        let mut after = before.clone();
        after.retain(|id| *id != mirror.id);
        let index = usize::try_from(place - 1).unwrap_or(usize::MAX);
        after.insert(index.min(after.len()), mirror.id);
        let json = json!({ "before": before, "after": after });
        return Ok(Answer::new(json, preview));
    }
    ask::agree_to(session, &preview, "ask.save", consent).await?;
    let moving = session.app.mirror_move(MoveMirror {
        id: mirror.id,
        to: place - 1,
    });
    let mirrors = session.interrupt.shield(Box::pin(moving)).await??;
    let text = print::mirror::list(texts, &mirrors, true);
    let json = json!({ "before": before, "after": ids(&mirrors) });
    Ok(Answer::new(json, text))
}

/// Shows the mirrors of a text, and keeps those that are good once that is agreed to.
pub(super) async fn import(
    session: &Session<'_>,
    source: Source,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let texts = session.texts;
    let text = source::text(source).await?;
    let import = session.app.mirror_import(text).await?;
    let shown = print::mirror::imported(texts, &import);
    let good = import
        .mirrors
        .iter()
        .filter(|mirror| mirror.trouble.is_none());
    let good = good.count();
    if consent.dry_run || good == 0 {
        let mut answer = Answer::new(json!({ "import": import, "mirrors": [] }), shown);
        if good == 0 {
            answer.end = End::Wrong;
        }
        return Ok(answer);
    }
    ask::agree_to(session, &shown, "mirror.ask_keep", consent).await?;
    let before = ids(&session.app.mirror_list(()).await?);
    let keeping = session.app.mirror_import_keep(import.id.clone());
    let mirrors = session.interrupt.shield(Box::pin(keeping)).await??;
    let kept: Vec<_> = mirrors
        .list
        .into_iter()
        .filter(|mirror| !before.contains(&mirror.id))
        .collect();
    let count = kept.len().to_string();
    let text = texts.fill("mirror.imported", &[("count", &count)]) + "\n";
    // what was asked about was shown; who said yes beforehand sees what was left out now
    let text = if consent.yes { shown + &text } else { text };
    Ok(Answer::new(
        json!({ "import": import, "mirrors": kept }),
        text,
    ))
}

/// The user's mirror that was meant.
async fn own(session: &Session<'_>, text: &str) -> Result<Mirror, Refusal> {
    let (_, mirror) = find(session, text).await?;
    match mirror.kind {
        MirrorKind::Own => Ok(mirror),
        MirrorKind::BuiltIn => Err(MirrorError::BuiltinMirror { id: mirror.id }.into()),
    }
}

/// The address that was given on the command line, or is on standard input: there it is no argument that others can read.
async fn address(session: &Session<'_>, url: String) -> Result<String, Refusal> {
    let given = Assignment {
        name: session.texts.say("mirror.address").to_owned(),
        value: (url != STDIN).then_some(url),
    };
    environment::given(session, given).await
}

fn with_id(mirrors: Mirrors, id: &str) -> Option<Mirror> {
    let mut list = mirrors.list.into_iter();
    list.find(|mirror| mirror.id == id)
}

fn ids(mirrors: &Mirrors) -> Vec<String> {
    mirrors
        .list
        .iter()
        .map(|mirror| mirror.id.clone())
        .collect()
}
