//! Which versions the user's projects need.
//!
//! Go itself says it (`go list -m all`), in a copy of the files that decide about modules, without the network, and
//! without a byte written into the user's module caches: they are the proxy (`file://`) of a module cache of our own, which
//! takes nothing but `.mod` and `.info`. What go cannot say without the network is read in `go.mod` and `go.sum`.

mod list;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use futures_util::{StreamExt, stream};

use super::{Inventory, UsageSource, UsingProject, choose::TOOLCHAIN};
use crate::{
    error::{Error, FileError},
    fetch::{Scratch, off_thread},
    host::Host,
    module::Module,
    project::read::{Contents, Copied},
    toolchain::Version,
};

/// How many projects go is asked about at once.
const AT_ONCE: usize = 2;

/// What a project needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// How it is known.
    pub source: UsageSource,
    /// Versions whose files it builds with: they need zip or tree.
    pub used: BTreeSet<Module>,
    /// Versions of which only the `.mod` is needed, for the module graph.
    pub listed: BTreeSet<Module>,
    /// The Gos that its files name: `go1.24.11`.
    pub toolchains: BTreeSet<String>,
}

/// Who is asked, and of what.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The machine, with the variables of a terminal.
    pub host: &'a Host,
    /// The go commands of this machine, the one that a terminal runs first.
    pub gos: &'a [(PathBuf, Version)],
    /// The module caches.
    pub caches: &'a [PathBuf],
}

impl Usage {
    /// Of a project that cannot be read.
    pub const fn unknown() -> Self {
        Self {
            source: UsageSource::Unknown {},
            used: BTreeSet::new(),
            listed: BTreeSet::new(),
            toolchains: BTreeSet::new(),
        }
    }

    /// What the files alone say: all that is required, and all whose zip somebody needed.
    pub fn of_files(project: &Contents) -> Self {
        let named = [&project.wanted, &project.used];
        let used: BTreeSet<_> = named.into_iter().flatten().cloned().collect();
        Self {
            source: UsageSource::Sums {},
            listed: listed(project, &used),
            used,
            toolchains: project.toolchains(),
        }
    }

    /// What go says. A workspace is more than its build list: each of its modules is built alone as well, as where GOWORK
    /// is `off`, and may then need another version.
    fn of_list(project: &Contents, list: BTreeSet<Module>) -> Self {
        let mut used = list;
        if project.members.is_some() {
            used.extend(project.used.iter().cloned());
        }
        Self {
            source: UsageSource::BuildList {},
            listed: listed(project, &used),
            used,
            toolchains: project.toolchains(),
        }
    }

    /// Whether a version in a module cache is needed; of Go's own versions those that it names, of whatever system.
    pub fn needs(&self, module: &str, version: &str) -> bool {
        if module == TOOLCHAIN {
            // v0.0.1-go1.24.11.linux-amd64
            let go = version
                .rsplit_once('.')
                .and_then(|(go, _)| go.split_once('-'));
            return go.is_some_and(|(_, go)| self.toolchains.contains(go));
        }
        let module = format!("{module}@{version}").parse();
        module.is_ok_and(|module| self.used.contains(&module))
    }
}

/// What `go.sum` has for the module graph, and nothing more.
fn listed(project: &Contents, used: &BTreeSet<Module>) -> BTreeSet<Module> {
    let graph = project.sums().filter(|(_, sum)| sum.manifest);
    graph
        .map(|(module, _)| module)
        .filter(|module| !used.contains(module))
        .collect()
}

/// What each of these projects needs, in their order. Nothing is written outside of a folder of our own, which is gone
/// afterwards.
pub async fn of(asker: &Asker<'_>, projects: &[Contents]) -> Vec<Usage> {
    let copied = match projects.iter().any(requires) {
        true => copy(asker.host, projects).await,
        false => Ok((None, Vec::new())),
    };
    let (scratch, copies) = copied.unwrap_or_else(|reason| {
        tracing::warn!(%reason, "go is not asked what projects need");
        (None, Vec::new())
    });
    let cache = scratch.as_ref().map(Scratch::cache);
    let mut asked = Vec::new();
    for (number, project) in projects.iter().enumerate() {
        asked.push(of_one(asker, project, copies.get(number), cache.as_deref()));
    }
    let usages = stream::iter(asked).buffered(AT_ONCE).collect().await;
    if let Err(reason) = off_thread(move || drop(scratch)).await {
        tracing::warn!(%reason, "the copies of projects may not be removed");
    }
    usages
}

async fn of_one(
    asker: &Asker<'_>,
    project: &Contents,
    copied: Option<&Copied>,
    cache: Option<&Path>,
) -> Usage {
    let list = match (copied, cache) {
        _ if !requires(project) => Some(BTreeSet::new()),
        (Some(copied), Some(cache)) => list::ask_list(asker, project, copied, cache).await,
        _ => None,
    };
    match list {
        Some(list) => Usage::of_list(project, list),
        None => Usage::of_files(project),
    }
}

/// Go need not be asked of what requires nothing.
fn requires(project: &Contents) -> bool {
    !project.required().is_empty()
}

async fn copy(host: &Host, projects: &[Contents]) -> Result<(Option<Scratch>, Vec<Copied>), Error> {
    let (host, projects) = (host.clone(), projects.to_vec());
    let copied = off_thread(move || {
        let scratch = Scratch::new(&host)?;
        let copies = projects.iter().enumerate().map(|(number, project)| {
            let folder = scratch.module().join(number.to_string());
            project.copy_into(&folder)
        });
        let copies = copies.collect::<Result<_, _>>()?;
        Ok::<_, FileError>((Some(scratch), copies))
    });
    Ok(copied.await??)
}

/// Writes down in an inventory which of its versions are needed by whom.
pub fn relate(inventory: &mut Inventory, projects: Vec<(UsingProject, Usage)>) {
    let mut users: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut toolchains = Vec::new();
    for (number, (_, usage)) in (0..).zip(&projects) {
        for module in &usage.used {
            users.entry(module.to_string()).or_default().push(number);
        }
        toolchains.push((number, usage));
    }
    for row in &mut inventory.versions {
        row.used_by = match row.module == TOOLCHAIN {
            true => toolchains
                .iter()
                .filter(|(_, usage)| usage.needs(&row.module, &row.version))
                .map(|(number, _)| *number)
                .collect(),
            false => {
                let name = format!("{}@{}", row.module, row.version);
                users.get(&name).cloned().unwrap_or_default()
            }
        };
    }
    inventory.projects = projects.into_iter().map(|(project, _)| project).collect();
}

/// A module cache as a proxy: every file of `cache/download` is where a proxy has it (go-semantics 4.1, 5.1).
fn as_proxy(cache: &Path) -> Option<String> {
    let folder = cache.join("cache").join("download");
    let url = url::Url::from_file_path(folder).ok()?;
    // what separates the entries of a GOPROXY
    Some(url.as_str().replace(',', "%2C").replace('|', "%7C"))
}
