//! The shipped profiles: what each of them sets and unsets on this machine (mirrors 1, go-semantics 2).

use super::{Builtin, Definition, Title};
use crate::{environment::Change, host::Os, toolchain::Version};

/// What the values depend on.
#[derive(Debug, Clone, Copy)]
pub struct Machine<'a> {
    /// Whose paths.
    pub os: Os,
    /// Which Go; none when it does not answer, and the newest is taken for it.
    pub version: Option<&'a Version>,
    /// GOMODCACHE as terminals have it; none when nobody knows.
    pub module_cache: Option<&'a str>,
    /// GONOPROXY is `none`: another profile sent private modules through its proxy.
    pub private_through_proxy: bool,
}

/// What has to be read of the environment for a [`Machine`] and for the values of every shipped profile.
pub const NAMES: [&str; 7] = [
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOMODCACHE",
    "GOPATH",
];

impl Builtin {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Domestic, Self::Overseas, Self::Company, Self::Offline];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Domestic => "domestic",
            Self::Overseas => "overseas",
            Self::Company => "company",
            Self::Offline => "offline",
        }
    }
}

/// Every shipped profile. One without values cannot be used yet: see [`Definition::usable`].
pub fn all(machine: &Machine<'_>) -> Vec<Definition> {
    // what stood there was meant for another proxy: with a public one behind it, private names would go there
    let taken_back = || machine.private_through_proxy.then(|| unset("GONOPROXY"));
    let values = |builtin| match builtin {
        Builtin::Domestic => domestic(machine.version)
            .into_iter()
            .chain(taken_back())
            .collect(),
        Builtin::Overseas => overseas().into_iter().chain(taken_back()).collect(),
        Builtin::Company => Vec::new(),
        Builtin::Offline => machine
            .module_cache
            .and_then(|folder| offline(machine.os, folder))
            .unwrap_or_default(),
    };
    Builtin::ALL
        .into_iter()
        .map(|builtin| Definition {
            id: builtin.id().to_owned(),
            title: Title::Builtin { builtin },
            values: values(builtin),
        })
        .collect()
}

/// Two mirrors of different operators, and the checksum database by the name that Go knows (go-semantics 2.5).
///
/// `|` goes on to the second mirror after any failure, as when the first hangs up; the origin is asked only for what the
/// second does not have: whoever it names is often out of reach, and would hide what the mirrors said.
pub fn domestic(version: Option<&Version>) -> Vec<Change> {
    // before 1.15 `|` was a part of the address
    let next = match version {
        Some(version) if !version.at_least(1, 15) => ",",
        _ => "|",
    };
    vec![
        set(
            "GOPROXY",
            format!("https://goproxy.cn{next}https://mirrors.aliyun.com/goproxy/,direct"),
        ),
        set("GOSUMDB", "sum.golang.google.cn".to_owned()),
    ]
}

/// Go's own defaults, by unsetting: what they are changes with Go, and with `$GOROOT/go.env`.
pub fn overseas() -> Vec<Change> {
    vec![unset("GOPROXY"), unset("GOSUMDB")]
}

/// The downloads in the module cache as the only proxy; none when no file URL that go accepts leads there.
///
/// GONOPROXY matches nothing then, or modules of GOPRIVATE would still be asked of their servers (go-semantics 2.2).
pub fn offline(os: Os, module_cache: &str) -> Option<Vec<Change>> {
    let proxy = file_url(os, module_cache)?;
    Some(vec![
        set("GOPROXY", format!("{proxy}/cache/download")),
        set("GONOPROXY", "none".to_owned()),
    ])
}

fn set(name: &str, value: String) -> Change {
    Change {
        name: name.to_owned(),
        value: Some(value),
    }
}

fn unset(name: &str) -> Change {
    Change {
        name: name.to_owned(),
        value: None,
    }
}

