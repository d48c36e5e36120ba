//! The built window, driven as its user drives it: real go, real files, a home of its own.
//!
//! Only Linux has a WebDriver for the system's web view; elsewhere the core's journeys and the shell's tests stand.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

mod driver;
mod go;
mod sandbox;
mod server;
mod window;

#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/sumdb.rs"]
mod database;
#[path = "../support/listening.rs"]
mod listening;
#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/mirror.rs"]
mod mirror;
#[path = "../support/serving.rs"]
mod serving;
#[expect(dead_code, reason = "the tests of the core ask more of it")]
#[path = "../support/tree.rs"]
mod tree;
#[path = "../support/unprivileged.rs"]
mod unprivileged;

#[expect(
    dead_code,
    reason = "the journeys do not look at pictures, nor crash the desktop"
)]
#[path = "../shell/notifier.rs"]
mod notifier;

mod attacks;
mod caches;
mod chains;
mod changing;
mod crash;
mod hostile;
mod looks;
mod mirrors;
mod profiles;
mod routes;
mod spoken;
mod start;
mod tray;
