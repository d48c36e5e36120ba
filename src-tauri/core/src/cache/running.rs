//! Programs of Go that run now, and may be reading what is to go: nobody else can know that (go-semantics 5.2).

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

#[cfg(target_os = "linux")]
use linux::processes;
#[cfg(not(target_os = "linux"))]
use other::processes;

use super::RunningGo;
use crate::host::Host;

/// Programs that read Go's caches, wherever they lie.
const PROGRAMS: [&str; 5] = ["go", "gopls", "staticcheck", "golangci-lint", "dlv"];

/// Those that `go build` and `go test` run; others have such names too, so they have to lie where Go has its tools.
const TOOLS: [&str; 6] = ["compile", "link", "asm", "cgo", "cover", "vet"];

/// One process of this user.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Process {
    pid: u32,
    parent: u32,
    /// The file that runs; none when the system does not say.
    program: Option<PathBuf>,
    /// What the system calls it.
    name: String,
    folder: Option<PathBuf>,
}

/// The programs of Go that this user runs, by name, without those that this process started. Looks at every process of the
/// machine.
pub fn running(host: &Host) -> Vec<RunningGo> {
    choose(&processes(), std::process::id(), |folder| {
        host.short(folder)
    })
}

fn choose(processes: &[Process], own: u32, shown: impl Fn(&Path) -> String) -> Vec<RunningGo> {
    let parents: BTreeMap<_, _> = processes.iter().map(|one| (one.pid, one.parent)).collect();
    let is_ours = |pid: u32| {
        let mut above = pid;
        // a chain that is read while it changes may be a ring
        for _ in 0..=parents.len() {
            if above == own {
                return true;
            }
            match parents.get(&above) {
                Some(parent) => above = *parent,
                None => return false,
            }
        }
        false
    };
    let mut found: Vec<_> = processes
        .iter()
        .filter(|process| !is_ours(process.pid))
        .filter_map(|process| {
            Some(RunningGo {
                pid: process.pid,
                name: process.of_go()?,
                folder: process.folder.as_deref().map(&shown),
            })
        })
        .collect();
    found.sort_by(|one, other| (&one.name, one.pid).cmp(&(&other.name, other.pid)));
    found
}

impl Process {
    /// What it is of Go's; none when it is nothing of that.
    fn of_go(&self) -> Option<String> {
        let file = self.program.as_deref().and_then(Path::file_name);
        let name = file.map_or_else(|| self.name.clone().into(), |file| file.to_string_lossy());
        // Linux says so of a program that was replaced meanwhile, as after an upgrade
        let name = name.strip_suffix(" (deleted)").unwrap_or(&name);
        let name = name.strip_suffix(".exe").unwrap_or(name);
        let is_tool = || {
            let mut folders = self.program.iter().flat_map(|program| program.ancestors());
            let above = folders.nth(2);
            TOOLS.contains(&name) && above.is_some_and(|folder| folder.ends_with("pkg/tool"))
        };
        (PROGRAMS.contains(&name) || is_tool()).then(|| name.to_owned())
    }
}
