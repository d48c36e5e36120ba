//! Profiles of the user: made, changed, moved, forgotten.

use gopherdesk_core::{
    app::Overview,
    profile::{Builtin, MoveProfile, Profile, ProfileError, Title},
};
use serde_json::json;

use super::{before_and_after, editor, find, wanted::Wanted};
use crate::{
    arguments::{Consent, Edits},
    ask,
    print::{self, Answer, can_ask},
    refusal::{Own, Refusal},
    session::Session,
};

/// Makes a profile.
pub(super) async fn save(
    session: &Session<'_>,
    name: String,
    edits: Edits,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let mut wanted = match &edits.copy {
        Some(copied) => Wanted::copy(name, &find::profile(session, copied).await?),
        None => Wanted {
            name,
            ..Wanted::default()
        },
    };
    wanted.edit(session, edits).await?;
    keep(session, None, wanted, consent).await
}

/// Changes a profile of the user.
pub(super) async fn edit(
    session: &Session<'_>,
    text: &str,
    edits: Edits,
    rename: Option<String>,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let profile = find::profile(session, text).await?;
    let Title::Own { name } = &profile.title else {
        return Err(ProfileError::BuiltinProfile { id: profile.id }.into());
    };
    let wanted = match (edits.is_empty(), rename) {
        (true, None) if !can_ask() => return Err(Refusal::Own(Own::NothingAsked {})),
        (true, None) => editor::edited(session, &profile, name).await?,
        (_, rename) => {
            let mut wanted = Wanted::copy(rename.unwrap_or_else(|| name.clone()), &profile);
            wanted.edit(session, edits).await?;
            wanted
        }
    };
    keep(session, Some(profile), wanted, consent).await
}

/// Shows a profile as it would be, and keeps it once that is agreed to.
async fn keep(
    session: &Session<'_>,
    before: Option<Profile>,
    wanted: Wanted,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let texts = session.texts;
    let id = before.as_ref().map(|before| before.id.as_str());
    let name = wanted.name.trim();
    let shown = session.app.profile_rehearse(wanted.told(id)).await?;
    if let Some(before) = &before
        && matches!(&before.title, Title::Own { name: former } if former == name)
        && wanted.is_same(before, &shown)
    {
        let text = texts.say("profile.nothing").to_owned() + "\n";
        return Ok(Answer::new(
            before_and_after(Some(before), Some(before)),
            text,
        ));
    }
    let former = before.as_ref().map_or(&[][..], |before| &before.values);
    let head = texts.fill("profile.kept", &[("title", name)]);
    let preview = print::profile::kept(texts, &head, former, &shown);
    if consent.dry_run {
        let title = Title::Own {
            name: name.to_owned(),
        };
        let after = json!({ "id": id, "title": title, "values": shown });
        let json = json!({ "before": before, "after": after });
        return Ok(Answer::new(json, preview));
    }
    ask::agree_to(session, &preview, "ask.save", consent).await?;
    let saving = session.app.profile_save(wanted.told(id));
    let overview = session.interrupt.shield(Box::pin(saving)).await??;
    let after = titled(&overview, name);
    let text = texts.fill("done.saved", &[("title", name)]) + "\n";
    let json = before_and_after(before.as_ref(), after);
    Ok(Answer::new(json, text))
}

/// Forgets a profile of the user, or what the company form was filled in with.
pub(super) async fn delete(
    session: &Session<'_>,
    text: &str,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let profile = find::profile(session, text).await?;
    let shipped =
        matches!(profile.title, Title::Builtin { builtin } if builtin != Builtin::Company);
    if shipped {
        return Err(ProfileError::BuiltinProfile { id: profile.id }.into());
    }
    let texts = session.texts;
    let title = texts.title(&profile.title);
    let head = texts.fill("profile.deleted", &[("title", &title)]);
    let preview = print::profile::kept(texts, &head, &profile.values, &[]);
    if consent.dry_run {
        let json = before_and_after(Some(&profile), None);
        return Ok(Answer::new(json, preview));
    }
    ask::agree_to(session, &preview, "ask.delete", consent).await?;
    let deleting = session.app.profile_delete(profile.id.clone());
    let overview = session.interrupt.shield(Box::pin(deleting)).await??;
    let after = numbered(&overview, &profile.id);
    let text = texts.fill("done.deleted", &[("title", &title)]) + "\n";
    let json = before_and_after(Some(&profile), after);
    Ok(Answer::new(json, text))
}

/// Moves a profile to a place of the list, counted from 1.
pub(super) async fn place(
    session: &Session<'_>,
    text: &str,
    place: u32,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let texts = session.texts;
    let profile = find::profile(session, text).await?;
    let before = ids(&session.profiles().await?.0.list);
    let title = texts.title(&profile.title);
    let shown = place.to_string();
    let holes = [("title", title.as_str()), ("place", &shown)];
    let preview = texts.fill("profile.moved", &holes) + "\n";
    if consent.dry_run {
        let mut after = before.clone();
        after.retain(|id| *id != profile.id);
        let index = usize::try_from(place - 1).unwrap_or(usize::MAX);
        after.insert(index.min(after.len()), profile.id);
        let json = json!({ "before": before, "after": after });
        return Ok(Answer::new(json, preview));
    }
    ask::agree_to(session, &preview, "ask.save", consent).await?;
    let moving = session.app.profile_move(MoveProfile {
        id: profile.id,
        to: place - 1,
    });
    let overview = session.interrupt.shield(Box::pin(moving)).await??;
    let after = ids(&overview.profiles.list);
    let text = print::profile::list(texts, &overview.profiles);
    Ok(Answer::new(
        json!({ "before": before, "after": after }),
        text,
    ))
}

fn ids(list: &[Profile]) -> Vec<String> {
    list.iter().map(|profile| profile.id.clone()).collect()
}

/// The user's profile of this name.
pub(super) fn titled<'a>(overview: &'a Overview, wanted: &str) -> Option<&'a Profile> {
    let mut list = overview.profiles.list.iter();
    list.find(|profile| matches!(&profile.title, Title::Own { name } if name == wanted))
}

/// The profile with this id.
pub(super) fn numbered<'a>(overview: &'a Overview, id: &str) -> Option<&'a Profile> {
    let mut list = overview.profiles.list.iter();
    list.find(|profile| profile.id == id)
}
