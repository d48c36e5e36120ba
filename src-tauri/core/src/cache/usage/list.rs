//! What go is asked.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Asker, as_proxy};
use crate::{
    module::Module,
    project::read::{Contents, Copied},
    toolchain::{
        Version,
        ask::{Ask, ask},
    },
};

/// How long one answer may take; a graph of a thousand modules on a slow disk takes seconds.
const DEADLINE: Duration = Duration::from_secs(60);

/// One line a module of the build list: what takes its place where something does, and nothing for a folder that does.
const FORM: &str = "{{if not .Main}}{{with .Replace}}{{.Path}}@{{.Version}}{{else}}{{.Path}}@{{.Version}}{{end}}{{end}}";

/// The build list of a project; none when go cannot say it from what is in the caches.
///
/// Go fails where it wants an `.info` of a version that it never built with (cmd/go/internal/modload, `moduleInfo`). With
/// `-e` it says the list without, but leaves out of the graph what it cannot read, and says nothing of that: so the graph
/// is asked for as well.
pub(super) async fn ask_list(
    asker: &Asker<'_>,
    project: &Contents,
    copied: &Copied,
    cache: &Path,
) -> Option<BTreeSet<Module>> {
    let (go, version) = able(asker.gos, project)?;
    let question = |words: &[&str]| {
        let ask = Ask::modules(words.iter().copied())
            .with("GOPROXY", proxies(asker.caches))
            .with("GOMODCACHE", cache)
            .with("GOPATH", cache.join("go"))
            .with("GOCACHE", cache.join("builds"))
            .with("GOWORK", &copied.work)
            .inside(&copied.folder)
            .within(DEADLINE);
        // a go.sum that lacks a line is the copy's to mend; in a workspace go allows no such flag
        match project.members.is_none() && version.at_least(1, 14) {
            true => ask.with("GOFLAGS", "-mod=mod"),
            false => ask.with("GOFLAGS", ""),
        }
    };
    let said = match ask(asker.host, go, question(&["list", "-m", "-f", FORM, "all"])).await {
        Ok(said) => said,
        Err(first) => {
            if let Err(reason) = ask(asker.host, go, question(&["mod", "graph"])).await {
                tracing::debug!(%first, %reason, "go knows no build list");
                return None;
            }
            let list = question(&["list", "-m", "-e", "-f", FORM, "all"]);
            ask(asker.host, go, list).await.ok()?
        }
    };
    let lines = String::from_utf8_lossy(&said.stdout);
    // a folder has no version
    let modules = lines
        .lines()
        .filter(|line| !line.is_empty() && !line.ends_with('@'));
    // what cannot be in a cache is none
    Some(modules.filter_map(|line| line.parse().ok()).collect())
}

/// The first go that is new enough.
fn able<'a>(gos: &'a [(PathBuf, Version)], project: &Contents) -> Option<(&'a Path, &'a Version)> {
    let enough = |version: &Version| project.go.as_ref().is_none_or(|wanted| wanted <= version);
    let found = gos.iter().find(|(_, version)| enough(version));
    found.map(|(go, version)| (go.as_path(), version))
}

fn proxies(caches: &[PathBuf]) -> String {
    let proxies: Vec<_> = caches.iter().filter_map(|cache| as_proxy(cache)).collect();
    match proxies.is_empty() {
        true => "off".to_owned(),
        false => proxies.join(","),
    }
}
