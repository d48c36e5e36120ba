//! Moving a module cache: it is copied and compared, so that GOMODCACHE can be set to the copy. The old one is the deleter's,
//! afterwards.
//!
//! A record in the copy says of what it is one, until GOMODCACHE names it: so a copy that was interrupted goes on, and nothing
//! else is ever written into.

mod tree;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{CacheError, MoveEvent, MovePlan, Size, disk::Disks, plan::Seal};
use crate::host::{Host, fingerprint, replace};
use tree::{Item, Kind};

/// The record: the place of the cache that is copied, as text.
const RECORD: &str = ".gopherdesk-move";

/// How often the copy is compared with a cache that changes meanwhile.
const ROUNDS: u32 = 3;

/// How far apart two events are.
const PACE: Duration = Duration::from_millis(100);

/// A move, and how it is carried out.
#[derive(Debug, Clone)]
pub struct Move {
    /// As it is shown.
    pub plan: MovePlan,
    /// Where the cache is, links followed.
    pub from: PathBuf,
    /// Where it goes.
    pub to: PathBuf,
}

/// What came of the copying.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Files that are the same.
    pub files: u64,
    /// Their lengths, in bytes.
    pub bytes: u64,
    /// It was stopped: what was copied counts when it goes on.
    pub stopped: bool,
}

/// Who copies.
pub struct Mover<'a> {
    /// From where to where.
    pub job: &'a Move,
    /// Whether to end early.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told what happens.
    pub tell: &'a (dyn Fn(MoveEvent) + Sync),
    told: Mutex<Option<Instant>>,
}

impl Move {
    /// Plans a move of the cache in `from`, links followed, to the absolute folder `to`. Nothing is touched: what stands in
    /// the way is in the plan.
    pub fn plan(host: &Host, from: &Path, to: &Path, size: Size) -> Self {
        let to: PathBuf = to.components().collect();
        let resumed = is_ours(from, &to);
        let there = match resumed {
            true => {
                tree::items(&to).map_or(0, |items| items.flatten().map(|item| item.length()).sum())
            }
            false => 0,
        };
        let mut disks = Disks::default();
        disks.of(&to);
        let free = disks.list().first().map_or(0, |disk| disk.free);
        let path = host.short(&to);
        let refused = match () {
            () if !cfg!(unix) => Some(CacheError::SystemUnsupported {}),
            () if !to.is_absolute() || is_same_or_inside(from, &to) => {
                Some(CacheError::TargetInCache { path })
            }
            () if !resumed && !is_empty(&to) => Some(CacheError::TargetNotEmpty { path }),
            () if size.bytes.saturating_sub(there) > free => Some(CacheError::NoRoom { path }),
            () => None,
        };
        let name = format!("{} {from:?} {to:?}", host.now());
        Self {
            plan: MovePlan {
                id: fingerprint(name.as_bytes()).chars().take(16).collect(),
                from: host.short(from),
                to: host.short(&to),
                size,
                free,
                resumed,
                refused,
            },
            from: from.to_owned(),
            to,
        }
    }

    /// Takes the record away: the copy is a cache now.
    ///
    /// # Errors
    /// The system refuses.
    pub fn finish(&self) -> Result<(), CacheError> {
        let record = self.to.join(RECORD);
        fs::remove_file(&record).map_err(|reason| system(&record, &reason))
    }
}

impl<'a> Mover<'a> {
    /// Nothing is copied yet.
    pub const fn new(
        job: &'a Move,
        stop: &'a (dyn Fn() -> bool + Sync),
        tell: &'a (dyn Fn(MoveEvent) + Sync),
    ) -> Self {
        Self {
            job,
            stop,
            tell,
            told: Mutex::new(None),
        }
    }

