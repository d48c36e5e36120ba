//! Carrying out plans of cleaning.

use std::{path::PathBuf, time::Instant};

use crate::{
    app::App,
    cache::{
        Aside, CacheError, CleanCaches, CleanEvent, CleanReport, Restored, Size,
        aside::Asides,
        clean::Cleaner,
        remove::{Control, Guard, PATIENCE},
    },
    environment::read::Scope,
    error::Error,
    jobs::Job,
    progress::Observer,
};

impl App {
    /// Carries out a plan that was shown, once. What changed since stays, and is named.
    ///
    /// # Errors
    /// The plan is unknown, this process is the administrator's, or Go's programs are running and nobody said that they may
    /// fail.
    pub async fn cache_clean(
        &self,
        wish: CleanCaches,
        job: &Job,
        observer: &(impl Observer<CleanEvent> + ?Sized),
    ) -> Result<CleanReport, Error> {
        let begun = Instant::now();
        let draft = self.cleanings.get(&wish.plan);
        let draft = draft.ok_or(CacheError::CachePlanUnknown {})?;
        let guard = self.guard().await?;
        guard.check_user()?;
        self.is_quiet(wish.beside_running).await?;
        self.cleanings.forget(&wish.plan);
        let (host, cancel) = (self.host.clone(), job.cancel.clone());
        let asides = Asides::open(&host);
        let kept = draft.plan.kept.clone();
        let done = self
            .telling(observer, move |tell| {
                let cleaner = Cleaner {
                    host: &host,
                    guard: &guard,
                    asides: &asides,
                    stop: &|| cancel.is_cancelled(),
                    tell,
                };
                Ok(cleaner.carry_out(&draft))
            })
            .await?;
        Ok(CleanReport {
            removed: done.removed,
            kept: kept.into_iter().chain(done.kept).collect(),
            freed_bytes: done.size.bytes,
            cancelled: done.stopped,
            aside: done.aside,
            elapsed_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    /// What left its place and is not deleted yet, also before a crash.
    ///
    /// # Errors
    /// None today: records that cannot be read name nothing.
    pub async fn cache_asides(&self, (): ()) -> Result<Vec<Aside>, Error> {
        let host = self.host.clone();
        self.off_thread(move || Ok(Asides::open(&host).list()))
            .await
    }

    /// Puts back what was set aside under this id. What Go made new meanwhile stays.
    ///
    /// # Errors
    /// There is no such thing any more, deleting it has begun, or a cache is not where it was.
    pub async fn cache_restore(&self, id: String) -> Result<Restored, Error> {
        let (host, guard) = (self.host.clone(), self.guard().await?);
        self.off_thread(move || Asides::open(&host).restore(&id, &guard))
            .await
    }

    /// Deletes what was set aside under this id, or goes on with it.
    ///
    /// # Errors
    /// There is no such thing any more, or a cache is not where it was.
    pub async fn cache_purge(
        &self,
        id: String,
        job: &Job,
        observer: &(impl Observer<CleanEvent> + ?Sized),
    ) -> Result<CleanReport, Error> {
        let begun = Instant::now();
        let (host, guard, cancel) = (self.host.clone(), self.guard().await?, job.cancel.clone());
        let asides = Asides::open(&host);
        let aside = asides.list().into_iter().find(|aside| aside.id == id);
        let aside = aside.ok_or(CacheError::NothingAside {})?;
        let (size, name) = (aside.size, id.clone());
        let removal = self
            .telling(observer, move |tell| {
                tell(CleanEvent::Started { size });
                let progress = |gone: Size| {
                    tell(CleanEvent::Removing {
                        files: gone.files,
                        bytes: gone.bytes,
                        name: name.clone(),
                    });
                };
                let control = Control {
                    stop: &|| cancel.is_cancelled(),
                    progress: &progress,
                    patience: PATIENCE,
                };
                asides.purge(&name, &guard, &control)
            })
            .await?;
        Ok(CleanReport {
            removed: aside.removed,
            kept: removal.kept,
            freed_bytes: removal.size.bytes,
            cancelled: removal.stopped,
            aside: removal.stopped.then_some(id),
            elapsed_ms: begun.elapsed().as_secs_f64() * 1000.0,
        })
    }

    /// Whether Go's programs may fail, or none is running.
    async fn is_quiet(&self, beside_running: bool) -> Result<(), Error> {
        if beside_running {
            return Ok(());
        }
        let running = self.running_go().await?.len();
        match u32::try_from(running).unwrap_or(u32::MAX) {
            0 => Ok(()),
            count => Err(CacheError::GoIsRunning { count }.into()),
        }
    }

    /// What is never touched on this machine: the GOROOT of every Go, and every GOPATH.
    pub(super) async fn guard(&self) -> Result<Guard, Error> {
        let toolchains = self.toolchain_list(()).await?.list.into_iter();
        let mut places: Vec<_> = toolchains.filter_map(|go| go.root).collect();
        let (environment, outer) = self.environment_under(Scope::Values(&["GOPATH"])).await;
        let paths = self.in_terminals(&environment, &outer, "GOPATH");
        let paths = paths.split(self.host.os.list_separator());
        places.extend(paths.filter(|path| !path.is_empty()).map(PathBuf::from));
        let host = self.host.clone();
        self.off_thread(move || Ok(Guard::new(&host, &places)))
            .await
    }
}
