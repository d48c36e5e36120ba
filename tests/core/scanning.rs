//! What is in caches: where they are found, and that they are counted as the disk has them.

mod again;
mod ages;
mod counting;
mod odd;
mod places;
mod stopping;
mod versions;

use std::{fs, os::unix::fs::MetadataExt, path::Path, sync::Mutex};

use gopherdesk_core::{
    app::App,
    cache::{Cache, CacheKind, CachedVersion, Inventory, Part, ScanCaches, ScanEvent, Size},
};

use crate::support::{Sandbox, block_on};

/// Everything below a folder, and the folder itself, as the disk has it; a file with several names once.
fn manifest(folder: &Path) -> Size {
    let mut seen = std::collections::BTreeSet::new();
    let mut size = Size::default();
    add(folder, &mut size, &mut seen);
    size
}

fn add(path: &Path, size: &mut Size, seen: &mut std::collections::BTreeSet<u64>) {
    let about = path.symlink_metadata().expect("it is there");
    if about.is_dir() {
        size.bytes += about.blocks() * 512;
        for entry in fs::read_dir(path).expect("a folder") {
            add(&entry.expect("readable").path(), size, seen);
        }
        return;
    }
    if about.nlink() == 1 || seen.insert(about.ino()) {
        size.bytes += about.blocks() * 512;
        size.apparent += about.len();
        size.files += 1;
    }
}

/// A machine whose module cache is where Go puts it.
struct Ground {
    sandbox: Sandbox,
}

impl Ground {
    fn new() -> Self {
        Self {
            sandbox: Sandbox::new(),
        }
    }

    fn modules(&self) -> std::path::PathBuf {
        self.sandbox.path("home/go/pkg/mod")
    }

    fn builds(&self) -> std::path::PathBuf {
        self.sandbox.path("home/.cache/go-build")
    }

    /// A place in the module cache.
    fn at(&self, inside: &str) -> std::path::PathBuf {
        self.modules().join(inside)
    }

    /// A file in the module cache, so many bytes long.
    fn file(&self, inside: &str, length: usize) {
        self.sandbox.write(&self.at(inside), vec![b'x'; length]);
    }

    fn scan(&self, exact: bool) -> Inventory {
        scan(&self.sandbox.app(), exact).0
    }
}

fn scan(app: &App, exact: bool) -> (Inventory, Vec<ScanEvent>) {
    let job = app.jobs.start("scan".to_owned());
    let events = Mutex::new(Vec::new());
    let observer = |event| events.lock().expect("no observer panics").push(event);
    let wish = ScanCaches {
        exact,
        ..ScanCaches::default()
    };
    let inventory = block_on(app.cache_scan(wish, &job, &observer)).expect("they are counted");
    (inventory, events.into_inner().expect("no observer panics"))
}

fn cache(inventory: &Inventory, kind: CacheKind) -> &Cache {
    let mut caches = inventory.caches.iter();
    caches
        .find(|cache| cache.kind == kind)
        .expect("there is one")
}

fn part(cache: &Cache, part: Part) -> (Size, u32) {
    let found = cache.parts.iter().find(|found| found.part == part);
    found
        .map(|found| (found.size, found.count))
        .unwrap_or_default()
}

fn row<'a>(inventory: &'a Inventory, name: &str) -> &'a CachedVersion {
    let (module, version) = name.split_once('@').expect("a version");
    let mut rows = inventory.versions.iter();
    rows.find(|row| row.module == module && row.version == version)
        .unwrap_or_else(|| panic!("{name} is not in {:?}", inventory.versions))
}
