//! The projected time against a real `go mod download` of a project, over lines of known delay and rate.

use std::{path::Path, process::Command, sync::Arc, time::Instant};

use gopherdesk_core::{
    host::Host,
    mirror::{report::Workload, test::run},
};
use tokio_util::sync::CancellationToken;

use crate::{
    database::Sumdb,
    median,
    mirror::{Manner, Mirror},
    setup, target,
    tree::{Tree, probes},
};

/// Round trip in milliseconds, megabytes a second.
const LINES: [(u64, f64); 14] = [
    (5, 50.0),
    (5, 1.0),
    (10, 8.0),
    (20, 2.0),
    (20, 12.0),
    (40, 4.0),
    (50, 0.3),
    (60, 20.0),
    (100, 1.0),
    (150, 8.0),
    (200, 0.5),
    (300, 2.0),
    (500, 10.0),
    (800, 0.1),
];

/// Modules of the project, and their sizes in bytes in turn: as in go.sum files, many small ones and few large ones.
const MODULES: usize = 64;
const SIZES: [usize; 8] = [
    3_000, 9_000, 15_000, 22_000, 30_000, 48_000, 90_000, 180_000,
];

pub(crate) fn table() {
    let go = crate::go::newest();
    let folder = tempfile::tempdir().expect("a folder");
    let host = Host::sandbox(folder.path());
    let project = folder.path().join("project");
    let (mut tree, set) = probes(1_800_000);
    let record = tree.record("small.example/m1@v1.0.0");
    let names: Vec<_> = (0..MODULES)
        .map(|at| format!("project.example/m{at}@v1.{at}.0"))
        .collect();
    let mut bytes = 0;
    for (at, name) in names.iter().enumerate() {
        tree = tree.with(name, SIZES[at % SIZES.len()]);
        bytes += tree.known(name).bytes.unwrap_or_default();
    }
    write_project(&project, &tree, &names);
    let database = Arc::new(Sumdb::new(300, &[(123, record)]));
    let parallel = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let workload = Workload {
        modules: u32::try_from(MODULES).expect("few"),
        bytes: u32::try_from(bytes).expect("few"),
        parallel: u32::try_from(parallel).expect("few"),
        project: None,
    };
    let mut setup = setup(&host, set, &database, workload);
    setup.patient = true;
    let tree = Arc::new(tree);
    println!(
        "\n{MODULES} modules, {:.1} MB, {parallel} at once, {}",
        bytes as f64 / 1e6,
        go.display()
    );
    println!("| round trip | line | latency | rate | projected | go mod download | error |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut pairs = Vec::new();
    for (delay, rate) in LINES {
        let manner = Manner::default().delay(delay).rate(rate);
        let mirror = Mirror::serve(&tree, manner.database(&database));
        let targets = [target("it", mirror.url())];
        let measured =
            runtime().block_on(run(&setup, &targets, &CancellationToken::new(), &|_| {}));
        let row = &measured.rows[0];
        let projected = row
            .projected_ms
            .unwrap_or_else(|| panic!("not sound: {row:#?}"));
        let real = download(&go, &project, folder.path(), &mirror.url());
        let error = (projected - real) / real;
        println!(
            "| {delay} ms | {rate} MB/s | {:.1} ms | {:.2} MB/s | {:.2} s | {:.2} s | {:+.0} % |",
            row.latency.median_ms.unwrap_or_default(),
            row.throughput
                .as_ref()
                .map_or(0.0, |sent| sent.bytes_per_second / 1e6),
            projected / 1e3,
            real / 1e3,
            error * 100.0
        );
        pairs.push((projected, real));
    }
    let mut errors: Vec<_> = pairs
        .iter()
        .map(|(projected, real)| ((projected - real) / real).abs())
        .collect();
    println!(
        "\nKendall's tau {:.2} (goal >= 0.9), median error {:.0} % (goal <= 25 %)",
        tau(&pairs),
        median(&mut errors) * 100.0
    );
}

/// A module that needs all the others, with their hashes.
fn write_project(folder: &Path, tree: &Tree, names: &[String]) {
    std::fs::create_dir_all(folder).expect("a folder");
    let requires: String = names
        .iter()
        .map(|name| format!("\t{}\n", name.replace('@', " ")))
        .collect();
    let manifest = format!("module project.example/service\n\ngo 1.21\n\nrequire (\n{requires})\n");
    std::fs::write(folder.join("go.mod"), manifest).expect("writable");
    let sums: String = names.iter().map(|name| tree.record(name)).collect();
    std::fs::write(folder.join("go.sum"), sums).expect("writable");
}

/// How long the real go takes, in milliseconds.
fn download(go: &Path, project: &Path, folder: &Path, goproxy: &str) -> f64 {
    let cache = tempfile::tempdir_in(folder).expect("a folder");
    let begun = Instant::now();
    let done = Command::new(go)
        .args(["mod", "download"])
        .env_clear()
        .env("HOME", folder)
        .env("PATH", "/usr/bin:/bin")
        .env("GOPROXY", goproxy)
        .env("GOMODCACHE", cache.path())
        .env("GOFLAGS", "-modcacherw")
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off")
        .current_dir(project)
        .output()
        .expect("go can be run");
    let taken = begun.elapsed().as_secs_f64() * 1e3;
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    taken
}

/// How far two orders agree: 1 when every pair is in the same order.
fn tau(pairs: &[(f64, f64)]) -> f64 {
    let (mut agree, mut all) = (0.0, 0.0);
    for (at, a) in pairs.iter().enumerate() {
        for b in &pairs[at + 1..] {
            all += 1.0;
            agree += f64::signum((a.0 - b.0) * (a.1 - b.1));
        }
    }
    agree / all
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
