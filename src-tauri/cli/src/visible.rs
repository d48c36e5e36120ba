//! Strings of others on a terminal: what it would obey, or nobody would see, is written out.
//!
//! A value, a path or what go says may hold escape sequences that retitle the window, or marks that turn the writing
//! direction around. JSON escapes the first 32 only, so its strings need the same.

use std::{borrow::Cow, fmt::Write};

/// `text` with every unseen character written as `\u{202e}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unseen(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// JSON text in which every unseen character is escaped; the value it stands for is the same.
pub(crate) fn visible_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        // between the strings stand line feeds of the layout; inside of them they are escaped already
        if character == '\n' || !is_unseen(character) {
            shown.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // writing to a String cannot fail
            let _ = write!(shown, "\\u{unit:04x}");
        }
    }
    shown
}

/// Controls, writing-direction marks, zero-width and other characters without a picture.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_json};

    #[test]
    fn plain_text_of_any_language_stays() {
        let text = "https://例.cn/,direct | café";
        assert_eq!(visible(text), text, "nothing here needs an escape");
    }

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        let cases = [
            ("\x1b]0;own\x07", "\\u{1b}]0;own\\u{7}"),
            ("a\nb\tc\r", "a\\nb\\tc\\r"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("\u{202e}moc\u{200b}", "\\u{202e}moc\\u{200b}"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown, "{text:?} must not reach the terminal");
        }
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({ "v": "\u{1b}[0m \u{9b}1m \u{202e} \u{e0001} \u{7f} 好\n" });
        let text = serde_json::to_string_pretty(&value).unwrap();
        let shown = visible_json(&text);
        let back: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(back, value, "escaping must not change what is said");
        assert!(
            shown.chars().all(|c| c == '\n' || !c.is_control()),
            "no control character is left in {shown:?}"
        );
        assert!(!shown.contains('\u{202e}'), "nor a direction mark");
    }
}
