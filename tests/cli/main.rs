//! `gdesk` as a process, in a home of its own, with a real Go.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and its parts outside of test functions too"
)]

mod changing;
#[cfg(target_os = "linux")]
mod crash;
mod machine;
mod mirrors;
#[cfg(unix)]
#[expect(dead_code, reason = "the real go's tests serve files as well")]
#[path = "../real_go/modules.rs"]
mod modules;
mod paper;
mod past;
mod plain;
mod profiles;
mod racing;
mod reading;
mod secrets;
mod shadows;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod typing;
mod without_go;
