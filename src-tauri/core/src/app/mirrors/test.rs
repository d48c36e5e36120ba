//! The speed test: what it is run with, what is kept of it, and the chain that follows.

use std::path::Path;

use crate::{
    app::{App, changes::version_of, mirrors::in_effect},
    checksum::Database,
    environment::{Environment, read::Scope},
    error::Error,
    jobs::Job,
    mirror::{
        database::DatabaseChoice,
        probes::ProbeSet,
        recommend::{self, DEFAULT_DATABASE, Tested},
        report::{MirrorEvent, TestReport, Workload},
        runs::Runs,
        surroundings::Surroundings,
        test::{self, Setup, TestMirrors},
    },
    module::Module,
    progress::Observer,
    project::size,
    web::Network,
};

/// What a typical service downloads when its go.sum is all there is.
const SERVICE: (u32, u32) = (120, 25_000_000);

/// The variables that say how Go asks and verifies, and for which machine it builds.
const NAMES: [&str; 6] = [
    "GOPROXY",
    "GOSUMDB",
    "GOAUTH",
    "GOHOSTOS",
    "GOHOSTARCH",
    "GOMODCACHE",
];

impl App {
    /// Measures mirrors. A second test stops the first.
    ///
    /// # Errors
    /// A mirror or the project is unknown. A mirror that fails is an answer.
    pub async fn mirror_test(
        &self,
        wish: TestMirrors,
        job: &Job,
        observer: &impl Observer<MirrorEvent>,
    ) -> Result<TestReport, Error> {
        let targets = self.mirror_targets(&wish.mirrors).await?;
        let (environment, outer) = self.environment_under(Scope::Values(&NAMES)).await;
        let mut host = self.host.clone();
        host.vars = outer.terminal(&self.host);
        let database = database(&environment);
        let goauth = in_effect(&environment, "GOAUTH").unwrap_or_default();
        let setup = Setup {
            network: Network::new(&host).with_auth(&goauth),
            probes: ProbeSet::standard(),
            databases: database.1,
            database: database.0,
            toolchain: toolchain(&environment),
            workload: self
                .workload(
                    wish.project.as_deref(),
                    in_effect(&environment, "GOMODCACHE"),
                )
                .await?,
            patient: wish.patient,
        };
        let before = Surroundings::now(&host);
        let measured = test::run(&setup, &targets, &job.cancel, observer).await;
        let after = Surroundings::now(&host);
        let recommended = recommend::recommend(&Tested {
            targets: &targets,
            rows: &measured.rows,
            ranking: &measured.ranking,
            databases: &setup.databases,
            answering: &measured.databases,
        });
        let report = TestReport {
            mirrors: measured.rows,
            ranking: measured.ranking,
            recommended: recommended.map(|(shown, _)| shown),
            cancelled: measured.cancelled,
            interrupted: !before.holds_until(&after),
            workload: setup.workload,
            bytes_used: measured.bytes_used,
            elapsed_ms: measured.elapsed.as_secs_f64() * 1000.0,
            at: self.host.now().to_string(),
        };
        // what two networks or a sleeping machine took part in says nothing about a mirror
        if !report.interrupted {
            self.keep_run(after.network, &report).await;
        }
        Ok(report)
    }

    /// The last tests, the newest first.
    ///
    /// # Errors
    /// None today: what cannot be read is an empty list.
    pub async fn mirror_runs(&self, (): ()) -> Result<Runs, Error> {
        let here = self.network_now().await;
        Ok(self.runs.load().value.shown(&here))
    }

    /// Tells the network that terminals are on at the moment; nothing is sent.
    pub(super) async fn network_now(&self) -> String {
        let (_, outer) = self.environment_under(Scope::Places(&[])).await;
        let mut host = self.host.clone();
        host.vars = outer.terminal(&self.host);
        Surroundings::now(&host).network
    }

    /// Keeps a run; that it cannot be kept takes nothing from its result.
    async fn keep_run(&self, network: String, report: &TestReport) {
        let (runs, report) = (self.runs.clone(), report.clone());
        let kept = self.off_thread(move || {
            runs.change(|kept| kept.keep(network.clone(), report.clone()))?;
            Ok(())
        });
        if let Err(reason) = kept.await {
            tracing::warn!(%reason, "a speed test is not kept");
        }
    }

    /// What the projection is for: a project, or a typical service.
    async fn workload(
        &self,
        project: Option<&str>,
        cache: Option<String>,
    ) -> Result<Workload, Error> {
        let (modules, bytes, project) = match project {
            None => (SERVICE.0, SERVICE.1, None),
            Some(id) => {
                let contents = self.project(id).await?;
                let place = self.project_place(&contents);
                let used = contents.used;
                let modules = u32::try_from(used.len()).unwrap_or(u32::MAX);
                let size = move || Ok(size::of(&used, cache.as_deref().map(Path::new)));
                let bytes = self.off_thread(size).await?;
                let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
                (modules, bytes, Some(place))
            }
        };
        let parallel = std::thread::available_parallelism();
        Ok(Workload {
            modules,
            bytes,
            parallel: parallel.map_or(1, |count| u32::try_from(count.get()).unwrap_or(u32::MAX)),
            project,
        })
    }
}

/// Whose signatures count, and where Go can ask: what GOSUMDB says, but never less than Go's own default.
fn database(environment: &Environment) -> (Database, Vec<DatabaseChoice>) {
    let gosumdb = in_effect(environment, "GOSUMDB").unwrap_or_default();
    match Database::parse(&gosumdb) {
        Some((database, url)) if database.name != DEFAULT_DATABASE => {
            let choice = DatabaseChoice::own(&gosumdb, &database, url.as_deref());
            (database, vec![choice])
        }
        _ => (Database::sum_golang_org(), DatabaseChoice::of_go()),
    }
}

/// The toolchain of the Go that is asked, as a module; Go downloads them since 1.21.
fn toolchain(environment: &Environment) -> Option<Module> {
    let version = version_of(environment).filter(|version| version.at_least(1, 21))?;
    let (os, arch) = (
        in_effect(environment, "GOHOSTOS")?,
        in_effect(environment, "GOHOSTARCH")?,
    );
    format!("golang.org/toolchain@v0.0.1-{version}.{os}-{arch}")
        .parse()
        .ok()
}
