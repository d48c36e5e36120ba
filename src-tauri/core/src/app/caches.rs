//! Caches: the use cases.

mod clean;
mod plan;
mod relocate;
mod running;
mod scan;
mod usage;
mod verify;

pub use relocate::MoveReport;

use std::sync::{Arc, PoisonError};

use super::App;
use crate::{
    cache::{CacheError, Scanned},
    error::Error,
    progress::Observer,
};

impl App {
    /// What the last scan saw.
    fn scanned(&self) -> Result<Arc<Scanned>, CacheError> {
        let scanned = self.scanned.lock().unwrap_or_else(PoisonError::into_inner);
        scanned.clone().ok_or(CacheError::NotScanned {})
    }

    /// Keeps what a scan saw, for the plans that follow.
    fn keep_scanned(&self, scanned: Arc<Scanned>) {
        let mut kept = self.scanned.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(scanned);
    }

    /// Does work on a thread that may wait. What it tells comes over a channel, because an observer need not outlive the
    /// call.
    async fn telling<E: Send + 'static, T: Send + 'static>(
        &self,
        observer: &(impl Observer<E> + ?Sized),
        work: impl FnOnce(&(dyn Fn(E) + Sync)) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
        // nobody listens any more once the call was dropped
        let work = self.off_thread(move || work(&move |event| drop(sender.send(event))));
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                biased;
                Some(event) = events.recv() => observer.notify(event),
                done = &mut work => {
                    // what was told between the two looks
                    while let Ok(event) = events.try_recv() {
                        observer.notify(event);
                    }
                    return done;
                }
            }
        }
    }
}
