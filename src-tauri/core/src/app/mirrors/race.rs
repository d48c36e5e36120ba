//! The real download of a project: through several mirrors for comparison, or for the user's own module cache.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use crate::{
    app::{App, changes::version_of},
    environment::{Environment, read::Scope},
    error::Error,
    fetch::{
        Downloader,
        project::{self, Errand, Own},
    },
    host::Host,
    jobs::Job,
    mirror::{
        prefetch::{PrefetchEvent, PrefetchProject, Prefetched},
        race::{self, BUDGET, Course, Entrant, RaceEvent, RaceMirrors, RaceReport},
        surroundings::Surroundings,
        test::Target,
    },
    profile::ProfileError,
    progress::Observer,
    shadow::Outer,
    toolchain::{ToolchainError, Version},
};

/// What decides about a download, besides what go reads itself.
const NAMES: [&str; 3] = ["GOPROXY", "GOMODCACHE", "GOFLAGS"];

/// Who downloads.
struct Terminal {
    host: Host,
    go: PathBuf,
    version: Option<Version>,
    environment: Environment,
    outer: Outer,
}

impl App {
    /// Downloads a project through the chain in effect and through each mirror, one after the other, into temporary module
    /// caches.
    ///
    /// # Errors
    /// The project or a mirror is unknown, there is no go, or none that the project wants. A download that fails is an
    /// answer.
    pub async fn mirror_race(
        &self,
        wish: RaceMirrors,
        job: &Job,
        observer: &impl Observer<RaceEvent>,
    ) -> Result<RaceReport, Error> {
        let project = self.project(&wish.project).await?;
        let targets = self.runners(wish.mirrors).await?;
        let terminal = self.downloading().await?;
        let chain = Entrant {
            mirror: None,
            goproxy: self.in_terminals(&terminal.environment, &terminal.outer, "GOPROXY"),
        };
        let mirrors = targets.into_iter().map(|target| Entrant {
            mirror: Some(target.id),
            goproxy: target.url,
        });
        let entrants: Vec<_> = [chain].into_iter().chain(mirrors).collect();
        let course = Course {
            downloader: terminal.downloader(),
            project: &project,
            budget: wish.budget.unwrap_or(BUDGET).saturating_mul(1_000_000),
            silence: project::SILENCE,
        };
        let (before, begun) = (Surroundings::now(&terminal.host), Instant::now());
        let raced = race::run(&course, &entrants, &job.cancel, observer).await?;
        let after = Surroundings::now(&terminal.host);
        Ok(RaceReport {
            project: self.project_place(&project),
            modules: u32::try_from(project.wanted.len()).unwrap_or(u32::MAX),
            rows: raced.rows,
            ranking: raced.ranking,
            budget: course.budget,
            cancelled: job.cancel.is_cancelled(),
            interrupted: !before.holds_until(&after),
            elapsed_ms: begun.elapsed().as_secs_f64() * 1000.0,
            at: self.host.now().to_string(),
        })
    }

    /// Downloads a project through the chain in effect into the user's own module cache.
    ///
    /// # Errors
    /// The project is unknown, or there is no go or no module cache. A download that fails is an answer.
    pub async fn mirror_prefetch(
        &self,
        wish: PrefetchProject,
        job: &Job,
        observer: &impl Observer<PrefetchEvent>,
    ) -> Result<Prefetched, Error> {
        let project = self.project(&wish.project).await?;
        let terminal = self.downloading().await?;
        let value = |name| self.in_terminals(&terminal.environment, &terminal.outer, name);
        let (goproxy, cache) = (value("GOPROXY"), value("GOMODCACHE"));
        if cache.is_empty() {
            return Err(ProfileError::NoModuleCache {}.into());
        }
        let errand = Errand {
            project: &project,
            goproxy: &goproxy,
            set: false,
            cache: Some(Own {
                folder: Path::new(&cache),
                writable: leaves_writable(&value("GOFLAGS")),
            }),
            budget: None,
            deadline: project::PREFETCH_DEADLINE,
            silence: None,
        };
        let told = |progress| observer.notify(PrefetchEvent::from(progress));
        let downloaded =
            project::download(&terminal.downloader(), &errand, &job.cancel, &told).await?;
        let cache = self.host.short(Path::new(&cache));
        let place = self.project_place(&project);
        Ok(Prefetched::new(place, goproxy, cache, downloaded))
    }

    /// The chosen mirrors; without a choice the sound ones of the last test here, or all that are not dead.
    async fn runners(&self, chosen: Vec<String>) -> Result<Vec<Target>, Error> {
        if !chosen.is_empty() {
            return self.mirror_targets(&chosen).await;
        }
        let network = self.network_now().await;
        let runs = self.runs.load().value;
        match self.mirror_targets(runs.ranking(&network)).await {
            Ok(targets) => Ok(targets),
            // one of them was removed since
            Err(_) => self.mirror_targets(&[]).await,
        }
    }

    /// The go that a terminal would run, with its variables.
    async fn downloading(&self) -> Result<Terminal, Error> {
        let (environment, outer) = self.environment_under(Scope::Values(&NAMES)).await;
        if let Some(failure) = &environment.failure {
            return Err(failure.error.clone());
        }
        let go = environment.go.as_ref().ok_or(ToolchainError::GoNotFound {
            searched: Vec::new(),
        })?;
        let mut host = self.host.clone();
        host.vars = outer.terminal(&self.host);
        Ok(Terminal {
            host,
            go: PathBuf::from(&go.path),
            version: version_of(&environment),
            environment,
            outer,
        })
    }
}

impl Terminal {
    fn downloader(&self) -> Downloader<'_> {
        Downloader {
            host: &self.host,
            go: &self.go,
            version: self.version.as_ref(),
        }
    }
}

/// Whether these GOFLAGS keep the folders of a module writable.
fn leaves_writable(flags: &str) -> bool {
    let mut flags = flags.split_whitespace().rev();
    let last = flags.find_map(|flag| {
        let flag = flag.trim_matches(['"', '\'']).trim_start_matches('-');
        flag.strip_prefix("modcacherw")
    });
    matches!(last, Some("" | "=true" | "=1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_flag_decides_about_the_cache() {
        for (flags, writable) in [
            ("", false),
            ("-mod=mod -modcacherw", true),
            ("--modcacherw=true", true),
            ("-modcacherw -modcacherw=false", false),
            ("-modfile=-modcacherw.mod", false),
        ] {
            assert_eq!(leaves_writable(flags), writable, "{flags}");
        }
    }
}
