//! Ctrl-C: stops at once, except while a change is being made.

use std::{cell::Cell, pin::pin};

use crate::refusal::{Own, Refusal};

/// Whether this is a moment to stop.
#[derive(Debug, Default)]
pub(crate) struct Interrupt {
    busy: Cell<bool>,
    wanted: Cell<bool>,
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
}
