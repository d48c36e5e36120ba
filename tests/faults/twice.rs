//! Killed in a change, and killed again in the recovery of it (reliability A7).

use std::{fs, path::Path};

use libtest_mimic::Trial;

use crate::{
    crash::{self, Expected},
    ground,
    trace::{self, Call, Fault},
    writers::{self, Writer},
};

/// How many pairs of kills are tried, spread evenly over all of them.
const PAIRS: usize = 500;

/// How many of them run at a time: each is a process that waits for another.
const HANDS: usize = 4;

const CHANGE: &str = "a change with its history";
const RECOVERY: &str = "the recovery of a change that was made";

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("crash: a crash in the recovery", || {
        survive();
        Ok(())
    })]
}

/// Where it is killed first, and where the recovery of what that left is killed.
struct Pair {
    first: Call,
    second: Call,
}

fn survive() {
    let writer = writers::find(CHANGE).expect("a writer");
    let ground = ground::folder();
    let (host, folder) = crash::fresh(writer, &ground, "undisturbed");
    let old = fs::read((writer.file)(&host)).ok();
    let mode = crash::mode(writer, &host);
    let calls = trace::calls(writer.name, &folder);
    let expected = Expected {
        new: fs::read((writer.file)(&host)).ok(),
        old,
        mode,
    };
    let mut pairs = Vec::new();
    for (number, first) in calls.iter().enumerate() {
        let (_, folder) = crash::fresh(writer, &ground, &format!("first-{number}"));
        trace::inject(writer.name, &folder, first, Fault::Kill);
        for second in trace::calls(RECOVERY, &folder) {
            pairs.push(Pair {
                first: first.clone(),
                second,
            });
        }
        fs::remove_dir_all(&folder).expect("the ground is cleaned");
    }
    let all = pairs.len();
    assert!(all >= PAIRS, "there are {PAIRS} of them: {all}");
    let sample: Vec<_> = (0..PAIRS)
        .map(|number| &pairs[number * all / PAIRS])
        .collect();
    std::thread::scope(|scope| {
        for (hand, pairs) in sample.chunks(PAIRS.div_ceil(HANDS)).enumerate() {
            let (ground, expected) = (&ground, &expected);
            scope.spawn(move || {
                for (number, pair) in pairs.iter().enumerate() {
                    let (host, folder) = crash::fresh(writer, ground, &format!("{hand}-{number}"));
                    kill_twice(writer, &folder, pair);
                    let what = format!("killed at {:?}, then at {:?}", pair.first, pair.second);
                    crash::check(writer, &host, expected, None, &what);
                    fs::remove_dir_all(&folder).expect("the ground is cleaned");
                }
            });
        }
    });
    println!("{PAIRS} of {all} pairs of crashes");
}

fn kill_twice(writer: &Writer, folder: &Path, Pair { first, second }: &Pair) {
    trace::inject(writer.name, folder, first, Fault::Kill);
    trace::inject(RECOVERY, folder, second, Fault::Kill);
}
