//! Mirrors: the use cases.

use super::App;
use crate::{
    error::Error,
    jobs::Job,
    mirror::{
        Mirrors,
        report::{MirrorEvent, TestReport, Workload},
        test::TestMirrors,
    },
    progress::Observer,
};

impl App {
    /// Every mirror: the shipped ones and the user's own.
    ///
    /// # Errors
    /// None today: what cannot be read is a state of the answer.
    pub async fn mirror_list(&self, (): ()) -> Result<Mirrors, Error> {
        Ok(Mirrors::default())
    }

    /// Measures mirrors.
    ///
    /// # Errors
    /// A mirror is unknown. One that fails is an answer.
    pub async fn mirror_test(
        &self,
        _wish: TestMirrors,
        job: &Job,
        _observer: &impl Observer<MirrorEvent>,
    ) -> Result<TestReport, Error> {
        Ok(TestReport {
            mirrors: Vec::new(),
            ranking: Vec::new(),
            recommended: None,
            cancelled: job.cancel.is_cancelled(),
            interrupted: false,
            workload: Workload {
                modules: 120,
                bytes: 25_000_000,
                parallel: 1,
                project: None,
            },
            bytes_used: 0,
            elapsed_ms: 0.0,
            at: String::new(),
        })
    }
}
