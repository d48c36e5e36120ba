//! What is written where: the process environment, the GOENV file, `$GOROOT/go.env`.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs,
    path::{Path, PathBuf},
};

use crate::{
    environment::{
        Values, catalogue,
        file::{EnvText, locate},
    },
    host::Host,
};

/// A value, and the line it stands on, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) value: String,
    pub(super) line: u32,
}

/// The settings of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) path: PathBuf,
    pub(super) by_name: BTreeMap<String, Setting>,
}

/// Every place that sets variables before go's own defaults.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    /// Without empty values: Go takes them for unset (cfg.go, `Getenv`).
    pub(super) process: Values,
    pub(super) file: Settings,
    pub(super) goroot: Settings,
}

/// Which of several lines with one name counts (cfg.go, `readEnvFile`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Duplicates {
    /// In the GOENV file.
    LastWins,
    /// In `$GOROOT/go.env`.
    FirstWins,
}

impl Sources {
    /// Reads the process and the GOENV file. What cannot be read sets nothing, as for Go.
    pub(super) fn read(host: &Host) -> Self {
        let file = match locate(host) {
            Ok(path) => Settings::read(&path, Duplicates::LastWins),
            Err(_) => Settings::default(),
        };
        let names = catalogue::ENTRIES.iter().map(|entry| entry.name);
        let foreign = file.by_name.keys().map(String::as_str);
        let process = names
            .chain(foreign)
            .filter_map(|name| Some((name.to_owned(), host.var(name)?)))
            .map(|(name, value)| (name, value.to_string_lossy().into_owned()))
            .collect();
        Self {
            process,
            file,
            goroot: Settings::default(),
        }
    }

    /// The process or the GOENV file sets it.
    pub(super) fn sets(&self, name: &str) -> bool {
        self.process.contains_key(name) || self.file.by_name.contains_key(name)
    }

    /// What the process or the GOENV file sets.
    pub(super) fn set(&self) -> impl Iterator<Item = &str> {
        let names = self.process.keys().chain(self.file.by_name.keys());
        names.map(String::as_str)
    }

    /// Reads `go.env` of the root that Go takes for its own: the GOENV file names it before the process does, and both
    /// before the command's own place, here `root` (cfg.go, `initEnvCache`).
    pub(super) fn read_goroot(&mut self, root: Option<&Path>) {
        let named = self
            .file
            .value("GOROOT")
            .filter(|root| !root.is_empty())
            .or_else(|| self.process.get("GOROOT").map(String::as_str))
            .map(Path::new);
        self.goroot = named.or(root).map_or_else(Settings::default, |root| {
            Settings::read(&root.join("go.env"), Duplicates::FirstWins)
        });
    }
}

impl Settings {
    fn read(path: &Path, duplicates: Duplicates) -> Self {
        // a pipe would be waited for; Go reads it, and then hangs itself
        let bytes = match fs::metadata(path) {
            Ok(about) if about.is_file() => fs::read(path).unwrap_or_default(),
            _ => Vec::new(),
        };
        Self {
            path: path.to_owned(),
            by_name: settings(&bytes, duplicates),
        }
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(|setting| setting.value.as_str())
    }

    /// `~/.config/go/env:3`.
    pub(super) fn place(&self, host: &Host, line: u32) -> String {
        format!("{}:{line}", host.short(&self.path))
    }
}

/// Where the GOENV file is when nothing names another place.
pub(super) fn default_path(host: &Host) -> Option<PathBuf> {
    host.user_config_dir()
        .map(|folder| folder.join("go").join("env"))
}

fn settings(bytes: &[u8], duplicates: Duplicates) -> BTreeMap<String, Setting> {
    let mut settings = BTreeMap::new();
    for (line, key, value) in EnvText::parse(bytes).settings() {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let setting = Setting {
            value: text(value),
            line,
        };
        match settings.entry(text(key)) {
            Entry::Vacant(free) => {
                free.insert(setting);
            }
            Entry::Occupied(mut taken) if duplicates == Duplicates::LastWins => {
                taken.insert(setting);
            }
            Entry::Occupied(_) => {}
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_go_reads_them() {
        let text = b"# GOA=1\nGOA=1\n GOB=2\nexport GOC=3\nGOD = 4 \nGOE=5\r\n\xef\xbb\xbfGOF=6\nGOA=\nGOG\n=7\nGOH=a=b";
        let last = settings(text, Duplicates::LastWins);
        let read: Vec<_> = last
            .iter()
            .map(|(name, setting)| (name.as_str(), setting.value.as_str(), setting.line))
            .collect();
        assert_eq!(
            read,
            [
                ("GOA", "", 8),
                ("GOD ", " 4 ", 5),
                ("GOE", "5\r", 6),
                ("GOH", "a=b", 11)
            ],
            "nothing is trimmed, the last one counts"
        );
        let first = settings(text, Duplicates::FirstWins);
        assert_eq!(first["GOA"].line, 2, "the first one counts in go.env");
    }
}
