//! What a wish would change in the GOENV file.

pub mod leak;

use std::{
    collections::BTreeSet,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    Change, Environment, EnvironmentError, Fault, PlanEnvironment,
    check::{self, Settable},
    fault,
    file::EnvText,
};
use crate::{
    history::Cause,
    host::{Host, Os, fingerprint},
    plan::{Draft, DraftValue, Plan, PlanKind, PlannedChange, diff},
    secret::mask_text,
};

/// What a plan is made on.
pub struct PlanFacts<'a> {
    /// The machine.
    pub host: &'a Host,
    /// The GOENV file.
    pub path: &'a Path,
    /// Its bytes; none when it does not exist.
    pub before: Option<&'a [u8]>,
    /// The environment that the user was shown.
    pub environment: &'a Environment,
    /// What lines and values are judged by.
    pub context: fault::Context<'a>,
}

/// Works out what would be written, and what is to be said of it.
///
/// # Errors
/// The first thing that Go would refuse now or later (go-semantics 1.7 and beyond), and a wish that changes nothing.
pub fn draft(wish: &PlanEnvironment, facts: &PlanFacts<'_>) -> Result<Draft, EnvironmentError> {
    let before = EnvText::parse(facts.before.unwrap_or_default());
    let mut after = before.clone();
    let broken: Vec<_> = facts
        .environment
        .file
        .faults
        .iter()
        .filter(|fault| matches!(fault.fault, Fault::BreaksGo { .. }))
        .map(|fault| fault.line)
        .collect();
    fault::repair(&mut after, &wish.repairs, &broken, &facts.context)?;
    let mut named = BTreeSet::new();
    for change in &wish.changes {
        if !named.insert(&change.name) {
            return Err(EnvironmentError::NamedTwice {
                name: change.name.clone(),
            });
        }
        allow(change, &before, facts)?;
        match &change.value {
            Some(value) => {
                let checked = check::check(&change.name, value, &facts.context.check);
                if let Some(problem) = checked.refusals.into_iter().next() {
                    return Err(EnvironmentError::InvalidValue {
                        name: change.name.clone(),
                        problem,
                    });
                }
                after.set(&change.name, value);
            }
            None => after.unset(&change.name),
        }
    }
    if after == before {
        return Err(EnvironmentError::NothingToChange {});
    }
    let (before_bytes, after_bytes) = (facts.before.unwrap_or_default(), after.render());
    let values = differences(&before, &after);
    // a repair can bring a value to life as well as an edit: `export GOSUMDB=off`
    let mut dangers = Vec::new();
    let mut changes = Vec::new();
    for value in &values {
        let checked = value
            .after
            .as_deref()
            .map(|after| check::check(&value.name, after, &facts.context.check));
        let (danger, warnings) = checked.map_or_else(Default::default, |checked| {
            (checked.danger, checked.warnings)
        });
        dangers.extend(danger);
        changes.push(shown(value, facts, warnings));
    }
    if let Some(leak) = leak::found(&after, facts.environment) {
        // said of the change that brings it about, as far as one does
        let named = leak::NAMES.iter();
        let mut blamed = named.filter_map(|name| values.iter().position(|one| one.name == *name));
        if let Some(change) = blamed.next().and_then(|at| changes.get_mut(at)) {
            change.warnings.push(leak);
        }
    }
    let repaired = u32::try_from(wish.repairs.len()).unwrap_or(u32::MAX);
    Ok(Draft {
        plan: Plan {
            id: new_id(&after_bytes),
            kind: PlanKind::Environment,
            path: facts.host.short(facts.path),
            diff: diff::diff(before_bytes, &after_bytes),
            changes,
            commands: commands(&values, facts.host.os),
            dangers,
        },
        target: facts.path.to_owned(),
        before: facts.before.map(<[u8]>::to_vec),
        after: Some(after_bytes),
        cause: if wish.changes.is_empty() {
            Cause::Repaired { lines: repaired }
        } else {
            Cause::Edited {}
        },
        values,
    })
}

/// The same plan with other bytes that say the same; none takes the file away.
pub fn with_content(mut draft: Draft, after: Option<Vec<u8>>) -> Draft {
    let (was, is) = (
        draft.before.as_deref().unwrap_or_default(),
        after.as_deref().unwrap_or_default(),
    );
    draft.plan.id = new_id(is);
    draft.plan.diff = diff::diff(was, is);
    draft.after = after;
    draft
}

/// A name for a plan: its content, and a count that tells two equal ones apart.
pub fn new_id(content: &[u8]) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let content = fingerprint(content);
    format!("{count}-{}", content.get(..16).unwrap_or(&content))
}

/// The values that count before and after, where they differ.
pub fn differences(before: &EnvText, after: &EnvText) -> Vec<DraftValue> {
    let (was, is) = (before.values(), after.values());
    let names: BTreeSet<_> = was.keys().chain(is.keys()).collect();
    names
        .into_iter()
        .filter(|name| was.get(*name) != is.get(*name))
        .map(|name| DraftValue {
            name: name.clone(),
            before: was.get(name).cloned(),
            after: is.get(name).cloned(),
        })
        .collect()
}

/// Commands that do the same: one for all that is set, one for all that is unset; credentials masked.
pub fn commands(values: &[DraftValue], os: Os) -> Vec<String> {
    let set: Vec<_> = values
        .iter()
        .filter_map(|value| {
            Some(quote(
                &mask_text(&format!("{}={}", value.name, value.after.as_ref()?)),
                os,
            ))
        })
        .collect();
    let unset: Vec<_> = values
        .iter()
        .filter(|value| value.after.is_none())
        .map(|value| quote(&value.name, os))
        .collect();
    [("-w", set), ("-u", unset)]
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(flag, words)| format!("go env {flag} {}", words.join(" ")))
        .collect()
}

/// Whether Go lets this variable be changed; a foreign one that stands in the file already may be (`cfg.CanGetenv`).
fn allow(change: &Change, before: &EnvText, facts: &PlanFacts<'_>) -> Result<(), EnvironmentError> {
    let name = change.name.clone();
    match check::settable(&change.name, facts.context.check.version) {
        Settable::Yes => Ok(()),
        Settable::No => Err(EnvironmentError::NotSettable { name }),
        Settable::ProcessOnly => Err(EnvironmentError::ProcessOnly { name }),
        Settable::Unknown if before.line_of(&name).is_some() => Ok(()),
        Settable::Unknown => Err(EnvironmentError::UnknownVariable { name }),
    }
}

fn shown(
    value: &DraftValue,
    facts: &PlanFacts<'_>,
    warnings: Vec<check::Problem>,
) -> PlannedChange {
    let variable = facts
        .environment
        .variables
        .iter()
        .find(|variable| variable.name == value.name);
    PlannedChange {
        name: value.name.clone(),
        before: value.before.as_deref().map(mask_text),
        after: value.after.as_deref().map(mask_text),
        shadowed: variable.and_then(|variable| variable.shadowed.clone()),
        warnings,
    }
}

/// One word for a POSIX shell, or for PowerShell on Windows.
fn quote(word: &str, os: Os) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || "_-+=:./@%".contains(c) || (c == ',' && os != Os::Windows)
    };
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    match os {
        Os::Windows => format!("'{}'", word.replace('\'', "''")),
        Os::Linux | Os::Macos => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;
