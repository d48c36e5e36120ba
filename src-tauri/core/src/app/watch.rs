//! Changes that others make: `go env -w` in a terminal, an edited start-up file.

use serde::Serialize;

use super::App;
use crate::{error::Error, jobs::Job, progress::Observer};

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
    /// Watches the GOENV file and the start-up files until the job is cancelled.
    ///
    /// # Errors
    /// The system has no more watches to give.
    pub async fn world_watch(
        &self,
        (): (),
        job: &Job,
        observer: &impl Observer<WorldEvent>,
    ) -> Result<(), Error> {
        let _ = (job, observer);
        todo!()
    }
}
