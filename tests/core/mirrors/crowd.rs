//! A hundred mirrors at once, thirty of them hostile (reliability D42).

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use gopherdesk_core::mirror::test::{RUN_BUDGET, Target};
use tokio_util::sync::CancellationToken;

use super::{Ground, target};
use crate::mirror::{Fault, Manner, Mirror};

/// How many connections a run may hold.
const SOCKETS: usize = 64;

/// How much memory a run may take, in KiB.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 150 << 10;

/// A hundred mirrors, of which three in ten are silent, trickle, or send more than was asked for.
fn crowd(ground: &Ground) -> Vec<Mirror> {
    (0..100)
        .map(|at| {
            let manner = match at % 10 {
                0 => Manner::default().fault(|_| Some(Fault::Silence)),
                3 => Manner::default().fault(|_| Some(Fault::Trickle(40))),
                6 => Manner::default()
                    .fault(|_| Some(Fault::Answer("text/plain", vec![b'x'; 4 << 20]))),
                _ => Manner::default().delay(5),
            };
            ground.mirror(manner)
        })
        .collect()
}

fn targets(mirrors: &[Mirror]) -> Vec<Target> {
    mirrors
        .iter()
        .enumerate()
        .map(|(at, mirror)| target(&format!("m{at}"), &mirror.url()))
        .collect()
}

#[test]
fn thirty_hostile_mirrors_of_a_hundred_cost_the_others_nothing() {
    let ground = Ground::new(100_000);
    let mirrors = Arc::new(crowd(&ground));
    let targets = targets(&mirrors);
    let (most, over) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let watcher = {
        let (mirrors, most, over) = (Arc::clone(&mirrors), Arc::clone(&most), Arc::clone(&over));
        std::thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let open = mirrors.iter().map(Mirror::open).sum();
                most.fetch_max(open, Ordering::Relaxed);
                std::thread::yield_now();
            }
        })
    };
    let (measured, _) = ground.test_targets(&targets, &CancellationToken::new());
    over.store(true, Ordering::Relaxed);
    watcher.join().expect("the watcher only counts");
    let most = most.load(Ordering::Relaxed);
    assert!(most <= SOCKETS, "{most} connections at once");
    assert!(
        u64::from(measured.bytes_used) <= RUN_BUDGET,
        "{} bytes came",
        measured.bytes_used
    );
    for (at, row) in measured.rows.iter().enumerate() {
        if matches!(at % 10, 0 | 3 | 6) {
            assert!(!row.sound, "a hostile one is out: {row:#?}");
        }
    }
    assert!(!measured.ranking.is_empty(), "the others were measured");
}

/// Only a program that does nothing else has a memory of which a test can speak, so this one starts itself again.
#[cfg(target_os = "linux")]
#[test]
fn a_hundred_mirrors_take_little_memory() {
    if !std::env::args().any(|argument| argument == "--exact") {
        return alone("mirrors::crowd::a_hundred_mirrors_take_little_memory");
    }
    let ground = Ground::new(100_000);
    let mirrors = crowd(&ground);
    let before = peak();
    ground.test_targets(&targets(&mirrors), &CancellationToken::new());
    let grown = peak() - before;
    assert!(
        grown <= MEMORY,
        "{grown} KiB more, with what the servers took for themselves"
    );
}

/// Runs one test of this program by itself.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "a test runs a test")]
fn alone(test: &str) {
    let this = std::env::current_exe().expect("this program has a path");
    let ended = std::process::Command::new(this)
        .args(["--exact", test])
        .output()
        .expect("it can be started again");
    let told = String::from_utf8_lossy(&ended.stdout);
    assert!(
        ended.status.success() && told.contains("1 passed"),
        "{told}"
    );
}

/// The most memory that this process ever had, in KiB (proc(5), `VmHWM`).
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().strip_suffix(" kB"));
    number
        .and_then(|number| number.parse().ok())
        .expect("a number of KiB")
}
