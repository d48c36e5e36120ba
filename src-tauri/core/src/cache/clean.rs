//! Carrying out a plan.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant, UNIX_EPOCH},
};

use jiff::Timestamp;

use super::{
    CacheError, CacheId, CleanEvent, Kept, Part, Removed, Size,
    aside::{Asides, Leaving},
    plan::{Act, Deed, Draft},
    remove::{Control, Guard, PATIENCE, Removal, Root},
};
use crate::{error::Error, host::Host};

/// How often it is told how far it is.
const PACE: Duration = Duration::from_millis(100);

/// How many things are deleted at once: more than two gain nothing, for the disk's journal is one.
const THREADS: usize = 2;

/// Who carries it out.
#[derive(Clone, Copy)]
pub struct Cleaner<'a> {
    /// The machine.
    pub host: &'a Host,
    /// What is never touched.
    pub guard: &'a Guard,
    /// What left its place.
    pub asides: &'a Asides,
    /// Whether to end early.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told what happens.
    pub tell: &'a (dyn Fn(CleanEvent) + Sync),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Cleaned {
    /// What is gone from its place.
    pub removed: Vec<Removed>,
    /// What is left.
    pub kept: Vec<Kept>,
    /// What is free again.
    pub size: Size,
    /// It ended early.
    pub stopped: bool,
    /// By this what left as a whole is put back or deleted.
    pub aside: Option<String>,
}

impl Cleaner<'_> {
    /// Does what was planned, and nothing else: what is not what it was when it was shown stays, and is named.
    pub fn carry_out(&self, draft: &Draft) -> Cleaned {
        (self.tell)(CleanEvent::Started {
            size: draft.plan.size,
        });
        let mut done = Cleaned::default();
        let roots = self.roots(draft, &mut done);
        let (whole, single): (Vec<_>, Vec<_>) = draft
            .acts
            .iter()
            .filter_map(|act| Some((act, roots.get(&act.place.id)?)))
            .partition(|(act, _)| matches!(act.deed, Deed::Whole { .. }));
        if let Err(reason) = self.set_aside(draft, &whole, &mut done) {
            // nothing has moved without its record
            let path = whole.first().map(|(act, _)| act.name.clone());
            done.kept.push(Kept {
                path: path.clone().unwrap_or_default(),
                reason: CacheError::CacheSystem {
                    path: path.unwrap_or_default(),
                    reason: reason.to_string(),
                },
            });
        }
        let progress = Progress {
            tell: self.tell,
            state: Mutex::new((Size::default(), Instant::now())),
        };
        let (work, done) = (Mutex::new(single.into_iter()), Mutex::new(done));
        let next = || work.lock().unwrap_or_else(PoisonError::into_inner).next();
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    while !(self.stop)()
                        && let Some((act, root)) = next()
                    {
                        let removal = self.one(act, root, &progress);
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        done.add(self.host, act, removal);
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        // what nobody came to is named as well
        let left = work.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (act, _) in left {
            done.stopped = true;
            let path = act.name.clone();
            done.kept.push(Kept {
                path: path.clone(),
                reason: CacheError::CleaningStopped { path },
            });
        }
        done
    }

    /// Every cache of the plan, opened once; one that is not what it was is left alone as a whole.
    fn roots(&self, draft: &Draft, done: &mut Cleaned) -> BTreeMap<CacheId, Root> {
        let mut roots = BTreeMap::new();
        let mut refused = BTreeSet::new();
        for act in &draft.acts {
            let id = &act.place.id;
            if roots.contains_key(id) || refused.contains(id) {
                continue;
            }
            let path = self.host.short(&act.place.path);
            let opened = Root::open(&act.place.path, act.place.kind, self.guard);
            let opened = opened.and_then(|root| match root.seal() == act.root {
                true => Ok(root),
                false => Err(CacheError::CacheChanged { path: path.clone() }),
            });
            match opened {
                Ok(root) => drop(roots.insert(id.clone(), root)),
                Err(reason) => {
                    refused.insert(id.clone());
                    done.kept.push(Kept { path, reason });
                }
            }
        }
        roots
    }

    /// Whole caches leave their places together, and come back together.
    fn set_aside(
        &self,
        draft: &Draft,
        whole: &[(&Act, &Root)],
        done: &mut Cleaned,
    ) -> Result<(), Error> {
        let mut leaving = Vec::new();
        for (act, root) in whole {
            let Deed::Whole { names } = &act.deed else {
                continue;
            };
            let own = &root.recognised().own;
            if !own.iter().all(|name| names.contains(Path::new(name))) {
                let path = act.name.clone();
                done.kept.push(Kept {
                    path: path.clone(),
                    reason: CacheError::CacheChanged { path },
                });
                continue;
            }
            let mut sums: BTreeMap<Part, Size> = BTreeMap::new();
            for item in &draft.plan.items {
                if item.cache == act.place.id {
                    *sums.entry(item.part).or_default() += item.size;
                }
            }
            let removed = sums.into_iter().map(|(part, size)| Removed {
                kind: act.place.kind,
                part,
                path: act.name.clone(),
                bytes: size.bytes,
                files: size.files,
            });
            leaving.push(Leaving {
                root,
                removed: removed.collect(),
                size: act.size,
                fuzz: false,
            });
        }
        if leaving.is_empty() || (self.stop)() {
            return Ok(());
        }
        let removed: Vec<_> = leaving
            .iter()
            .flat_map(|cache| cache.removed.clone())
            .collect();
        let aside = self.asides.set_aside(leaving)?;
        if aside.id.is_some() {
            done.removed.extend(removed);
        }
        done.aside = aside.id;
        done.kept.extend(aside.kept);
        Ok(())
    }

    fn one(&self, act: &Act, root: &Root, progress: &Progress<'_>) -> Removal {
        let told = |size| progress.tell(&act.name, size);
        let control = Control {
            stop: self.stop,
            progress: &told,
            patience: PATIENCE,
        };
        let removal = match &act.deed {
            Deed::Version { version, .. } => root.remove_version(version, &control),
            Deed::Clone { path } => root.remove_clone(path, &control),
            Deed::Leftover { path } => root.remove_leftover(path, &control),
            Deed::Built { files, shown, .. } => {
                let files = files.iter().map(|file| file.path.as_path());
                let since = shown.duration_since(Timestamp::UNIX_EPOCH).unsigned_abs();
                root.remove_built(files, UNIX_EPOCH.checked_add(since), &control)
            }
            Deed::Fuzz => root.remove("fuzz".as_ref(), &control),
            Deed::Whole { .. } => Removal::default(),
        };
        progress.add(&act.name, removal.size);
        removal
    }
}

