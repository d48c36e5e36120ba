//! Counting: by `du`, by other tools where they are installed, and by ours.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use gopherdesk_core::{
    cache::{CacheKind, Owner, Place, ScanEvent, Size, locate::id_of, remove::Guard, scan::Scan},
    host::Host,
};
use tokio_util::sync::CancellationToken;

use crate::filled;

/// Rounds of everything, one after the other; the median counts.
const ROUNDS: usize = 5;

/// Tools that count, and how they are asked for a sum alone. `du` is what the others are measured by.
const TOOLS: [(&str, &[&str]); 5] = [
    ("du", &["-s", "--apparent-size"]),
    ("dust", &["-d", "0", "-P"]),
    ("dua", &["aggregate"]),
    ("pdu", &["--max-depth=1"]),
    ("diskus", &[]),
];

/// A module cache and a build cache of so many files.
pub(crate) fn table(files: usize) {
    for kind in [CacheKind::Modules, CacheKind::Build] {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = folder.path().join("cache");
        fs::create_dir(&cache).expect("a folder");
        let made = match kind {
            CacheKind::Build => filled::builds(&cache, files),
            _ => filled::modules(&cache, files),
        };
        println!("\n{kind:?}, {} files, warm", made.files);
        measure(folder.path(), &cache, kind, made.files);
        // the trees are read-only
        let writable = Command::new("chmod")
            .args(["-R", "u+w"])
            .arg(&cache)
            .status();
        assert!(
            writable.is_ok_and(|status| status.success()),
            "our own files"
        );
    }
}

fn measure(folder: &Path, cache: &Path, kind: CacheKind, files: u64) {
    let host = Host::sandbox(folder);
    let place = Place {
        id: id_of(kind, cache),
        kind,
        path: cache.to_owned(),
        owners: vec![Owner::Effective {}],
    };
    let places = [place];
    let forget = || {
        // there may be none
        let _ = fs::remove_dir_all(&host.folders.cache);
    };
    let mut rows: Vec<(String, Vec<Duration>)> = Vec::new();
    for _ in 0..ROUNDS {
        for (tool, args) in TOOLS {
            match run(tool, args, cache) {
                Some(took) => note(&mut rows, tool, took),
                None => note(
                    &mut rows,
                    &format!("{tool} (not installed)"),
                    Duration::ZERO,
                ),
            }
        }
        forget();
        let (took, size) = ours(&host, &places, true);
        assert_eq!(size.files, files, "counted file by file");
        note(&mut rows, "gopherdesk, exact", took);
        forget();
        let (took, size) = ours(&host, &places, false);
        assert_eq!(size.files, files, "from zips");
        note(&mut rows, "gopherdesk, first scan", took);
        let (took, size) = ours(&host, &places, false);
        assert_eq!(size.files, files, "from the last scan");
        note(&mut rows, "gopherdesk, again", took);
    }
    let du = median(&mut rows[0].1);
    for (name, times) in &mut rows {
        let took = median(times);
        if took.is_zero() {
            println!("  {name}");
            continue;
        }
        let ratio = took.as_secs_f64() / du.as_secs_f64();
        println!(
            "  {name:<24} {:>8.1} ms  {ratio:>6.3} x du",
            took.as_secs_f64() * 1000.0
        );
    }
}

fn ours(host: &Host, places: &[Place], exact: bool) -> (Duration, Size) {
    let begun = Instant::now();
    let guard = Guard::new(host, &[]);
    let scan = Scan {
        host,
        places,
        guard: &guard,
        exact,
        cancel: &CancellationToken::new(),
    };
    let scanned = scan.run(&|_: ScanEvent| {});
    (begun.elapsed(), scanned.inventory.size)
}

fn run(tool: &str, args: &[&str], cache: &Path) -> Option<Duration> {
    let begun = Instant::now();
    let mut command = Command::new(tool);
    command.args(args).arg(cache);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().ok()?;
    status.success().then(|| begun.elapsed())
}

fn note(rows: &mut Vec<(String, Vec<Duration>)>, name: &str, took: Duration) {
    match rows.iter_mut().find(|(known, _)| known == name) {
        Some((_, times)) => times.push(took),
        None => rows.push((name.to_owned(), vec![took])),
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
