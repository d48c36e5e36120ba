//! What a profile may be called.

use super::ProfileError;
use crate::naming;
pub use crate::naming::same;

/// The shipped profiles as they are asked for: their ids, and their names as the hosts show them in either language.
const SHIPPED: [[&str; 3]; 4] = [
    ["domestic", "Domestic", "国内"],
    ["overseas", "Overseas", "海外"],
    ["company", "Company", "公司"],
    ["offline", "Offline", "离线"],
];

/// The name without the white space around it.
///
/// # Errors
/// [`ProfileError::ProfileNameInvalid`]: empty, longer than [`naming::LONGEST`], or with characters that cannot be seen.
pub fn check(name: &str) -> Result<&str, ProfileError> {
    naming::check(name).ok_or_else(|| ProfileError::ProfileNameInvalid {
        name: naming::refused(name),
    })
}

/// Whether a shipped profile is called so, in any language.
pub fn is_shipped(name: &str) -> bool {
    SHIPPED.iter().flatten().any(|shipped| same(shipped, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_be_seen_and_is_not_long() {
        for name in [
            "x",
            "Büro 2 (VPN)",
            "公司　内网",
            "a'b\"c$d`e",
            &"长".repeat(60),
        ] {
            assert_eq!(check(&format!(" \t{name}\n")), Ok(name), "is kept as it is");
        }
        for name in [
            "",
            " \u{3000} ",
            "a\nb",
            "a\tb",
            "a\u{202e}b",
            "a\u{200b}",
            "\u{a0}a\u{a0}b",
            "\u{3164}",
            "a\u{e0041}",
            &"长".repeat(61),
        ] {
            assert!(
                matches!(check(name), Err(ProfileError::ProfileNameInvalid { .. })),
                "{name:?} cannot be told from another one"
            );
        }
    }

    #[test]
    fn a_refused_name_is_shown_without_what_cannot_be_seen() {
        let Err(ProfileError::ProfileNameInvalid { name }) = check("a\u{202e}b") else {
            panic!("it is refused");
        };
        assert_eq!(name, "a\\u{202e}b", "the character is spelled out");
    }

    #[test]
    fn the_shipped_names_are_those_that_are_shown() {
        for (language, text) in [
            (1, include_str!("../../../../ui/src/i18n/shared/en.json")),
            (2, include_str!("../../../../ui/src/i18n/shared/zh.json")),
        ] {
            let texts: serde_json::Value = serde_json::from_str(text).expect("the texts are JSON");
            let shown = texts["profiles"]["names"].as_object().expect("the names");
            assert_eq!(shown.len(), SHIPPED.len(), "no other is shipped");
            for names in SHIPPED {
                assert_eq!(shown[names[0]], names[language], "{}", names[0]);
                assert!(is_shipped(&names[language].to_uppercase()), "in any case");
            }
        }
    }
}
