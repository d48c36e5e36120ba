//! A hundred mirrors at once, thirty of them hostile (reliability D42).

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use gopherdesk_core::mirror::test::RUN_BUDGET;
use tokio_util::sync::CancellationToken;

use super::{Ground, target};
use crate::mirror::{Fault, Manner, Mirror};

/// How many connections a run may hold.
const SOCKETS: usize = 64;

#[test]
fn thirty_hostile_mirrors_of_a_hundred_cost_the_others_nothing() {
    let ground = Ground::new(100_000);
    let mirrors: Vec<Mirror> = (0..100)
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
        .collect();
    let mirrors = Arc::new(mirrors);
    let targets: Vec<_> = mirrors
        .iter()
        .enumerate()
        .map(|(at, mirror)| target(&format!("m{at}"), &mirror.url()))
        .collect();
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
