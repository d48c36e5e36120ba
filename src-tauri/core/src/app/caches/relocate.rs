//! Moving the module cache to another place.

use std::{path::PathBuf, sync::Arc};

use serde::Serialize;

use crate::{
    app::App,
    cache::{
        CacheError, CacheKind, CachePlan, MoveCache, MoveEvent, MovePlan, Owner, PlanCaches, Tier,
        relocate::{Move, Mover},
    },
    environment::{Change, CheckValue, PlanEnvironment},
    error::Error,
    jobs::Job,
    plan::{ApplyPlan, OutcomeResult},
    progress::Observer,
};

/// What is set to the copy.
const NAME: &str = "GOMODCACHE";

/// What came of a move.
#[derive(Debug, Serialize)]
pub struct MoveReport {
    /// From where, as it is shown.
    pub from: String,
    /// To where, as it is shown.
    pub to: String,
    /// Files that are the same in both.
    pub files: u64,
    /// Their lengths, in bytes.
    pub bytes: u64,
    /// It was stopped before GOMODCACHE was set: what was copied counts when the same move is asked for again.
    pub cancelled: bool,
    /// What became of GOMODCACHE; none when it was not set.
    pub outcome: Option<OutcomeResult>,
    /// The entry of the history, by which GOMODCACHE is set back while the old cache is there.
    pub entry: Option<String>,
    /// The plan by which the old cache goes, the last step; none unless go uses the new one.
    pub old: Option<CachePlan>,
}

impl App {
    /// Says what a move of the module cache in effect would be: what it copies, whether there is room, and what stands in the
    /// way. Nothing is touched.
    ///
    /// # Errors
    /// Nothing was scanned, or there is no module cache.
    pub async fn cache_move_plan(&self, to: PathBuf) -> Result<MovePlan, Error> {
        let scanned = self.scanned()?;
        let caches = scanned.places.iter().zip(&scanned.inventory.caches);
        let mut modules = caches.filter(|(place, _)| {
            let is_used = place.owners.contains(&Owner::Effective {});
            is_used && place.kind == CacheKind::Modules
        });
        let unknown = || CacheError::UnknownCache {
            cache: NAME.to_owned(),
        };
        let (place, cache) = modules.next().ok_or_else(unknown)?;
        let (host, from, size) = (self.host.clone(), place.path.clone(), cache.size);
        let mut planned = self
            .off_thread(move || Ok(Move::plan(&host, &from, &to, size)))
            .await?;
        let value = CheckValue {
            name: NAME.to_owned(),
            value: planned.to.to_string_lossy().into_owned(),
        };
        let checked = self.environment_check(value).await?;
        let is_text = planned.to.to_str().is_some();
        if !is_text || checked.danger.is_some() || !checked.refusals.is_empty() {
            let path = planned.plan.to.clone();
            let refused = &mut planned.plan.refused;
            refused.get_or_insert(CacheError::PlaceForbidden { path });
        }
        let plan = planned.plan.clone();
        self.moves.keep(plan.id.clone(), Arc::new(planned));
        Ok(plan)
    }

    /// Copies the module cache, compares the copy, and sets GOMODCACHE to it. The old one stays: to delete it is a plan of its
    /// own, and until that is carried out the history takes the move back.
    ///
    /// # Errors
    /// The move is unknown or something stands in its way, Go's programs are running, the cache changes all the time, or
    /// GOMODCACHE cannot be set.
    pub async fn cache_move(
        &self,
        wish: MoveCache,
        job: &Job,
        observer: &(impl Observer<MoveEvent> + ?Sized),
    ) -> Result<MoveReport, Error> {
        let planned = self.moves.get(&wish.plan);
        let planned = planned.ok_or(CacheError::CachePlanUnknown {})?;
        let running = self.running_go().await?;
        if !wish.beside_running && !running.is_empty() {
            let count = u32::try_from(running.len()).unwrap_or(u32::MAX);
            return Err(CacheError::GoIsRunning { count }.into());
        }
        let (work, cancel) = (Arc::clone(&planned), job.cancel.clone());
        let copied = self
            .telling(observer, move |tell| {
                let stop = || cancel.is_cancelled();
                Ok(Mover::new(&work, &stop, tell).run()?)
            })
            .await?;
        let mut report = MoveReport {
            from: planned.plan.from.clone(),
            to: planned.plan.to.clone(),
            files: copied.files,
            bytes: copied.bytes,
            cancelled: copied.stopped,
            outcome: None,
            entry: None,
            old: None,
        };
        if copied.stopped {
            return Ok(report);
        }
        observer.notify(MoveEvent::Switching {});
        let (outcome, entry) = self.name_the_copy(&planned).await?;
        let counts = matches!(outcome, Some(OutcomeResult::InEffect {}));
        (report.outcome, report.entry) = (outcome, Some(entry));
        if counts {
            let work = Arc::clone(&planned);
            self.off_thread(move || Ok(work.finish()?)).await?;
            self.moves.forget(&wish.plan);
            report.old = Some(self.plan_old(&planned).await?);
        }
        Ok(report)
    }

    /// Sets GOMODCACHE, as every change of the file: with its entry in the history, and read back.
    async fn name_the_copy(
        &self,
        planned: &Move,
    ) -> Result<(Option<OutcomeResult>, String), Error> {
        let wish = PlanEnvironment {
            changes: vec![Change {
                name: NAME.to_owned(),
                value: Some(planned.to.to_string_lossy().into_owned()),
            }],
            ..PlanEnvironment::default()
        };
        let plan = self.environment_plan(wish).await?;
        let wish = ApplyPlan {
            id: plan.id,
            // a place with a danger was refused when it was planned
            confirmed: Vec::new(),
        };
        let written = self.plan_write(wish).await?;
        let mut outcomes = written.outcomes.into_iter();
        let outcome = outcomes.find(|outcome| outcome.name == NAME);
        Ok((outcome.map(|outcome| outcome.result), written.entry))
    }

    async fn plan_old(&self, planned: &Move) -> Result<CachePlan, Error> {
        let scanned = self.scanned()?;
        let mut places = scanned.places.iter();
        let old = places.find(|place| place.path == planned.from);
        let caches = old.map(|place| place.id.clone()).into_iter().collect();
        let tiers = vec![Tier::Modules {}];
        self.cache_plan(PlanCaches {
            tiers,
            caches,
            ..PlanCaches::default()
        })
        .await
    }
}
