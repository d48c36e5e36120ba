//! What we say of Go's environment, against real Gos of several versions. `.ci/fetch-go` unpacks them.

#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says so when its ground is missing"
)]

mod confirm;
#[path = "../support/sumdb.rs"]
mod database;
mod defaults;
mod exports;
mod fetching;
mod journeys;
mod layers;
mod modules;
mod offline;
mod old;
mod parts;
mod profiles;
mod proofs;
mod rescue;
mod scene;
#[path = "../support/serving.rs"]
mod serving;
mod sumdb;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod values;
mod writer;
