//! The profile file: how a profile goes from one machine to another.
//!
//! JSON that people can read and change, described by [`SCHEMA`]. It holds no credentials: what had some is named in
//! `stripped`. Keys that a later version adds are passed over; a later version that means something else by the same keys
//! has another number, and is refused.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ProfileError, name};
use crate::{
    environment::Change,
    secret::{mask_text, strip_text},
    store::unique,
};

/// The JSON Schema of the file.
pub const SCHEMA: &str = include_str!("profile.schema.json");

/// What a file may hold, in bytes. A larger one is refused unread.
pub const LIMIT: u64 = 1 << 20;

/// The version that this program reads and writes.
const VERSION: u64 = 1;

/// What the schema calls itself. It is no address: nothing is ever fetched for it.
const SCHEMA_ID: &str = "urn:gopherdesk:profile:1";

/// A file that was read. Nothing in it was judged but its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// What the profile is called there.
    pub name: String,
    /// What it sets and unsets.
    pub values: Vec<Change>,
    /// Variables whose credentials were taken out.
    pub stripped: Vec<String>,
}

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its text.
    pub text: String,
    /// Variables whose credentials were taken out.
    pub stripped: Vec<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    gopherdesk_profile: u64,
    name: String,
    set: BTreeMap<&'a str, String>,
    unset: BTreeSet<&'a str>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    stripped: BTreeSet<&'a str>,
}

#[derive(Deserialize)]
struct Read {
    name: String,
    #[serde(default)]
    set: BTreeMap<String, String>,
    #[serde(default)]
    unset: Vec<String>,
    #[serde(default)]
    stripped: Vec<String>,
}

/// Writes a profile. The same profile always gives the same text.
pub fn print(name: &str, values: &[Change]) -> Printed {
    let mut written = Written {
        schema: SCHEMA_ID,
        gopherdesk_profile: VERSION,
        name: strip_text(name),
        set: BTreeMap::new(),
        unset: BTreeSet::new(),
        stripped: BTreeSet::new(),
    };
    for change in values {
        let name = change.name.as_str();
        let Some(value) = &change.value else {
            written.unset.insert(name);
            continue;
        };
        let stripped = strip_text(value);
        if stripped != *value {
            written.stripped.insert(name);
        }
        written.set.insert(name, stripped);
    }
    // a map of texts always has a text
    let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
    text.push('\n');
    let stripped = written.stripped.into_iter().map(str::to_owned);
    Printed {
        text,
        stripped: stripped.collect(),
    }
}

/// The text in the bytes of a file.
///
/// # Errors
/// [`ProfileError::ProfileFileInvalid`]: it is no UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, ProfileError> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(invalid("UTF-16 where UTF-8 belongs"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        invalid(&format!("not UTF-8 after {at} bytes"))
    })
}

/// Reads a file. A byte order mark is no fault.
///
/// # Errors
/// Too large, no profile file, of a newer version, with a name that is none, or without values.
pub fn read(text: &str) -> Result<Content, ProfileError> {
    if text.len() as u64 > LIMIT {
        return Err(ProfileError::ProfileFileTooLarge { limit: LIMIT });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fault = |error: serde_json::Error| invalid(&error.to_string());
    let whole = unique::parse(text.as_bytes()).map_err(fault)?;
    // first of all, for a newer version may mean something else by every other key
    match whole.get("gopherdesk_profile") {
        Some(version) => match version.as_u64() {
            Some(VERSION) => {}
            Some(version) if version > VERSION => {
                return Err(ProfileError::ProfileFileNewer { version });
            }
            _ => return Err(invalid("gopherdesk_profile is no version")),
        },
        None => return Err(invalid("gopherdesk_profile is missing")),
    }
    let read: Read = serde_json::from_str(text).map_err(fault)?;
    let name = name::check(&read.name)?.to_owned();
    let mut named = BTreeSet::new();
    for name in read.set.keys().chain(&read.unset) {
        if !is_variable(name) {
            return Err(invalid(&format!("{name:?} is no name of a variable")));
        }
        if !named.insert(name.as_str()) {
            return Err(invalid(&format!("{name} is there twice")));
        }
    }
    if let Some(name) = read.stripped.iter().find(|name| !is_variable(name)) {
        return Err(invalid(&format!("{name:?} is no name of a variable")));
    }
    if named.is_empty() {
        return Err(ProfileError::ProfileEmpty {});
    }
    let set = read
        .set
        .into_iter()
        .map(|(name, value)| (name, Some(value)));
    let unset = read.unset.into_iter().map(|name| (name, None));
    Ok(Content {
        name,
        values: set
            .chain(unset)
            .map(|(name, value)| Change { name, value })
            .collect(),
        stripped: read.stripped,
    })
}

fn is_variable(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(is_plain) && name.starts_with(|first: char| !first.is_ascii_digit())
}

/// What is quoted of the file can be a value.
fn invalid(reason: &str) -> ProfileError {
    ProfileError::ProfileFileInvalid {
        reason: mask_text(reason),
    }
}

#[cfg(test)]
mod tests;
