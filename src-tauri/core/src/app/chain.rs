//! The chain of sources: what it comes to, what would happen, and setting it.

use std::sync::LazyLock;

use super::{App, changes::version_of};
use crate::{
    chain::{
        self, ChainText, ChainView, Known, ReadChain, Restored, UseChain,
        rehearsal::{Rehearsal, RehearseChain, Scene},
    },
    checksum::Gosumdb,
    environment::{Change, Environment, PlanEnvironment, check::glob, read::Scope},
    error::Error,
    mirror::{MirrorError, catalogue},
    module::Module,
    plan::Plan,
    secret::mask_text,
    toolchain::Version,
};

/// What a chain follows from.
const NAMES: [&str; 7] = [
    "GOPROXY",
    "GOSUMDB",
    "GONOPROXY",
    "GONOSUMDB",
    "GOPRIVATE",
    "GOINSECURE",
    "GOVCS",
];

static PUBLIC: LazyLock<String> = LazyLock::new(|| Module::small().to_string());

/// How things are, with raw values: it never leaves the core.
pub(super) struct Present {
    environment: Environment,
    pub(super) version: Option<Version>,
    /// GOPROXY, as a terminal uses it.
    goproxy: String,
    /// Every entry that may be named by its masked form.
    entries: Vec<String>,
    /// The same of GOSUMDB.
    databases: Vec<String>,
    /// Ids and addresses.
    mirrors: Vec<(String, String)>,
    values: Vec<(&'static str, String)>,
}

impl App {
    /// What a chain comes to, what is wrong with it, and what would mend that. Nothing is kept or written.
    ///
    /// # Errors
    /// A masked entry stands for no known one.
    pub async fn chain_read(&self, wish: ReadChain) -> Result<ChainView, Error> {
        let present = self.present().await?;
        let goproxy = match wish.chain {
            ChainText::InEffect {} => present.goproxy.clone(),
            ChainText::Text { goproxy } => present.restored(&goproxy)?,
            ChainText::Entries { entries } => present.restored(&chain::text_of(&entries))?,
        };
        let gosumdb = present.gosumdb(wish.gosumdb)?;
        Ok(chain::read(&goproxy, &gosumdb, &self.known(&present)))
    }

    /// What Go does when every source answers as it is supposed to. Nothing is sent.
    ///
    /// # Errors
    /// What was named is no module, or a masked entry stands for no known one.
    pub async fn chain_rehearse(&self, wish: RehearseChain) -> Result<Rehearsal, Error> {
        let present = self.present().await?;
        let module = match wish.module.as_deref().map(str::trim) {
            None | Some("") => PUBLIC.clone(),
            Some(named) if named.contains('@') => named.parse::<Module>()?.to_string(),
            Some(path) => format!("{path}@v1.0.0").parse::<Module>()?.to_string(),
        };
        let gosumdb = present.gosumdb(wish.gosumdb)?;
        let goproxy = present.restored(&wish.goproxy)?;
        let view = chain::read(&goproxy, &gosumdb, &self.known(&present));
        let database = Gosumdb::parse(&gosumdb);
        let path = module.split('@').next().unwrap_or_default();
        let covers = |name| {
            let own = present.value(name);
            let patterns = if own.is_empty() {
                present.value("GOPRIVATE")
            } else {
                own
            };
            glob::covers(&patterns, path)
        };
        let passes_on: Vec<_> = view
            .entries
            .iter()
            .map(|entry| {
                // nobody says so of what is not in the catalogue
                let known = catalogue::recognise(&entry.text);
                known.is_none_or(|mirror| match &database {
                    Ok(Gosumdb::Database { database, .. }) => {
                        mirror.databases.contains(&database.name)
                    }
                    _ => true,
                })
            })
            .collect();
        let scene = Scene {
            entries: &view.entries,
            answers: &wish.answers,
            passes_on: &passes_on,
            module: &module,
            private: covers("GONOPROXY"),
            unverified: covers("GONOSUMDB"),
            gosumdb: &database,
            refused: view.error.as_deref(),
            database_down: wish.database_down,
        };
        Ok(scene.rehearse())
    }

    /// Plans to set GOPROXY and GOSUMDB together; what is Go's default is unset.
    ///
    /// # Errors
    /// A masked entry stands for no known one, and whatever `environment_plan` refuses.
    pub async fn chain_plan(&self, wish: UseChain) -> Result<Plan, Error> {
        let present = self.present().await?;
        let goproxy = present.restored(&wish.goproxy)?;
        let mut wanted = vec![("GOPROXY", goproxy)];
        if wish.gosumdb.is_some() {
            wanted.push(("GOSUMDB", present.gosumdb(wish.gosumdb)?));
        }
        let changes = wanted.into_iter().map(|(name, value)| Change {
            name: name.to_owned(),
            value: (present.default(name) != Some(&value)).then_some(value),
        });
        self.environment_plan(PlanEnvironment {
            changes: changes.collect(),
            repairs: Vec::new(),
        })
        .await
    }

    pub(super) async fn present(&self) -> Result<Present, Error> {
        let (environment, outer) = self.environment_under(Scope::Values(&NAMES)).await;
        let mut written = self.reveal_all(&NAMES).await?;
        let outranking = |name| Some(outer.outranking(&self.host, name)?.value);
        let values: Vec<_> = NAMES
            .iter()
            .map(|name| {
                let written = written.remove(*name).unwrap_or_default();
                (*name, outranking(*name).unwrap_or(written))
            })
            .collect();
        let kept = self.own_mirrors.load().value;
        let mirrors: Vec<_> = kept
            .list()
            .iter()
            .map(|listed| (listed.id().to_owned(), listed.url().to_owned()))
            .collect();
        let in_file = self.reveal_all(&["GOPROXY", "GOSUMDB"]).await?;
        let goproxy = values[0].1.clone();
        let texts = in_file.get("GOPROXY").into_iter().chain([&goproxy]);
        let texts = texts.chain(mirrors.iter().map(|(_, url)| url));
        let entries = texts.flat_map(|text| chain::spellings(text)).collect();
        let databases = [in_file.get("GOSUMDB"), Some(&values[1].1)];
        let databases = databases.into_iter().flatten().cloned().collect();
        Ok(Present {
            version: version_of(&environment),
            environment,
            goproxy,
            entries,
            databases,
            mirrors,
            values,
        })
    }

    fn known<'a>(&'a self, present: &'a Present) -> Known<'a> {
        Known {
            os: self.host.os,
            go: present.version.as_ref(),
            default: present.default("GOPROXY").map(String::as_str),
            mirrors: &present.mirrors,
        }
    }
}

impl Present {
    pub(super) fn value(&self, name: &str) -> String {
        let mut values = self.values.iter();
        let found = values.find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn default(&self, name: &str) -> Option<&String> {
        let mut variables = self.environment.variables.iter();
        let variable = variables.find(|variable| variable.name == name)?;
        variable.default.as_ref()
    }

    fn restored(&self, goproxy: &str) -> Result<String, Error> {
        whole(chain::restore(goproxy, &self.entries))
    }

    /// What was asked for, or what is in effect.
    fn gosumdb(&self, wanted: Option<String>) -> Result<String, Error> {
        match wanted {
            Some(wanted) => whole(chain::restore_one(&wanted, &self.databases)),
            None => Ok(self.value("GOSUMDB")),
        }
    }
}

fn whole(restored: Restored) -> Result<String, Error> {
    match restored {
        Restored::Whole(text) => Ok(text),
        Restored::Unknown(entry) => Err(MirrorError::MaskedEntryUnknown {
            entry: mask_text(&entry),
        }
        .into()),
    }
}
