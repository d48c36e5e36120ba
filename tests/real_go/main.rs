//! What we say of Go's environment, against real Gos of several versions. `.ci/fetch-go` unpacks them.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test says so when its ground is missing"
)]

#[path = "../support/authority.rs"]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
mod authority;
mod caches_repair;
mod caches_usage;
mod chains;
mod cleaning;
mod confirm;
#[path = "../support/dangers.rs"]
mod dangers;
#[path = "../support/sumdb.rs"]
mod database;
mod defaults;
mod exports;
mod fetching;
#[path = "../support/forward.rs"]
mod forward;
mod globs;
mod inside;
mod journeys;
mod layers;
#[path = "../support/listening.rs"]
mod listening;
#[path = "../support/mirror.rs"]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
mod mirror;
mod modules;
mod offline;
mod old;
mod parts;
mod profiles;
mod proofs;
mod proxies;
mod racing;
mod rehearsal;
mod rescue;
mod routes;
mod scene;
#[path = "../support/serving.rs"]
mod serving;
mod sumdb;
#[path = "../support/mod.rs"]
mod support;
mod table;
#[path = "../support/tree.rs"]
#[expect(dead_code, reason = "the tests of the core ask more of it")]
mod tree;
mod values;
mod writer;
