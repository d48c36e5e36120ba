//! The extracted tree of a version.

use std::{
    ffi::OsStr,
    sync::{Arc, MutexGuard, PoisonError},
};

use super::{
    Shared, Task, folder::About, index::Index, modules::part_of_version, rows::Tree, times, zip,
};
use crate::cache::{Part, Size};

/// Between the name of a version and the number of an extraction that has not ended.
const UNDONE: &str = ".tmp-";

impl Shared<'_> {
    /// A tree, or what is left of an extraction.
    pub(super) fn tree(&self, task: &Task) {
        let counting = &self.caches[task.cache];
        let Some(above) = &task.above else {
            return;
        };
        let (_, version) = task.at.rsplit_once('@').unwrap_or_default();
        if version.contains(UNDONE) {
            if let Some((about, folder)) = self.open(task) {
                let size = self.count(task, folder, &about);
                counting.tally().add(Part::Leftovers, size, 1);
                self.entry(task.cache, Part::Leftovers, &task.at, &task.at, size);
            }
            return;
        }
        let about = match above.about(&task.name) {
            Ok(about) if about.is_folder => about,
            _ => return,
        };
        let Some(size) = self
            .known(task, &about)
            .or_else(|| self.walked(task, &about))
        else {
            return;
        };
        counting.tally().add(part_of_version(&task.at), size, 1);
        counting.found().trees.push(Tree {
            at: task.at.clone(),
            size,
            fetched: about.modified,
            read: self.last_read(task.cache, &about),
        });
    }

    /// From the last scan, or from the zip.
    fn known(&self, task: &Task, about: &About) -> Option<Size> {
        if self.exact || about.is_mount {
            return None;
        }
        let counting = &self.caches[task.cache];
        let place = &counting.place.id;
        if let Some(size) = self.index().find(place, &task.at, about) {
            return Some(size);
        }
        let (module, version) = task.at.rsplit_once('@')?;
        let file = format!("cache/download/{module}/@v/{version}.zip");
        let file = counting.top.get()?.read(OsStr::new(&file)).ok()?;
        let size = zip::tree(file)?;
        self.index().note(place, &task.at, about, size);
        Some(size)
    }

    fn walked(&self, task: &Task, about: &About) -> Option<Size> {
        let (_, folder) = self.open(task)?;
        let size = self.count(task, folder, about);
        if !self.counter.is_stopped() {
            let place = &self.caches[task.cache].place.id;
            self.index().note(place, &task.at, about, size);
        }
        Some(size)
    }

    /// What earlier scans know.
    pub(super) fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn last_read(&self, cache: usize, about: &About) -> Option<jiff::Timestamp> {
        let is_kept = self.caches[cache].keeps_times;
        is_kept.then(|| times::read(about, self.now)).flatten()
    }

    /// Keeps the top of a cache at hand.
    pub(super) fn keep_top(&self, cache: usize, top: &Arc<super::folder::Folder>) {
        // there is one top, and it is opened once
        let _ = self.caches[cache].top.set(Arc::clone(top));
    }
}
