//! What each verb does: ask the core, hand on its answer.

mod cache;
mod environment;
mod mirror;
mod paper;
mod past;
mod private;
mod profile;
mod route;
mod source;
mod toolchain;

use gopherdesk_core::error::Failure;
use serde_json::Value;

use crate::{
    arguments::Verb,
    change::{self, Wish},
    print::{Answer, End},
    refusal::Refusal,
    session::Session,
    texts::Texts,
};

/// Does what was asked for.
///
/// # Errors
/// Whatever the core or the user refuses.
pub(crate) async fn run(session: &Session<'_>, verb: Verb) -> Result<Answer, Refusal> {
    match verb {
        Verb::List { filter, changed } => environment::list(session, filter, changed).await,
        Verb::Get { names, reveal } => environment::get(session, &names, reveal).await,
        Verb::Set {
            assignments,
            consent,
        } => environment::set(session, assignments, &consent).await,
        Verb::Unset { names, consent } => environment::unset(session, names, &consent).await,
        Verb::Explain { name } => environment::explain(session, &name).await,
        Verb::Repair { lines, consent } => {
            change::make(session, Wish::Repairs(lines), &consent).await
        }
        Verb::Unshadow { name, consent } => {
            change::make(session, Wish::Unshadow(name), &consent).await
        }
        Verb::Cache(verb) => cache::run(session, verb).await,
        Verb::Mirror(verb) => mirror::run(session, verb).await,
        Verb::Route(verb) => route::run(session, verb).await,
        Verb::Private(verb) => private::run(session, verb).await,
        Verb::Profile(verb) => profile::run(session, verb).await,
        Verb::Toolchains => toolchain::list(session).await,
        Verb::UseToolchain { which, consent } => toolchain::choose(session, &which, &consent).await,
        Verb::History => past::list(session).await,
        Verb::Undo { entry, consent } => change::make(session, Wish::Undo(entry), &consent).await,
        // answered from the definitions alone, before there is a session
        Verb::Completions(_) | Verb::Man(_) => Ok(Answer::new(Value::Null, String::new())),
    }
}

/// What is answered from the definitions alone, without a look at the machine.
pub(crate) fn on_paper(verb: &Verb, texts: &Texts) -> Option<String> {
    match verb {
        Verb::Completions(shell) => Some(paper::completions(texts, *shell)),
        Verb::Man(page) => Some(paper::man(texts, page)),
        _ => None,
    }
}

/// An answer that says so when go itself gave none.
fn told_of(session: &Session<'_>, failure: Option<&Failure>, json: Value, text: String) -> Answer {
    let mut answer = Answer::new(json, text);
    if let Some(failure) = failure {
        answer.notes.push(session.texts.tell("failures", failure));
        answer.end = End::Wrong;
    }
    answer
}
