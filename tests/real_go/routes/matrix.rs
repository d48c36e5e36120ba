//! Environments by paths.

use gopherdesk_core::{host::Os, route::Setting, toolchain::Version};

/// Public mirrors by their own names, a mirror of the company's own, and what Go does not take.
const PROXIES: &[&str] = &[
    "https://proxy.golang.org,direct",
    "https://goproxy.cn,https://athens.corp.example/mod,direct",
    "https://goproxy.cn|https://athens.corp.example/mod|direct",
    "https://athens.corp.example/mod",
    "https://athens.corp.example/mod,off",
    "off",
    "direct",
    "https://proxy.golang.org,direct,https://goproxy.cn",
    " https://goproxy.cn ,, athens.corp.example/mod|direct",
    "https://athens.corp.example/mod|https://goproxy.cn",
    "localhost,https://goproxy.cn",
    ",",
    "",
    "https://goproxy.cn,off,https://proxy.golang.org",
    "https://goproxy.cn/|direct",
    "direct,https://goproxy.cn",
    "file:///gopherdesk/nothing,https://goproxy.cn",
    "https://ann:pw@goproxy.cn,direct",
    "https://ann:p%40w@athens.corp.example/mod/,https://bob@proxy.golang.org|direct",
    "http://ann:pw@goproxy.cn,direct",
    "http://ann:pw@athens.corp.example/mod|https://goproxy.cn",
    "https://athens.corp.example/mod,http://bob@goproxy.cn|direct",
    "http://bob@goproxy.cn|off",
    "http://goproxy.cn,direct",
];

const PRIVATE: &[&str] = &[
    "",
    "git.corp.example",
    "*.corp.example",
    "*.corp.example/team",
    "git.corp.example/",
    " git.corp.example",
    "GIT.corp.example",
    "a.example,,git.corp.example",
    "[",
    "[a-g]it.corp.example",
    "none",
    "*",
    "*/*/app",
    "git.corp.example/team/app/sub/deep",
    "git.corp.example/t?am",
    "git.corp.example/[^x]eam",
    "pub.example,*.corp.example",
    "\\g*.corp.example",
    "git.corp.example//",
    "*.corp.example:8443",
    "github.com/corp,golang.org",
];

/// What undoes GOPRIVATE, or is set apart from it. Empty is what stands in the file of half of the environments.
const APART: &[&str] = &[
    "",
    "none",
    "git.corp.example/other,*.corp.example",
    "pub.example",
    ",",
    "*",
];

const DATABASES: &[&str] = &[
    "sum.golang.org",
    "off",
    "sum.golang.google.cn",
    KEY,
    concat!(
        "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        " https://db.corp.example/db"
    ),
    "goproxy.cn",
    "sum.golang.org https://db.corp.example/google",
    "",
];

const KEY: &str = "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

const INSECURE: &[&str] = &["", "*.corp.example", "git.corp.example/team", "*"];

const VCS: &[&str] = &[
    "",
    "public:git|hg",
    "*:git",
    "git.corp.example/team:svn,private:git,public:off",
    "private:off,public:all",
    " *.corp.example : bzr | git , *:off",
    "nonsense",
    "public:",
    "pub.example/m:fossil,*.corp.example:hg|svn",
];

pub(super) const TOOLCHAIN: &str = "golang.org/toolchain";

pub(super) const PATHS: &[&str] = &[
    "git.corp.example/team/app",
    "git.corp.example/team/app/v2",
    "git.corp.example/team/app/sub/deep/pkg",
    "git.corp.example",
    "corp.example/x",
    "a.b.corp.example/x",
    "pub.example/m",
    "git.corp.examplex/m",
    "pub.example/Upper/M",
    "xgit.corp.example/team/app",
    "github.com/corp/m",
    TOOLCHAIN,
];

/// Programs that an origin may name.
pub(super) const PROGRAMS: &[&str] = &["git", "hg", "svn", "bzr", "fossil"];

/// Values as Go uses them.
#[derive(Debug, Clone)]
pub(super) struct Environment {
    pub(super) goproxy: &'static str,
    pub(super) goprivate: &'static str,
    pub(super) gonoproxy: &'static str,
    pub(super) gonosumdb: &'static str,
    pub(super) gosumdb: &'static str,
    pub(super) goinsecure: &'static str,
    pub(super) govcs: &'static str,
    /// They stand in the GOENV file, where empty is a value of GOPROXY and GOSUMDB, and not in the process.
    pub(super) in_file: bool,
}

impl Environment {
    pub(super) fn variables(&self) -> [(&'static str, &'static str); 7] {
        [
            ("GOPROXY", self.goproxy),
            ("GOSUMDB", self.gosumdb),
            ("GOPRIVATE", self.goprivate),
            ("GONOPROXY", self.gonoproxy),
            ("GONOSUMDB", self.gonosumdb),
            ("GOINSECURE", self.goinsecure),
            ("GOVCS", self.govcs),
        ]
    }

    pub(super) fn setting<'a>(&'a self, go: Option<&'a Version>) -> Setting<'a> {
        let or = |value, default| match value {
            "" if !self.in_file => default,
            value => value,
        };
        Setting {
            goproxy: or(self.goproxy, "https://proxy.golang.org,direct"),
            gonoproxy: self.gonoproxy,
            gonosumdb: self.gonosumdb,
            goprivate: self.goprivate,
            gosumdb: or(self.gosumdb, "sum.golang.org"),
            goinsecure: self.goinsecure,
            govcs: self.govcs,
            os: Os::Linux,
            go,
        }
    }

    /// Whether a list covers a path, which is held against Go by itself.
    pub(super) fn calls_private(&self, path: &str) -> bool {
        let lists = [self.goprivate, self.gonoproxy, self.gonosumdb];
        let mut lists = lists.iter();
        lists.any(|list| gopherdesk_core::environment::check::covers(list, path))
    }
}

/// Every proxy list and every pattern list several times, each time with other companions.
pub(super) fn environments() -> Vec<Environment> {
    (0..PRIVATE.len() * 3)
        .map(|at| Environment {
            goproxy: PROXIES[(at * 7 + at / PRIVATE.len()) % PROXIES.len()],
            goprivate: PRIVATE[at % PRIVATE.len()],
            gonoproxy: APART[(at / 2 + at / PRIVATE.len()) % APART.len()],
            gonosumdb: APART[(at / 3 + 1) % APART.len()],
            gosumdb: DATABASES[(at * 3 + at / 8) % DATABASES.len()],
            goinsecure: INSECURE[(at / 3) % INSECURE.len()],
            govcs: VCS[(at * 2 + at / 9) % VCS.len()],
            in_file: at % 2 == 1,
        })
        .collect()
}

pub(super) fn version_of(path: &str) -> &'static str {
    match path {
        TOOLCHAIN => "v0.0.1-go1.99.0.linux-amd64",
        path if path.ends_with("/v2") => "v2.0.0",
        _ => "v1.0.0",
    }
}
