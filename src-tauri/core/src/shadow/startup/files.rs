//! Which start-up files there are, in the order in which they are read.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
};

use crate::{
    host::{Host, Os},
    shadow::{Syntax, shell},
};

/// A file, and how it is written.
pub(super) type Place = (PathBuf, Syntax);

/// What the session reads before any shell: systemd's user manager, PAM, and direnv, which knows no shell.
pub(super) fn session(host: &Host) -> Vec<Place> {
    if host.os == Os::Windows {
        return Vec::new();
    }
    let mut places = Vec::new();
    let config = config_home(host);
    let system = |path: &str| host.system(path);
    places.extend(host.at_home(".envrc").map(|file| (file, Syntax::Posix)));
    let managers = [
        Some(system("/etc/systemd")),
        config.as_ref().map(|folder| folder.join("systemd")),
    ];
    for manager in managers.into_iter().flatten() {
        places.push((manager.join("user.conf"), Syntax::Plain));
        places.extend(plain(listed(&manager.join("user.conf.d"), "conf")));
    }
    // the same name in a later folder replaces a file (environment.d(5))
    let mut merged = BTreeMap::new();
    let folders = ["/usr/lib", "/usr/local/lib", "/run", "/etc"].map(|path| Some(system(path)));
    for folder in folders.into_iter().chain([config]).flatten() {
        let files = listed(&folder.join("environment.d"), "conf");
        merged.extend(files.into_iter().map(|file| (named(&file), file)));
    }
    places.extend(plain(merged.into_values().collect()));
    places.push((system("/etc/environment"), Syntax::Plain));
    places.extend(
        host.at_home(".pam_environment")
            .map(|file| (file, Syntax::Pam)),
    );
    places
}

/// What login shells of the Bourne family read, and most desktops before they start.
pub(super) fn profile(host: &Host) -> Vec<Place> {
    let mut files = vec![host.system("/etc/profile")];
    files.extend(listed(&host.system("/etc/profile.d"), "sh"));
    files.extend(host.at_home(".profile"));
    posix(files)
}

/// bash: the first file of its own replaces `~/.profile`; terminals mostly start it without login.
pub(super) fn bash(host: &Host) -> Vec<Place> {
    let own = [".bash_profile", ".bash_login"].map(|name| host.at_home(name));
    // all of them while none is there, so that they are watched
    let first = own.iter().flatten().find(|file| file.exists()).cloned();
    let mut files = match first {
        Some(first) => vec![first],
        None => own.into_iter().flatten().collect(),
    };
    files.push(host.system("/etc/bash.bashrc"));
    files.extend(host.at_home(".bashrc"));
    posix(files)
}

/// zsh, up to the file that may move the others by setting `ZDOTDIR`.
pub(super) fn zshenv(host: &Host) -> Vec<Place> {
    let mut files = system_zsh(host, "zshenv");
    files.extend(host.at_home(".zshenv"));
    let moved = host.vars.get_nonempty("ZDOTDIR").map(PathBuf::from);
    files.extend(moved.map(|folder| folder.join(".zshenv")));
    posix(files)
}

/// zsh, the rest; `folder` is what `ZDOTDIR` is by then.
pub(super) fn zsh(host: &Host, folder: &Path) -> Vec<Place> {
    let files = ["zprofile", "zshrc", "zlogin"]
        .into_iter()
        .flat_map(|name| {
            let mut files = system_zsh(host, name);
            files.push(folder.join(format!(".{name}")));
            files
        });
    posix(files.collect())
}

/// Debian and others keep them in a folder of their own.
fn system_zsh(host: &Host, name: &str) -> Vec<PathBuf> {
    ["/etc/zsh/", "/etc/"]
        .map(|folder| host.system(&format!("{folder}{name}")))
        .into()
}

/// fish: universal variables, which every other setting outranks, `conf.d` by name, then the two `config.fish`.
pub(super) fn fish(host: &Host) -> Vec<Place> {
    let own = config_home(host).map(|folder| folder.join("fish"));
    let system = host.system("/etc/fish");
    let mut files: Vec<_> = own
        .iter()
        .map(|folder| folder.join("fish_variables"))
        .collect();
    let mut merged = BTreeMap::new();
    for folder in [Some(&system), own.as_ref()].into_iter().flatten() {
        let found = listed(&folder.join("conf.d"), "fish");
        merged.extend(found.into_iter().map(|file| (named(&file), file)));
    }
    files.extend(merged.into_values());
    files.push(system.join("config.fish"));
    files.extend(own.map(|folder| folder.join("config.fish")));
    files.into_iter().map(|file| (file, Syntax::Fish)).collect()
}

/// The login shell's own files; of every shell when it is not known which one that is.
pub(super) fn is_shell(host: &Host, name: &str) -> bool {
    shell::login_shell(host).is_none_or(|path| path.file_name().is_some_and(|file| file == name))
}

fn config_home(host: &Host) -> Option<PathBuf> {
    match host.vars.get_nonempty("XDG_CONFIG_HOME").map(PathBuf::from) {
        Some(folder) if folder.is_absolute() => Some(folder),
        _ => host.at_home(".config"),
    }
}

fn named(file: &Path) -> OsString {
    file.file_name().unwrap_or_default().to_owned()
}

fn listed(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|file| file.extension().is_some_and(|end| end == extension))
        .collect();
    files.sort();
    files
}

fn posix(files: Vec<PathBuf>) -> Vec<Place> {
    files
        .into_iter()
        .map(|file| (file, Syntax::Posix))
        .collect()
}

fn plain(files: Vec<PathBuf>) -> Vec<Place> {
    files
        .into_iter()
        .map(|file| (file, Syntax::Plain))
        .collect()
}
