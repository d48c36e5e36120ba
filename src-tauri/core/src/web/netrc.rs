//! Logins from a netrc file, as Go reads it (cmd/go/internal/auth/netrc.go).

use std::{fs, path::PathBuf};

use url::Url;

use crate::host::{Host, Os};

/// A `machine` with a login and a password; one without either counts for nothing.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Login {
    machine: String,
    pub(super) login: String,
    pub(super) password: String,
}

/// What `NETRC` names, else `~/.netrc`; on Windows `~/_netrc` first.
pub fn place(host: &Host) -> Option<PathBuf> {
    if let Some(file) = host.var("NETRC") {
        return Some(file.into());
    }
    let old = host
        .at_home("_netrc")
        .filter(|old| host.os == Os::Windows && old.exists());
    old.or_else(|| host.at_home(".netrc"))
}

/// The logins of that file. What cannot be read holds nothing, as for Go.
pub(super) fn read(host: &Host) -> Vec<Login> {
    place(host)
        .and_then(|file| fs::read(file).ok())
        .map(|text| parse(&String::from_utf8_lossy(&text)))
        .unwrap_or_default()
}

/// The login for what is below `base`: of the longest `machine` that is its host, with a port that is not the usual
/// one, and maybe the beginning of its path (cmd/go/internal/auth/auth.go, loadCredential). Of two the first.
pub(super) fn login<'a>(logins: &'a [Login], base: &Url) -> Option<&'a Login> {
    let mut prefix = base.host_str()?.to_owned();
    if let Some(port) = base.port() {
        prefix.push_str(&format!(":{port}"));
    }
    prefix.push_str(base.path().trim_end_matches('/'));
    loop {
        if let Some(found) = logins.iter().find(|login| login.machine == prefix) {
            return Some(found);
        }
        prefix.truncate(prefix.rfind('/')?);
    }
}

fn parse(text: &str) -> Vec<Login> {
    let mut logins = Vec::new();
    let (mut machine, mut login, mut password) = (String::new(), String::new(), String::new());
    let mut in_macro = false;
    for line in text.split('\n') {
        if in_macro {
            in_macro = !line.is_empty();
            continue;
        }
        let words: Vec<_> = line.split_whitespace().collect();
        for pair in words.chunks_exact(2) {
            match pair {
                ["machine", name] => {
                    (login, password) = (String::new(), String::new());
                    machine = (*name).to_owned();
                }
                ["login", name] => login = (*name).to_owned(),
                ["password", secret] => password = (*secret).to_owned(),
                ["macdef", _] => in_macro = true,
                _ => {}
            }
            if !machine.is_empty() && !login.is_empty() && !password.is_empty() {
                logins.push(Login {
                    machine: plain(&std::mem::take(&mut machine)),
                    login: std::mem::take(&mut login),
                    password: std::mem::take(&mut password),
                });
            }
        }
        // the last `default` of a line ends the file
        if words.chunks_exact(2).remainder() == ["default"] {
            break;
        }
    }
    logins
}

/// A `machine` that was written as an address (storeCredential).
fn plain(machine: &str) -> String {
    let bare = machine.strip_prefix("https://").unwrap_or(machine);
    bare.strip_suffix('/').unwrap_or(bare).to_owned()
}

#[cfg(test)]
mod tests;
