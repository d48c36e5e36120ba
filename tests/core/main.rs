//! The use cases on a machine of their own, and the rules of the tree.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test makes its own files, and says so when its ground is missing"
)]

#[path = "../support/authority.rs"]
mod authority;
mod caches;
mod caring;
mod chains;
mod checksum;
#[path = "../support/dangers.rs"]
mod dangers;
#[path = "../support/sumdb.rs"]
mod database;
mod exports;
#[path = "../support/caches.rs"]
mod filled;
mod going;
#[path = "../support/hostile.rs"]
mod hostile;
#[path = "../support/listening.rs"]
mod listening;
#[path = "../support/mirror.rs"]
mod mirror;
mod mirrors;
mod private;
mod profiles;
mod removing;
mod scanning;
#[path = "../support/serving.rs"]
mod serving;
#[cfg(unix)]
mod shadow;
#[path = "../support/mod.rs"]
mod support;
mod tidy;
#[path = "../support/tree.rs"]
mod tree;
mod watching;
mod web;
mod writing;
