//! Work that can be cancelled from outside, by an id its caller chose.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio_util::sync::CancellationToken;

/// Names one run. Minted by the caller, so that it can cancel before the first event arrives.
pub type JobId = String;

/// The number tells two runs of one id apart.
type Running = Mutex<HashMap<JobId, (u64, CancellationToken)>>;

/// Everything that can be cancelled right now.
#[derive(Debug, Default)]
pub struct Jobs {
    running: Arc<Running>,
    started: AtomicU64,
}

/// One cancellable run; leaves [`Jobs`] when dropped.
#[derive(Debug)]
pub struct Job {
    id: JobId,
    number: u64,
    running: Arc<Running>,
    /// Fires when somebody asked for the end of this run.
    pub cancel: CancellationToken,
}

impl Jobs {
    /// Registers a run. A second run under the same id cancels the first: its caller has let go of it.
    pub fn start(&self, id: JobId) -> Job {
        let cancel = CancellationToken::new();
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let former = lock(&self.running).insert(id.clone(), (number, cancel.clone()));
        if let Some((_, former)) = former {
            former.cancel();
        }
        Job {
            id,
            number,
            running: Arc::clone(&self.running),
            cancel,
        }
    }

    /// Asks the run to end; an id that is not running is no error, it may just have ended.
    pub fn cancel(&self, id: &str) {
        if let Some((_, token)) = lock(&self.running).get(id) {
            token.cancel();
        }
    }

    /// Asks every run to end, as when the window closes.
    pub fn cancel_all(&self) {
        lock(&self.running)
            .values()
            .for_each(|(_, token)| token.cancel());
    }

    /// How many runs have not ended.
    pub fn count(&self) -> usize {
        lock(&self.running).len()
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        let mut running = lock(&self.running);
        // a job that was replaced must not remove its successor
        if running
            .get(&self.id)
            .is_some_and(|(number, _)| *number == self.number)
        {
            running.remove(&self.id);
        }
    }
}

fn lock(running: &Running) -> MutexGuard<'_, HashMap<JobId, (u64, CancellationToken)>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_ends_with_its_guard() {
        let jobs = Jobs::default();
        let job = jobs.start("one".into());
        jobs.cancel("one");
        assert!(job.cancel.is_cancelled(), "asked for by its id");
        drop(job);
        assert_eq!(jobs.count(), 0, "a finished job cannot be cancelled");
    }

    #[test]
    fn a_second_start_replaces_the_first() {
        let jobs = Jobs::default();
        let first = jobs.start("same".into());
        let second = jobs.start("same".into());
        assert!(first.cancel.is_cancelled(), "its caller has let go of it");
        drop(first);
        assert_eq!(jobs.count(), 1, "the end of the first leaves the second");
        jobs.cancel_all();
        assert!(second.cancel.is_cancelled(), "all means all");
    }
}
