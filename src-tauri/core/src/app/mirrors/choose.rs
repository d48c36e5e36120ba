//! Setting a chain, and the proof that modules come through it.

use crate::{
    app::App,
    environment::{Change, PlanEnvironment, read::Scope},
    error::Error,
    jobs::Job,
    mirror::{
        MirrorError,
        choose::{Proof, ProofEvent, ProveChain, UseMirrors},
    },
    module::Module,
    plan::Plan,
    progress::Observer,
};

impl App {
    /// Plans to set GOPROXY to these mirrors, and GOSUMDB with it.
    ///
    /// # Errors
    /// None was named and none is recommended, or one is unknown, and whatever `environment_plan` refuses.
    pub async fn mirror_use(&self, wish: UseMirrors) -> Result<Plan, Error> {
        let wish = self.or_recommended(wish).await?;
        let targets = self.mirror_targets(&wish.mirrors).await?;
        let mut entries: Vec<_> = targets.iter().map(|target| target.url.as_str()).collect();
        if wish.direct {
            entries.push("direct");
        }
        let mut wanted = vec![("GOPROXY", entries.join(","))];
        wanted.extend(wish.gosumdb.map(|gosumdb| ("GOSUMDB", gosumdb)));
        let (environment, _) = self
            .environment_under(Scope::Values(&["GOPROXY", "GOSUMDB"]))
            .await;
        let changes = wanted.into_iter().map(|(name, value)| {
            // Go's default is had by unsetting: a newer Go may have a better one
            let mut variables = environment.variables.iter();
            let known = variables.find(|variable| variable.name == name);
            let is_default = known.and_then(|known| known.default.as_ref()) == Some(&value);
            Change {
                name: name.to_owned(),
                value: (!is_default).then_some(value),
            }
        });
        self.environment_plan(PlanEnvironment {
            changes: changes.collect(),
            repairs: Vec::new(),
        })
        .await
    }

    async fn or_recommended(&self, wish: UseMirrors) -> Result<UseMirrors, Error> {
        if !wish.mirrors.is_empty() {
            return Ok(wish);
        }
        let network = self.network_now().await;
        let runs = self.runs.load().value;
        let recommended = runs.recommended(&network);
        let recommended = recommended.ok_or(MirrorError::NoRecommendation {})?;
        Ok(UseMirrors {
            mirrors: recommended.mirrors.clone(),
            direct: wish.direct,
            gosumdb: wish.gosumdb.or_else(|| Some(recommended.gosumdb.clone())),
        })
    }

    /// Downloads a module with the real go through what a terminal would use now.
    ///
    /// # Errors
    /// What was named is no module. A download that fails is an answer.
    pub async fn mirror_prove(
        &self,
        wish: ProveChain,
        job: &Job,
        observer: &impl Observer<ProofEvent>,
    ) -> Result<Proof, Error> {
        let module = match wish.module.as_deref() {
            Some(module) => module.parse()?,
            None => Module::small(),
        };
        observer.notify(ProofEvent::Fetching {
            module: module.to_string(),
        });
        let names = ["GOPROXY", "GOSUMDB"];
        let (environment, outer) = self.environment_under(Scope::Values(&names)).await;
        let gosumdb = self.in_terminals(&environment, &outer, "GOSUMDB");
        let goproxy = self.in_terminals(&environment, &outer, "GOPROXY");
        let fetched = self.fetched(&module, &environment, &outer, job).await;
        Ok(Proof {
            module: module.to_string(),
            elapsed_ms: fetched.as_ref().map_or(0, |fetched| fetched.elapsed_ms),
            goproxy,
            gosumdb,
            cancelled: fetched.is_none(),
            failure: fetched.and_then(|fetched| fetched.failure),
        })
    }
}
