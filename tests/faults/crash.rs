//! Every writer, killed at every system call and with every system call failing in six ways.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use gopherdesk_core::{history::journal::Journal, host::Host};
use libtest_mimic::Trial;
use tempfile::TempDir;

use crate::{
    ground::{self, run, staged},
    trace::{self, Fault},
    writers::{self, Writer},
};

const FAULTS: &[Fault] = &[
    Fault::Kill,
    Fault::Errno("ENOSPC"),
    Fault::Errno("EIO"),
    Fault::Errno("EROFS"),
    Fault::Errno("EACCES"),
    Fault::Errno("EDQUOT"),
    Fault::Errno("EINTR"),
];

/// What an undisturbed run makes.
pub(crate) struct Expected {
    pub(crate) old: Option<Vec<u8>>,
    pub(crate) new: Option<Vec<u8>>,
    pub(crate) mode: Option<u32>,
}

pub(crate) fn trials() -> Vec<Trial> {
    writers::ALL
        .iter()
        .map(|writer| {
            Trial::test(format!("crash: {}", writer.name), || {
                survive(writer);
                Ok(())
            })
        })
        .chain([Trial::test("crash: no locks on this file system", || {
            without_locks();
            Ok(())
        })])
        .collect()
}

fn survive(writer: &Writer) {
    let ground = ground::folder();
    let (host, folder) = fresh(writer, &ground, "undisturbed");
    let old = fs::read((writer.file)(&host)).ok();
    let mode = mode(writer, &host);
    let calls = trace::calls(writer.name, &folder);
    assert!(
        calls.iter().any(|call| call.name == "fsync"),
        "{} makes its change last: {calls:?}",
        writer.name
    );
    let expected = Expected {
        new: fs::read((writer.file)(&host)).ok(),
        old,
        mode,
    };
    let mut count = 0;
    for call in &calls {
        for fault in FAULTS.iter().filter(|fault| fault.applies(call)) {
            count += 1;
            let (host, folder) = fresh(writer, &ground, &count.to_string());
            let said = trace::inject(writer.name, &folder, call, *fault);
            let what = format!(
                "{}: {fault:?} at {call:?}, which said {said:?}",
                writer.name
            );
            check(writer, &host, &expected, said.as_deref(), &what);
            fs::remove_dir_all(&folder).expect("the ground is cleaned");
        }
    }
    println!("{}: {count} faults at {} calls", writer.name, calls.len());
}

pub(crate) fn fresh(writer: &Writer, ground: &TempDir, name: &str) -> (Host, std::path::PathBuf) {
    let folder = ground.path().join(name);
    fs::create_dir_all(folder.join("home/.config/go")).expect("a folder");
    let host = Host::sandbox(&folder);
    (writer.prepare)(&host);
    (host, folder)
}

pub(crate) fn check(
    writer: &Writer,
    host: &Host,
    expected: &Expected,
    said: Option<&str>,
    what: &str,
) {
    let file = (writer.file)(host);
    let found = fs::read(&file).ok();
    assert!(
        found == expected.old || found == expected.new,
        "the file is the old one or the new one: {what}: {:?}",
        found.map(|bytes| bytes.len())
    );
    let changed = found == expected.new;
    if expected.old != expected.new {
        match said {
            Some("ok" | "not_durable") => assert!(changed, "said to be made, and is not: {what}"),
            Some(_) => assert!(!changed, "said to have failed, and is made: {what}"),
            None => {}
        }
        if expected.mode.is_some() && found.is_some() {
            assert_eq!(
                mode(writer, host),
                expected.mode,
                "the mode is kept: {what}"
            );
        }
    }
    (writer.restart)(host).unwrap_or_else(|reason| panic!("the next start: {reason}: {what}"));
    assert_eq!(
        fs::read(&file).ok(),
        found,
        "a start changes nothing: {what}"
    );
    let folder = host.folders.config.parent().expect("the ground");
    assert_eq!(
        staged(folder),
        Vec::<std::path::PathBuf>::new(),
        "nothing is left: {what}"
    );
    if writer.recorded {
        recorded(host, found.as_deref(), what);
    }
}

/// What is in the history is what happened to the file.
fn recorded(host: &Host, found: Option<&[u8]>, what: &str) {
    let journal = Journal::open(host);
    let history = journal
        .entries()
        .unwrap_or_else(|reason| panic!("the history can be read: {reason}: {what}"));
    let made = found != Some(&writers::old());
    assert_eq!(
        history.entries.len(),
        usize::from(made),
        "history tells what is: {what}"
    );
    let again = journal.recover().expect("a third start");
    assert_eq!(again, Default::default(), "everything has its end: {what}");
    if made {
        let (intent, _) = journal.find(&history.entries[0].id).expect("listed");
        assert_eq!(
            journal.before(&intent).expect("readable"),
            Some(Some(writers::old())),
            "the bytes before are kept: {what}"
        );
    }
}

pub(crate) fn mode(writer: &Writer, host: &Host) -> Option<u32> {
    let about = fs::metadata((writer.file)(host)).ok()?;
    Some(about.permissions().mode())
}

fn without_locks() {
    let writer = writers::find("the GOENV file").expect("a writer");
    let ground = ground::folder();
    let (host, folder) = fresh(writer, &ground, "network");
    let output = run(
        &[
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=flock",
            "-e",
            "inject=flock:error=ENOLCK",
        ],
        writer.name,
        &folder,
    );
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        "ok",
        "comparing has to do: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        bytes(&(writer.file)(&host)),
        b"GOPROXY=direct\n",
        "it is written"
    );
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).expect("it is there")
}
