//! Where caches are, and what is in them.

use std::{path::Path, sync::Arc, time::Instant};

use crate::{
    app::App,
    cache::{
        Cache, CacheError, CacheKind, Inventory, Place, ScanCaches, ScanEvent, Scanned,
        locate::{self, Facts},
        offers, scan, usage,
    },
    environment::{Environment, Origin, file, read::Scope},
    error::Error,
    jobs::Job,
    progress::Observer,
    shadow::Outer,
};

/// What says where caches are.
const NAMES: [&str; 3] = ["GOMODCACHE", "GOPATH", "GOCACHE"];

impl App {
    /// Where every cache of every Go is, and whether it is one. Nothing is counted.
    ///
    /// # Errors
    /// None today: a machine without any is an empty list.
    pub async fn cache_list(&self, (): ()) -> Result<Vec<Cache>, Error> {
        let (host, places, guard) = (self.host.clone(), self.places().await?, self.guard().await?);
        self.off_thread(move || {
            let scan = scan::Scan {
                host: &host,
                places: &places,
                guard: &guard,
                exact: false,
                cancel: &tokio_util::sync::CancellationToken::new(),
            };
            Ok(places.iter().map(|place| scan.empty(place)).collect())
        })
        .await
    }

    /// Counts what is in the caches. What was counted when it is stopped is the answer.
    ///
    /// # Errors
    /// A cache that was named is unknown.
    pub async fn cache_scan(
        &self,
        wish: ScanCaches,
        job: &Job,
        observer: &(impl Observer<ScanEvent> + ?Sized),
    ) -> Result<Inventory, Error> {
        let begun = Instant::now();
        let mut places = self.places().await?;
        if let Some(unknown) = wish
            .caches
            .iter()
            .find(|id| !places.iter().any(|place| place.id == **id))
        {
            let cache = unknown.clone();
            return Err(CacheError::UnknownCache { cache }.into());
        }
        if !wish.caches.is_empty() {
            places.retain(|place| wish.caches.contains(&place.id));
        }
        let mut scanned = self.counted(places, wish.exact, job, observer).await?;
        let projects = self.own_projects.load().value.list().len();
        observer.notify(ScanEvent::Relating {
            projects: u32::try_from(projects).unwrap_or(u32::MAX),
        });
        let modules = scanned.places.iter();
        let modules = modules.filter(|place| place.kind == CacheKind::Modules);
        let modules: Vec<_> = modules.map(|place| place.path.clone()).collect();
        let usages = self.cache_usages(&modules).await;
        usage::relate(&mut scanned.inventory, usages);
        let circumstances = self.circumstances(&scanned).await;
        scanned.inventory.offers = offers::offers(&scanned, &circumstances);
        scanned.inventory.elapsed_ms = begun.elapsed().as_secs_f64() * 1000.0;
        scanned.inventory.at = self.host.now().to_string();
        let inventory = scanned.inventory.clone();
        self.keep_scanned(Arc::new(scanned));
        Ok(inventory)
    }

    async fn counted(
        &self,
        places: Vec<Place>,
        exact: bool,
        job: &Job,
        observer: &(impl Observer<ScanEvent> + ?Sized),
    ) -> Result<Scanned, Error> {
        let (host, cancel, guard) = (self.host.clone(), job.cancel.clone(), self.guard().await?);
        self.telling(observer, move |tell| {
            let scan = scan::Scan {
                host: &host,
                places: &places,
                guard: &guard,
                exact,
                cancel: &cancel,
            };
            Ok(scan.run(&|event| tell(event)))
        })
        .await
    }

    /// Every place that may be a cache.
    pub(super) async fn places(&self) -> Result<Vec<Place>, Error> {
        let (environment, outer) = self.environment_under(Scope::Values(&NAMES)).await;
        let value = |name| self.in_terminals(&environment, &outer, name);
        let toolchains = self.toolchain_list(()).await?.list.into_iter();
        let toolchains = toolchains.filter_map(|go| Some((go.version?, go.root?)));
        let facts = Facts {
            modules: self
                .moved_modules(&environment, &outer)
                .unwrap_or_else(|| value("GOMODCACHE")),
            build: value("GOCACHE"),
            earlier: self.earlier_places(),
            toolchains: toolchains.collect(),
        };
        let host = self.host.clone();
        self.off_thread(move || Ok(locate::locate(&host, &facts)))
            .await
    }

    /// The module cache where nothing but GOPATH says where it is, and go was asked without the start-up file that sets it.
    fn moved_modules(&self, environment: &Environment, outer: &Outer) -> Option<String> {
        let gopath = outer.outranking(&self.host, "GOPATH")?;
        let mut variables = environment.variables.iter();
        let is_set = variables.any(|variable| {
            let follows = matches!(variable.origin, Origin::Computed | Origin::Default);
            variable.name == "GOMODCACHE" && !follows
        });
        if is_set || outer.outranking(&self.host, "GOMODCACHE").is_some() {
            return None;
        }
        // modules go below the first one (cmd/go/internal/cfg, `gopathDir`)
        let first = gopath.value.split(self.host.os.list_separator()).next()?;
        let folder = Path::new(first).join("pkg").join("mod");
        (!first.is_empty()).then(|| folder.display().to_string())
    }

    /// What the variables were before this program changed them; a history that cannot be read names nothing.
    fn earlier_places(&self) -> Vec<(String, String)> {
        let file = file::locate(&self.host).ok();
        let intents = file.and_then(|file| self.journal.changes_of(&file).ok());
        let changes = intents
            .into_iter()
            .flatten()
            .flat_map(|intent| intent.changes);
        changes
            .filter(|change| NAMES.contains(&change.name.as_str()))
            .flat_map(|change| {
                let values = [change.before, change.after].into_iter().flatten();
                values.map(move |value| (change.name.clone(), value))
            })
            .collect()
    }
}
