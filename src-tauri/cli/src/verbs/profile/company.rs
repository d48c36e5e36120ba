//! `gdesk profile company`: what a person knows of a company's network, and what it comes to.

use gopherdesk_core::{
    profile::{CompanyForm, ProfileError},
    secret::mask_text,
};
use serde_json::json;

use super::{before_and_after, keep::numbered};
use crate::{
    arguments::{Answers, Assignment, Consent},
    ask,
    print::{self, Answer},
    refusal::Refusal,
    session::Session,
    verbs::environment,
};

/// The id of the profile that the form makes.
const COMPANY: &str = "company";

/// Given on the command line in place of what is on standard input.
const STDIN: &str = "-";

/// Shows the form, or fills it in: what is not told stays as it was.
pub(super) async fn fill(
    session: &Session<'_>,
    answers: Answers,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let kept = session.app.company_read(()).await?;
    if answers.is_empty() {
        return show(session, &kept).await;
    }
    let texts = session.texts;
    let form = merged(session, kept, answers).await?;
    let rehearsed = rehearse(session, &form).await?;
    if consent.dry_run {
        return Ok(rehearsed);
    }
    ask::agree_to(session, &rehearsed.text, "ask.save", consent).await?;
    let before = session.profiles().await?.0.list;
    let before = before.iter().find(|profile| profile.id == COMPANY);
    let saving = session.app.company_save(form);
    let overview = session.interrupt.shield(Box::pin(saving)).await??;
    let json = before_and_after(before, numbered(&overview, COMPANY));
    let done = texts.say("done.company");
    Ok(Answer::new(json, format!("{done}\n")))
}

async fn show(session: &Session<'_>, form: &CompanyForm) -> Result<Answer, Refusal> {
    if form.hosts.is_empty() && form.proxy.is_empty() {
        return Err(ProfileError::ProfileNeedsForm {}.into());
    }
    rehearse(session, form).await
}

/// What a form comes to. Somebody may have pasted an address with its password.
async fn rehearse(session: &Session<'_>, form: &CompanyForm) -> Result<Answer, Refusal> {
    let preview = session.app.company_preview(form.clone()).await?;
    let masked = CompanyForm {
        hosts: form.hosts.iter().map(|host| mask_text(host)).collect(),
        proxy: mask_text(&form.proxy),
        ..form.clone()
    };
    let text = print::profile::company(session.texts, &masked, &preview);
    let json = json!({ "form": masked, "preview": preview });
    Ok(Answer::new(json, text))
}

/// The form with what was told.
async fn merged(
    session: &Session<'_>,
    mut form: CompanyForm,
    answers: Answers,
) -> Result<CompanyForm, Refusal> {
    if let Some(proxy) = answers.proxy {
        let given = Assignment {
            name: session.texts.say("company.proxy").to_owned(),
            value: (proxy != STDIN).then_some(proxy),
        };
        form.proxy = environment::given(session, given).await?;
    }
    form.hosts = answers.hosts.unwrap_or(form.hosts);
    form.login = answers.login.unwrap_or(form.login);
    form.public = answers.public.unwrap_or(form.public);
    Ok(form)
}
