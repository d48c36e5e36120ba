//! Files are replaced as a whole, and what cannot be read is never overwritten.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "what a test builds on is there, or the test fails"
)]

mod history;
mod sequences;
// attributes and access lists by Linux's names
#[cfg(target_os = "linux")]
mod shapes;
mod store;
mod undo;

/// A folder in memory where the system has such a place: these tests sync thousands of times.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::TempDir::new_in("/dev/shm")
        .or_else(|_| tempfile::TempDir::new())
        .expect("a temporary folder")
}
