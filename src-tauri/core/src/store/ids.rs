//! Ids that are minted once and never given to anything else, and the order that people put things in.

use std::collections::BTreeSet;

/// The largest number in an id: every JSON reader keeps it exactly.
const LAST: u64 = 1 << 53;

/// A number that was minted.
///
/// # Errors
/// Too large for an id, in words.
pub(crate) fn number(number: u64) -> Result<u64, String> {
    match number {
        ..=LAST => Ok(number),
        _ => Err("minted is too large".to_owned()),
    }
}

/// Refuses ids that are none of ours, or there twice.
///
/// # Errors
/// Which one, in words.
pub(crate) fn distinct<'a>(letter: char, ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if number_of(letter, id).is_none() {
            return Err(format!("{id:?} is no id"));
        }
        if !seen.insert(id) {
            return Err(format!("two have the id {id}"));
        }
    }
    Ok(())
}

/// The next number and its id: behind everything that was minted, and that is there.
pub(crate) fn next<'a>(
    letter: char,
    minted: u64,
    there: impl Iterator<Item = &'a str>,
    is_taken: impl Fn(&str) -> bool,
) -> (u64, String) {
    let there = there.filter_map(|id| number_of(letter, id));
    let mut number = there.max().unwrap_or(0).max(minted);
    loop {
        number = number.saturating_add(1);
        let id = format!("{letter}{number}");
        if !is_taken(&id) {
            return (number, id);
        }
    }
}

/// All of them, those that `order` names first; what it names and is not there does not count.
pub(crate) fn arranged(all: Vec<String>, order: &[String]) -> Vec<String> {
    let there: BTreeSet<&str> = all.iter().map(String::as_str).collect();
    let mut placed = BTreeSet::new();
    let mut ids: Vec<_> = order
        .iter()
        .filter(|id| there.contains(id.as_str()) && placed.insert(id.as_str()))
        .cloned()
        .collect();
    let rest = all.iter().filter(|id| !placed.contains(id.as_str()));
    ids.extend(rest.cloned());
    ids
}

/// The number in a minted id.
fn number_of(letter: char, id: &str) -> Option<u64> {
    let digits = id.strip_prefix(letter)?;
    let number = digits.parse().ok()?;
    // `p07` and `p+7` would be other spellings of the same
    (number <= LAST && format!("{letter}{number}") == id).then_some(number)
}
