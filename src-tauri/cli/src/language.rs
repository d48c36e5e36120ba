//! In which language to speak.

use gopherdesk_core::{host::Vars, settings};

/// The languages there are texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl Language {
    /// What `--lang` takes.
    pub(crate) const CODES: [&str; 2] = ["en", "zh"];

    /// The language of a code of [`Language::CODES`].
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }

    /// The option, else the settings, else the locale.
    pub(crate) fn choose(option: Option<Self>, set: settings::Language, vars: &Vars) -> Self {
        option.unwrap_or_else(|| match set {
            settings::Language::En => Self::English,
            settings::Language::Zh => Self::Chinese,
            settings::Language::System => Self::of_locale(vars),
        })
    }

    /// By POSIX the first of these that is not empty decides about messages.
    fn of_locale(vars: &Vars) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| vars.get_nonempty(name))
            .map(|locale| locale.to_string_lossy().to_ascii_lowercase());
        match locale {
            Some(locale) if locale.starts_with("zh") => Self::Chinese,
            _ => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use gopherdesk_core::{host::Vars, settings};

    use super::Language;

    fn with(vars: &[(&str, &str)]) -> Language {
        let vars: Vars = vars.iter().copied().collect();
        Language::choose(None, settings::Language::System, &vars)
    }

    #[test]
    fn the_first_locale_variable_that_is_not_empty_decides() {
        assert_eq!(
            with(&[]),
            Language::English,
            "English when nothing says otherwise"
        );
        assert_eq!(
            with(&[("LANG", "zh_CN.UTF-8")]),
            Language::Chinese,
            "LANG counts"
        );
        assert_eq!(
            with(&[
                ("LC_ALL", ""),
                ("LC_MESSAGES", "en_US"),
                ("LANG", "zh_CN.UTF-8")
            ]),
            Language::English,
            "LC_MESSAGES outranks LANG, and an empty LC_ALL says nothing"
        );
        assert_eq!(
            with(&[("LC_ALL", "ZH_TW"), ("LC_MESSAGES", "en_US")]),
            Language::Chinese,
            "LC_ALL outranks everything, in any case"
        );
    }

    #[test]
    fn the_option_outranks_the_settings_and_these_the_locale() {
        let vars: Vars = [("LANG", "zh_CN")].into_iter().collect();
        let set = settings::Language::En;
        assert_eq!(
            Language::choose(None, set, &vars),
            Language::English,
            "settings over locale"
        );
        let option = Some(Language::Chinese);
        assert_eq!(
            Language::choose(option, set, &vars),
            Language::Chinese,
            "option over settings"
        );
    }
}
