//! Going through the start-up files as the session and the shell do, keeping book of what is set by then.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use super::{
    files,
    lines::Lines,
    read::read,
    statement::{Effect, Statement},
    system,
    text::{Known, Text},
    windows,
};
use crate::{
    host::{Host, Os, fingerprint},
    shadow::{Assignment, Location, Syntax},
};

/// How many files may source each other.
const DEPTH: usize = 4;

/// What was found.
pub(super) struct Walk<'a> {
    host: &'a Host,
    wanted: &'a dyn Fn(&str) -> bool,
    known: Known,
    /// Variables that programs get once they are set.
    exported: HashSet<String>,
    /// Set, and not exported so far.
    unexported: HashMap<String, Assignment>,
    exports_all: bool,
    /// Files that are being read: each was sourced by the one before.
    open: Vec<PathBuf>,
    pub(super) assignments: Vec<Assignment>,
    pub(super) files: Vec<PathBuf>,
}

/// Reads everything there is.
pub(super) fn walk<'a>(host: &'a Host, wanted: &'a dyn Fn(&str) -> bool) -> Walk<'a> {
    let text = |(name, value): (&std::ffi::OsStr, &std::ffi::OsStr)| {
        Some((name.to_str()?.to_owned(), value.to_str()?.to_owned()))
    };
    let home = host.home.as_ref().and_then(|home| home.to_str());
    let mut known: Known = host
        .vars
        .iter()
        .filter_map(text)
        .filter(|(name, _)| name == "XDG_CONFIG_HOME")
        .collect();
    known.extend(home.map(|home| ("HOME".to_owned(), home.to_owned())));
    let mut walk = Walk {
        host,
        wanted,
        known,
        exported: HashSet::new(),
        unexported: HashMap::new(),
        exports_all: false,
        open: Vec::new(),
        assignments: Vec::new(),
        files: Vec::new(),
    };
    walk.everything();
    walk
}

impl Walk<'_> {
    fn everything(&mut self) {
        let host = self.host;
        if host.os == Os::Windows {
            self.assignments = windows::assignments(self.wanted);
            return;
        }
        if host.os == Os::Macos {
            let (files, found) = system::launchd(host, self.wanted);
            self.files.extend(files);
            self.assignments.extend(found);
        }
        self.places(files::session(host));
        self.places(files::profile(host));
        if files::is_shell(host, "fish") {
            self.places(files::fish(host));
        }
        if files::is_shell(host, "bash") {
            self.places(files::bash(host));
        }
        if files::is_shell(host, "zsh") {
            self.places(files::zshenv(host));
            let moved = self.known.get("ZDOTDIR").map(PathBuf::from);
            let inherited = host.vars.get_nonempty("ZDOTDIR").map(PathBuf::from);
            if let Some(folder) = moved.or(inherited).or_else(|| host.home.clone()) {
                self.places(files::zsh(host, &folder));
            }
        }
    }

    fn places(&mut self, places: Vec<files::Place>) {
        for (path, syntax) in places {
            self.exports_all = false;
            self.file(&path, syntax);
        }
    }

    fn file(&mut self, path: &Path, syntax: Syntax) {
        let same = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.open.len() > DEPTH || self.open.contains(&same) {
            return;
        }
        if !self.files.iter().any(|file| file == path) {
            self.files.push(path.to_owned());
        }
        let Ok(source) = read(path) else {
            return;
        };
        self.open.push(same);
        let lines = Lines::of(&source);
        for statement in super::statements(&source, syntax, path) {
            let location = Location::File {
                path: path.to_owned(),
                line: statement.lines.start,
                syntax,
            };
            self.statement(statement, location, &lines);
        }
        self.open.pop();
    }

    fn statement(&mut self, statement: Statement, at: Location, lines: &Lines<'_>) {
        let certain = !statement.conditional;
        match &statement.effect {
            Effect::Set {
                name,
                value,
                exported,
            } => {
                let value = value.as_ref().and_then(|value| value.value(&self.known));
                self.learn(name, value.as_deref().filter(|_| certain));
                let exported = *exported || self.exports_all || self.is_exported(name);
                let name = name.clone();
                let found = assignment(&name, value, at, &statement, lines);
                if exported {
                    self.exported.insert(name);
                    self.keep(found);
                } else {
                    self.unexported.insert(name, found);
                }
            }
            Effect::Export(name) => {
                self.exported.insert(name.clone());
                if let Some(found) = self.unexported.remove(name) {
                    self.keep(found);
                }
            }
            // one that may not run takes nothing away for sure
            Effect::Unset(name) if certain => {
                self.known.remove(name);
                self.exported.remove(name);
                self.unexported.remove(name);
                self.assignments
                    .retain(|found| found.name != *name || found.at.is_session());
            }
            Effect::Unset(_) => {}
            Effect::Source(file) => self.source(file, &at),
            Effect::ExportAll(on) => self.exports_all = *on,
        }
    }

    fn learn(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.known.insert(name.to_owned(), value.to_owned()),
            None => self.known.remove(name),
        };
    }

    fn is_exported(&self, name: &str) -> bool {
        self.exported.contains(name) || self.host.vars.get(name).is_some()
    }

    fn keep(&mut self, found: Assignment) {
        if (self.wanted)(&found.name) {
            self.assignments.retain(|earlier| earlier.id != found.id);
            self.assignments.push(found);
        }
    }

    /// A path that can be known and needs no search.
    fn source(&mut self, file: &Text, from: &Location) {
        let Location::File { syntax, .. } = from else {
            return;
        };
        let Some(path) = file.value(&self.known).filter(|path| path.starts_with('/')) else {
            return;
        };
        let at_home = self
            .host
            .home
            .as_ref()
            .is_some_and(|home| Path::new(&path).starts_with(home));
        let path = if at_home {
            PathBuf::from(path)
        } else {
            self.host.system(&path)
        };
        self.file(&path, *syntax);
    }
}

fn assignment(
    name: &str,
    value: Option<String>,
    at: Location,
    statement: &Statement,
    lines: &Lines<'_>,
) -> Assignment {
    let text = lines.span(&statement.lines);
    let place = match &at {
        Location::File { path, line, .. } => format!("{}:{line}", path.display()),
        Location::System { name } => name.clone(),
    };
    let direnv = at.is_direnv();
    Assignment {
        id: identity(&place, name, &text),
        name: name.to_owned(),
        value,
        at,
        text,
        removable: statement.removal.is_some(),
        conditional: statement.conditional || direnv,
    }
}

/// Names an assignment by its place and text.
pub(super) fn identity(place: &str, name: &str, text: &str) -> String {
    let hash = fingerprint(format!("{place}\0{name}\0{text}").as_bytes());
    hash.chars().take(16).collect()
}
