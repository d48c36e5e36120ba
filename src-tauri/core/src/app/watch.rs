//! Changes that others make: `go env -w` in a terminal, an edited start-up file.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Duration,
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::ModifyKind};
use serde::Serialize;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::timeout,
};

use super::App;
use crate::{
    environment, error::Error, jobs::Job, progress::Observer, shadow::startup, store::StoreError,
};

/// Writers touch a file several times in a row (truncate, write, rename): one report for all of it.
const QUIET: Duration = Duration::from_millis(120);

/// How often folders are looked for that appear just now; each look finds at least one that the last did not.
const LOOKS: usize = 16;

/// Something changed outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "overview.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum WorldEvent {
    /// Watching has begun: what is read from now on cannot be missed.
    Watching {},
    /// Read the overview again.
    Changed {},
}

impl App {
    /// Watches the GOENV file, the start-up files and the program's own files until the job is cancelled.
    ///
    /// # Errors
    /// The system has no watches to give.
    pub async fn world_watch(
        &self,
        (): (),
        job: &Job,
        observer: &impl Observer<WorldEvent>,
    ) -> Result<(), Error> {
        let mut watch = Watch::new(self.watched_files())?;
        observer.notify(WorldEvent::Watching {});
        loop {
            tokio::select! {
                () = job.cancel.cancelled() => return Ok(()),
                () = watch.changed() => {
                    // first, so that nothing is missed between the report and the next change: a link may lead
                    // elsewhere now, and a missing folder may exist
                    watch.follow(self.watched_files());
                    observer.notify(WorldEvent::Changed {});
                }
            }
        }
    }

    fn watched_files(&self) -> BTreeSet<PathBuf> {
        let mut files: BTreeSet<_> = startup::files(&self.host).into_iter().collect();
        files.extend(environment::file::locate(&self.host));
        files.insert(self.host.folders.config.join("settings.json"));
        files.insert(self.host.folders.state.join("history.jsonl"));
        let targets: Vec<_> = files
            .iter()
            .filter_map(|file| file.canonicalize().ok())
            .collect();
        files.extend(targets);
        files
    }
}

/// Watches folders, because a file that is replaced as a whole takes a watch on itself along.
struct Watch {
    watcher: RecommendedWatcher,
    events: UnboundedReceiver<notify::Result<Event>>,
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    fn new(files: BTreeSet<PathBuf>) -> Result<Self, StoreError> {
        let (sender, events) = unbounded_channel();
        // the other end is gone only when the watch itself is
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event)));
        let unusable = |reason: notify::Error| StoreError::StoreUnusable {
            path: "file watches".to_owned(),
            reason: reason.to_string(),
        };
        let mut watch = Self {
            watcher: watcher.map_err(unusable)?,
            events,
            files: BTreeSet::new(),
            folders: BTreeSet::new(),
        };
        watch.follow(files);
        Ok(watch)
    }

    /// Watches the nearest existing folder above each of `files`; one that cannot be watched is passed over, because
    /// the window also reads anew whenever it is looked at.
    fn follow(&mut self, files: BTreeSet<PathBuf>) {
        self.follow_as(files, existing_folder);
    }

    /// The same, told by `nearest` which folders exist.
    fn follow_as(&mut self, files: BTreeSet<PathBuf>, nearest: impl Fn(&Path) -> Option<PathBuf>) {
        self.files = files;
        // nobody tells of a folder that appears after the look and before the watch, so it is looked again until
        // nothing new is there
        for _ in 0..LOOKS {
            let folders: BTreeSet<_> = self.files.iter().filter_map(|file| nearest(file)).collect();
            if folders == self.folders {
                return;
            }
            for gone in self.folders.difference(&folders) {
                drop(self.watcher.unwatch(gone));
            }
            for new in folders.difference(&self.folders) {
                if let Err(reason) = self.watcher.watch(new, RecursiveMode::NonRecursive) {
                    tracing::warn!(folder = %new.display(), %reason, "cannot watch");
                }
            }
            self.folders = folders;
        }
    }

    /// Returns after something that matters has changed and the writer has come to rest.
    async fn changed(&mut self) {
        let mut matters = false;
        loop {
            let event = if matters {
                match timeout(QUIET, self.events.recv()).await {
                    Ok(event) => event,
                    Err(_) => return,
                }
            } else {
                self.events.recv().await
            };
            match event {
                Some(Ok(event)) => {
                    self.forget_moved(&event);
                    matters |= self.concerns(&event);
                }
                // events were lost: anything may have changed
                Some(Err(_)) => matters = true,
                None => std::future::pending().await,
            }
        }
    }

    /// A watch ends with its folder; another one of that name needs a watch of its own.
    fn forget_moved(&mut self, event: &Event) {
        let moved = matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        for path in event.paths.iter().filter(|_| moved) {
            if self.folders.remove(path) {
                drop(self.watcher.unwatch(path));
            }
        }
    }

    fn concerns(&self, event: &Event) -> bool {
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        // a folder that appears on the way to a file counts as well
        event
            .paths
            .iter()
            .any(|path| self.files.iter().any(|file| file.starts_with(path)))
    }
}

fn existing_folder(file: &Path) -> Option<PathBuf> {
    file.ancestors()
        .skip(1)
        .find(|folder| folder.is_dir())
        .map(Path::to_owned)
}

#[cfg(test)]
mod tests;