/// Sums over everything that is deleted.
struct Progress<'a> {
    tell: &'a (dyn Fn(CleanEvent) + Sync),
    state: Mutex<(Size, Instant)>,
}

impl Progress<'_> {
    /// How far something is that is not at its end.
    fn tell(&self, name: &str, size: Size) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.1.elapsed() >= PACE {
            state.1 = Instant::now();
            let sum = state.0 + size;
            drop(state);
            self.notify(name, sum);
        }
    }

    /// What came to its end.
    fn add(&self, name: &str, size: Size) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 += size;
        let due = state.1.elapsed() >= PACE;
        let sum = state.0;
        if due {
            state.1 = Instant::now();
        }
        drop(state);
        if due {
            self.notify(name, sum);
        }
    }

    fn notify(&self, name: &str, sum: Size) {
        (self.tell)(CleanEvent::Removing {
            files: sum.files,
            bytes: sum.bytes,
            name: name.to_owned(),
        });
    }
}

impl Cleaned {
    fn add(&mut self, host: &Host, act: &Act, removal: Removal) {
        if removal.size.files > 0 || removal.size.bytes > 0 {
            self.removed.push(Removed {
                kind: act.place.kind,
                part: act.part(),
                path: host.short(&act.path()),
                bytes: removal.size.bytes,
                files: removal.size.files,
            });
        }
        self.size += removal.size;
        self.stopped |= removal.stopped;
        self.kept.extend(removal.kept);
    }
}
