//! What comes into a module cache while go downloads, seen from outside.
//!
//! A zip is written beside its place, verified, and renamed (cmd/go/internal/modfetch/fetch.go, `downloadZip`): under its
//! own name it is there, and under another one with that beginning it is coming.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::module::Module;

/// A module whose zip is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Which.
    pub module: Module,
    /// Its zip, in bytes.
    pub bytes: u64,
}

/// A cache that is watched.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    downloads: PathBuf,
    awaited: Vec<Awaited>,
    /// What came, in that order.
    pub(super) came: Vec<Arrival>,
    /// What was there before.
    pub(super) before: Vec<Module>,
    /// Parts of zips that are coming, in bytes.
    partial: u64,
}

#[derive(Debug)]
struct Awaited {
    module: Module,
    folder: PathBuf,
    /// `v1.0.0.zip`.
    zip: String,
}

impl Arrivals {
    /// Watches the module cache `cache` for these modules; what is there now did not come.
    pub(super) fn new(cache: &Path, wanted: &[Module]) -> Self {
        let mut arrivals = Self {
            downloads: cache.join("cache").join("download"),
            ..Self::default()
        };
        for module in wanted {
            arrivals.expect(module.clone());
        }
        arrivals.look();
        let there = std::mem::take(&mut arrivals.came);
        arrivals.before = there.into_iter().map(|arrival| arrival.module).collect();
        arrivals
    }

    /// Watches for one more.
    pub(super) fn expect(&mut self, module: Module) {
        let address = module.address();
        let Some((folder, version)) = address.rsplit_once('/') else {
            return;
        };
        let awaited = Awaited {
            folder: self.downloads.join(folder),
            zip: format!("{version}.zip"),
            module,
        };
        if !self.knows(&awaited.module) {
            self.awaited.push(awaited);
        }
    }

    /// It is awaited, came, or was there before.
    pub(super) fn knows(&self, module: &Module) -> bool {
        let awaited = self.awaited.iter().map(|awaited| &awaited.module);
        let came = self.came.iter().map(|arrival| &arrival.module);
        let mut all = awaited.chain(came).chain(&self.before);
        all.any(|known| known == module)
    }

    /// Looks for what came since the last look.
    pub(super) fn look(&mut self) {
        self.partial = 0;
        let mut awaited = Vec::new();
        for module in self.awaited.drain(..) {
            let (whole, partial) = module.sizes();
            match whole {
                Some(bytes) => self.came.push(Arrival {
                    module: module.module,
                    bytes,
                }),
                None => {
                    self.partial += partial;
                    awaited.push(module);
                }
            }
        }
        self.awaited = awaited;
    }

    /// What came and what is coming, in bytes.
    pub(super) fn bytes(&self) -> u64 {
        let whole: u64 = self.came.iter().map(|arrival| arrival.bytes).sum();
        whole + self.partial
    }

    /// How many were there, came, or are awaited.
    pub(super) fn all(&self) -> usize {
        self.before.len() + self.came.len() + self.awaited.len()
    }
}

impl Awaited {
    /// The zip when it is there, and what of it is coming.
    fn sizes(&self) -> (Option<u64>, u64) {
        let size = |path: &Path| path.metadata().ok().map(|about| about.len());
        if let Some(whole) = size(&self.folder.join(&self.zip)) {
            return (Some(whole), 0);
        }
        let coming = |entry: fs::DirEntry| {
            let name = entry.file_name();
            let beside = name
                .to_string_lossy()
                .strip_prefix(&self.zip)?
                .ends_with(".tmp");
            beside.then(|| size(&entry.path())).flatten()
        };
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        (None, entries.filter_map(coming).sum())
    }
}
