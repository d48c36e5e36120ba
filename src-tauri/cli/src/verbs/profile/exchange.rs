//! Profiles from others, and for others.

use std::path::{Path, PathBuf, absolute};

use gopherdesk_core::{
    environment::file,
    history::HistoryError,
    host::replace,
    profile::{ExportFormat, ExportProfile, Import, KeepImport, export::file_bytes},
};
use serde_json::{Value, json};

use super::{find, keep::titled};
use crate::{
    arguments::{Consent, Source},
    ask,
    change::{self, Wish},
    print::{self, Answer, can_ask, is_seen},
    refusal::{Own, Refusal},
    session::Session,
    verbs::source,
    visible::visible,
};

/// What is to be imported, and what becomes of it.
pub(super) struct Wanted {
    pub(super) source: Source,
    pub(super) name: Option<String>,
    /// Switch to it as well.
    pub(super) switch: bool,
}

/// Shows a profile file, and keeps it once that is agreed to.
pub(super) async fn import(
    session: &Session<'_>,
    wanted: Wanted,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let text = source::text(wanted.source).await?;
    let mut import = session.app.profile_import(text).await?;
    import.name = wanted.name.unwrap_or(import.name);
    let shown = print::profile::imported(session.texts, &import);
    if consent.dry_run {
        let json = json!({ "import": import, "profile": Value::Null, "used": Value::Null });
        return Ok(Answer::new(json, shown));
    }
    if wanted.switch && consent.yes {
        // nobody is asked any more: what would be refused at the end is refused before anything is kept
        confirmed(&import, consent)?;
    }
    ask::agree_to(session, &shown, "ask.keep", consent).await?;
    let name = import.name.clone();
    let id = import.id.clone();
    let keeping = session.app.profile_import_keep(KeepImport { id, name });
    let overview = session.interrupt.shield(Box::pin(keeping)).await??;
    let profile = titled(&overview, import.name.trim());
    let mut text = session.texts.fill("done.saved", &[("title", &import.name)]) + "\n";
    let used = match profile.filter(|_| wanted.switch) {
        Some(profile) => {
            let wish = Wish::Profile(profile.id.clone());
            let used = change::make(session, wish, consent).await?;
            text += &used.text;
            used.json
        }
        None => Value::Null,
    };
    let json = json!({ "import": import, "profile": profile, "used": used });
    Ok(Answer::new(json, text))
}

/// Every danger was allowed beforehand.
fn confirmed(import: &Import, consent: &Consent) -> Result<(), Refusal> {
    let names = import.dangers.iter().map(|danger| danger.name.clone());
    let names: Vec<_> = names.filter(|name| !consent.allow.contains(name)).collect();
    match names.is_empty() {
        true => Ok(()),
        false => Err(HistoryError::Unconfirmed { names }.into()),
    }
}

/// Prints a profile, or writes it into a file.
pub(super) async fn export(
    session: &Session<'_>,
    text: &str,
    format: ExportFormat,
    output: Option<PathBuf>,
    consent: &Consent,
) -> Result<Answer, Refusal> {
    let id = find::id(session, text)?;
    let wish = ExportProfile { id, format };
    let exported = session.app.profile_export(wish.clone()).await?;
    let notes = print::profile::exported(session.texts, &exported);
    let mut json = json!(exported);
    let mut answer = match output {
        None => Answer {
            // a script gets every byte, a terminal what can be looked at without harm
            exact: !is_seen(),
            ..Answer::new(json, seen(exported.text))
        },
        Some(path) => {
            let shown = path.display().to_string();
            json["path"] = shown.clone().into();
            let done = if consent.dry_run {
                seen(exported.text)
            } else {
                write(session, &path, wish, &exported.text, consent).await?;
                session.texts.fill("done.exported", &[("path", &shown)]) + "\n"
            };
            Answer::new(json, done)
        }
    };
    answer.notes = notes;
    Ok(answer)
}

fn seen(text: String) -> String {
    if !is_seen() {
        return text;
    }
    let lines = text.lines().map(|line| visible(line).into_owned() + "\n");
    lines.collect()
}

/// Makes the file; one that is there already only if that is agreed to.
async fn write(
    session: &Session<'_>,
    path: &Path,
    wish: ExportProfile,
    text: &str,
    consent: &Consent,
) -> Result<(), Refusal> {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    let before = replace::read(&path, file::LIMIT)?;
    if before.is_some_and(|before| before != file_bytes(wish.format, text)) && !consent.yes {
        let path = path.display().to_string();
        if !can_ask() {
            return Err(Refusal::Own(Own::FileExists { path }));
        }
        ask::yes(&session.texts.fill("ask.replace", &[("path", &path)])).await?;
    }
    let writing = session.app.profile_export_to(wish, path);
    session.interrupt.shield(Box::pin(writing)).await??;
    Ok(())
}
