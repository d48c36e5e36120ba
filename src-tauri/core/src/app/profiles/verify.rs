//! Whether a profile is in effect, and whether modules come through.

use std::path::Path;

use crate::{
    app::App,
    environment::Environment,
    error::{Error, Failure},
    fetch::{self, Downloader},
    jobs::Job,
    module::Module,
    profile::{Fetched, Verified, VerifyEvent, VerifyProfile},
    progress::Observer,
    secret::mask_text,
    shadow::Outer,
    toolchain::ToolchainError,
};

use super::version_of;

impl App {
    /// Compares a profile with what Go sees, and downloads a module with what is in effect now if that is asked for.
    ///
    /// # Errors
    /// The profile is unknown, or the module is none. A download that fails is an answer.
    pub async fn profile_verify(
        &self,
        wish: VerifyProfile,
        job: &Job,
        observer: &impl Observer<VerifyEvent>,
    ) -> Result<Verified, Error> {
        let module = match wish.module.as_deref() {
            Some(module) => module.parse()?,
            None => Module::small(),
        };
        let (outer, environment) = self.environment_for_profiles().await;
        let standing = self.standing(&environment, &outer);
        let (_, state) = standing.find(&wish.id)?;
        observer.notify(VerifyEvent::Compared {
            state: state.clone(),
        });
        let fetch = match wish.fetch {
            true => {
                observer.notify(VerifyEvent::Fetching {
                    module: module.to_string(),
                });
                self.fetched(&module, &environment, &outer, job).await
            }
            false => None,
        };
        Ok(Verified {
            id: wish.id,
            state: state.clone(),
            cancelled: wish.fetch && fetch.is_none(),
            fetch,
        })
    }

    /// Downloads a module as a terminal would; none when the job was stopped.
    pub(in crate::app) async fn fetched(
        &self,
        module: &Module,
        environment: &Environment,
        outer: &Outer,
        job: &Job,
    ) -> Option<Fetched> {
        let answer = |elapsed_ms, failure| Fetched {
            module: module.to_string(),
            elapsed_ms,
            goproxy: self.in_terminals(environment, outer, "GOPROXY"),
            failure,
        };
        let (Some(go), None) = (&environment.go, &environment.failure) else {
            let failure = environment.failure.clone();
            return Some(answer(0, failure.or_else(|| Some(no_go()))));
        };
        let version = version_of(environment);
        let mut host = self.host.clone();
        host.vars = outer.terminal(&self.host);
        let downloader = Downloader {
            host: &host,
            go: Path::new(&go.path),
            version: version.as_ref(),
        };
        let download = fetch::fetch(&downloader, module, job.cancel.cancelled()).await?;
        let elapsed_ms = u32::try_from(download.elapsed.as_millis()).unwrap_or(u32::MAX);
        Some(answer(elapsed_ms, download.failure.map(Failure::from)))
    }

    /// What Go uses in a terminal, credentials masked.
    pub(in crate::app) fn in_terminals(
        &self,
        environment: &Environment,
        outer: &Outer,
        name: &str,
    ) -> String {
        if let Some(outranking) = outer.outranking(&self.host, name) {
            return mask_text(&outranking.value);
        }
        let mut variables = environment.variables.iter();
        let variable = variables.find(|variable| variable.name == name);
        variable
            .map(|variable| variable.value.clone())
            .unwrap_or_default()
    }
}

/// A reading names its go, or says why there is none.
fn no_go() -> Failure {
    let searched = Vec::new();
    ToolchainError::GoNotFound { searched }.into()
}