    /// Copies, and compares every byte, until both are the same: modes and times of files too. Of an earlier copy to there
    /// what is complete stays.
    ///
    /// # Errors
    /// What stands in the way of the plan; the cache changes all the time; the system refuses.
    pub fn run(&self) -> Result<Copied, CacheError> {
        if let Some(refused) = &self.job.plan.refused {
            return Err(refused.clone());
        }
        self.record()?;
        let mut differs = None;
        for _ in 0..ROUNDS {
            let copied = self.walk(tree::copy, |files, bytes| MoveEvent::Copying {
                files,
                bytes,
            })?;
            if copied.stopped {
                return Ok(copied);
            }
            let different = Mutex::new(None);
            let compared = self.walk(
                |item, to| {
                    if !tree::is_same(item, to)? {
                        tree::forget(item, to)?;
                        let mut different =
                            different.lock().unwrap_or_else(PoisonError::into_inner);
                        different.get_or_insert_with(|| item.path.clone());
                    }
                    Ok(())
                },
                |files, _| MoveEvent::Comparing { files },
            )?;
            differs = different
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner);
            if compared.stopped || differs.is_none() {
                return Ok(compared);
            }
        }
        let path = differs.unwrap_or_default().display().to_string();
        Err(CacheError::CacheChanged { path })
    }

    fn record(&self) -> Result<(), CacheError> {
        let to = &self.job.to;
        fs::create_dir_all(to).map_err(|reason| system(to, &reason))?;
        // looked at again: this is the last moment before something is written
        if is_ours(&self.job.from, to) {
            return Ok(());
        }
        if !is_empty(to) {
            let path = to.display().to_string();
            return Err(CacheError::TargetNotEmpty { path });
        }
        let record = to.join(RECORD);
        let text = self.job.from.as_os_str().as_encoded_bytes();
        fs::File::create_new(&record)
            .and_then(|mut file| io::Write::write_all(&mut file, text))
            .map_err(|reason| system(&record, &reason))
    }

    /// Goes through the cache, and does something to each file and each folder, to folders after what is in them.
    fn walk(
        &self,
        work: impl Fn(&Item, &Path) -> io::Result<()>,
        event: impl Fn(u64, u64) -> MoveEvent,
    ) -> Result<Copied, CacheError> {
        let mut done = Copied::default();
        let from = &self.job.from;
        for item in tree::items(from).map_err(|reason| system(from, &reason))? {
            if (self.stop)() {
                done.stopped = true;
                return Ok(done);
            }
            let item = item.map_err(|reason| system(from, &reason))?;
            let path = || item.path.display().to_string();
            match item.kind {
                Kind::Strange => return Err(CacheError::EntryReplaced { path: path() }),
                Kind::Mounted => return Err(CacheError::MountedInside { path: path() }),
                Kind::Enter | Kind::Leave | Kind::File => {}
            }
            let inside = item.path.strip_prefix(from).unwrap_or(&item.path);
            match work(&item, &self.job.to.join(inside)) {
                Ok(()) => {}
                // Go took it away meanwhile
                Err(reason) if reason.kind() == io::ErrorKind::NotFound && !item.path.exists() => {
                    continue;
                }
                Err(reason) => return Err(system(&item.path, &reason)),
            }
            if item.kind == Kind::File {
                done.files += 1;
                done.bytes += item.length();
            }
            self.pass(|| event(done.files, done.bytes));
        }
        Ok(done)
    }

    fn pass(&self, event: impl Fn() -> MoveEvent) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|at| at.elapsed() >= PACE) {
            *told = Some(Instant::now());
            (self.tell)(event());
        }
    }
}

fn system(path: &Path, reason: &io::Error) -> CacheError {
    CacheError::CacheSystem {
        path: path.display().to_string(),
        reason: reason.to_string(),
    }
}

/// What lies there is an interrupted copy of this cache.
fn is_ours(from: &Path, to: &Path) -> bool {
    let record = replace::read(&to.join(RECORD), 1 << 16).ok().flatten();
    record.is_some_and(|text| text == from.as_os_str().as_encoded_bytes())
}

/// Nothing is there, or a folder with nothing in it.
fn is_empty(to: &Path) -> bool {
    match fs::read_dir(to) {
        Ok(mut entries) => entries.next().is_none(),
        Err(reason) => reason.kind() == io::ErrorKind::NotFound,
    }
}

/// One of them holds the other, by what they are and not by their names.
fn is_same_or_inside(from: &Path, to: &Path) -> bool {
    let resolved = |path: &Path| {
        let there = path
            .ancestors()
            .find_map(|above| fs::canonicalize(above).ok());
        there.unwrap_or_default()
    };
    let seals = |path: &Path| -> Vec<_> { path.ancestors().filter_map(Seal::of).collect() };
    let (from_resolved, to_resolved) = (resolved(from), resolved(to));
    let (above_from, above_to) = (seals(&from_resolved), seals(&to_resolved));
    let holds = |above: &[Seal], seal: Option<Seal>| seal.is_some_and(|seal| above.contains(&seal));
    holds(&above_to, Seal::of(&from_resolved))
        || (to.exists() && holds(&above_from, Seal::of(&to_resolved)))
}
