//! Deleting in caches: killed anywhere, pointed anywhere, raced, and of any size.

mod killed;
mod large;
mod raced;
mod targets;

use std::path::Path;

use gopherdesk_core::{
    cache::{
        CacheKind, Size,
        aside::{Asides, Leaving},
        remove::{Guard, Root},
    },
    host::Host,
};
use libtest_mimic::Trial;

/// A user like any other, who owns what the caller owns; alone with it (user_namespaces(7)).
const USER: &[&str] = &["unshare", "--user", "--map-user=1000", "--map-group=1000"];

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = killed::trials();
    trials.extend(large::trials());
    trials.extend(raced::trials());
    trials.extend(targets::trials());
    trials
}

/// Plays the role if it is one of ours.
pub(crate) fn play(role: &str, host: &Host) -> bool {
    killed::play(role, host)
        || large::play(role, host)
        || raced::play(role, host)
        || targets::play(role, host)
}

/// A trial that fails by panicking.
fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(format!("caches: {name}"), move || {
        test();
        Ok(())
    })
}

fn open(host: &Host, path: &Path, kind: CacheKind) -> Root {
    Root::open(path, kind, &Guard::new(host, &[])).expect("a cache")
}

fn set_aside(host: &Host, root: &Root) -> String {
    let leaving = Leaving {
        root,
        removed: Vec::new(),
        size: Size::default(),
        fuzz: false,
    };
    let set = Asides::open(host).set_aside(vec![leaving]);
    set.expect("a record").id.expect("something left")
}

/// The folder in which a host of [`Host::sandbox`] lies.
fn ground(host: &Host) -> &Path {
    host.folders.config.parent().expect("the ground")
}
