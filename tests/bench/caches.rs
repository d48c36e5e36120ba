//! Caches: how fast one is counted, against `du` and others, and how fast a whole one is freed, against `go clean -modcache`
//! and `rm -rf`. A benchmark, not a test: it prints.
//!
//! A word behind `--` names one table; `large` does each with 300,000 files as well.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "a benchmark prints, and says why it cannot go on"
)]

#[path = "../support/caches.rs"]
mod filled;
#[path = "../e2e/go.rs"]
mod go;
#[path = "caches/removing.rs"]
mod removing;
#[path = "caches/scan.rs"]
mod scan;

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let large = words.iter().any(|word| word == "large");
    let only = words.iter().find(|word| *word != "large");
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    if wanted("scan") {
        scan::table(60_000);
        if large {
            scan::table(300_000);
        }
    }
    if wanted("removing") {
        removing::table(60_000, 3);
        if large {
            removing::table(300_000, 1);
        }
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
