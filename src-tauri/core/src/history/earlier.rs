//! What the GOENV file was before: who sets values back to what they were gets the file back as it was, byte for byte.
//!
//! Setting values in place keeps what it does not touch, but a line that was taken out comes back at the end. So a
//! profile that is left and returned to would move lines about, were a return not an undo.

use std::{collections::BTreeMap, path::Path};

use super::journal::Journal;
use crate::{environment::file::EnvText, host::fingerprint};

/// The content of `target`, now `now`, from a time when it said exactly what `wanted` says; the inner none when there
/// was no file.
///
/// None when this program did not make every change since, so that somebody else's lines would be lost, or when the
/// bytes are no longer kept.
pub fn content(
    journal: &Journal,
    target: &Path,
    now: Option<&[u8]>,
    wanted: &EnvText,
) -> Option<Option<Vec<u8>>> {
    let mut hash = now.map(fingerprint);
    let mut values = EnvText::parse(now.unwrap_or_default()).values();
    let wanted_values = wanted.values();
    // a journal that cannot be read holds nobody up: then the values are set in place
    for intent in journal.changes_of(target).ok()? {
        if intent.after_hash != hash {
            return None;
        }
        for change in &intent.changes {
            match &change.before {
                Some(value) => drop(values.insert(change.name.clone(), value.clone())),
                None => drop(values.remove(&change.name)),
            }
        }
        hash.clone_from(&intent.before_hash);
        if values == wanted_values
            && let Ok(Some(before)) = journal.before(&intent)
            && says_the_same(before.as_deref(), wanted)
        {
            return Some(before);
        }
    }
    None
}

fn says_the_same(bytes: Option<&[u8]>, wanted: &EnvText) -> bool {
    let text = EnvText::parse(bytes.unwrap_or_default());
    let settings = |text: &EnvText| -> BTreeMap<Vec<u8>, Vec<u8>> {
        text.settings()
            .map(|(_, key, value)| (key.to_vec(), value.to_vec()))
            .collect()
    };
    settings(&text) == settings(wanted)
}