/// The folder as Go reads it in GOPROXY: `proxyList` accepts nothing but a path, `urlToFilePath` wants a drive letter on
/// Windows, and `,` and `|` would end the entry.
fn file_url(os: Os, folder: &str) -> Option<String> {
    // bytes that are no text were lost when go told us the name
    if folder.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    match os {
        Os::Linux | Os::Macos => {
            let path = folder.strip_prefix('/')?.trim_end_matches('/');
            Some(format!("file:///{}", escaped(path)))
        }
        Os::Windows => {
            let (drive, path) = folder.split_once(':')?;
            let is_drive = drive.len() == 1 && drive.bytes().all(|byte| byte.is_ascii_alphabetic());
            let path = path.replace('\\', "/");
            let path = path.strip_prefix('/').filter(|_| is_drive)?;
            Some(format!(
                "file:///{drive}:/{}",
                escaped(path.trim_end_matches('/'))
            ))
        }
    }
}

/// Everything but letters, digits, `-._~` and the slashes as `%XX` (RFC 3986).
fn escaped(path: &str) -> String {
    use std::fmt::Write;

    path.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(char::from(byte));
            }
            // writing to a `String` cannot fail
            _ => drop(write!(text, "%{byte:02X}")),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(os: Os, folder: &str) -> Option<String> {
        offline(os, folder)?.swap_remove(0).value
    }

    #[test]
    fn the_module_cache_becomes_a_url_that_go_takes_apart_again() {
        for (os, folder, expected) in [
            (
                Os::Linux,
                "/home/a/go/pkg/mod",
                "file:///home/a/go/pkg/mod/cache/download",
            ),
            (
                Os::Macos,
                "/Users/a b/go/",
                "file:///Users/a%20b/go/cache/download",
            ),
            (
                Os::Linux,
                "/模块/100%",
                "file:///%E6%A8%A1%E5%9D%97/100%25/cache/download",
            ),
            (
                Os::Linux,
                "/a,b|c?d#e",
                "file:///a%2Cb%7Cc%3Fd%23e/cache/download",
            ),
            (
                Os::Linux,
                "/u:p@host",
                "file:///u%3Ap%40host/cache/download",
            ),
            (Os::Linux, "/a\\b", "file:///a%5Cb/cache/download"),
            (
                Os::Windows,
                r"C:\Users\a b\go\pkg\mod",
                "file:///C:/Users/a%20b/go/pkg/mod/cache/download",
            ),
            (
                Os::Windows,
                "d:/go/模块",
                "file:///d:/go/%E6%A8%A1%E5%9D%97/cache/download",
            ),
        ] {
            assert_eq!(proxy(os, folder).as_deref(), Some(expected), "{folder}");
        }
    }

    #[test]
    fn where_no_file_url_leads_there_is_no_offline_profile() {
        for (os, folder) in [
            (Os::Linux, ""),
            (Os::Linux, "relative"),
            (Os::Linux, "/lost\u{fffd}bytes"),
            (Os::Windows, r"\\server\share\mod"),
            (Os::Windows, r"\rooted"),
            (Os::Windows, r"C:relative"),
            (Os::Windows, "/home/a"),
        ] {
            assert_eq!(proxy(os, folder), None, "{folder}: go refuses it");
        }
    }

    #[test]
    fn a_go_that_does_not_know_the_bar_gets_commas() {
        let proxy = |version: Option<&str>| {
            let version = version.and_then(Version::parse);
            domestic(version.as_ref()).swap_remove(0).value
        };
        let commas = "https://goproxy.cn,https://mirrors.aliyun.com/goproxy/,direct";
        assert_eq!(
            proxy(Some("go1.14.15")).as_deref(),
            Some(commas),
            "before 1.15"
        );
        let bar = "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct";
        for version in [Some("go1.15"), Some("go1.27.3"), None] {
            assert_eq!(proxy(version).as_deref(), Some(bar), "{version:?}");
        }
    }
}
