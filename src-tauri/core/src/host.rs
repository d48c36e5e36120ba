//! The one door to the machine: variables, folders, clock, programs.
//!
//! Read once, passed as a value. A test passes [`Host::sandbox`] and nothing of the real machine is seen or touched.

pub mod lock;
pub mod replace;
pub mod run;
#[cfg(any(test, feature = "testing"))]
mod sandbox;

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    path::{Component, Path, PathBuf},
};

use directories::ProjectDirs;
use jiff::Timestamp;

/// The systems whose rules differ. A value, not a `cfg`, so that every rule is tested on every system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Os {
    /// Linux and the other Unix systems that follow the XDG folders.
    Linux,
    /// macOS.
    Macos,
    /// Windows.
    Windows,
}

/// What tells one content from another: SHA-256, in hexadecimal.
pub fn fingerprint(bytes: &[u8]) -> String {
    use std::fmt::Write;

    use sha2::{Digest, Sha256};

    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // writing to a `String` cannot fail
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Environment variables of a process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vars(BTreeMap<OsString, OsString>);

/// Where the program keeps its own files. Never inside Go's folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Settings: what the user chose.
    pub config: PathBuf,
    /// History, backups, logs: what happened.
    pub state: PathBuf,
    /// What can be computed again.
    pub cache: PathBuf,
}

/// The machine as this process sees it.
#[derive(Debug, Clone)]
pub struct Host {
    /// Whose rules hold.
    pub os: Os,
    /// Variables of this process.
    pub vars: Vars,
    /// The user's home, by the system's own rule (`$HOME`, `%USERPROFILE%`); absent when unset or empty.
    pub home: Option<PathBuf>,
    /// Where the program keeps its own files.
    pub folders: Folders,
    /// This process may do anything to anybody's files.
    pub administrator: bool,
    /// What stands before absolute system paths such as `/etc/environment`; `/` on a real machine.
    root: PathBuf,
    /// A fixed time, in tests.
    time: Option<Timestamp>,
}

impl Os {
    /// The system this program was built for.
    pub const fn current() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Macos
        } else {
            Self::Linux
        }
    }

    /// As Go names it (`GOOS`), but `macos` for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::Macos => "macos",
            Self::Windows => "windows",
        }
    }

    /// What separates the entries of `PATH` and `GOPATH`.
    pub const fn list_separator(self) -> char {
        match self {
            Self::Windows => ';',
            Self::Linux | Self::Macos => ':',
        }
    }

    /// The name of the file that holds `program`.
    pub fn executable(self, program: &str) -> String {
        match self {
            Self::Windows => format!("{program}.exe"),
            Self::Linux | Self::Macos => program.to_owned(),
        }
    }
}

impl Vars {
    /// The value, as the C library would give it: an empty value is a value.
    pub fn get(&self, name: impl AsRef<OsStr>) -> Option<&OsStr> {
        self.0.get(name.as_ref()).map(OsString::as_os_str)
    }

    /// The value, if it is not empty: Go takes "set but empty" for "not set" (`cfg.Getenv`).
    pub fn get_nonempty(&self, name: impl AsRef<OsStr>) -> Option<&OsStr> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Sets a value.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.0.insert(name.into(), value.into());
    }

    /// Takes a variable out.
    pub fn remove(&mut self, name: impl AsRef<OsStr>) {
        self.0.remove(name.as_ref());
    }

    /// All variables, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }
}

impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Vars {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl Host {
    /// The real machine. `config` moves the program's own files, all of them.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the process"
    )]
    pub fn current(config: Option<&Path>) -> Self {
        let vars: Vars = std::env::vars_os().collect();
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        let folders = Folders::of(&vars, config);
        Self {
            os: Os::current(),
            vars,
            home,
            folders,
            administrator: is_administrator(),
            root: PathBuf::from("/"),
            time: None,
        }
    }

    /// The time of day, for the history; durations are measured with a monotonic clock.
    pub fn now(&self) -> Timestamp {
        self.time.unwrap_or_else(Timestamp::now)
    }

    /// A variable as Go reads it: an empty one counts as unset, and Windows does not tell cases apart.
    pub fn var(&self, name: &str) -> Option<&OsStr> {
        match self.os {
            Os::Windows => self
                .vars
                .iter()
                .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
                .map(|(_, value)| value),
            Os::Linux | Os::Macos => self.vars.get_nonempty(name),
        }
    }

    /// A place of the system, such as `/etc/environment`.
    pub fn system(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    /// A place below the home, or none without a home.
    pub fn at_home(&self, path: &str) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(path))
    }

    /// The folder of the user's settings by Go's rule (`os.UserConfigDir`, os/file.go).
    ///
    /// A relative `XDG_CONFIG_HOME` gives none: Go 1.24.11 and later refuse it.
    pub fn user_config_dir(&self) -> Option<PathBuf> {
        let from = |name: &str| self.vars.get_nonempty(name).map(PathBuf::from);
        match self.os {
            Os::Windows => from("AppData"),
            Os::Macos => from("HOME").map(|home| home.join("Library/Application Support")),
            Os::Linux => match from("XDG_CONFIG_HOME") {
                Some(folder) => Some(folder).filter(|folder| folder.is_absolute()),
                None => from("HOME").map(|home| home.join(".config")),
            },
        }
    }

    /// Where go keeps what it builds unless `GOCACHE` says otherwise (`os.UserCacheDir`, os/file.go; cache/default.go).
    ///
    /// None where go says something else than this rule: without a home, with a relative `XDG_CACHE_HOME`, and for
    /// names that it would spell otherwise.
    pub fn go_build_cache(&self) -> Option<String> {
        let from = |name: &str| self.vars.get_nonempty(name).map(PathBuf::from);
        let caches = match self.os {
            Os::Windows => from("LocalAppData"),
            Os::Macos => from("HOME").map(|home| home.join("Library/Caches")),
            Os::Linux => from("XDG_CACHE_HOME").or_else(|| Some(from("HOME")?.join(".cache"))),
        }?;
        let cache = caches.join("go-build");
        let text = cache.to_str()?;
        // `filepath.Join` cleans what it joins
        let cleaned: PathBuf = cache.components().collect();
        let plain = cleaned.as_os_str() == text
            && !cache.components().any(|part| part == Component::ParentDir);
        (plain && cache.is_absolute()).then(|| text.to_owned())
    }

    /// `path` with the home written as `~`, for eyes only.
    pub fn short(&self, path: &Path) -> String {
        match self
            .home
            .as_ref()
            .and_then(|home| path.strip_prefix(home).ok())
        {
            Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
            Some(rest) => format!("~{}{}", std::path::MAIN_SEPARATOR, rest.display()),
            None => path.display().to_string(),
        }
    }
}

#[cfg(unix)]
fn is_administrator() -> bool {
    rustix::process::geteuid().is_root()
}

/// Nothing asks there: what it would be asked for is refused to everybody.
#[cfg(not(unix))]
const fn is_administrator() -> bool {
    false
}

impl Folders {
    /// `GOPHERDESK_CONFIG_DIR` or `config` hold everything in one folder; else the system's own folders.
    fn of(vars: &Vars, config: Option<&Path>) -> Self {
        let chosen = config.map(Path::to_owned).or_else(|| {
            vars.get_nonempty("GOPHERDESK_CONFIG_DIR")
                .map(PathBuf::from)
        });
        match (chosen, ProjectDirs::from("dev", "Gopherdesk", "gopherdesk")) {
            (Some(folder), _) => Self::below(&folder),
            (None, Some(dirs)) => Self {
                config: dirs.config_dir().to_owned(),
                state: dirs
                    .state_dir()
                    .unwrap_or_else(|| dirs.data_local_dir())
                    .to_owned(),
                cache: dirs.cache_dir().to_owned(),
            },
            // no home at all: the program must start and say so
            (None, None) => Self::below(&std::env::temp_dir().join("gopherdesk-without-home")),
        }
    }

    /// Where the report of the last crash lies.
    pub fn crash_report(&self) -> PathBuf {
        self.state.join("crash-report.txt")
    }

    /// Everything inside one folder.
    pub fn below(folder: &Path) -> Self {
        Self {
            config: folder.to_owned(),
            state: folder.join("state"),
            cache: folder.join("cache"),
        }
    }
}
