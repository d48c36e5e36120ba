//! Credentials on their way out, and back in.

use crate::secret::{MASK, has_secret, mask_text};

/// What became of a text whose credentials are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restored {
    /// The text with them.
    Whole(String),
    /// This masked entry may be one of several, or of none.
    Unknown(String),
}

/// Puts the credentials of known entries back where their masked form stands in a value of GOPROXY.
pub fn restore(goproxy: &str, known: &[String]) -> Restored {
    let mut text = String::new();
    for part in goproxy.split_inclusive([',', '|']) {
        let end = part.trim_end_matches([',', '|']).len();
        let (entry, separator) = part.split_at(end);
        match one(entry.trim(), known) {
            Restored::Whole(raw) if raw != entry.trim() => text += &raw,
            Restored::Whole(_) => text += entry,
            unknown @ Restored::Unknown(_) => return unknown,
        }
        text += separator;
    }
    Restored::Whole(text)
}

/// The same of one text, whatever stands in it.
pub fn one(text: &str, known: &[String]) -> Restored {
    if !text.contains(MASK) {
        return Restored::Whole(text.to_owned());
    }
    let mut matching = known.iter().filter(|raw| mask_text(raw) == text);
    match matching.next() {
        Some(raw) if matching.all(|other| other == raw) => Restored::Whole(raw.clone()),
        _ => Restored::Unknown(text.to_owned()),
    }
}

/// The entries of a value of GOPROXY, each also as a fix may write it: with another scheme, or apart from what a wrong
/// separator ties it to.
pub fn spellings(goproxy: &str) -> Vec<String> {
    let listed = goproxy.split([',', '|']);
    let apart = goproxy.split([',', '|', '，', '；', '、', ';']);
    let mut all = Vec::new();
    for entry in listed.chain(apart).map(str::trim) {
        all.push(entry.to_owned());
        if has_secret(entry) {
            let (_, rest) = entry.split_once("://").unwrap_or(("", entry));
            all.extend(["https", "http"].map(|scheme| format!("{scheme}://{rest}")));
        }
    }
    all
}

/// A reason in Go's words as it may be shown: what it quotes out of a hidden part of its entry is hidden too.
pub(super) fn reason(reason: &str, entry: &str) -> String {
    let quoted = reason.split_once('"').zip(reason.rsplit_once('"'));
    match quoted {
        Some(((before, _), (_, after))) if has_secret(entry) => {
            let end = reason.len() - after.len() - 1;
            let inside = reason.get(before.len() + 1..end).unwrap_or_default();
            match mask_text(entry).contains(inside) {
                true => reason.to_owned(),
                false => format!("{before}\"{MASK}\"{after}"),
            }
        }
        _ => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_entry_is_restored_only_when_it_can_be_one() {
        let raw = "https://ann:canary@a.example".to_owned();
        let other = "https://bob:canary@a.example".to_owned();
        let masked = mask_text(&raw);
        assert_eq!(mask_text(&other), masked, "they look the same");
        let chain = format!("https://b| {masked} ,direct");
        let known = [raw.clone(), raw.clone()];
        assert_eq!(
            restore(&chain, &known),
            Restored::Whole(format!("https://b|{raw},direct")),
            "known twice is known"
        );
        let unknown = Restored::Unknown(masked);
        assert_eq!(restore(&chain, &[]), unknown, "nobody knows it");
        assert_eq!(restore(&chain, &[raw, other]), unknown, "it may be two");
        let plain = " https://b ,direct";
        assert_eq!(
            restore(plain, &[]),
            Restored::Whole(plain.to_owned()),
            "as it is"
        );
    }

    #[test]
    fn a_reason_quotes_nothing_that_is_hidden() {
        let port = "invalid port \":canary\" after host";
        assert_eq!(
            reason(port, "https://ann:canary/x@a.example"),
            "invalid port \"***\" after host"
        );
        assert_eq!(reason(port, "https://a:canary/x"), port, "nothing is");
    }
}
