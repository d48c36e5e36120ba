//! `gdesk private`.

use gopherdesk_core::{
    private::{
        ForgetPattern, WantedEntry,
        check::{CheckEvent, CheckReport, CheckRepositories, GitOutcome},
        paste::paste,
    },
    secret::mask_text,
};
use serde_json::json;

use crate::{
    arguments::{Consent, PrivateVerb},
    change::{self, Wish},
    print::{self, Answer, End},
    refusal::{Own, Refusal},
    session::Session,
};

/// Names the one job that this program ever has.
const JOB: &str = "private";

/// Does what was asked for.
pub(super) async fn run(session: &Session<'_>, verb: PrivateVerb) -> Result<Answer, Refusal> {
    match verb {
        PrivateVerb::List { list } => lists(session, list).await,
        PrivateVerb::Add {
            texts,
            list,
            exact,
            consent,
        } => {
            let add = match exact || list == "GOVCS" {
                true => exactly(&list, &texts),
                false => found(&texts)?,
            };
            let wish = Wish::Patterns {
                list,
                add,
                remove: Vec::new(),
                off: false,
            };
            change::make(session, wish, &consent).await
        }
        PrivateVerb::Remove {
            patterns,
            list,
            off,
            consent,
        } => remove(session, list, patterns, off, &consent).await,
        PrivateVerb::Test { targets } => super::route::of(session, targets, None).await,
        PrivateVerb::Suggest => {
            let suggested = session.app.private_suggest(()).await?;
            let text = print::private::suggested(session.texts, &suggested);
            Ok(Answer::new(json!(suggested), text))
        }
        PrivateVerb::Credentials { hosts, check } => credentials(session, hosts, check).await,
    }
}

async fn lists(session: &Session<'_>, list: Option<String>) -> Result<Answer, Refusal> {
    let mut lists = session.app.private_read(()).await?;
    if let Some(list) = list {
        lists.lists.retain(|one| one.variable == list);
    }
    let text = print::private::lists(session.texts, &lists);
    let mut answer = Answer::new(json!(lists), text);
    if let Some(trouble) = &lists.trouble {
        answer.notes.push(session.texts.tell("failures", trouble));
        answer.end = End::Wrong;
    }
    Ok(answer)
}

/// Entries as they were written.
fn exactly(list: &str, texts: &[String]) -> Vec<WantedEntry> {
    let entries = texts.iter().flat_map(|text| text.split(','));
    let entry = |text: &str| {
        let split = text.split_once(':').filter(|_| list == "GOVCS");
        let (pattern, systems) = match split {
            Some((pattern, systems)) => (pattern, Some(systems.to_owned())),
            None => (text, None),
        };
        WantedEntry {
            pattern: pattern.to_owned(),
            systems,
            enabled: true,
        }
    };
    entries.map(entry).collect()
}

/// What the texts name, as the patterns that are recommended for it.
fn found(texts: &[String]) -> Result<Vec<WantedEntry>, Refusal> {
    let mut entries: Vec<WantedEntry> = Vec::new();
    let pasted = paste(&texts.join("\n"));
    if let Some(refused) = pasted.refused.into_iter().next() {
        return Err(Refusal::Own(Own::NoPattern {
            text: refused.text,
            fault: refused.why,
        }));
    }
    let choices = pasted
        .found
        .into_iter()
        .filter_map(|pasted| pasted.choices.into_iter().next());
    for pattern in choices.flat_map(|choice| choice.patterns) {
        if !entries.iter().any(|entry| entry.pattern == pattern) {
            entries.push(WantedEntry {
                pattern,
                systems: None,
                enabled: true,
            });
        }
    }
    Ok(entries)
}

/// What is switched off stands in no variable: it is forgotten at once.
async fn remove(
    session: &Session<'_>,
    list: String,
    patterns: Vec<String>,
    off: bool,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let lists = session.app.private_read(()).await?;
    let found = lists.lists.iter().find(|one| one.variable == list);
    let entries = found.map(|one| one.entries.as_slice()).unwrap_or_default();
    let is_off = |pattern: &String| {
        let mut entries = entries.iter();
        entries.any(|entry| entry.pattern == mask_text(pattern) && !entry.enabled)
    };
    let (kept, listed): (Vec<_>, Vec<_>) = patterns.into_iter().partition(is_off);
    if listed.is_empty() && !off && consent.yes && !consent.dry_run {
        let mut lists = lists;
        for pattern in kept {
            let list = list.clone();
            lists = session
                .app
                .private_forget(ForgetPattern { list, pattern })
                .await?;
        }
        let text = print::private::lists(session.texts, &lists);
        return Ok(Answer::new(json!(lists), text));
    }
    let wish = Wish::Patterns {
        list,
        add: Vec::new(),
        remove: listed.into_iter().chain(kept).collect(),
        off,
    };
    change::make(session, wish, consent).await
}

async fn credentials(
    session: &Session<'_>,
    hosts: Vec<String>,
    check: Vec<String>,
) -> Result<Answer, Refusal> {
    let credentials = session.app.private_credentials(hosts).await?;
    let mut report = CheckReport {
        repositories: Vec::new(),
        cancelled: false,
    };
    if !check.is_empty() {
        let job = session.app.jobs.start(JOB.to_owned());
        let stop = || job.cancel.cancel();
        let wish = CheckRepositories {
            repositories: check,
        };
        let observer = |_: CheckEvent| {};
        let work = Box::pin(session.app.private_check(wish, &job, &observer));
        report = session.interrupt.heed(stop, work).await?;
    }
    let text = print::private::credentials(session.texts, &credentials, &report);
    let mut json = json!(credentials);
    json["checked"] = json!(report.repositories);
    let mut answer = Answer::new(json, text);
    let is_reached = |outcome: &GitOutcome| matches!(outcome, GitOutcome::Reached {});
    let mut checked = report.repositories.iter();
    answer.end = match report.cancelled {
        true => End::Stopped,
        false if !checked.all(|one| is_reached(&one.outcome)) => End::Wrong,
        false if !credentials.exposed.is_empty() => End::Wrong,
        false => End::Well,
    };
    Ok(answer)
}
