//! Asking on the terminal.

use std::io;

use gopherdesk_core::plan::Plan;

use crate::{
    arguments::Consent,
    print::{self, can_ask},
    refusal::{Own, Refusal},
    session::Session,
    visible::visible,
};

/// The variables whose danger is confirmed, once the user agreed to this plan.
///
/// # Errors
/// No terminal to ask on, or the user said no.
pub(crate) async fn agree(
    session: &Session<'_>,
    plan: &Plan,
    consent: &Consent,
) -> Result<Vec<String>, Refusal> {
    let mut confirmed = consent.allow.clone();
    if consent.yes {
        // a danger that nobody confirmed is refused by the core
        return Ok(confirmed);
    }
    require_terminal()?;
    session
        .output
        .show(&print::plan::plan(session.texts, plan))?;
    for danger in &plan.dangers {
        if confirmed.contains(&danger.name) {
            continue;
        }
        let question = session.texts.fill("ask.danger", &[("name", &danger.name)]);
        if answer(&format!("{question} ")).await?.as_deref() != Some(danger.name.as_str()) {
            let names = vec![danger.name.clone()];
            return Err(Refusal::Own(Own::DangerDeclined { names }));
        }
        confirmed.push(danger.name.clone());
    }
    yes(session.texts.say("ask.apply")).await?;
    Ok(confirmed)
}

/// Shows what is about to happen to the program's own files, and asks.
///
/// # Errors
/// No terminal to ask on, or the user said no.
pub(crate) async fn agree_to(
    session: &Session<'_>,
    preview: &str,
    question: &str,
    consent: &Consent,
) -> Result<(), Refusal> {
    if consent.yes {
        return Ok(());
    }
    require_terminal()?;
    session.output.show(preview)?;
    yes(session.texts.say(question)).await
}

/// Only a clear yes is a yes.
///
/// # Errors
/// No terminal to ask on, or the user said anything else.
pub(crate) async fn yes(question: &str) -> Result<(), Refusal> {
    require_terminal()?;
    let answer = answer(&format!("{question} [y/N] ")).await?;
    match answer.unwrap_or_default().to_lowercase().as_str() {
        "y" | "yes" | "是" => Ok(()),
        _ => Err(Refusal::Own(Own::Declined {})),
    }
}

/// The value of a variable, from standard input: the next line, without its ending.
///
/// # Errors
/// There is no next line, or it is not text.
pub(crate) async fn value(session: &Session<'_>, name: &str) -> Result<String, Refusal> {
    if can_ask() {
        print::err(&session.texts.fill("ask.value", &[("name", name)]));
    }
    let name = name.to_owned();
    match line().await {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(Refusal::Own(Own::ValueMissing { name })),
        Err(error) => Err(Refusal::Own(Own::ValueUnreadable {
            name,
            reason: Own::reason(&error),
        })),
    }
}

/// # Errors
/// There is no terminal to ask on.
pub(crate) fn require_terminal() -> Result<(), Refusal> {
    if can_ask() {
        return Ok(());
    }
    Err(Refusal::Own(Own::NeedsConfirmation {}))
}

/// What the user types; none when the terminal is gone.
async fn answer(question: &str) -> Result<Option<String>, Refusal> {
    print::err(&visible(question));
    let answer = line().await;
    if matches!(answer, Ok(None)) {
        // the cursor still stands behind the question
        print::err("\n");
    }
    answer
        .map(|answer| answer.map(|answer| answer.trim().to_owned()))
        .map_err(|_| Refusal::Own(Own::Declined {}))
}

/// The next line, read on a thread of its own so that Ctrl-C is heard meanwhile.
async fn line() -> io::Result<Option<String>> {
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        let count = io::stdin().read_line(&mut line)?;
        if line.ends_with('\n') {
            line.pop();
            if line.ends_with('\r') {
                line.pop();
            }
        }
        Ok((count > 0).then_some(line))
    });
    read.await.map_err(io::Error::other)?
}
