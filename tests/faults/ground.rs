//! A folder to work in, and how this program starts itself in it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Output},
};

use gopherdesk_core::host::Host;
use tempfile::TempDir;

use crate::{caches, limits, many, writers};

/// What a writer looks at when its work begins and when it has ended, to be found in the trace.
pub(crate) const BEGIN: &str = "/gopherdesk-writer-begins";
pub(crate) const END: &str = "/gopherdesk-writer-has-ended";

/// Plays one role and says on standard output how it went: `ok`, or the code of the error.
pub(crate) fn play(role: &str, folder: &Path) -> ExitCode {
    let host = Host::sandbox(folder);
    if let Some(writer) = writers::find(role) {
        drop(fs::metadata(BEGIN));
        let code = writers::code(&(writer.write)(&host));
        drop(fs::metadata(END));
        println!("{code}");
        return ExitCode::SUCCESS;
    }
    if limits::play(role, &host) || many::play(role, &host) || caches::play(role, &host) {
        return ExitCode::SUCCESS;
    }
    eprintln!("no role has the name {role}");
    ExitCode::FAILURE
}

/// This program in another role, behind `wrapper`: nothing of our environment but where programs are.
pub(crate) fn command(wrapper: &[&str], role: &str, folder: &Path) -> Command {
    let own = std::env::current_exe().expect("this program has a path");
    let mut words =
        wrapper
            .iter()
            .map(PathBuf::from)
            .chain([own, "--as".into(), role.into(), folder.into()]);
    let mut command = Command::new(words.next().expect("a program"));
    command
        .args(words)
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("RUST_BACKTRACE", "0");
    command
}

pub(crate) fn run(wrapper: &[&str], role: &str, folder: &Path) -> Output {
    command(wrapper, role, folder)
        .output()
        .unwrap_or_else(|reason| panic!("cannot start {wrapper:?}: {reason}"))
}

/// As [`run`], for a role that checks by itself.
pub(crate) fn succeed(wrapper: &[&str], role: &str, folder: &Path) {
    let output = run(wrapper, role, folder);
    assert!(
        output.status.success(),
        "the role {role} ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A folder in memory: what a system call does when it fails is the same there, and syncing costs nothing.
pub(crate) fn folder() -> TempDir {
    TempDir::new_in("/dev/shm")
        .or_else(|_| TempDir::new())
        .expect("a temporary folder")
}

/// Writes a file as a user would, with its folders.
pub(crate) fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("its folders");
    fs::File::create(path)
        .and_then(|mut file| file.write_all(bytes))
        .expect("the file");
}

/// Every staged file below `folder`.
pub(crate) fn staged(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if entry
            .file_name()
            .to_string_lossy()
            .starts_with(".gopherdesk-")
        {
            found.push(path);
        } else if !path.is_symlink() && path.is_dir() {
            found.extend(staged(&path));
        }
    }
    found
}
