//! What belongs to Go in a cache, by where it lies and how it is called: whatever else is there is a stranger, and stays.

use super::CacheKind;

/// What this program makes inside a cache: nobody's, and never counted.
pub const ASIDE: &str = ".gopherdesk-aside-";

/// A folder of a cache, by what may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// A folder that a whole cache was put into.
    Holder(CacheKind),
    /// GOMODCACHE itself.
    Modules,
    /// Between GOMODCACHE and the tree of a version: `github.com/!azure`.
    Paths,
    /// `cache` of GOMODCACHE.
    Cache,
    /// `cache/download`.
    Downloads,
    /// Between that and `@v`.
    DownloadPaths,
    /// `cache/vcs`.
    Clones,
    /// GOCACHE itself, and the caches of tools that took over Go's code for theirs.
    Build,
    /// One of its 256 folders.
    Results,
    /// The cache of gopls itself.
    Gopls,
    /// Go's, with everything that is in it.
    Whole,
}

impl Zone {
    /// The cache itself.
    pub const fn of(kind: CacheKind) -> Self {
        match kind {
            CacheKind::Modules => Self::Modules,
            CacheKind::Build | CacheKind::Staticcheck | CacheKind::GolangciLint => Self::Build,
            CacheKind::Gopls => Self::Gopls,
        }
    }

    /// What `name` is in here; none for a stranger.
    ///
    /// The rules are those of go-semantics 5.1 and 5.9, and of gopls's `filecache` (`filename`).
    pub fn enter(self, name: &[u8], folder: bool) -> Option<Self> {
        match (self, folder) {
            (Self::Whole, _) => Some(Self::Whole),
            (Self::Holder(kind), true) => Some(Self::of(kind)),
            (Self::Modules, true) if name == b"cache" => Some(Self::Cache),
            // a module that was downloaded has a dot in its first element (golang.org/x/mod/module, `CheckPath`)
            (Self::Modules, true) => path(name).filter(|_| before_version(name).contains(&b'.')),
            (Self::Paths, true) => path(name),
            (Self::Cache, true) if name == b"download" => Some(Self::Downloads),
            (Self::Cache, true) if name == b"vcs" => Some(Self::Clones),
            (Self::Cache, false) if name == b"lock" => Some(Self::Whole),
            (Self::Downloads, true) if name == b"sumdb" => Some(Self::Whole),
            (Self::Downloads, true) => {
                (is_element(name) && name.contains(&b'.')).then_some(Self::DownloadPaths)
            }
            (Self::DownloadPaths, true) if name == b"@v" => Some(Self::Whole),
            (Self::DownloadPaths, true) => is_element(name).then_some(Self::DownloadPaths),
            (Self::Clones, _) => starts_with_hash(name, b'.').then_some(Self::Whole),
            (Self::Build, true) if is_hex(name, 2) => Some(Self::Results),
            (Self::Build, true) if name == b"fuzz" => Some(Self::Whole),
            (Self::Build, false) => {
                let own: [&[u8]; 4] = [b"README", b"trim.txt", b"testexpire.txt", b"log.txt"];
                own.contains(&name).then_some(Self::Whole)
            }
            (Self::Results, _) => starts_with_hash(name, b'-').then_some(Self::Whole),
            (Self::Gopls, true) => is_hex(name, 8).then_some(Self::Whole),
            _ => None,
        }
    }
}

/// An element of an escaped module path, or the tree of a version.
fn path(name: &[u8]) -> Option<Zone> {
    let element = before_version(name);
    if !is_element(element) {
        return None;
    }
    match name.get(element.len()..) {
        None | Some([]) => Some(Zone::Paths),
        Some(version) => is_version(version).then_some(Zone::Whole),
    }
}

fn before_version(name: &[u8]) -> &[u8] {
    name.split(|byte| *byte == b'@').next().unwrap_or(name)
}

/// The letters of module paths (`module.CheckPath`), capitals escaped.
fn is_element(name: &[u8]) -> bool {
    !name.is_empty()
        && !name.starts_with(b".")
        && name.iter().all(
            |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'!'),
        )
}

