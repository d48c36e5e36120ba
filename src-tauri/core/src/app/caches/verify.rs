//! Damaged modules, and their repair.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError},
    time::Instant,
};

use crate::{
    app::App,
    cache::{
        CacheError, CacheKind, CachePlan, Scanned, VerifyCaches, VerifyEvent, VerifyReport,
        choose::Chooser,
        verify::{self, Sums, Target},
    },
    error::Error,
    jobs::Job,
    progress::Observer,
    project::read,
};

impl App {
    /// Compares the modules of the last scan with what Go recorded of them, and with the `go.sum` of the user's projects. What
    /// was found when it is stopped is the answer. Nothing is written.
    ///
    /// # Errors
    /// Nothing was scanned; a cache or a version has no such name.
    pub async fn cache_verify(
        &self,
        wish: VerifyCaches,
        job: &Job,
        observer: &(impl Observer<VerifyEvent> + ?Sized),
    ) -> Result<VerifyReport, Error> {
        let begun = Instant::now();
        let targets = targets(self.scanned()?.as_ref(), &wish)?;
        let sums = self.sums().await?;
        let cancel = job.cancel.clone();
        let verified = self
            .telling(observer, move |tell| {
                Ok(verify::verify(&targets, &sums, &cancel, tell))
            })
            .await?;
        let mut damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        *damaged = verified
            .damaged
            .iter()
            .map(|version| (version.id.clone(), version.faults.clone()))
            .collect();
        Ok(VerifyReport {
            versions: u32::try_from(verified.versions).unwrap_or(u32::MAX),
            damaged: verified.damaged,
            cancelled: job.cancel.is_cancelled(),
            elapsed_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    /// Plans to delete what is damaged, and no more, so that Go makes it anew.
    ///
    /// # Errors
    /// Nothing was scanned; the last verification found none of that name damaged.
    pub async fn cache_repair(&self, versions: Vec<String>) -> Result<CachePlan, Error> {
        let scanned = self.scanned()?;
        let damaged = {
            let known = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
            let found = versions
                .into_iter()
                .map(|version| match known.get(&version) {
                    Some(faults) => Ok((version, faults.clone())),
                    None => Err(CacheError::UnknownVersion { version }),
                });
            found.collect::<Result<Vec<_>, _>>()?
        };
        let circumstances = self.circumstances(&scanned).await;
        let chooser = Chooser {
            scanned: &scanned,
            circumstances: &circumstances,
        };
        let choice = chooser.repairs(&damaged)?;
        self.cleaning(&scanned, circumstances, choice).await
    }

    /// Every `go.sum` of the projects that were named; what cannot be read knows nothing.
    async fn sums(&self) -> Result<Arc<Sums>, Error> {
        let kept = self.own_projects.load().value;
        let (host, workspaces) = (self.host.clone(), self.has_workspaces());
        self.off_thread(move || {
            let mut sums = Sums::default();
            for project in kept.list() {
                if let Ok(contents) = read::read(&project.path, workspaces) {
                    sums.add(host.short(&project.path), &contents);
                }
            }
            Ok(Arc::new(sums))
        })
        .await
    }
}

/// What was asked for, in the order of the scan.
fn targets(scanned: &Scanned, wish: &VerifyCaches) -> Result<Vec<Target>, CacheError> {
    let places = scanned.places.iter();
    let places: Vec<_> = places
        .filter(|place| place.kind == CacheKind::Modules)
        .collect();
    if let Some(unknown) = wish
        .caches
        .iter()
        .find(|id| !scanned.places.iter().any(|place| place.id == **id))
    {
        let cache = unknown.clone();
        return Err(CacheError::UnknownCache { cache });
    }
    let rows = &scanned.inventory.versions;
    let wanted: BTreeSet<_> = wish.versions.iter().collect();
    if let Some(unknown) = wish
        .versions
        .iter()
        .find(|id| !rows.iter().any(|row| row.id == **id))
    {
        let version = unknown.clone();
        return Err(CacheError::UnknownVersion { version });
    }
    let is_wanted = |id: &String, cache: &String| {
        let named = wanted.is_empty() || wanted.contains(id);
        named && (wish.caches.is_empty() || wish.caches.contains(cache))
    };
    let rows = rows.iter().filter(|row| is_wanted(&row.id, &row.cache));
    let targets = rows.filter_map(|row| {
        let place = places.iter().find(|place| place.id == row.cache)?;
        Some(Target {
            id: row.id.clone(),
            place: (*place).clone(),
            // what is no module was made by nobody's go
            module: format!("{}@{}", row.module, row.version).parse().ok()?,
        })
    });
    Ok(targets.collect())
}
