//! What strace says and does.

use std::{collections::HashMap, fs, path::Path};

use crate::ground::{BEGIN, END, command, run};

/// One system call of a writer: the `nth` of its name since the process began, which is how strace counts.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) name: String,
    pub(crate) nth: usize,
}

/// What happens at a call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// The process ends at its entry.
    Kill,
    /// It does nothing and fails.
    Errno(&'static str),
}

/// Memory and the end of the process are no steps of a change; what `close` says is of no use to anybody.
const NOT_FAILED: &[&str] = &["close"];
const NOT_A_STEP: &[&str] = &["mmap", "munmap", "mprotect", "execve"];

/// The calls of one writer between its two marks.
pub(crate) fn calls(role: &str, folder: &Path) -> Vec<Call> {
    let log = folder.with_extension("trace");
    let name = log.display().to_string();
    let output = run(
        &[
            "strace",
            "-f",
            "-qq",
            "-o",
            &name,
            "-e",
            "trace=%file,%desc",
        ],
        role,
        folder,
    );
    assert!(
        output.status.success(),
        "strace must be installed and allowed to trace: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = fs::read_to_string(&log).expect("strace wrote its log");
    let mut counts = HashMap::new();
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let Some((name, _)) = call.split_once('(') else {
            continue;
        };
        let nth = counts.entry(name.to_owned()).or_insert(0);
        *nth += 1;
        if line.contains(END) {
            return found;
        }
        if inside && !NOT_A_STEP.contains(&name) {
            found.push(Call {
                name: name.to_owned(),
                nth: *nth,
            });
        }
        inside |= line.contains(BEGIN);
    }
    panic!("the trace of {role} has no end mark:\n{text}");
}

impl Fault {
    pub(crate) fn applies(self, call: &Call) -> bool {
        matches!(self, Self::Kill) || !NOT_FAILED.contains(&call.name.as_str())
    }
}

/// Runs a writer with one fault; what it said, or none if it was killed.
pub(crate) fn inject(role: &str, folder: &Path, call: &Call, fault: Fault) -> Option<String> {
    let Call { name, nth } = call;
    let what = match fault {
        Fault::Kill => "signal=KILL".to_owned(),
        Fault::Errno(errno) => format!("error={errno}"),
    };
    let trace = format!("trace={name}");
    let inject = format!("inject={name}:{what}:when={nth}");
    let output = command(
        &[
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &trace,
            "-e",
            &inject,
        ],
        role,
        folder,
    )
    .output()
    .expect("strace was there before");
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match fault {
        Fault::Kill => {
            assert!(
                said.is_empty() && !output.status.success(),
                "{role} was killed at {call:?} and says {said:?}"
            );
            None
        }
        Fault::Errno(_) => {
            assert!(
                output.status.success(),
                "{role} ends by itself when {call:?} fails with {fault:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            Some(said)
        }
    }
}
