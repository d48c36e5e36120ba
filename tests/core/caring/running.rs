//! Programs of Go that run, as this machine sees them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use gopherdesk_core::cache::{RunningGo, running::running};
use rustix::process::{Pid, Signal, kill_process};

use crate::support::Sandbox;

/// No process takes so long to start.
const LIMIT: Duration = Duration::from_secs(60);

/// A process that does nothing, ended with the test.
struct Idle(Pid);

impl Drop for Idle {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = kill_process(self.0, Signal::KILL);
    }
}

/// A program of this name that does nothing.
fn program(sandbox: &Sandbox, inside: &str) -> PathBuf {
    let path = sandbox.path(inside);
    fs::create_dir_all(path.parent().expect("a folder")).expect("our own folder");
    fs::copy("/bin/sleep", &path).expect("every Unix has one");
    path
}

/// Starts it as somebody else would: its parent is gone.
fn start(program: &Path, folder: &Path) -> Idle {
    let started = Command::new("/bin/sh")
        .args(["-c", "\"$0\" 600 >/dev/null 2>&1 & echo $!"])
        .arg(program)
        .current_dir(folder)
        .output()
        .expect("a shell");
    let pid = String::from_utf8_lossy(&started.stdout)
        .trim()
        .parse()
        .expect("its number");
    Idle(Pid::from_raw(pid).expect("a number"))
}

fn find(sandbox: &Sandbox, idle: &Idle) -> RunningGo {
    let begun = Instant::now();
    loop {
        let pid = idle.0.as_raw_nonzero().get().unsigned_abs();
        // until the shell's child has become the program
        if let Some(found) = running(&sandbox.host)
            .into_iter()
            .find(|one| one.pid == pid)
        {
            return found;
        }
        assert!(begun.elapsed() < LIMIT, "{pid} is not seen");
        thread::yield_now();
    }
}

#[test]
fn programs_of_go_are_seen_with_their_folder() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("home/app");
    fs::create_dir_all(&folder).expect("our own folder");
    for (inside, name) in [
        ("bin/gopls", "gopls"),
        ("go/pkg/tool/linux_amd64/compile", "compile"),
    ] {
        let idle = start(&program(&sandbox, inside), &folder);
        let found = find(&sandbox, &idle);
        assert_eq!(found.name, name, "{found:?}");
        assert_eq!(
            found.folder.as_deref(),
            Some("~/app"),
            "as it is shown: {found:?}"
        );
    }
}

#[test]
fn others_and_our_own_are_not() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("home");
    let other = start(&program(&sandbox, "bin/compile"), &folder);
    let known = start(&program(&sandbox, "bin/go"), &folder);
    find(&sandbox, &known);
    let mut own = Command::new(program(&sandbox, "own/go"))
        .arg("600")
        .spawn()
        .expect("a program");
    let own_pid = own.id();
    let pids: Vec<_> = running(&sandbox.host)
        .into_iter()
        .map(|one| one.pid)
        .collect();
    own.kill().expect("it runs");
    own.wait().expect("a child");
    let raw = |idle: &Idle| idle.0.as_raw_nonzero().get().unsigned_abs();
    assert!(
        pids.contains(&raw(&known)),
        "the ground of this test: {pids:?}"
    );
    assert!(
        !pids.contains(&raw(&other)),
        "a compiler of somebody else: {pids:?}"
    );
    assert!(
        !pids.contains(&own_pid),
        "what this process started: {pids:?}"
    );
}
