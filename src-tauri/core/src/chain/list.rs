use std::fmt;

use super::{Junction, address, masked};
use crate::{host::Os, secret::mask_text, toolchain::Version};

/// What GOPROXY comes to, as Go reads it (cmd/go/internal/modfetch/proxy.go, `proxyList`; go-semantics 2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// In the order in which Go asks them.
    pub specs: Vec<Spec>,
}

/// One source (`proxySpec`).
#[derive(Clone, PartialEq, Eq)]
pub struct Spec {
    /// An address with its scheme, `direct`, `off`, or `noproxy`: the origin of what GONOPROXY names. With credentials.
    pub url: String,
    /// When the next one is asked.
    pub next: Junction,
}

/// Why Go downloads nothing at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListFault {
    /// There is no entry.
    Empty,
    /// This entry is none that Go takes.
    Entry {
        /// As it stands in GOPROXY, with credentials.
        entry: String,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// Why Go does not take an entry (`newProxyRepo`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// `url.Parse` fails.
    NotUrl {
        /// In Go's words.
        reason: String,
    },
    /// `localhost`, `none`, `Direct`.
    NoScheme,
    /// Neither https, http nor file.
    OtherScheme,
    /// A file URL with more than a path.
    MoreThanPath,
}

impl List {
    /// Reads a value as Go does.
    ///
    /// # Errors
    /// Go refuses the list, and with it every download.
    pub fn parse(
        goproxy: &str,
        gonoproxy: &str,
        os: Os,
        go: Option<&Version>,
    ) -> Result<Self, ListFault> {
        let mut specs = Vec::new();
        if !gonoproxy.is_empty() && goproxy != "direct" {
            specs.push(Spec {
                url: "noproxy".to_owned(),
                next: Junction::OnMissing,
            });
        }
        for (entry, next) in entries(goproxy) {
            if matches!(entry, "off" | "direct") {
                // nobody looks at what stands behind
                specs.push(Spec {
                    url: entry.to_owned(),
                    next: Junction::OnMissing,
                });
                break;
            }
            let url = completed(entry, os);
            address::check(&url, go).map_err(|fault| ListFault::Entry {
                entry: url.clone(),
                fault,
            })?;
            specs.push(Spec { url, next });
        }
        match specs.iter().all(|spec| spec.url == "noproxy") {
            true => Err(ListFault::Empty),
            false => Ok(Self { specs }),
        }
    }

    /// Writes it as a value of GOPROXY that is read as the same list.
    pub fn render(&self) -> String {
        let named: Vec<_> = self
            .specs
            .iter()
            .filter(|spec| spec.url != "noproxy")
            .collect();
        let mut text = String::new();
        for (at, spec) in named.iter().enumerate() {
            text += &spec.url;
            // behind the last one only a bar says anything
            if at + 1 < named.len() || spec.next == Junction::OnAnyError {
                text.push(spec.next.separator());
            }
        }
        text
    }
}

/// The entries that are not empty, trimmed, each with what stands behind it. The separator of an empty one is lost.
pub(super) fn entries(goproxy: &str) -> impl Iterator<Item = (&str, Junction)> {
    goproxy.split_inclusive([',', '|']).filter_map(|part| {
        let next = match part.ends_with('|') {
            true => Junction::OnAnyError,
            false => Junction::OnMissing,
        };
        let entry = part.trim_end_matches([',', '|']).trim();
        (!entry.is_empty()).then_some((entry, next))
    })
}

/// The entry with the scheme that Go puts before what has one of `.:/`, no `:/`, and is no absolute path.
pub(super) fn completed(entry: &str, os: Os) -> String {
    let completes =
        entry.contains(['.', ':', '/']) && !entry.contains(":/") && !is_absolute(entry, os);
    match completes {
        true => format!("https://{entry}"),
        false => entry.to_owned(),
    }
}

fn is_absolute(entry: &str, os: Os) -> bool {
    let bytes = entry.as_bytes();
    entry.starts_with('/')
        || (os == Os::Windows
            && (entry.starts_with(r"\\")
                || (bytes.len() > 2 && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/'))))
}

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", mask_text(&self.url), self.next.separator())
    }
}

/// What go prints, credentials masked.
impl fmt::Display for ListFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("GOPROXY list is not the empty string, but contains no entries")
            }
            Self::Entry { entry: raw, fault } => {
                let entry = mask_text(raw);
                match fault {
                    Fault::NotUrl { reason } => {
                        let (shown, _) = entry.split_once('#').unwrap_or((&entry, ""));
                        write!(f, "parse {shown:?}: {}", masked::reason(reason, raw))
                    }
                    Fault::NoScheme => write!(f, "invalid proxy URL missing scheme: {entry}"),
                    Fault::OtherScheme => write!(
                        f,
                        "invalid proxy URL scheme (must be https, http, file): {entry}"
                    ),
                    Fault::MoreThanPath => write!(
                        f,
                        "invalid file:// proxy URL with non-path elements: {entry}"
                    ),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(goproxy: &str) -> String {
        match List::parse(goproxy, "", Os::Linux, None) {
            Ok(list) => format!("{:?}", list.specs),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn a_value_is_read_as_go_reads_it() {
        for (goproxy, expected) in [
            (
                "https://a,https://b|direct",
                "[https://a,, https://b|, direct,]",
            ),
            (
                " https://a\t, ,b.example|off,junk",
                "[https://a,, https://b.example|, off,]",
            ),
            ("a.example,|direct", "[https://a.example,, direct,]"),
            ("a.example|,direct", "[https://a.example|, direct,]"),
            ("localhost:8080", "[https://localhost:8080,]"),
            (
                "",
                "GOPROXY list is not the empty string, but contains no entries",
            ),
            (
                ",| ",
                "GOPROXY list is not the empty string, but contains no entries",
            ),
            ("localhost", "invalid proxy URL missing scheme: localhost"),
            (
                "ftp://x",
                "invalid proxy URL scheme (must be https, http, file): ftp://x",
            ),
            (
                "file:/x",
                "invalid file:// proxy URL with non-path elements: file:/x",
            ),
            (
                "https://h/%zz",
                "parse \"https://h/%zz\": invalid URL escape \"%zz\"",
            ),
            (
                "https://ann:secret@h:x/",
                "parse \"https://***@h:x/\": invalid port \":x\" after host",
            ),
            (
                "https://ann:secret/x@h/",
                "parse \"https://***@h/\": invalid port \"***\" after host",
            ),
        ] {
            assert_eq!(list(goproxy), expected, "{goproxy:?}");
        }
        let with = List::parse("https://a", "*.corp", Os::Linux, None).expect("a list");
        assert_eq!(with.specs[0].url, "noproxy", "the origin comes first");
        let direct = List::parse("direct", "*.corp", Os::Linux, None).expect("a list");
        assert_eq!(direct.specs.len(), 1, "direct alone is the origin anyway");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(parts in prop::collection::vec(
            (prop::sample::select(vec!["https://a", "b.example/x", "http://u@h:80", "file:///m", "direct", "off", " ", ""]),
             prop::sample::select(vec![",", "|", ",|", " , "])), 1..8)) {
            let goproxy: String = parts.iter().flat_map(|(entry, join)| [*entry, *join]).collect();
            if let Ok(list) = List::parse(&goproxy, "", Os::Linux, None) {
                let again = List::parse(&list.render(), "", Os::Linux, None);
                prop_assert_eq!(again, Ok(list), "of {:?}", goproxy);
            }
        }
    }
}
