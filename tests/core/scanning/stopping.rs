//! A scan that is stopped.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use gopherdesk_core::cache::{
    CacheKind, Place, ScanCaches, ScanEvent, Size, locate::id_of, remove::Guard, scan::Scan,
};
use tokio_util::sync::CancellationToken;

use super::{Ground, cache, manifest};
use crate::{filled, support::block_on};

#[test]
fn what_was_counted_stays() {
    let ground = Ground::new();
    filled::modules(&ground.modules(), 2_000);
    filled::builds(&ground.builds(), 2_000);
    let whole = manifest(&ground.modules()) + manifest(&ground.builds());
    let places = [
        place(CacheKind::Modules, ground.modules()),
        place(CacheKind::Build, ground.builds()),
    ];
    let guard = Guard::new(&ground.sandbox.host, &[]);
    // at whatever event there is first, or later
    for at in 0..3 {
        let (seen, cancel) = (AtomicUsize::new(0), CancellationToken::new());
        let scan = Scan {
            host: &ground.sandbox.host,
            places: &places,
            guard: &guard,
            exact: true,
            cancel: &cancel,
        };
        let scanned = scan.run(&|_: ScanEvent| {
            if seen.fetch_add(1, Ordering::SeqCst) >= at {
                cancel.cancel();
            }
        });
        let inventory = scanned.inventory;
        let parts = inventory.caches.iter().flat_map(|cache| &cache.parts);
        let parts: Size = parts.map(|part| part.size).sum();
        assert_eq!(inventory.size, parts, "{at}: what is told adds up");
        assert!(inventory.size.files <= whole.files, "{at}: nothing twice");
        let modules = cache(&inventory, CacheKind::Modules);
        let rows: u64 = inventory.versions.iter().map(|row| row.size.files).sum();
        assert!(rows <= modules.size.files, "{at}: each row was counted");
        assert!(inventory.cancelled, "{at}: it says so");
        assert!(
            at > 0 || inventory.size.files == 0,
            "nothing was looked at yet"
        );
    }
}

fn place(kind: CacheKind, path: PathBuf) -> Place {
    Place {
        id: id_of(kind, &path),
        kind,
        path,
        owners: Vec::new(),
    }
}

#[test]
fn what_is_stopped_before_it_begins_counts_nothing() {
    let ground = Ground::new();
    filled::modules(&ground.modules(), 300);
    let app = ground.sandbox.app();
    let job = app.jobs.start("scan".to_owned());
    app.jobs.cancel("scan");
    let scanned = block_on(app.cache_scan(ScanCaches::default(), &job, &|_: ScanEvent| {}));
    let inventory = scanned.expect("nothing is an answer");
    assert_eq!(inventory.size, Size::default(), "nothing was looked at");
    let kept = ground.sandbox.path("own/cache/cache-sizes.json");
    assert!(
        !kept.exists(),
        "half a scan is not remembered for a whole one"
    );
}
