//! Deleting a folder with all that is in it: any depth, any width, two threads when it pays.

mod node;
mod worker;

use std::{
    collections::HashSet,
    ffi::{CStr, CString},
    path::PathBuf,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rustix::io::Errno;

use super::folder::{Folder, Obstacle};
use crate::cache::{
    CacheError, Kept, Size,
    layout::Zone,
    remove::{Control, KEPT, Removal},
};
use node::Node;
use worker::Worker;

/// A second thread begins when so much is gone, and more is left.
const ALONE: u64 = 400;

/// How often the callers hear of it, and are asked whether to stop.
const PULSE: Duration = Duration::from_millis(20);
const NEWS: Duration = Duration::from_millis(100);

/// For how long folders are emptied again into which somebody puts something, at least.
const PERSISTENCE: Duration = Duration::from_secs(60);

/// Tells the caller now and then how far it is, and asks whether to stop.
pub(super) struct News<'a> {
    control: &'a Control<'a>,
    pulse: Option<Instant>,
    news: Instant,
}

/// What is deleted, and what is known of it so far; shared by the threads.
pub(super) struct Walk<'a> {
    control: &'a Control<'a>,
    /// Where the folder lies, as it is shown.
    shown: PathBuf,
    owner: u32,
    began: Instant,
    until: OnceLock<Instant>,
    files: AtomicU64,
    bytes: AtomicU64,
    apparent: AtomicU64,
    moved: AtomicU64,
    idle: AtomicUsize,
    stopped: AtomicBool,
    queue: Mutex<Queue>,
    wake: Condvar,
    kept: Mutex<(HashSet<PathBuf>, Removal)>,
}

/// Folders that one thread leaves to the other.
#[derive(Default)]
struct Queue {
    waiting: Vec<(Arc<Node>, CString)>,
    done: bool,
}

impl<'a> Walk<'a> {
    /// Deletes what has this name in `folder`, which lies where `shown` says and is what `zone` says: all that is Go's.
    pub(super) fn remove(
        control: &'a Control<'a>,
        folder: Folder,
        shown: PathBuf,
        name: &CStr,
        zone: Zone,
    ) -> Removal {
        let walk = Self {
            control,
            shown,
            owner: folder.is().owner,
            began: Instant::now(),
            until: OnceLock::new(),
            files: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            apparent: AtomicU64::new(0),
            moved: AtomicU64::new(0),
            idle: AtomicUsize::new(0),
            stopped: AtomicBool::new((control.stop)()),
            queue: Mutex::default(),
            wake: Condvar::new(),
            kept: Mutex::default(),
        };
        let base = Node::base(folder, zone);
        let shared = &walk;
        thread::scope(|scope| {
            let second = || {
                scope.spawn(move || Worker::new(shared, None).work(None));
            };
            let first = Some((base, name.to_owned()));
            Worker::new(shared, Some(&second)).work(first);
        });
        let size = walk.size();
        let (_, mut removal) = walk
            .kept
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        removal.size = size;
        removal.stopped = walk.stopped.into_inner();
        removal
    }

    fn size(&self) -> Size {
        Size {
            bytes: self.bytes.load(Ordering::Relaxed),
            apparent: self.apparent.load(Ordering::Relaxed),
            files: self.files.load(Ordering::Relaxed),
            estimated: false,
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nothing is left to do, or nothing may be done any more.
    fn end(&self) {
        self.queue().done = true;
        self.wake.notify_all();
    }

    /// Somebody may be putting things into a folder as fast as they go: that is not followed for ever.
    fn has_time(&self) -> bool {
        let until = self.until.get_or_init(|| {
            let spent = self.began.elapsed().saturating_mul(4);
            Instant::now() + spent.max(PERSISTENCE)
        });
        Instant::now() < *until
    }

    /// Leaves something where it is, and says so once.
    fn keep(&self, parent: &Node, name: &CStr, why: impl FnOnce(String) -> CacheError) {
        parent.keeps();
        let path = self.shown.join(parent.path()).join(super::path(name));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (seen, removal) = &mut *kept;
        if seen.len() < KEPT && !seen.insert(path.clone()) {
            return;
        }
        let path = path.display().to_string();
        removal.keep(Kept {
            reason: why(path.clone()),
            path,
        });
    }

    fn keep_for(&self, parent: &Node, name: &CStr, obstacle: Obstacle) {
        self.keep(parent, name, |path| super::reason(path, obstacle));
    }

    fn keep_refused(&self, parent: &Node, name: &CStr, errno: Errno) {
        self.keep_for(parent, name, Obstacle::System(errno));
    }
}

impl<'a> News<'a> {
    pub(super) fn new(control: &'a Control<'a>) -> Self {
        Self {
            control,
            pulse: None,
            news: Instant::now(),
        }
    }

    /// Whether the caller wants it to end; `size` is gone.
    pub(super) fn is_to_stop(&mut self, size: Size) -> bool {
        let now = Instant::now();
        if self.pulse.is_some_and(|last| now - last < PULSE) {
            return false;
        }
        self.pulse = Some(now);
        if now - self.news >= NEWS {
            self.news = now;
            (self.control.progress)(size);
        }
        (self.control.stop)()
    }
}
