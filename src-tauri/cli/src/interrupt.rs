//! Ctrl-C: stops at once, except while a change is being made, and while there is something to report.

use std::{cell::Cell, pin::pin};

use tokio::sync::Notify;

use crate::refusal::{Own, Refusal};

/// Whether this is a moment to stop.
#[derive(Debug, Default)]
pub(crate) struct Interrupt {
    busy: Cell<bool>,
    wanted: Cell<bool>,
    /// Work that stops by itself when it is asked to is going on.
    heeded: Cell<bool>,
    pressed: Notify,
}

impl Interrupt {
    /// Runs `work` until it ends or Ctrl-C stops it.
    pub(crate) async fn watch<T>(
        &self,
        work: impl Future<Output = Result<T, Refusal>>,
    ) -> Result<T, Refusal> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                // a system that reports no signals ends the program by itself
                Ok(()) = tokio::signal::ctrl_c() => {
                    self.wanted.set(true);
                    // a second Ctrl-C does not wait for a report
                    if self.heeded.take() {
                        self.pressed.notify_one();
                        continue;
                    }
                    if !self.busy.get() {
                        return Err(Refusal::Own(Own::Interrupted {}));
                    }
                }
            }
        }
    }

    /// Makes a change: a Ctrl-C meanwhile comes too late, and what became of the change is told.
    pub(crate) async fn shield<T>(&self, change: impl Future<Output = T>) -> Result<T, Refusal> {
        if self.wanted.get() {
            return Err(Refusal::Own(Own::Interrupted {}));
        }
        self.busy.set(true);
        let changed = change.await;
        self.busy.set(false);
        Ok(changed)
    }

    /// Leaves the terminal to another program: a Ctrl-C meanwhile is for that one alone.
    pub(crate) async fn lend<T>(&self, work: impl Future<Output = T>) -> T {
        self.busy.set(true);
        let done = work.await;
        self.busy.set(false);
        self.wanted.set(false);
        done
    }

    /// Does work that has something to report even when it is stopped: a Ctrl-C meanwhile asks it to end.
    pub(crate) async fn heed<T>(&self, stop: impl FnOnce(), work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        self.heeded.set(true);
        let done = tokio::select! {
            biased;
            done = &mut work => Some(done),
            () = self.pressed.notified() => None,
        };
        match done {
            Some(done) => {
                self.heeded.set(false);
                done
            }
            None => {
                stop();
                work.await
            }
        }
    }
}
