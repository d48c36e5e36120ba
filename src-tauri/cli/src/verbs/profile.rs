//! `gdesk profile`.

mod company;
mod editor;
mod exchange;
mod find;
mod keep;
mod switch;
mod wanted;

use gopherdesk_core::profile::{
    Builtin, Profile, ProfileError, ProfileState, RevealProfile, Title,
};
use serde_json::{Value, json};

use crate::{
    arguments::ProfileVerb,
    print::{self, Answer, End},
    refusal::Refusal,
    session::Session,
    verbs::told_of,
};

/// Does what was asked for.
pub(super) async fn run(session: &Session<'_>, verb: ProfileVerb) -> Result<Answer, Refusal> {
    match verb {
        ProfileVerb::List => list(session).await,
        ProfileVerb::Show { profile, reveal } => show(session, &profile, reveal).await,
        ProfileVerb::Diff { profile } => diff(session, &profile).await,
        ProfileVerb::Use { profile, consent } => switch::to(session, &profile, &consent).await,
        ProfileVerb::Previous { consent } => switch::back(session, &consent).await,
        ProfileVerb::Verify { profile, fetch } => switch::verify(session, &profile, fetch).await,
        ProfileVerb::Save {
            name,
            edits,
            consent,
        } => keep::save(session, name, edits, &consent).await,
        ProfileVerb::Edit {
            profile,
            edits,
            rename,
            consent,
        } => keep::edit(session, &profile, edits, rename, &consent).await,
        ProfileVerb::Delete { profile, consent } => keep::delete(session, &profile, &consent).await,
        ProfileVerb::Move {
            profile,
            place,
            consent,
        } => keep::place(session, &profile, place, &consent).await,
        ProfileVerb::Company { answers, consent } => {
            company::fill(session, answers, &consent).await
        }
        ProfileVerb::Import {
            source,
            name,
            switch,
            consent,
        } => {
            let wish = exchange::Wanted {
                source,
                name,
                switch,
            };
            exchange::import(session, wish, &consent).await
        }
        ProfileVerb::Export {
            profile,
            format,
            output,
            consent,
        } => exchange::export(session, &profile, format, output, &consent).await,
    }
}

async fn list(session: &Session<'_>) -> Result<Answer, Refusal> {
    let (profiles, failure) = session.profiles().await?;
    let text = print::profile::list(session.texts, &profiles);
    let mut answer = told_of(session, failure.as_ref(), json!(profiles), text);
    if profiles.trouble.is_some() {
        answer.end = End::Wrong;
    }
    Ok(answer)
}

async fn show(session: &Session<'_>, text: &str, reveal: bool) -> Result<Answer, Refusal> {
    let (mut profile, failure) = find::surveyed(session, text).await?;
    let mut notes = Vec::new();
    for value in profile.values.iter_mut().filter(|value| value.masked) {
        let name = value.name.clone();
        if reveal {
            let id = profile.id.clone();
            let wish = RevealProfile { id, name };
            value.value = Some(session.app.profile_reveal(wish).await?);
            value.masked = false;
        } else {
            notes.push(session.texts.fill("get.masked", &[("name", &name)]));
        }
    }
    let reasons = reasons(session, &profile).await?;
    let text = print::profile::show(session.texts, &profile, &reasons);
    let mut json = json!(profile);
    let values = json["values"].as_array_mut().into_iter().flatten();
    for (value, reason) in values.zip(&reasons) {
        value["meaning"] = json!(reason);
    }
    let mut answer = told_of(session, failure.as_ref(), json, text);
    answer.notes.append(&mut notes);
    Ok(answer)
}

/// Why each of its values is there, if somebody knows.
async fn reasons(session: &Session<'_>, profile: &Profile) -> Result<Vec<Option<String>>, Refusal> {
    let texts = session.texts;
    let values = profile.values.iter();
    let Title::Builtin { builtin } = profile.title else {
        return Ok(values.map(|_| None).collect());
    };
    if builtin == Builtin::Company {
        let form = session.app.company_read(()).await?;
        let preview = match form.hosts.is_empty() && form.proxy.is_empty() {
            true => return Ok(values.map(|_| None).collect()),
            false => session.app.company_preview(form).await?,
        };
        let why = |name: &str| {
            let found = preview.values.iter().find(|found| found.name == name);
            let reason = found.map(|found| print::profile::reason(texts, found.why));
            // what an earlier profile left is taken back, as by the domestic one
            let shared = texts.of_profile(&["values", "domestic", name]);
            reason.or_else(|| shared.map(str::to_owned))
        };
        return Ok(values.map(|value| why(&value.name)).collect());
    }
    let sentence = |name: &str| texts.of_profile(&["values", &profile.id, name]);
    Ok(values
        .map(|value| sentence(&value.name).map(str::to_owned))
        .collect())
}

async fn diff(session: &Session<'_>, text: &str) -> Result<Answer, Refusal> {
    let (profile, failure) = find::surveyed(session, text).await?;
    let differences = match &profile.state {
        ProfileState::Active {} => json!([]),
        ProfileState::Shadowed { differences } | ProfileState::Differs { differences } => {
            json!(differences)
        }
        ProfileState::NeedsForm {} => return Err(ProfileError::ProfileNeedsForm {}.into()),
        ProfileState::Unusable { failure } => return Err(failure.error.clone().into()),
    };
    let json = json!({ "id": profile.id, "title": profile.title, "differences": differences });
    let text = print::profile::diff(session.texts, &profile);
    Ok(told_of(session, failure.as_ref(), json, text))
}

/// What a verb on the user's own profiles came to: how one was, and how it is.
fn before_and_after(before: Option<&Profile>, after: Option<&Profile>) -> Value {
    json!({ "before": before, "after": after })
}
