//! What a module cache is made of (go-semantics 5.1).

use std::{
    ffi::OsStr,
    io::{self, Read},
    ops::ControlFlow,
    sync::{Arc, atomic::Ordering},
};

use super::{
    Shared, Task, Work,
    count::Counted,
    folder::{About, Folder},
    is_aside,
    rows::{Piece, Times},
};
use crate::{
    cache::{CacheError, CacheKind, Entry, Part, Size, choose::TOOLCHAIN, layout::Zone},
    secret::mask_text,
};

/// Nobody's `.info` is longer, in bytes.
const INFO: u64 = 64 << 10;

impl Shared<'_> {
    /// Opens a cache and looks into it.
    pub(super) fn top(&self, cache: usize) {
        let place = self.caches[cache].place;
        let mut task = Task::top(cache);
        match Folder::open(&place.path).and_then(|top| Ok((top.itself()?, top))) {
            Ok((about, top)) => {
                task.work = Work::Zone(Zone::of(place.kind));
                let top = Arc::new(top);
                self.keep_top(cache, &top);
                self.look(&task, top, &about);
            }
            Err(reason) => self.unread(cache, "", &reason.to_string()),
        }
    }

    /// Looks into a folder that holds others of its kind.
    pub(super) fn zone(&self, mut task: Task, zone: Zone) {
        task.work = Work::Zone(zone);
        if let Some((about, folder)) = self.open(&task) {
            self.look(&task, Arc::new(folder), &about);
        }
    }

    /// The folder of a task, unless another disk is mounted at it.
    pub(super) fn open(&self, task: &Task) -> Option<(About, Folder)> {
        let above = task.above.as_ref()?;
        let opened = above
            .enter(&task.name)
            .and_then(|folder| Ok((folder.itself()?, folder)));
        match opened {
            Ok((about, _)) if about.is_mount => {
                let path = self.shown(task.cache, &task.at);
                let reason = CacheError::MountedInside { path: path.clone() };
                self.caches[task.cache].keep(path, reason);
                None
            }
            Ok(opened) => Some(opened),
            Err(reason) => {
                // what is gone meanwhile takes nothing
                if reason.kind() != io::ErrorKind::NotFound {
                    self.unread(task.cache, &task.at, &reason.to_string());
                }
                None
            }
        }
    }

    fn look(&self, task: &Task, folder: Arc<Folder>, about: &About) {
        let Work::Zone(zone) = task.work else {
            return;
        };
        let kind = self.caches[task.cache].place.kind;
        let part = part_of(kind, zone);
        let mut own = about.size();
        let listed = folder.list(&mut |name, is_folder| {
            if self.counter.is_stopped() {
                return ControlFlow::Break(());
            }
            let is_folder =
                is_folder.unwrap_or_else(|| folder.about(name).is_ok_and(|about| about.is_folder));
            let inside = zone.enter(name.as_encoded_bytes(), is_folder);
            match inside {
                None => {}
                Some(_) if is_aside(name) => {}
                Some(inside) if is_folder => {
                    let work = self.work_in(kind, zone, inside, name);
                    self.pool.next(task.inside(&folder, name, work));
                }
                Some(_) => {
                    if let Ok(about) = folder.about(name) {
                        own += self.counter.size(&about);
                    }
                }
            }
            ControlFlow::Continue(())
        });
        if let Err(reason) = listed {
            self.unread(task.cache, &task.at, &reason.to_string());
        }
        self.caches[task.cache].tally().add(part, own, 0);
    }

    /// What is to be done with a folder.
    fn work_in(&self, kind: CacheKind, zone: Zone, inside: Zone, name: &OsStr) -> Work {
        match (zone, inside) {
            (Zone::Modules | Zone::Paths, Zone::Whole) => Work::Tree,
            (Zone::Downloads, Zone::Whole) => Work::Whole(Part::Database),
            (Zone::DownloadPaths, Zone::Whole) => Work::Versions,
            (Zone::Clones, Zone::Whole) => Work::Clone,
            (Zone::Build, Zone::Results) => Work::Bin(part_of(kind, zone)),
            (Zone::Build, Zone::Whole) if name == "fuzz" && kind == CacheKind::Build => {
                Work::Whole(Part::Fuzz)
            }
            (Zone::Gopls | Zone::Build, _) => Work::Whole(Part::Tool),
            (_, inside) => Work::Zone(inside),
        }
    }

    /// A repository, and what is recorded of it.
    pub(super) fn clone_of(&self, task: &Task) {
        let Some((about, folder)) = self.open(task) else {
            return;
        };
        let size = self.count(task, folder, &about);
        self.caches[task.cache].tally().add(Part::Clones, size, 1);
        let recorded = task.above.as_ref().and_then(|above| {
            let name = format!("{}.info", task.name.to_string_lossy());
            let about = above.about(OsStr::new(&name)).ok()?;
            Some((
                about.size(),
                text(above, OsStr::new(&name)).unwrap_or_default(),
            ))
        });
        let (beside, address) = recorded.unwrap_or_default();
        // "git3:https://example.com/repository"
        let address = address.split_once(':').map_or("", |(_, address)| address);
        let name = match address.trim() {
            "" => task.at.clone(),
            address => mask_text(address),
        };
        self.entry(task.cache, Part::Clones, &task.at, &name, size + beside);
    }

    /// All of a folder, whatever it is.
    pub(super) fn whole(&self, task: &Task, part: Part) {
        let Some((about, folder)) = self.open(task) else {
            return;
        };
        let size = self.count(task, folder, &about);
        let count = match part {
            Part::Database => 1,
            _ => u32::try_from(size.files).unwrap_or(u32::MAX),
        };
        self.caches[task.cache].tally().add(part, size, count);
    }

    /// What was downloaded of the versions of a module.
    pub(super) fn versions(&self, task: &Task) {
        let Some((about, folder)) = self.open(task) else {
            return;
        };
        let place = task.at.strip_prefix("cache/download/").unwrap_or(&task.at);
        let module = place.strip_suffix("/@v").unwrap_or(place);
        let part = part_of_version(module);
        let (mut own, mut leftovers) = (about.size(), Vec::new());
        let mut pieces = Vec::new();
        let listed = folder.list(&mut |name, _| {
            if self.counter.is_stopped() {
                return ControlFlow::Break(());
            }
            self.pool.looked.fetch_add(1, Ordering::Relaxed);
            let (Ok(about), Some(text)) = (folder.about(name), name.to_str()) else {
                return ControlFlow::Continue(());
            };
            let size = self.counter.size(&about);
            if text.ends_with(".tmp") {
                leftovers.push((name.to_owned(), size));
                return ControlFlow::Continue(());
            }
            match Piece::of(text) {
                Some((version, piece)) => {
                    pieces.push((
                        version.to_owned(),
                        piece,
                        size,
                        self.times(task.cache, &about),
                    ));
                }
                None => own += size,
            }
            ControlFlow::Continue(())
        });
        if let Err(reason) = listed {
            self.unread(task.cache, &task.at, &reason.to_string());
        }
        let published = |version: &str| {
            let info = text(&folder, OsStr::new(&format!("{version}.info")))?;
            let told: serde_json::Value = serde_json::from_str(&info).ok()?;
            Some(told.get("Time")?.as_str()?.to_owned())
        };
        let counting = &self.caches[task.cache];
        for (name, size) in leftovers {
            let at = task.place_of(&name);
            counting.tally().add(Part::Leftovers, size, 1);
            self.entry(task.cache, Part::Leftovers, &at, &at, size);
        }
        let downloads: Size = pieces.iter().map(|(_, _, size, _)| *size).sum();
        counting.tally().add(part, own + downloads, 0);
        let infos: Vec<_> = pieces
            .iter()
            .filter(|(_, piece, ..)| *piece == Piece::Info)
            .filter_map(|(version, ..)| Some((version.clone(), published(version)?)))
            .collect();
        let mut found = counting.found();
        found.published(module, infos);
        for (version, piece, size, times) in pieces {
            found.piece(module, version, piece, size, times);
        }
    }

    pub(super) fn count(&self, task: &Task, folder: Folder, about: &About) -> Size {
        let Counted { size, unread } = self.counter.count(folder, about);
        self.pool.looked.fetch_add(size.files, Ordering::Relaxed);
        for (name, reason) in unread {
            self.unread(task.cache, &task.place_of(&name), &reason);
        }
        size
    }

    pub(super) fn entry(&self, cache: usize, part: Part, at: &str, name: &str, size: Size) {
        let counting = &self.caches[cache];
        counting.found().entries.push(Entry {
            cache: counting.place.id.clone(),
            part,
            path: at.into(),
            name: name.to_owned(),
            size,
        });
    }

    fn times(&self, cache: usize, about: &About) -> Times {
        Times {
            modified: about.modified,
            read: self.last_read(cache, about),
        }
    }

    pub(super) fn unread(&self, cache: usize, at: &str, reason: &str) {
        let path = self.shown(cache, at);
        let reason = CacheError::CacheSystem {
            path: path.clone(),
            reason: reason.to_owned(),
        };
        self.caches[cache].keep(path, reason);
    }

    fn shown(&self, cache: usize, at: &str) -> String {
        self.host.short(&self.caches[cache].place.path.join(at))
    }
}

/// The part to which what lies in a folder belongs, unless it is something of its own.
fn part_of(kind: CacheKind, zone: Zone) -> Part {
    match (kind, zone) {
        (CacheKind::Modules, Zone::Modules | Zone::Paths) => Part::Trees,
        (CacheKind::Modules, Zone::Clones) => Part::Clones,
        (CacheKind::Modules, _) => Part::Downloads,
        (CacheKind::Build, _) => Part::Results,
        (CacheKind::Gopls | CacheKind::Staticcheck | CacheKind::GolangciLint, _) => Part::Tool,
    }
}

/// Go's own versions are told apart from modules.
pub(super) fn part_of_version(at: &str) -> Part {
    match at.split_once('@') {
        Some((TOOLCHAIN, _)) => Part::Toolchains,
        Some(_) => Part::Trees,
        None if at == TOOLCHAIN => Part::Toolchains,
        None => Part::Downloads,
    }
}

/// A short file.
fn text(folder: &Folder, name: &OsStr) -> Option<String> {
    let mut text = String::new();
    let file = folder.read(name).ok()?;
    file.take(INFO).read_to_string(&mut text).ok()?;
    Some(text)
}
