//! A fault of the program itself, injected into the window as it is built: one command fails, the window lives, and a
//! report is kept.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use crate::{
    driver::key,
    sandbox::{Sandbox, until},
};

const SECRET: &str = "hunter2secret";

/// The system refuses new threads to those that run the commands; the run-time panics on that.
struct Refusing(Child);

impl Refusing {
    fn threads_of(process: u32) -> Self {
        let threads = || -> Vec<PathBuf> {
            let tasks = fs::read_dir(format!("/proc/{process}/task")).expect("the window runs");
            tasks
                .flatten()
                .map(|task| task.path())
                .filter(|task| {
                    fs::read_to_string(task.join("comm"))
                        .is_ok_and(|name| name.starts_with("tokio"))
                })
                .collect()
        };
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        // one that has nothing to do would be taken instead of a new one
        until("idle threads have ended", || threads().len() <= workers);
        let threads = threads();
        let mut strace = Command::new("strace");
        strace.args(["-qq", "-o", "/dev/null"]);
        strace.args(["-e", "trace=clone3", "-e", "inject=clone3:error=EPERM"]);
        for thread in &threads {
            strace.arg("-p").arg(thread.file_name().expect("a number"));
        }
        let strace = strace.stderr(Stdio::null()).spawn();
        let refusing = Self(strace.expect("strace is installed (`make setup-test`)"));
        until("strace is attached", || {
            threads.iter().all(|thread| {
                let status = fs::read_to_string(thread.join("status")).unwrap_or_default();
                !status.contains("TracerPid:\t0\n")
            })
        });
        refusing
    }
}

impl Drop for Refusing {
    fn drop(&mut self) {
        // it lets go of the threads when it is asked to end, and when it is killed, too
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn a_panic_fails_one_command_and_is_reported_and_the_window_lives() {
    let sandbox = Sandbox::new();
    sandbox.program("xdg-open", "#!/bin/sh\necho \"$1\" > \"$HOME/opened\"\n");
    let before = format!("GOPROXY=https://me:{SECRET}@proxy.example\n");
    sandbox.write(".config/go/env", &before);
    let window = sandbox.open();
    window.click("button", "Environment");
    window.click("button", "Edit GOPRIVATE");
    window.fill("textbox", "New value of GOPRIVATE", "corp.example");
    window.click("button", "Keep");
    window.click("button", "Preview and apply");
    window.find("button", "Apply");
    let refusing = Refusing::threads_of(sandbox.window_process().expect("the window runs"));
    window.click("button", "Apply");
    window.reads("This is a fault of Gopherdesk itself");
    drop(refusing);
    let written = fs::read_to_string(sandbox.env_file()).expect("the file");
    assert_eq!(written, before, "nothing was written");
    let report = fs::read_to_string(sandbox.state("crash-report.txt")).expect("there is a report");
    assert!(
        report.starts_with("gopherdesk "),
        "of this program: {report}"
    );
    assert!(report.contains("thread"), "with what was said: {report}");
    let home = sandbox.home("").display().to_string();
    for hidden in [SECRET, home.trim_end_matches('/')] {
        assert!(!report.contains(hidden), "without {hidden}: {report}");
    }

    window.click("button", "Preview again");
    window.click("button", "Apply");
    window.reads("What Go sees now");
    let written = fs::read_to_string(sandbox.env_file()).expect("the file");
    assert_eq!(
        written,
        format!("{before}GOPRIVATE=corp.example\n"),
        "once, by the same window"
    );
    drop(window);

    let window = sandbox.open();
    window.press(&[key::CONTROL], &["8"]);
    window.click("button", "Open: Last crash report");
    until("the next start offers the report", || {
        fs::read_to_string(sandbox.home("opened"))
            .is_ok_and(|opened| opened.trim().ends_with("crash-report.txt"))
    });
}
