//! `gdesk` as a process, in a home of its own, with a real Go.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and its parts outside of test functions too"
)]

#[cfg(unix)]
mod caches;
#[cfg(target_os = "linux")]
mod canaries;
mod chains;
mod changing;
#[cfg(unix)]
mod cleaning;
#[cfg(target_os = "linux")]
mod crash;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/sumdb.rs"]
mod database;
#[cfg(unix)]
mod filled;
#[cfg(unix)]
#[path = "../support/listening.rs"]
mod listening;
mod machine;
#[cfg(unix)]
mod measuring;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/mirror.rs"]
mod mirror;
mod mirrors;
#[cfg(unix)]
#[expect(dead_code, reason = "the real go's tests serve files as well")]
#[path = "../real_go/modules.rs"]
mod modules;
mod paper;
mod past;
mod plain;
mod private;
mod profiles;
#[cfg(unix)]
mod projects;
mod racing;
mod reading;
mod repairing;
mod routes;
mod secrets;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/serving.rs"]
mod serving;
mod shadows;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/tree.rs"]
mod tree;
#[cfg(unix)]
mod typing;
#[cfg(unix)]
#[path = "../support/unprivileged.rs"]
mod unprivileged;
mod without_go;
