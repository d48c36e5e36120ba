//! What is never cleaned, by identity: a name is no proof of what a place is.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    cache::{CacheError, plan::Seal},
    host::Host,
};

/// What is never touched, whatever it holds.
#[derive(Debug, Clone)]
pub struct Guard {
    host: Host,
    forbidden: BTreeSet<Seal>,
}

impl Guard {
    /// The root, the user's homes with all that they are in, the folder of this process, this program's own folders, and
    /// `places` with what go keeps beside a cache in each: the GOROOTs and GOPATHs of every Go.
    pub fn new(host: &Host, places: &[PathBuf]) -> Self {
        let mut guard = Self {
            host: host.clone(),
            forbidden: BTreeSet::new(),
        };
        guard.forbid(Path::new("/"));
        guard.forbid(Path::new("."));
        for home in host.home.iter().cloned().chain(passwd_home(host)) {
            guard.forbid_with_all_above(&home);
        }
        let own = &host.folders;
        for folder in [&own.config, &own.state, &own.cache] {
            guard.forbid(folder);
        }
        for place in places {
            guard.forbid(place);
            for part in ["src", "bin", "pkg"] {
                guard.forbid(&place.join(part));
            }
        }
        guard
    }

    /// The machine on which all of this is.
    pub(super) const fn host(&self) -> &Host {
        &self.host
    }

    /// Whether this process may delete anything at all.
    ///
    /// # Errors
    /// [`CacheError::RunningAsRoot`].
    pub fn check_user(&self) -> Result<(), CacheError> {
        match self.host.administrator {
            true => Err(CacheError::RunningAsRoot {}),
            false => Ok(()),
        }
    }

    /// Whether something is one of those places.
    pub(super) fn forbids(&self, seal: Seal) -> bool {
        self.forbidden.contains(&seal)
    }

    fn forbid(&mut self, path: &Path) {
        let resolved = fs::canonicalize(path);
        let seal = resolved.ok().and_then(|path| Seal::of(&path));
        self.forbidden.extend(seal);
    }

    fn forbid_with_all_above(&mut self, path: &Path) {
        let resolved = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        // the way to it by its name, and by what the name leads to
        for above in path.ancestors().chain(resolved.ancestors()) {
            if !above.as_os_str().is_empty() {
                self.forbid(above);
            }
        }
    }
}

/// The home that the system has for this user, whatever `HOME` says.
#[cfg(unix)]
fn passwd_home(host: &Host) -> Option<PathBuf> {
    let user = rustix::process::geteuid().as_raw().to_string();
    let users = fs::read_to_string(host.system("/etc/passwd")).ok()?;
    let mut lines = users.lines().map(|line| line.split(':'));
    // name:password:user:group:comment:home:shell (passwd(5))
    lines.find_map(|mut fields| {
        let own = fields.nth(2)? == user;
        let home = fields.nth(2)?;
        (own && !home.is_empty()).then(|| PathBuf::from(home))
    })
}

#[cfg(not(unix))]
fn passwd_home(_: &Host) -> Option<PathBuf> {
    None
}
