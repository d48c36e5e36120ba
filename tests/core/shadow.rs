//! What outranks the GOENV file: found, confirmed by the real shells, and taken out.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "what a test builds on is there, or the test fails; its files and programs are its own"
)]

mod lines;
// the shells, and the list of processes, where Linux has them
#[cfg(target_os = "linux")]
mod questions;
#[cfg(target_os = "linux")]
mod random;
mod sources;
mod terminals;

use gopherdesk_core::{
    host::{Host, Os},
    shadow::Outer,
};

use crate::support::Sandbox;

/// A machine with the usual programs, and files below `home/` or `root/`.
fn machine(files: &[(&str, &str)]) -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.host.os = Os::Linux;
    sandbox.host.vars.set("PATH", "/usr/bin:/bin");
    for (file, text) in files {
        sandbox.write(&sandbox.path(file), text);
    }
    sandbox
}

/// The same for a user of that shell.
fn with_shell(mut sandbox: Sandbox, shell: &str) -> Sandbox {
    sandbox.host.vars.set("SHELL", format!("/usr/bin/{shell}"));
    sandbox
}

/// What is found without asking the shell.
fn gathered(host: &Host) -> Outer {
    Outer::gather(host, |name| name.starts_with("GO"), None)
}
