//! Many writers at once.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crate::machine::Machine;

/// Different variables with values that every Go takes.
const VALUES: [(&str, &str); 20] = [
    ("GOPROXY", "direct"),
    ("GOPRIVATE", "private.example"),
    ("GONOPROXY", "noproxy.example"),
    ("GONOSUMDB", "nosumdb.example"),
    ("GOBIN", "/tmp/somewhere/bin"),
    ("GOMODCACHE", "/tmp/somewhere/mod"),
    ("GOARM", "7"),
    ("GOAMD64", "v2"),
    ("GOARM64", "v8.0"),
    ("GO386", "softfloat"),
    ("GOMIPS", "softfloat"),
    ("GOMIPS64", "softfloat"),
    ("GOPPC64", "power9"),
    ("GORISCV64", "rva20u64"),
    ("GOFLAGS", "-mod=mod"),
    ("CGO_CFLAGS", "-O1"),
    ("CGO_CPPFLAGS", "-DX"),
    ("CGO_CXXFLAGS", "-O1"),
    ("CGO_FFLAGS", "-O1"),
    ("CGO_LDFLAGS", "-lm"),
];

#[test]
fn twenty_writers_lose_nothing() {
    let machine = Machine::new();
    machine.write_env("# a comment that nobody may lose\n");
    thread::scope(|scope| {
        for (name, value) in VALUES {
            let machine = &machine;
            scope.spawn(move || {
                let line = format!("env set {name}={value} --yes --json");
                let set = machine
                    .gdesk(&line)
                    .ends(0, "everybody gets through")
                    .json();
                assert_eq!(
                    set["changes"][0]["name"], name,
                    "and tells of its own change: {set}"
                );
            });
        }
    });
    let text = machine.env_text().expect("it is there");
    assert!(
        text.contains("# a comment that nobody may lose\n"),
        "the comment is there: {text}"
    );
    for (name, value) in VALUES {
        assert!(
            text.contains(&format!("{name}={value}\n")),
            "{name} is there: {text}"
        );
    }
    let history = machine
        .gdesk("history --json")
        .ends(0, "it can be read")
        .json();
    assert_eq!(
        history["entries"].as_array().map(Vec::len),
        Some(20),
        "each is in the history"
    );
}

/// How often the race is run anew when `go` was caught half way.
const SCENES: u32 = 20;

/// `go env -w` knows no lock and no rename, so it may lose what we write; we must not lose what was there when we read.
#[test]
fn what_go_wrote_is_never_lost() {
    // between its truncate and its write the file is empty, and then nothing was there when we read
    let caught = (0..SCENES).take_while(|_| was_go_caught_half_way()).count();
    assert!(
        caught < SCENES as usize,
        "one of {SCENES} races saw only whole files"
    );
}

/// Races with `go`; true when we read its truncated file, and the race says nothing.
fn was_go_caught_half_way() -> bool {
    let machine = Machine::new();
    machine.write_env("# a comment that nobody may lose\nGOPROXY=direct\n");
    let done = AtomicBool::new(false);
    let mut ours = Vec::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            for (name, value) in &VALUES[1..] {
                machine
                    .go(&format!("env -w {name}={value}"))
                    .ends(0, "go writes");
            }
            done.store(true, Ordering::SeqCst);
        });
        for round in 0.. {
            if done.load(Ordering::SeqCst) {
                break;
            }
            let line = format!("env set GOPROXY=https://{round}.example --yes --json");
            let set = machine.gdesk(&line).ends(0, "ours gets through as well");
            ours.push(set.json());
        }
    });
    // nobody takes GOPROXY out, so a file without it was an empty one
    if ours.iter().any(|set| set["changes"][0]["before"].is_null()) {
        return true;
    }
    let text = machine.env_text().expect("it is there");
    assert!(
        text.contains("# a comment that nobody may lose\n"),
        "the comment is there: {text} after {ours:#?}"
    );
    for (name, value) in &VALUES[1..] {
        assert!(
            text.contains(&format!("{name}={value}\n")),
            "{name} is there: {text} after {ours:#?}"
        );
    }
    false
}
