//! Crashes, failing system calls, full disks and many writers, each in a process of its own.
//!
//! This program starts itself again as the writer (`--as ROLE FOLDER`), so that the writer can be killed.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test, though a program of its own"
)]

#[cfg(target_os = "linux")]
mod caches;
#[cfg(target_os = "linux")]
mod crash;
#[cfg(target_os = "linux")]
#[path = "../support/caches.rs"]
#[expect(dead_code, reason = "benchmarks ask more of it")]
mod filled;
#[cfg(target_os = "linux")]
mod ground;
#[cfg(target_os = "linux")]
mod limits;
#[cfg(target_os = "linux")]
mod many;
#[cfg(target_os = "linux")]
mod trace;
#[cfg(target_os = "linux")]
mod twice;
#[cfg(target_os = "linux")]
mod writers;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let [_, word, role, folder] = args.as_slice()
        && word == "--as"
    {
        return ground::play(role, std::path::Path::new(folder));
    }
    let trials = crash::trials()
        .into_iter()
        .chain(twice::trials())
        .chain(limits::trials())
        .chain(many::trials())
        .chain(caches::trials())
        .collect();
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), trials).exit_code()
}

/// The faults are Linux's: namespaces and strace.
#[cfg(not(target_os = "linux"))]
fn main() {}
