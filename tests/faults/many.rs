//! Many writers at once lose nothing of each other.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

use gopherdesk_core::{
    history::journal::Journal,
    host::{
        Host,
        lock::{Lock, WAIT},
        replace::{FileError, read, replace},
    },
    settings::{self, Language},
};
use libtest_mimic::Trial;

use crate::{
    ground::{self, command, put, succeed},
    writers::goenv,
};

const EDITS: &str = "one of many writers";
const HOLDER: &str = "a writer that holds its lock";
const PROCESSES: usize = 20;
const CHANGES: usize = 10;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("twenty writers lose nothing", || {
            twenty();
            Ok(())
        }),
        Trial::test("a lock ends with its process", || {
            killed();
            Ok(())
        }),
    ]
}

/// Plays the role if it is one of ours.
pub(crate) fn play(role: &str, host: &Host) -> bool {
    match role {
        EDITS => edit(host),
        HOLDER => {
            let _lock = Lock::hold(&host.folders, &goenv(host), WAIT).expect("nobody else");
            println!("held");
            // until we are killed
            drop(std::io::stdin().read(&mut [0]));
        }
        _ => return false,
    }
    true
}

/// Adds lines of its own to the file, and a change of the settings to the history of changes.
fn edit(host: &Host) {
    let file = goenv(host);
    for number in 0..CHANGES {
        let line = format!("# {} {number}\n", std::process::id());
        while let Err(error) = add(host, &file, &line) {
            assert!(
                matches!(
                    error,
                    FileError::FileBusy { .. } | FileError::FileChanged { .. }
                ),
                "only other writers are in the way: {error}"
            );
        }
        settings::open(host)
            .change(|settings| settings.language = Language::Zh)
            .expect("the settings are saved");
    }
}

fn add(host: &Host, file: &Path, line: &str) -> Result<(), FileError> {
    // read before the lock is held: the comparison has to find out
    let old = read(file, 1 << 20)?.unwrap_or_default();
    let _lock = Lock::hold(&host.folders, file, WAIT)?;
    replace(file, Some(&old), Some(&[&old, line.as_bytes()].concat()))
}

fn twenty() {
    let ground = ground::folder();
    let host = Host::sandbox(ground.path());
    put(&goenv(&host), b"GOPROXY=off\n");
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            command(&[], EDITS, ground.path())
                .stderr(Stdio::piped())
                .spawn()
                .expect("a process")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("it ends");
        assert!(
            output.status.success(),
            "a writer failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let text = fs::read_to_string(goenv(&host)).expect("there");
    assert_eq!(
        text.lines().count(),
        1 + PROCESSES * CHANGES,
        "every line of every writer is there"
    );
    let stored = settings::open(&host).load();
    assert_eq!(stored.trouble, None, "the settings are whole");
    assert_eq!(
        stored.value.language,
        Language::Zh,
        "and say what was chosen"
    );
    assert_eq!(
        Journal::open(&host).entries().expect("readable").unreadable,
        0,
        "no history was torn"
    );
    succeed(&[], EDITS, ground.path());
}

fn killed() {
    let ground = ground::folder();
    let host = Host::sandbox(ground.path());
    let mut holder = command(&[], HOLDER, ground.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let mut said = [0; 5];
    holder
        .stdout
        .take()
        .expect("piped")
        .read_exact(&mut said)
        .expect("it holds the lock");
    let busy = Lock::hold(&host.folders, &goenv(&host), Duration::ZERO);
    assert!(
        matches!(busy, Err(FileError::FileBusy { .. })),
        "it is held: {busy:?}"
    );
    holder.kill().expect("kill -9");
    holder.wait().expect("it ends");
    Lock::hold(&host.folders, &goenv(&host), Duration::ZERO).expect("free at once");
    std::io::stdout().flush().expect("the summary follows");
}
