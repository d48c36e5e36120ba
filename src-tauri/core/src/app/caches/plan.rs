//! Plans of cleaning.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use crate::{
    app::App,
    cache::{
        CachePlan, PlanCaches, Scanned,
        choose::{Choice, Chooser, Circumstances, TOOLCHAIN},
        plan::{self, Surroundings},
    },
    chain,
    error::Error,
    secret::mask_text,
};

impl App {
    /// Says exactly what would be freed. Nothing is touched.
    ///
    /// # Errors
    /// Nothing was scanned; a cache or a version has no such name; a cache is not where it was.
    pub async fn cache_plan(&self, wish: PlanCaches) -> Result<CachePlan, Error> {
        let scanned = self.scanned()?;
        let circumstances = self.circumstances(&scanned).await;
        let chooser = Chooser {
            scanned: &scanned,
            circumstances: &circumstances,
        };
        let choice = chooser.choose(&wish)?;
        self.cleaning(&scanned, circumstances, choice).await
    }

    /// The plan of what was chosen, kept until somebody comes back with its id.
    pub(super) async fn cleaning(
        &self,
        scanned: &Arc<Scanned>,
        circumstances: Circumstances,
        choice: Choice,
    ) -> Result<CachePlan, Error> {
        let surroundings = self.around_cleaning().await?;
        let (host, scanned) = (self.host.clone(), Arc::clone(scanned));
        let draft = self
            .off_thread(move || {
                let chooser = Chooser {
                    scanned: &scanned,
                    circumstances: &circumstances,
                };
                Ok(plan::plan(&host, &chooser, &choice, surroundings)?)
            })
            .await?;
        let plan = draft.plan.clone();
        self.cleanings.keep(plan.id.clone(), Arc::new(draft));
        Ok(plan)
    }

    /// What a choice depends on besides the scan.
    pub(super) async fn circumstances(&self, scanned: &Scanned) -> Circumstances {
        Circumstances {
            now: self.host.now(),
            toolchains: self.toolchains_in_use(scanned).await,
        }
    }

    /// Versions of Go's own in a module cache that must not go: what GOTOOLCHAIN names, and what a Go on this machine runs
    /// from.
    async fn toolchains_in_use(&self, scanned: &Scanned) -> BTreeSet<String> {
        let rows = scanned.inventory.versions.iter();
        let rows: Vec<_> = rows.filter(|row| row.module == TOOLCHAIN).collect();
        if rows.is_empty() {
            return BTreeSet::new();
        }
        let environment = self.environment_values(&["GOTOOLCHAIN"]).await;
        let variables = environment.map(|environment| environment.variables);
        let named = variables
            .unwrap_or_default()
            .into_iter()
            .find(|variable| variable.name == "GOTOOLCHAIN")
            .map(|variable| variable.value)
            .unwrap_or_default();
        let named = named.split('+').next().unwrap_or_default().to_owned();
        let toolchains = self.toolchain_list(()).await;
        let roots: Vec<_> = toolchains
            .map(|found| found.list)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|toolchain| toolchain.root)
            .collect();
        let in_use = |version: &str| {
            // v0.0.1-go1.22.10.linux-amd64
            let go = version.trim_start_matches("v0.0.1-");
            let is_named = !named.is_empty() && go.starts_with(&format!("{named}."));
            let folder = format!("toolchain@{version}");
            let ends = |root: &Path| root.file_name().is_some_and(|name| *name == *folder);
            is_named || roots.iter().any(|root| ends(root))
        };
        rows.iter()
            .map(|row| &row.version)
            .filter(|version| in_use(version))
            .cloned()
            .collect()
    }

    async fn around_cleaning(&self) -> Result<Surroundings, Error> {
        let goproxy = self.present().await?.value("GOPROXY");
        let entries: BTreeSet<_> = chain::spellings(&goproxy)
            .iter()
            .map(|entry| mask_text(entry.trim_end_matches('/')))
            .collect();
        let runs = self.runs.load().value;
        let seen = runs.seen_sound(|url| entries.contains(url.trim_end_matches('/')));
        Ok(Surroundings {
            running: self.running_go().await?,
            offline: goproxy.trim() == "off",
            chain_seen: seen.map(str::to_owned),
        })
    }
}
