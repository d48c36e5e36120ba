//! Patterns that are switched off, in `private.json`: Go's variables hold only what counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{PrivateError, Written};
use crate::{host::Host, secret::mask_text, store::Store};

/// What the file may hold, in bytes.
const LIMIT: u64 = 1 << 20;

/// The patterns of this user.
pub fn open(host: &Host) -> Store<KeptPatterns> {
    Store::open(host, "private.json", LIMIT)
}

/// The content of `private.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptPatterns {
    /// By variable.
    lists: BTreeMap<String, Vec<KeptPattern>>,
}

/// A pattern that is switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPattern {
    /// As it stood in the variable.
    pub pattern: String,
    /// Of GOVCS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub systems: Option<String>,
    /// Its place among all entries of the list, counted from 0.
    #[serde(default)]
    pub place: usize,
}

impl KeptPatterns {
    /// The patterns of one list.
    pub fn of(&self, list: &str) -> &[KeptPattern] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// Keeps these besides what is kept of the list.
    pub fn add(&mut self, list: &str, patterns: &[KeptPattern]) {
        let kept = self.lists.entry(list.to_owned()).or_default();
        for pattern in patterns {
            kept.retain(|known| known.pattern != pattern.pattern);
            kept.push(pattern.clone());
        }
        self.lists.retain(|_, kept| !kept.is_empty());
    }

    /// Keeps of the list only what `wanted` names.
    pub fn retain(&mut self, list: &str, wanted: impl Fn(&str) -> bool) {
        if let Some(kept) = self.lists.get_mut(list) {
            kept.retain(|known| wanted(&known.pattern));
        }
        self.lists.retain(|_, kept| !kept.is_empty());
    }

    /// Forgets one, named as it is shown.
    ///
    /// # Errors
    /// It is not kept.
    pub fn forget(&mut self, list: &str, shown: &str) -> Result<(), PrivateError> {
        let is_it = |pattern: &str| pattern == shown || mask_text(pattern) == shown;
        if !self.of(list).iter().any(|known| is_it(&known.pattern)) {
            return Err(PrivateError::PatternNotKept {
                list: list.to_owned(),
                pattern: mask_text(shown),
            });
        }
        self.retain(list, |pattern| !is_it(pattern));
        Ok(())
    }

    /// The entries of a list in their order, with whether each counts.
    pub(crate) fn among(&self, list: &str, written: Vec<Written>) -> Vec<(Written, bool)> {
        let mut all: Vec<_> = written.into_iter().map(|entry| (entry, true)).collect();
        let mut kept: Vec<_> = self.of(list).iter().collect();
        kept.sort_by_key(|pattern| pattern.place);
        for pattern in kept {
            // one that came back, by an undo or by hand, counts
            if all
                .iter()
                .any(|(entry, _)| entry.pattern == pattern.pattern)
            {
                continue;
            }
            let entry = Written {
                pattern: pattern.pattern.clone(),
                systems: pattern.systems.clone(),
            };
            all.insert(pattern.place.min(all.len()), (entry, false));
        }
        all
    }
}
