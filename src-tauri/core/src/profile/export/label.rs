//! A profile's name where only a harmless one may stand.

use crate::{
    profile::{Builtin, Title},
    secret::strip_text,
};

/// How much of a name is shown, in characters.
const LONGEST: usize = 60;

/// The name, as it is.
pub(super) fn of(title: &Title) -> String {
    match title {
        Title::Builtin { builtin } => match builtin {
            Builtin::Domestic => "domestic",
            Builtin::Overseas => "overseas",
            Builtin::Company => "company",
            Builtin::Offline => "offline",
        }
        .to_owned(),
        Title::Own { name } => name.clone(),
    }
}

/// The name for a comment.
///
/// Line ends would end the comment. `$`, backquotes, `;` and the like go as well: an interactive zsh knows no comments,
/// and would run what is pasted into it.
pub(super) fn one_line(name: &str) -> String {
    let clean: String = strip_text(name)
        .chars()
        .map(|c| match c {
            _ if c.is_ascii_alphanumeric() || "-_. ".contains(c) => c,
            _ if c.is_ascii_graphic() => '_',
            _ if is_unseen(c) => ' ',
            _ => c,
        })
        .take(LONGEST)
        .collect();
    let mut line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    // ends a comment of XML; once is not enough, `---` holds two of them
    while line.contains("--") {
        line = line.replace("--", "- -");
    }
    line
}

/// Small letters, digits and single `-`, the first and the last no `-`.
pub(super) fn slug(name: &str) -> String {
    let words: Vec<_> = one_line(name)
        .to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    match words.is_empty() {
        true => "profile".to_owned(),
        false => words.join("-"),
    }
}

/// Moves, hides or ends a line, or is no character at all.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_comment() {
        for (name, expected) in [
            ("at home", "at home"),
            ("公司 (上海)", "公司 _上海_"),
            ("a\nrm -rf ~", "a rm -rf _"),
            ("a\r\n\u{85}\u{2028}b", "a b"),
            ("$(reboot) `x`;", "__reboot_ _x__"),
            ("--> <!--", "- -_ __- -"),
            ("---", "- - -"),
            ("- --- -----", "- - - - - - - - -"),
            ("%PATH%^", "_PATH__"),
            ("\u{202e}gpj.exe", "gpj.exe"),
            ("https://u:canary@host", "https___host"),
        ] {
            assert_eq!(one_line(name), expected, "of {name:?}");
        }
        assert_eq!(
            one_line(&"x".repeat(999)).len(),
            LONGEST,
            "a name, not a novel"
        );
    }

    #[test]
    fn a_slug_fits_file_systems_and_clusters() {
        for (name, expected) in [
            ("At  Home!", "at-home"),
            ("公司", "profile"),
            ("../../etc/passwd", "etc-passwd"),
            ("", "profile"),
            ("公司 v2", "v2"),
        ] {
            assert_eq!(slug(name), expected, "of {name:?}");
        }
    }
}
