//! A module with its version, and how a module proxy's addresses spell it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::secret::mask_text;

/// What is no module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum ModuleError {
    /// Not `path@version`.
    #[error("{module:?} is no module with a version")]
    ModuleInvalid {
        /// What was asked for.
        module: String,
    },
    /// Not a path of a module or package.
    #[error("{module:?} is no path of a module")]
    PathInvalid {
        /// What was asked for, masked.
        module: String,
    },
}

/// A module with its version, as the arguments of go name it: `example.com/m@v1.2.3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Module(String);

/// Nobody types a longer one, in bytes.
const LIMIT: usize = 1024;

impl Module {
    /// The one that is downloaded when nobody names another: the module of Go's own tutorial, which every mirror has and
    /// the checksum database knows, a few kilobytes large, and unchanged since 2018.
    pub fn small() -> Self {
        Self("rsc.io/quote@v1.5.2".to_owned())
    }

    /// The path, as `import` and `require` name it.
    pub fn path(&self) -> &str {
        self.halves().0
    }

    /// The version, or the branch or commit that stands for one.
    pub fn version(&self) -> &str {
        self.halves().1
    }

    /// Where a proxy has it, without the ending: `example.com/!azure/@v/v1.0.0` (go-semantics 4.1).
    pub fn address(&self) -> String {
        format!("{}/@v/{}", escape(self.path()), escape(self.version()))
    }

    /// A version of the same module that nobody ever made.
    pub fn missing(&self) -> Self {
        Self(format!("{}@v0.0.0-gopherdesk-no-such-version", self.path()))
    }

    fn halves(&self) -> (&str, &str) {
        // no other way makes one than the parser, which wants it
        self.0.split_once('@').unwrap_or((&self.0, ""))
    }
}

/// Each capital as `!` and its small letter, because some file systems know no capitals (golang.org/x/mod/module,
/// `EscapePath`, `EscapeVersion`).
pub fn escape(text: &str) -> String {
    text.chars()
        .fold(String::with_capacity(text.len()), |mut escaped, letter| {
            if letter.is_ascii_uppercase() {
                escaped.push('!');
            }
            escaped.push(letter.to_ascii_lowercase());
            escaped
        })
}

/// What [`escape`] made of it; none when it is no such text.
pub fn unescape(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '!' => letters
                .next()
                .filter(char::is_ascii_lowercase)?
                .to_ascii_uppercase(),
            letter if letter.is_ascii_uppercase() => return None,
            letter => letter,
        });
    }
    Some(plain)
}

/// Whether it can be the path of a module (golang.org/x/mod/module, `CheckPath`).
pub fn is_path(path: &str) -> bool {
    let mut elements = path.split('/');
    let first = elements.next().unwrap_or_default();
    let plain = |element: &str| {
        !element.is_empty()
            && element
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c))
    };
    first.contains('.') && !first.starts_with('-') && plain(first) && elements.all(plain)
}

impl FromStr for Module {
    type Err = ModuleError;

    /// Only what can be a path and a version (golang.org/x/mod/module, `CheckPath`), so that it is never taken for a flag.
    fn from_str(text: &str) -> Result<Self, ModuleError> {
        let is_version = |version: &str| {
            !version.is_empty()
                && version
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-._~+/".contains(c))
        };
        let text = text.trim();
        match text.split_once('@') {
            Some((path, version))
                if text.len() <= LIMIT && is_path(path) && is_version(version) =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(ModuleError::ModuleInvalid {
                module: mask_text(text).chars().take(LIMIT).collect(),
            }),
        }
    }
}

impl<'de> Deserialize<'de> for Module {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

impl fmt::Display for Module {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_module_never_reaches_go() {
        for text in [
            "rsc.io/quote@v1.5.2",
            "github.com/Azure/azure-sdk-for-go@v68.0.0+incompatible",
            "example.com/m@latest",
            " 127.0.0.1/m@feature/x ",
        ] {
            let module: Module = text.parse().expect("a module");
            assert_eq!(module.to_string(), text.trim(), "as it was typed");
        }
        for text in [
            "",
            "rsc.io/quote",
            "@v1.0.0",
            "rsc.io/quote@",
            "-x.io/m@v1.0.0",
            "quote@v1.0.0",
            "https://example.com/m@v1.0.0",
            "rsc.io//quote@v1.0.0",
            "rsc.io/quote@v1 -x",
            "example.com/模块@v1.0.0",
            "a.b/c@v1@v2",
        ] {
            let refused = text.parse::<Module>();
            assert!(
                matches!(refused, Err(ModuleError::ModuleInvalid { .. })),
                "{text}: {refused:?}"
            );
        }
        let secret = "https://ann:canary@example.com/m@v1".parse::<Module>();
        assert!(
            !format!("{secret:?}").contains("canary"),
            "a pasted address keeps its secret: {secret:?}"
        );
    }

    #[test]
    fn capitals_are_escaped_in_addresses() {
        let module: Module = "github.com/Azure/azure-sdk@v1.0.0-RC1+incompatible"
            .parse()
            .expect("a module");
        assert_eq!(
            module.address(),
            "github.com/!azure/azure-sdk/@v/v1.0.0-!r!c1+incompatible",
            "as go asks for it"
        );
        let back = unescape("github.com/!azure/azure-sdk");
        assert_eq!(back.as_deref(), Some("github.com/Azure/azure-sdk"));
        for text in ["!", "a!1", "A"] {
            assert_eq!(unescape(text), None, "{text}: nobody writes it so");
        }
    }

    #[test]
    fn the_small_module_is_one() {
        let small = Module::small();
        assert_eq!(small.to_string().parse(), Ok(small), "by our own rule");
    }
}
