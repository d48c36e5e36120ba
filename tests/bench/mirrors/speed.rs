//! A run over eight mirrors, three of them broken, against `curl` of one zip each, one after the other.

use std::{
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use gopherdesk_core::{
    host::Host,
    mirror::{
        report::{MirrorEvent, Workload},
        test::run,
    },
};
use tokio_util::sync::CancellationToken;

use crate::{
    database::Sumdb,
    median,
    mirror::{Fault, Manner, Mirror},
    setup, target,
    tree::probes,
};

const ROUNDS: usize = 5;

pub(crate) fn table() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = Host::sandbox(folder.path());
    let (tree, set) = probes(1_800_000);
    // what the best existing tool downloads
    let tree = tree.with("huge.example/m@v1.0.0", 31 << 20);
    let record = tree.record("small.example/m1@v1.0.0");
    let database = Arc::new(Sumdb::new(300, &[(123, record)]));
    let tree = Arc::new(tree);
    let workload = Workload {
        modules: 120,
        bytes: 25_000_000,
        parallel: 4,
        project: None,
    };
    let setup = setup(&host, set, &database, workload);
    let serve = |manner: Manner| Mirror::serve(&tree, manner.database(&database));
    let sound = |delay, rate| serve(Manner::default().delay(delay).rate(rate));
    let mirrors = [
        sound(20, 8.0),
        sound(50, 12.0),
        sound(100, 4.0),
        sound(200, 2.0),
        sound(800, 1.0),
        serve(Manner::default().fault(|_| Some(Fault::Silence))),
        serve(Manner::default().fault(|_| Some(Fault::Status(503)))),
        serve(
            Manner::default()
                .delay(30)
                .fault(|path| path.ends_with(".zip").then_some(Fault::Trickle(10_000))),
        ),
    ];
    let targets: Vec<_> = mirrors
        .iter()
        .enumerate()
        .map(|(at, mirror)| target(&at.to_string(), mirror.url()))
        .collect();
    let (mut total, mut first, mut winners) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let filled = Mutex::new(None);
        let observer = |event: MirrorEvent| {
            if let MirrorEvent::Measured { mirror, .. } = event
                && (mirror.connect.is_some() || mirror.latency.samples > 0)
            {
                filled
                    .lock()
                    .expect("no panic")
                    .get_or_insert_with(|| begun.elapsed());
            }
        };
        let measured =
            runtime().block_on(run(&setup, &targets, &CancellationToken::new(), &observer));
        total.push(begun.elapsed().as_secs_f64());
        let filled: Option<Duration> = *filled.lock().expect("no panic");
        first.push(filled.map_or(f64::NAN, |first| first.as_secs_f64() * 1e3));
        winners.push(measured.ranking.first().cloned().unwrap_or_default());
    }
    let curl = curl(&mirrors);
    let total = median(&mut total);
    println!("| eight mirrors, three of them broken | time | goal |");
    println!("| --- | ---: | --- |");
    println!("| curl -m 8 of one zip of 31 MB each, one after the other | {curl:.1} s | |");
    println!("| gopherdesk, everything verified | {total:.2} s | |");
    println!("| ratio | {:.3} | <= 0.05 |", total / curl);
    println!(
        "| first row filled | {:.0} ms | two round trips of 20 ms |",
        median(&mut first)
    );
    println!(
        "| winners of {ROUNDS} rounds | {} | always 0 |",
        winners.join(" ")
    );
}

fn curl(mirrors: &[Mirror]) -> f64 {
    let begun = Instant::now();
    for mirror in mirrors {
        let url = format!("{}/huge.example/m/@v/v1.0.0.zip", mirror.url());
        let run = Command::new("curl")
            .args(["-s", "-m", "8", "-o", "/dev/null", &url])
            .status();
        run.expect("curl is there");
    }
    begun.elapsed().as_secs_f64()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
