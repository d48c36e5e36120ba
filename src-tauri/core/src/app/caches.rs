//! Caches: the use cases.

mod plan;
mod scan;
mod usage;

use std::sync::{Arc, PoisonError};

use super::App;
use crate::{
    cache::{
        Aside, CacheError, CachePlan, CleanCaches, CleanEvent, CleanReport, Restored, Scanned,
        VerifyCaches, VerifyEvent, VerifyReport,
    },
    error::Error,
    jobs::Job,
    progress::Observer,
};

impl App {
    /// Carries out a plan that was shown.
    ///
    /// # Errors
    /// The plan is unknown, what it names changed, or Go is running.
    pub async fn cache_clean(
        &self,
        _wish: CleanCaches,
        _job: &Job,
        _observer: &impl Observer<CleanEvent>,
    ) -> Result<CleanReport, Error> {
        Err(CacheError::CachePlanUnknown {}.into())
    }

    /// What left its place and is not deleted yet.
    ///
    /// # Errors
    /// None today.
    pub async fn cache_asides(&self, (): ()) -> Result<Vec<Aside>, Error> {
        Ok(Vec::new())
    }

    /// Puts back what was set aside.
    ///
    /// # Errors
    /// There is no such thing any more.
    pub async fn cache_restore(&self, _id: String) -> Result<Restored, Error> {
        Err(CacheError::NothingAside {}.into())
    }

    /// Deletes what was set aside.
    ///
    /// # Errors
    /// There is no such thing any more.
    pub async fn cache_purge(
        &self,
        _id: String,
        _job: &Job,
        _observer: &impl Observer<CleanEvent>,
    ) -> Result<CleanReport, Error> {
        Err(CacheError::NothingAside {}.into())
    }

    /// Compares modules with their hashes.
    ///
    /// # Errors
    /// A name is unknown.
    pub async fn cache_verify(
        &self,
        _wish: VerifyCaches,
        _job: &Job,
        _observer: &impl Observer<VerifyEvent>,
    ) -> Result<VerifyReport, Error> {
        Err(CacheError::SystemUnsupported {}.into())
    }

    /// Plans to delete what is damaged, so that Go makes it anew.
    ///
    /// # Errors
    /// A name is unknown.
    pub async fn cache_repair(&self, _versions: Vec<String>) -> Result<CachePlan, Error> {
        Err(CacheError::NotScanned {}.into())
    }

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
}
