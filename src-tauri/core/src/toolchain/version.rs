//! Versions as Go writes them: `go1.26.8`, `go1.21rc2`, `devel go1.28-abc`.

use std::{cmp::Ordering, fmt, fs::File, io::Read, path::Path, str::FromStr};

/// A version that can be ordered, by the rules of `internal/gover`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1.
    pub major: u32,
    /// 26 in `go1.26.8`.
    pub minor: u32,
    /// 8 in `go1.26.8`.
    pub patch: u32,
    /// How far it had come.
    pub pre: Stage,
    /// As Go wrote it, vendor's words included.
    text: String,
}

/// How far a version had come when it was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// `devel go1.28-abc`, `go1.28-devel_abc`: before every release of 1.28.
    Development,
    /// `go1.21` since 1.21: the language version, which no toolchain has; before `go1.21rc1`.
    Language,
    /// `go1.18beta2`.
    Beta(u32),
    /// `go1.21rc2`.
    Candidate(u32),
    /// `go1.26.8`, and `go1.20` of the time before 1.21.
    Release,
}

impl Version {
    /// Reads what Go calls its version; none when it is no version.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// It is of this minor version or a later one; a development build of 1.28 is of 1.28.
    pub const fn at_least(&self, major: u32, minor: u32) -> bool {
        self.major > major || (self.major == major && self.minor >= minor)
    }

    /// The version that the first line of `$GOROOT/VERSION` names; none when there is no such file, as in a checkout.
    pub fn of_root(root: &Path) -> Option<Self> {
        let mut text = String::new();
        // the whole file is two lines; anything longer is not Go's
        File::open(root.join("VERSION"))
            .ok()?
            .take(4096)
            .read_to_string(&mut text)
            .ok()?;
        text.lines().next()?.parse().ok()
    }
}

/// The text names no version of Go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a version of go")]
pub struct NotAVersion;

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let text = text.trim();
        let (development, rest) = match text.strip_prefix("devel ") {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let rest = rest.strip_prefix("go").ok_or(NotAVersion)?;
        let (major, rest) = number(rest).ok_or(NotAVersion)?;
        let (minor, rest) = after(rest, ".").unwrap_or((0, rest));
        let (patch, rest) = match after(rest, ".") {
            Some((patch, rest)) => (Some(patch), rest),
            None => (None, rest),
        };
        let (pre, rest) = if let Some((number, rest)) = after(rest, "rc") {
            (Stage::Candidate(number), rest)
        } else if let Some((number, rest)) = after(rest, "beta") {
            (Stage::Beta(number), rest)
        } else if development || rest.starts_with("-devel") {
            (Stage::Development, rest)
        } else if patch.is_none() && (major, minor) >= (1, 21) {
            (Stage::Language, rest)
        } else {
            (Stage::Release, rest)
        };
        // what a vendor adds is set off: `-custom`, ` X:nocoverageredesign`, `+dirty`
        if rest.starts_with(|next: char| next == '.' || next.is_ascii_alphanumeric()) {
            return Err(NotAVersion);
        }
        Ok(Self {
            major,
            minor,
            patch: patch.unwrap_or(0),
            pre,
            text: text.to_owned(),
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.text)
    }
}

impl Ord for Version {
    /// What a vendor adds decides only between versions that are otherwise the same.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |version: &Self| (version.major, version.minor, version.patch, version.pre);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn after<'a>(text: &'a str, prefix: &str) -> Option<(u32, &'a str)> {
    number(text.strip_prefix(prefix)?)
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|next: char| !next.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse()
            .unwrap_or_else(|_| panic!("{text} is a version"))
    }

    #[test]
    fn every_form_is_read() {
        for (text, major, minor, patch, pre) in [
            ("go1.26.8", 1, 26, 8, Stage::Release),
            ("go1.20", 1, 20, 0, Stage::Release),
            ("go1.21", 1, 21, 0, Stage::Language),
            ("go1.21rc2", 1, 21, 0, Stage::Candidate(2)),
            ("go1.18beta1", 1, 18, 0, Stage::Beta(1)),
            ("go1", 1, 0, 0, Stage::Release),
            (
                "devel go1.28-abcd Mon Nov 2 12:00:00 2026 +0000",
                1,
                28,
                0,
                Stage::Development,
            ),
            (
                "go1.28-devel_73d7635fae Mon Nov 2",
                1,
                28,
                0,
                Stage::Development,
            ),
            ("go1.22.1-custom", 1, 22, 1, Stage::Release),
            ("go1.20 X:nocoverageredesign", 1, 20, 0, Stage::Release),
            ("go1.25.3 (Red Hat 1.25.3-1.el9)", 1, 25, 3, Stage::Release),
            (" go1.22.1\r", 1, 22, 1, Stage::Release),
        ] {
            let read = version(text);
            assert_eq!(
                (read.major, read.minor, read.patch, read.pre),
                (major, minor, patch, pre),
                "{text}"
            );
            assert_eq!(read.to_string(), text.trim(), "shown as Go wrote it");
        }
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "",
            "go",
            "1.22.1",
            "go version go1.22",
            "devel +abcdef Mon",
            "gopher1.2",
            "go1.22x",
            "go1.99999999999",
        ] {
            assert_eq!(text.parse::<Version>(), Err(NotAVersion), "{text:?}");
        }
    }

    #[test]
    fn the_order_is_that_of_gover() {
        let ascending = [
            "go1.9.7",
            "go1.13",
            "go1.18beta1",
            "go1.18rc1",
            "go1.18",
            "go1.20",
            "devel go1.21-abc Mon",
            "go1.21",
            "go1.21rc1",
            "go1.21rc2",
            "go1.21.0",
            "go1.21.9",
            "go1.21.10",
            "go1.22.1",
            "go1.22.1-custom",
        ];
        for pair in ascending.windows(2) {
            assert!(
                version(pair[0]) < version(pair[1]),
                "{} comes before {}",
                pair[0],
                pair[1]
            );
        }
    }

    #[test]
    fn a_candidate_belongs_to_its_minor_version() {
        assert!(
            version("go1.21rc1").at_least(1, 21),
            "it reads go.env as 1.21 does"
        );
        assert!(!version("go1.20.14").at_least(1, 21), "older");
        assert!(version("go2.0.0").at_least(1, 21), "a later major version");
    }

    #[test]
    fn the_version_file_is_read_by_its_first_line() {
        let root = tempfile::tempdir().expect("a folder");
        assert_eq!(Version::of_root(root.path()), None, "a checkout has none");
        let file = root.path().join("VERSION");
        fs_write(&file, "go1.26.8\ntime 2026-08-28T16:20:06Z\n");
        assert_eq!(
            Version::of_root(root.path()),
            Some(version("go1.26.8")),
            "the time is not part of it"
        );
        fs_write(&file, "6.1.0\n");
        assert_eq!(
            Version::of_root(root.path()),
            None,
            "the VERSION of something else"
        );
    }

    #[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
    fn fs_write(file: &Path, text: &str) {
        std::fs::write(file, text).expect("a file");
    }
}
