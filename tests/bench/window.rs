//! The built window against a bare one, in the same run: medians of interleaved rounds, as ratios. A benchmark, not a
//! test: it prints. `make bench` builds both windows before.
//!
//! Both are measured in the same way, from outside: the pixels of a virtual screen tell when a window has painted what
//! it goes on showing, and the system tells what its processes hold.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]
#![cfg_attr(
    target_os = "linux",
    expect(clippy::expect_used, reason = "a benchmark that cannot go on says why")
)]

#[cfg(target_os = "linux")]
#[path = "../e2e/go.rs"]
mod go;
#[cfg(target_os = "linux")]
#[path = "window/processes.rs"]
mod processes;
#[cfg(target_os = "linux")]
#[path = "window/round.rs"]
mod round;
#[cfg(target_os = "linux")]
#[path = "window/screen.rs"]
mod screen;

/// What is measured, how it is read off a start, its unit and its goal.
#[cfg(target_os = "linux")]
type Row = (
    &'static str,
    fn(&round::Start) -> f64,
    &'static str,
    &'static str,
);

#[cfg(target_os = "linux")]
fn main() {
    use std::{fs, path::Path};

    use round::{Round, Start};

    const ROUNDS: usize = 5;
    const MEGABYTE: f64 = 1e6;

    let release = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("release");
    let programs = [release.join("gopherdesk"), release.join("bare")];
    let round = Round::new();
    let mut starts: [Vec<Start>; 2] = Default::default();
    // one round to warm the caches of both
    for number in 0..=ROUNDS {
        for (program, starts) in programs.iter().zip(&mut starts) {
            let start = round.start(program);
            if number > 0 {
                starts.push(start);
            }
        }
    }
    println!("| window | gopherdesk | bare | ratio | goal |");
    println!("| --- | --- | --- | --- | --- |");
    let [ours, bare] = &starts;
    let rows: [Row; 2] = [
        (
            "process start to its content painted",
            |start| start.painted.as_secs_f64(),
            "s",
            "<= 1.5",
        ),
        (
            "memory of all its processes (PSS)",
            |start| start.memory / MEGABYTE,
            "MB",
            "<= 1.2",
        ),
    ];
    for (name, of, unit, goal) in rows {
        let (ours, bare) = (median(ours, of), median(bare, of));
        println!(
            "| {name} | {ours:.2} {unit} | {bare:.2} {unit} | {:.2} | {goal} |",
            ours / bare
        );
    }
    let [ours, bare] = programs
        .map(|program| fs::metadata(program).map_or(0.0, |about| about.len() as f64 / MEGABYTE));
    println!(
        "| binary | {ours:.1} MB | {bare:.1} MB | {:.2} | <= 12 MB |",
        ours / bare
    );
}

#[cfg(target_os = "linux")]
fn median(starts: &[round::Start], of: fn(&round::Start) -> f64) -> f64 {
    let mut values: Vec<f64> = starts.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: windows are measured on a virtual screen, which only Linux has");
}
