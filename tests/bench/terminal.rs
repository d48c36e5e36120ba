//! `gdesk` against `go` in the same run: medians of interleaved rounds, as ratios. A benchmark, not a test: it prints.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and says why it cannot go on"
)]

#[path = "../e2e/go.rs"]
mod go;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 21;

/// Two profiles of five values each.
const PROFILES: [&str; 2] = ["one", "other"];

/// One thing measured, and what it is measured against.
struct Row {
    name: &'static str,
    peer: &'static str,
    goal: &'static str,
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
}

fn main() {
    let go = go::newest();
    let home = tempfile::tempdir().expect("a temporary folder");
    let gdesk = PathBuf::from(env!("CARGO_BIN_EXE_gdesk"));
    let mut rows = [
        row("gdesk env list --json", "go env -json", "<= 1.5"),
        row(
            "gdesk env set, five values, read back",
            "go env -w of the same",
            "<= 3",
        ),
        row(
            "gdesk profile use, five values, read back",
            "go env -w of the same",
            "<= 3",
        ),
        row("gdesk --version", "go version", "<= 5 ms"),
    ];
    let sets: [Vec<String>; 2] = [0, 1].map(values);
    // sets of their own, so that a switch changes something whatever the rows before it wrote
    let profiled: [Vec<String>; 2] = [2, 3].map(values);
    for (name, values) in PROFILES.iter().zip(&profiled) {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let save = [&["profile", "save", name, "--yes"][..], &values].concat();
        time(&gdesk, &save, home.path(), &go);
    }
    // one round to warm the caches of both
    for round in 0..=ROUNDS {
        let values: Vec<&str> = sets[round % 2].iter().map(String::as_str).collect();
        let profiled: Vec<&str> = profiled[round % 2].iter().map(String::as_str).collect();
        let pairs: [(Vec<&str>, Vec<&str>); 4] = [
            (vec!["env", "list", "--json"], vec!["env", "-json"]),
            (
                [&["env", "set", "--yes", "--json"][..], &values].concat(),
                [&["env", "-w"][..], &values].concat(),
            ),
            (
                vec!["profile", "use", PROFILES[round % 2], "--yes", "--json"],
                [&["env", "-w"][..], &profiled].concat(),
            ),
            (vec!["--version"], vec!["version"]),
        ];
        for (row, (ours, theirs)) in rows.iter_mut().zip(pairs) {
            let ours = time(&gdesk, &ours, home.path(), &go);
            let theirs = time(&go, &theirs, home.path(), &go);
            if round > 0 {
                row.ours.push(ours);
                row.theirs.push(theirs);
            }
        }
    }
    println!("| gdesk | median | peer | median | ratio | goal |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for row in &mut rows {
        let (ours, theirs) = (median(&mut row.ours), median(&mut row.theirs));
        println!(
            "| {} | {:.1} ms | {} | {:.1} ms | {:.2} | {} |",
            row.name,
            ours.as_secs_f64() * 1e3,
            row.peer,
            theirs.as_secs_f64() * 1e3,
            ours.as_secs_f64() / theirs.as_secs_f64(),
            row.goal
        );
    }
}

const fn row(name: &'static str, peer: &'static str, goal: &'static str) -> Row {
    Row {
        name,
        peer,
        goal,
        ours: Vec::new(),
        theirs: Vec::new(),
    }
}

/// Two sets in turn, so that every write changes something.
fn values(set: usize) -> Vec<String> {
    vec![
        format!("GOPROXY=https://mirror{set}.example,direct"),
        "GOSUMDB=sum.golang.org".to_owned(),
        format!("GOPRIVATE=*.corp{set}.example"),
        format!("GONOPROXY=git{set}.example"),
        format!("GOTOOLCHAIN={}", ["local", "auto"][set % 2]),
    ]
}

fn time(program: &Path, args: &[&str], home: &Path, go: &Path) -> Duration {
    let start = Instant::now();
    let status = Command::new(program)
        .args(args)
        .env_clear()
        .env("HOME", home)
        // with the system's folders, because a developer has a C compiler, which both run
        .env("PATH", path(go))
        .current_dir(home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let elapsed = start.elapsed();
    assert!(
        status.is_ok_and(|status| status.success()),
        "{} {args:?} must succeed to be measured",
        program.display()
    );
    elapsed
}

fn path(go: &Path) -> std::ffi::OsString {
    let folders = [
        go.parent().unwrap_or(go),
        Path::new("/usr/bin"),
        Path::new("/bin"),
    ];
    std::env::join_paths(folders).expect("no folder of ours has a colon in it")
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
