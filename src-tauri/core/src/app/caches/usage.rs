//! What the user's projects need of the module caches.

use std::path::PathBuf;

use crate::{
    app::App,
    cache::{
        UsingProject,
        usage::{self, Asker, Usage},
    },
    project::read::{self, Contents},
    toolchain::{Toolchains, Version, discover},
};

impl App {
    /// Every project that was named, with what it needs, the one that was named last first. The user's caches and projects are
    /// only read.
    ///
    /// One that cannot be read is among them, as [`UsageSource::Unknown`](crate::cache::UsageSource): what it needs is not
    /// known to be unused.
    pub async fn cache_usages(&self, caches: &[PathBuf]) -> Vec<(UsingProject, Usage)> {
        let kept = self.own_projects.load().value;
        let workspaces = self.has_workspaces();
        let folders: Vec<_> = kept
            .list()
            .iter()
            .map(|project| project.path.clone())
            .collect();
        let read = self.off_thread(move || {
            let read = folders
                .iter()
                .map(|folder| read::read(folder, workspaces).ok());
            Ok(read.collect::<Vec<_>>())
        });
        let contents = read.await.unwrap_or_default();
        let known: Vec<_> = contents.iter().flatten().cloned().collect();
        let gos = self.gos_for(&known).await;
        let mut host = self.host.clone();
        host.vars = self.outer().terminal(&self.host);
        let asker = Asker {
            host: &host,
            gos: &gos,
            caches,
        };
        let mut usages = usage::of(&asker, &known).await.into_iter();
        let mut contents = contents.into_iter();
        let mut all = Vec::new();
        for project in kept.list() {
            let usage = match contents.next().flatten() {
                Some(_) => usages.next().unwrap_or_else(Usage::unknown),
                None => Usage::unknown(),
            };
            let name = project.path.file_name().unwrap_or(project.path.as_os_str());
            let shown = UsingProject {
                id: project.id.clone(),
                name: name.to_string_lossy().into_owned(),
                path: self.host.short(&project.path),
                source: usage.source.clone(),
            };
            all.push((shown, usage));
        }
        all
    }

    /// The go that a terminal runs, and all others of this machine if a project wants a newer one.
    async fn gos_for(&self, projects: &[Contents]) -> Vec<(PathBuf, Version)> {
        let with_version = |found: Toolchains| {
            let found = found.list.into_iter().filter_map(|toolchain| {
                let version = Version::parse(toolchain.version.as_deref()?)?;
                Some((toolchain.path, version))
            });
            found.collect::<Vec<_>>()
        };
        if projects.is_empty() {
            return Vec::new();
        }
        let first = with_version(discover::first(&self.host, &self.search()).await);
        let newest = projects
            .iter()
            .filter_map(|project| project.go.as_ref())
            .max();
        let is_enough =
            newest.is_none_or(|wanted| first.first().is_some_and(|(_, have)| wanted <= have));
        match is_enough {
            true => first,
            false => with_version(discover::discover(&self.host, &self.search()).await),
        }
    }
}
