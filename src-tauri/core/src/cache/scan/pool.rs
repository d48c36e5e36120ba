//! Threads that share what is left to look at: few, and more when the disk keeps them waiting.

use std::{
    collections::VecDeque,
    num::NonZeroUsize,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// At most so many threads.
const MOST: usize = 16;

/// A thread that looks at fewer names a second waits for its disk.
const SLOW: u64 = 12_000;

/// How often somebody is told.
const TELLING: Duration = Duration::from_millis(100);

/// What is left, and who is at work.
#[derive(Debug)]
pub(super) struct Pool<T> {
    queue: Mutex<Queue<T>>,
    /// There is more to do, or nothing any more.
    changed: Condvar,
    /// Nothing is left.
    done: Condvar,
    /// Names that were looked at.
    pub(super) looked: AtomicU64,
}

#[derive(Debug)]
struct Queue<T> {
    /// The next one is at the back.
    waiting: VecDeque<T>,
    busy: usize,
    ended: bool,
}

impl<T: Send> Pool<T> {
    pub(super) fn new(tasks: impl IntoIterator<Item = T>) -> Self {
        Self {
            queue: Mutex::new(Queue {
                waiting: tasks.into_iter().collect(),
                busy: 0,
                ended: false,
            }),
            changed: Condvar::new(),
            done: Condvar::new(),
            looked: AtomicU64::new(0),
        }
    }

    /// Something to do next: what was found last is the nearest, and its folders are still open.
    pub(super) fn next(&self, task: T) {
        self.lock().waiting.push_back(task);
        self.changed.notify_one();
    }

    /// Something to do when there is nothing else.
    pub(super) fn last(&self, task: T) {
        self.lock().waiting.push_front(task);
        self.changed.notify_one();
    }

    /// Does everything, and calls `meanwhile` ten times a second on the caller's thread.
    pub(super) fn run(&self, work: &(dyn Fn(T) + Sync), meanwhile: &mut dyn FnMut()) {
        let processors = thread::available_parallelism().map_or(2, NonZeroUsize::get);
        thread::scope(|scope| {
            let mut threads = processors.clamp(2, MOST);
            for _ in 0..threads {
                scope.spawn(|| self.work(work));
            }
            let (mut since, mut before) = (Instant::now(), 0);
            while !self.wait() {
                meanwhile();
                let looked = self.looked.load(Ordering::Relaxed);
                let millis = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
                let rate = (looked - before).saturating_mul(1000) / millis.max(1);
                if threads < MOST && rate < SLOW * threads as u64 {
                    scope.spawn(|| self.work(work));
                    threads += 1;
                }
                (since, before) = (Instant::now(), looked);
            }
        });
    }

    /// Whether everything is done, after a while.
    fn wait(&self) -> bool {
        let begun = Instant::now();
        let mut queue = self.lock();
        while !queue.ended {
            let Some(left) = TELLING.checked_sub(begun.elapsed()) else {
                return false;
            };
            let waited = self.done.wait_timeout(queue, left);
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn work(&self, work: &(dyn Fn(T) + Sync)) {
        while let Some(task) = self.take() {
            // also when it panics the others must not wait for it
            let _done = Busy(self);
            work(task);
        }
    }

    fn take(&self) -> Option<T> {
        let mut queue = self.lock();
        loop {
            if let Some(task) = queue.waiting.pop_back() {
                queue.busy += 1;
                return Some(task);
            }
            if queue.busy == 0 {
                queue.ended = true;
                self.changed.notify_all();
                self.done.notify_all();
                return None;
            }
            let waited = self.changed.wait(queue);
            queue = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue<T>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Busy<'a, T: Send>(&'a Pool<T>);

impl<T: Send> Drop for Busy<'_, T> {
    fn drop(&mut self) {
        let mut queue = self.0.lock();
        queue.busy -= 1;
        if queue.busy == 0 && queue.waiting.is_empty() {
            drop(queue);
            self.0.changed.notify_all();
        }
    }
}
