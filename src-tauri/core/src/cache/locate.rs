//! Where caches are: named by Go's environment, by other Gos, by version managers, by the history, or by habit.
//!
//! A place is no more than a suspicion; whether a cache is there is for [`recognise`](super::recognise) to say.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{CacheKind, Owner, Place};
use crate::{
    host::{Host, Os, fingerprint},
    toolchain::discover::expand,
};

/// What has to be asked for, all of it raw.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// GOMODCACHE, as a terminal has it; empty when nobody knows.
    pub modules: String,
    /// GOCACHE, as a terminal has it.
    pub build: String,
    /// Values that GOMODCACHE, GOPATH and GOCACHE once had.
    pub earlier: Vec<(String, String)>,
    /// Other Gos: what they are called, and their GOROOT, whose `go.env` may name other caches (Go 1.21 and later).
    pub toolchains: Vec<(String, PathBuf)>,
}

/// Every place, once: two names of one folder are one place, with all its owners.
pub fn locate(host: &Host, facts: &Facts) -> Vec<Place> {
    let mut found = Found {
        host,
        places: Vec::new(),
    };
    found.add(CacheKind::Modules, &facts.modules, Owner::Effective {});
    found.add(CacheKind::Build, &facts.build, Owner::Effective {});
    for (version, root) in &facts.toolchains {
        for (name, value) in settings(&root.join("go.env")) {
            let version = version.clone();
            found.named(&name, &value, &Owner::Toolchain { version });
        }
    }
    for (name, folder) in managed(host) {
        let owner = Owner::VersionManager {
            name: name.to_owned(),
        };
        found.existing(CacheKind::Modules, &folder.join("pkg/mod"), owner);
    }
    for (name, value) in &facts.earlier {
        found.named(name, value, &Owner::History {});
    }
    found.standard();
    found.places
}

/// The name of the place that a folder is; links are followed as far as there is something.
pub fn id_of(kind: CacheKind, path: &Path) -> String {
    let text = format!("{kind:?} {}", path.display());
    fingerprint(text.as_bytes()).chars().take(12).collect()
}

struct Found<'a> {
    host: &'a Host,
    places: Vec<Place>,
}

impl Found<'_> {
    /// A value of one of Go's variables.
    fn named(&mut self, name: &str, value: &str, owner: &Owner) {
        match name {
            "GOMODCACHE" => self.existing(CacheKind::Modules, value.as_ref(), owner.clone()),
            "GOCACHE" => self.existing(CacheKind::Build, value.as_ref(), owner.clone()),
            "GOPATH" => {
                // modules go below the first one (cmd/go/internal/cfg, `gopathDir`)
                let first = value.split(self.host.os.list_separator()).next();
                let folder = Path::new(first.unwrap_or_default()).join("pkg/mod");
                self.existing(CacheKind::Modules, &folder, owner.clone());
            }
            _ => {}
        }
    }

    /// Where the tools keep theirs unless they are told otherwise.
    fn standard(&mut self) {
        let caches = self.host.go_build_cache().map(PathBuf::from);
        let caches = caches.as_deref().and_then(Path::parent).map(Path::to_owned);
        let below = |name: &str| caches.as_ref().map(|caches| caches.join(name));
        let tools = [
            (CacheKind::Build, "GOCACHE", below("go-build")),
            // gopls, internal/filecache, `getCacheDir`
            (CacheKind::Gopls, "GOPLSCACHE", below("gopls")),
            // staticcheck, lintcmd/cache, `DefaultDir`
            (
                CacheKind::Staticcheck,
                "STATICCHECK_CACHE",
                below("staticcheck"),
            ),
            // golangci-lint, internal/go/cache, `DefaultDir`
            (
                CacheKind::GolangciLint,
                "GOLANGCI_LINT_CACHE",
                below("golangci-lint"),
            ),
        ];
        for (kind, variable, folder) in tools {
            let set = self.host.var(variable).map(PathBuf::from);
            let of_go = kind == CacheKind::Build;
            if let Some(folder) = set.filter(|_| !of_go).or(folder) {
                self.existing(kind, &folder, Owner::Standard {});
            }
        }
        if let Some(folder) = self.host.at_home("go/pkg/mod") {
            self.existing(CacheKind::Modules, &folder, Owner::Standard {});
        }
    }

    fn existing(&mut self, kind: CacheKind, path: &Path, owner: Owner) {
        if path.is_absolute() && path.is_dir() {
            self.push(kind, path, owner);
        }
    }

    /// Also one that is not there yet; `off` and relative ones are no place (go-semantics 5.3).
    fn add(&mut self, kind: CacheKind, value: &str, owner: Owner) {
        let path = Path::new(value);
        if path.is_absolute() {
            self.push(kind, path, owner);
        }
    }

    fn push(&mut self, kind: CacheKind, path: &Path, owner: Owner) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = self.places.iter_mut();
        let mut known = known.filter(|place| place.kind == kind && is_same(&place.path, &real));
        match known.next() {
            Some(place) if !place.owners.contains(&owner) => place.owners.push(owner),
            Some(_) => {}
            None => self.places.push(Place {
                id: id_of(kind, &real),
                kind,
                path: real,
                owners: vec![owner],
            }),
        }
    }
}

