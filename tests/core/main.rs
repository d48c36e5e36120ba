//! The use cases on a machine of their own, and the rules of the tree.

mod going;
#[cfg(unix)]
mod shadow;
#[path = "../support/mod.rs"]
mod support;
mod tidy;
mod watching;
mod writing;