/// `@v1.2.3` with whatever follows: a pre-release, `+incompatible`, the `.tmp-` of an extraction that did not end.
fn is_version(text: &[u8]) -> bool {
    let Some(numbers) = text.strip_prefix(b"@v") else {
        return false;
    };
    let mut parts = numbers.splitn(3, |byte| *byte == b'.');
    let whole = |part: Option<&[u8]>| {
        part.is_some_and(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
    };
    let major = whole(parts.next());
    let minor = whole(parts.next());
    let patch = parts.next().and_then(<[u8]>::first);
    major && minor && patch.is_some_and(u8::is_ascii_digit)
}

/// 64 hexadecimal digits, and nothing or `then` behind them.
fn starts_with_hash(name: &[u8], then: u8) -> bool {
    let (hash, rest) = name.split_at(name.len().min(64));
    is_hex(hash, 64) && rest.first().is_none_or(|byte| *byte == then)
}

fn is_hex(name: &[u8], digits: usize) -> bool {
    name.len() == digits
        && name
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the last element of `path` leads; none when a stranger is on the way.
    fn zone(kind: CacheKind, path: &str, folder: bool) -> Option<Zone> {
        let names: Vec<_> = path.split('/').collect();
        let last = names.len() - 1;
        names
            .iter()
            .enumerate()
            .try_fold(Zone::of(kind), |zone, (at, name)| {
                zone.enter(name.as_bytes(), folder || at < last)
            })
    }

    #[test]
    fn what_go_makes_in_a_module_cache_is_its_own() {
        for own in [
            "github.com/!azure/go-autorest@v14.2.0+incompatible",
            "gopkg.in/yaml.v3@v3.0.1/decode_test.go",
            "gioui.org@v0.5.0",
            "golang.org/toolchain@v0.0.1-go1.22.10.linux-amd64",
            "github.com/x/y@v0.0.0-20190101000000-abcdefabcdef.tmp-12345",
            "cache/download/github.com/x/y/@v",
            "cache/download/sumdb/sum.golang.org/tile",
        ] {
            assert_eq!(
                zone(CacheKind::Modules, own, true),
                Some(Zone::Whole),
                "{own}"
            );
        }
        let hash = "0123456789abcdef".repeat(4);
        for own in ["cache/lock", &format!("cache/vcs/{hash}.info")] {
            let found = zone(CacheKind::Modules, own, false);
            assert_eq!(found, Some(Zone::Whole), "{own}");
        }
        for between in ["github.com", "github.com/!azure"] {
            let found = zone(CacheKind::Modules, between, true);
            assert_eq!(
                found,
                Some(Zone::Paths),
                "only the versions in {between} are"
            );
        }
    }

    #[test]
    fn whatever_else_lies_there_is_a_stranger() {
        for (path, folder) in [
            ("Documents", true),
            ("work", true),
            ("projects/app@v1.0.0", true),
            (".git", true),
            (".ssh", true),
            ("notes.txt", false),
            ("github.com/x/notes.txt", false),
            ("github.com/x/work@home", true),
            ("node.modules/lodash@4.17.21", true),
            ("github.com/x/y@v1", true),
            ("cache/other", true),
            ("cache/download/github.com/x/y/@w", true),
            ("cache/download/github.com/notes", false),
            ("cache/vcs/mine", true),
        ] {
            let found = zone(CacheKind::Modules, path, folder);
            assert_eq!(found, None, "nobody but the user can have made {path}");
        }
        for (path, folder) in [
            ("aa/notes.txt", false),
            ("photos", true),
            ("AA", true),
            ("todo.txt", false),
            ("aaa", true),
        ] {
            let found = zone(CacheKind::Build, path, folder);
            assert_eq!(
                found, None,
                "nobody but the user can have made {path} in a build cache"
            );
        }
    }

    #[test]
    fn entries_of_builds_are_named_by_hashes() {
        let hash = "0123456789abcdef".repeat(4);
        for own in [format!("01/{hash}-a"), format!("01/{hash}-d")] {
            let found = zone(CacheKind::Build, &own, false);
            assert_eq!(found, Some(Zone::Whole), "{own}");
        }
        let program = format!("01/{hash}-d/app");
        let found = zone(CacheKind::Build, &program, false);
        assert_eq!(
            found,
            Some(Zone::Whole),
            "Go 1.24 and later keep programs in folders"
        );
        let entry = format!("89abcdef/01/{hash}-cas");
        let found = zone(CacheKind::Gopls, &entry, false);
        assert_eq!(found, Some(Zone::Whole), "gopls keeps what it worked out");
    }
}
