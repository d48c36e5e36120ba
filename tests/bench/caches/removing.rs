//! The whole module cache: until its place is free, and until its space is.

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use gopherdesk_core::{
    cache::{
        CacheKind, Size,
        aside::{Asides, Leaving},
        remove::{Control, Guard, Root},
    },
    host::Host,
};

use crate::{filled, go, median};

/// Of one round: until the place is free, and until the space is, in milliseconds.
type Times = (f64, f64);

/// A way to free a cache.
type Way = fn(&Host, &Path) -> Times;

/// Who frees it.
const WAYS: [(&str, Way); 4] = [
    ("go clean -modcache", go_clean),
    ("chmod -R u+w; rm -rf", remove),
    ("Gopherdesk", ours),
    ("Gopherdesk, a folder at a time", ours_in_place),
];

pub(crate) fn table(files: usize, rounds: usize) {
    println!(
        "\nA module cache of {files} files, {rounds} rounds, median in ms (ratio to go clean -modcache)"
    );
    println!("| way | place free | space free | ratio |");
    println!("|---|---|---|---|");
    let mut times = vec![(Vec::new(), Vec::new()); WAYS.len()];
    for _ in 0..rounds {
        for ((_, way), (place, space)) in WAYS.iter().zip(&mut times) {
            let ground = tempfile::tempdir().expect("a folder");
            let host = Host::sandbox(ground.path());
            std::fs::create_dir_all(ground.path().join("home")).expect("a folder");
            let root = ground.path().join("mod");
            filled::modules(&root, files);
            let (free, gone) = way(&host, &root);
            place.push(free);
            space.push(gone);
        }
    }
    let base = median(&mut times[0].1);
    for ((name, _), (place, space)) in WAYS.iter().zip(&mut times) {
        let (place, space) = (median(place), median(space));
        println!("| {name} | {place:.2} | {space:.0} | {:.2} |", space / base);
    }
}

fn go_clean(host: &Host, root: &Path) -> Times {
    timed(
        Command::new(go::newest())
            .args(["clean", "-modcache"])
            .current_dir(host.home.as_deref().expect("a home"))
            .env_clear()
            .env("HOME", host.home.as_deref().expect("a home"))
            .env("GOMODCACHE", root)
            .env("GOENV", "off")
            .env("GOTOOLCHAIN", "local"),
    )
}

/// What one does without go: its trees are read-only, and nobody deletes caches as root.
fn remove(_: &Host, root: &Path) -> Times {
    timed(
        Command::new("sh")
            .args(["-c", "chmod -R u+w \"$1\" && rm -rf \"$1\"", "sh"])
            .arg(root),
    )
}

fn timed(command: &mut Command) -> Times {
    let began = Instant::now();
    let status = command.status().expect("it is installed");
    let time = milliseconds(began.elapsed());
    assert!(status.success(), "{command:?}");
    (time, time)
}

fn ours(host: &Host, root: &Path) -> Times {
    let began = Instant::now();
    let guard = Guard::new(host, &[]);
    let cache = Root::open(root, CacheKind::Modules, &guard).expect("a cache");
    let asides = Asides::open(host);
    let leaving = Leaving {
        root: &cache,
        removed: Vec::new(),
        size: Size::default(),
        fuzz: false,
    };
    let set = asides.set_aside(vec![leaving]).expect("a record");
    let free = milliseconds(began.elapsed());
    let id = set.id.expect("something left");
    let removal = asides
        .purge(&id, &guard, &Control::QUIET)
        .expect("it is there");
    assert!(
        removal.kept.is_empty(),
        "all of it is Go's: {:?}",
        removal.kept
    );
    (free, milliseconds(began.elapsed()))
}

fn ours_in_place(host: &Host, root: &Path) -> Times {
    let began = Instant::now();
    let cache = Root::open(root, CacheKind::Modules, &Guard::new(host, &[])).expect("a cache");
    for name in cache.recognised().own.clone() {
        cache.remove(Path::new(&name), &Control::QUIET);
    }
    let time = milliseconds(began.elapsed());
    (time, time)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
