//! Credentials never leave the core unasked: they are masked in every value, error and log line.

use url::Url;

/// What stands for a credential.
pub const MASK: &str = "***";

/// Masks credentials in free text: what stands between `://` and `@` in each word.
///
/// Also for text that is no URL, because a value that does not parse can hold a secret all the same.
pub fn mask_text(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.find("://") {
        let (before, after) = rest.split_at(found + 3);
        masked.push_str(before);
        let end = after
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '/' | '?' | '#' | ',' | '|' | '"' | '\'')
            })
            .unwrap_or(after.len());
        // a password may hold `/` or `,` unescaped: the last `@` before white space decides
        let word = after.find(char::is_whitespace).unwrap_or(after.len());
        rest = match after[..word]
            .find('@')
            .filter(|&at| at >= end)
            .or_else(|| after[..end].rfind('@'))
        {
            Some(at) if is_credential(after, at) => {
                masked.push_str(MASK);
                &after[at..]
            }
            _ => after,
        };
    }
    masked.push_str(rest);
    masked
}

/// An `@` belongs to a credential unless a new URL or a path with a version (`/m@v1`) lies before it.
fn is_credential(after: &str, at: usize) -> bool {
    let before = &after[..at];
    !before.contains("://")
        && Url::parse(&format!("https://{before}@host/"))
            .is_ok_and(|url| url.host_str() == Some("host"))
}
