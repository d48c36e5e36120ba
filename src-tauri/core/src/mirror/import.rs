//! Mirrors out of a text: a value of GOPROXY, addresses line by line, or our own JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{MirrorError, Words};
use crate::{
    error::Failure,
    secret::{MASK, mask_text},
    store::unique,
};

/// How many mirrors are taken from one text.
pub const LIMIT: usize = 200;

/// How long a text may be, in bytes.
const LENGTH: usize = 1 << 20;

/// What stands in a text, before it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct MirrorImport {
    /// For `mirror_import_keep`.
    pub id: String,
    /// In the order of the text.
    pub mirrors: Vec<ImportedMirror>,
}

/// A mirror of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct ImportedMirror {
    /// What it will be called.
    pub name: String,
    /// Its address, credentials masked.
    pub url: String,
    /// The module that tests it, `path@version`.
    pub probe: Option<String>,
    /// Why it is left out; none for those that will be kept.
    pub trouble: Option<Failure>,
}

/// A mirror as it stands in a text, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Empty where it is only an address.
    pub name: String,
    /// With its credentials.
    pub url: String,
    /// `path@version`.
    pub probe: Option<String>,
}

/// The mirrors in a text; `direct` and `off` are none.
///
/// # Errors
/// There is none, there are too many, or the JSON is no list of mirrors.
pub fn read(text: &str) -> Result<Vec<Found>, MirrorError> {
    let limit = || MirrorError::TooManyMirrors {
        limit: u32::try_from(LIMIT).unwrap_or(u32::MAX),
    };
    if text.len() > LENGTH {
        return Err(limit());
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let found = match text.starts_with(['{', '[']) {
        true => from_json(text)?,
        false => from_lines(text),
    };
    match found.len() {
        0 => Err(MirrorError::NoMirrorInText {}),
        1..=LIMIT => Ok(found),
        _ => Err(limit()),
    }
}

fn from_lines(text: &str) -> Vec<Found> {
    let is_separator =
        |c: char| c.is_whitespace() || matches!(c, ',' | '|' | ';' | '，' | '；' | '、');
    text.lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            // as it stands in a start-up file, a Dockerfile, or an answer of `go env`
            match line.split_once("GOPROXY") {
                Some((before, value)) if !before.contains("://") => {
                    value.trim_start_matches([' ', '\t', '=', ':', '"', '\''])
                }
                _ => line,
            }
        })
        .flat_map(|line| line.split(is_separator))
        .map(|entry| entry.trim_matches(['"', '\'', '`']))
        .filter(|entry| !matches!(entry.to_lowercase().as_str(), "" | "direct" | "off"))
        .map(|url| Found {
            name: String::new(),
            url: url.to_owned(),
            probe: None,
        })
        .collect()
}

/// `{"mirrors": […]}`, or the list alone, as `gdesk mirror list --json` prints it.
fn from_json(text: &str) -> Result<Vec<Found>, MirrorError> {
    let invalid = |reason: String| MirrorError::MirrorTextInvalid {
        reason: mask_text(&reason),
    };
    let whole = unique::parse(text.as_bytes()).map_err(|reason| invalid(reason.to_string()))?;
    let list = match whole {
        Value::Object(mut keys) => keys.remove("mirrors").or_else(|| keys.remove("list")),
        list => Some(list),
    };
    let written: Vec<Written> = serde_json::from_value(list.unwrap_or_default())
        .map_err(|reason| invalid(reason.to_string()))?;
    let own = written
        .into_iter()
        .filter(|mirror| mirror.kind.as_deref() != Some("built-in"));
    Ok(own
        .map(|mirror| Found {
            name: mirror.name.map(Called::name).unwrap_or_default(),
            url: mirror.url,
            probe: mirror.probe,
        })
        .collect())
}

/// A mirror in our JSON; what else stands there does not matter.
#[derive(Deserialize)]
struct Written {
    url: String,
    name: Option<Called>,
    probe: Option<String>,
    kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Called {
    One(String),
    Two(Words),
}

impl Called {
    fn name(self) -> String {
        match self {
            Self::One(name) => name,
            Self::Two(words) => words.en,
        }
    }
}

/// Whether an address lost its login when it was printed.
pub fn is_masked(url: &str) -> bool {
    url.contains(MASK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<String> {
        let found = read(text).expect("there are some");
        found.into_iter().map(|found| found.url).collect()
    }

    #[test]
    fn a_value_of_goproxy_is_taken_apart_wherever_it_was_copied() {
        let expected = ["https://a.example", "https://b.example/go/"];
        for text in [
            "https://a.example,https://b.example/go/,direct",
            "https://a.example|https://b.example/go/|off",
            "GOPROXY=https://a.example,https://b.example/go/,direct",
            "GOPROXY='https://a.example,https://b.example/go/,direct'",
            "export GOPROXY=\"https://a.example,https://b.example/go/,direct\"",
            "$env:GOPROXY = \"https://a.example,https://b.example/go/,direct\"",
            "ENV GOPROXY https://a.example,https://b.example/go/,direct",
            "  GOPROXY: https://a.example,https://b.example/go/,direct",
            "go env -w GOPROXY=https://a.example,https://b.example/go/,direct",
            "https://a.example\nhttps://b.example/go/\n",
            "# ours\r\nhttps://a.example\r\n\r\n  https://b.example/go/\r\n",
            "https://a.example，https://b.example/go/；direct",
            "\u{feff}https://a.example https://b.example/go/",
        ] {
            assert_eq!(urls(text), expected, "{text:?}");
        }
        assert_eq!(
            urls("https://git.example/GOPROXY=x"),
            ["https://git.example/GOPROXY=x"],
            "an address that says GOPROXY"
        );
    }

    #[test]
    fn our_json_is_taken_in_every_form_it_has() {
        let one = Found {
            name: "Büro".to_owned(),
            url: "https://go.corp.example".to_owned(),
            probe: Some("corp.example/m@v1.0.0".to_owned()),
        };
        let plain = r#"{"name":"Büro","url":"https://go.corp.example","probe":"corp.example/m@v1.0.0","else":1}"#;
        for text in [
            format!("[{plain}]"),
            format!(r#"{{"version":1,"mirrors":[{plain}]}}"#),
            format!(
                r#"{{"list":[{}]}}"#,
                plain.replace("\"Büro\"", r#"{"en":"Büro","zh":"Büro"}"#)
            ),
            format!(r#"[{{"id":"aliyun","url":"https://x.example","kind":"built-in"}},{plain}]"#),
        ] {
            assert_eq!(read(&text), Ok(vec![one.clone()]), "{text}");
        }
        for text in [
            "{",
            "[1]",
            r#"{"mirrors":1}"#,
            r#"{"profiles":[]}"#,
            r#"[{"name":"x"}]"#,
            r#"[{"url":"https://a.example","url":"https://b.example"}]"#,
        ] {
            let read = read(text);
            assert!(
                matches!(read, Err(MirrorError::MirrorTextInvalid { .. })),
                "{text}: {read:?}"
            );
        }
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        for text in [
            "",
            " \n",
            "direct",
            "off,direct",
            "# only words",
            "[]",
            "GOPROXY=",
        ] {
            assert_eq!(read(text), Err(MirrorError::NoMirrorInText {}), "{text:?}");
        }
        let many = "https://a.example\n".repeat(LIMIT + 1);
        let long = "x".repeat(LENGTH + 1);
        for text in [many, long] {
            assert!(
                matches!(read(&text), Err(MirrorError::TooManyMirrors { .. })),
                "{} bytes",
                text.len()
            );
        }
    }
}