/// By identity where the system knows one: a bind mount has two names and no link.
fn is_same(one: &Path, other: &Path) -> bool {
    if one == other {
        return true;
    }
    let seal = super::plan::Seal::of;
    seal(one).is_some_and(|one| Some(one) == seal(other))
}

/// A version manager gives each Go a GOPATH of its own: its name, the variable that moves its folder, that folder in the
/// home, and where the GOPATHs are below.
const MANAGERS: [(&str, &str, &str, &str); 4] = [
    // gvm, scripts/pkgset-create
    ("gvm", "GVM_ROOT", ".gvm", "pkgsets/*/*"),
    // goenv, libexec/goenv-sh-rehash
    ("goenv", "GOENV_GOPATH_PREFIX", "go", "*"),
    // asdf-golang, bin/exec-env
    (
        "asdf",
        "ASDF_DATA_DIR",
        ".asdf",
        "installs/golang/*/packages",
    ),
    (
        "mise",
        "MISE_DATA_DIR",
        ".local/share/mise",
        "installs/go/*/packages",
    ),
];

/// GOPATHs that version managers make.
fn managed(host: &Host) -> Vec<(&'static str, PathBuf)> {
    if host.os == Os::Windows {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (name, variable, folder, pattern) in MANAGERS {
        let moved = host.var(variable).map(PathBuf::from);
        let folder = moved.or_else(|| host.at_home(folder));
        let folders = folder.filter(|folder| folder.is_absolute()).into_iter();
        let paths = folders.flat_map(|folder| expand(folder, pattern));
        found.extend(paths.map(|path| (name, path)));
    }
    found
}

/// `go.env` is written as the GOENV file is (cmd/go/internal/cfg, `readEnvFile`).
fn settings(file: &Path) -> BTreeMap<String, String> {
    let bytes = fs::read(file).unwrap_or_default();
    let values = crate::environment::file::EnvText::parse(&bytes).values();
    values.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine() -> (tempfile::TempDir, Host) {
        let folder = tempfile::tempdir().expect("a folder");
        let host = Host::sandbox(folder.path());
        (folder, host)
    }

    #[test]
    fn one_folder_under_two_names_is_one_place() {
        let (folder, host) = machine();
        let real = folder.path().join("disk/mod");
        fs::create_dir_all(&real).expect("a folder");
        let link = folder.path().join("link");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&real, &link).expect("a link");
        let facts = Facts {
            modules: link.display().to_string(),
            earlier: vec![("GOMODCACHE".into(), real.display().to_string())],
            ..Facts::default()
        };
        let places = locate(&host, &facts);
        assert_eq!(places.len(), 1, "counted once: {places:?}");
        assert_eq!(
            places[0].owners,
            [Owner::Effective {}, Owner::History {}],
            "both are said"
        );
        assert_eq!(
            places[0].path,
            real.canonicalize().expect("it is there"),
            "where it truly lies"
        );
    }

    #[test]
    fn every_owner_is_asked() {
        let (folder, host) = machine();
        let home = host.home.clone().expect("a home");
        let goroot = folder.path().join("goroot");
        let other = folder.path().join("other");
        for made in [
            &home.join(".gvm/pkgsets/go1.22/global/pkg/mod"),
            &home.join(".gvm/pkgsets/go1.22/own/pkg/mod"),
            &home.join("go/1.23.0/pkg/mod"),
            &home.join("go/pkg/mod"),
            &home.join(".cache/gopls"),
            &other.join("pkg/mod"),
            &goroot,
        ] {
            fs::create_dir_all(made).expect("a folder");
        }
        let set = format!("GOPATH={}\n", other.display());
        crate::host::replace::replace(&goroot.join("go.env"), None, Some(set.as_bytes()))
            .expect("our own file");
        let facts = Facts {
            modules: "off".into(),
            build: "relative".into(),
            toolchains: vec![("go1.24.0".into(), goroot)],
            ..Facts::default()
        };
        let places = locate(&host, &facts);
        let owners: Vec<_> = places.iter().map(|place| &place.owners[0]).collect();
        let manager = |name: &str| Owner::VersionManager { name: name.into() };
        assert_eq!(
            owners,
            [
                &Owner::Toolchain {
                    version: "go1.24.0".into()
                },
                &manager("gvm"),
                &manager("gvm"),
                &manager("goenv"),
                &Owner::Standard {},
                &Owner::Standard {},
            ],
            "neither `off` nor a relative path is a place: {places:?}"
        );
    }
}
