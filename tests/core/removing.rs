//! Deleting in caches: what is one, and what is gone afterwards.

mod asides;
mod deleting;
mod entries;
mod recognising;

use crate::support::Sandbox;

/// A machine in memory where there is such a place: files by the thousand wait for no disk.
fn sandbox() -> Sandbox {
    let memory = tempfile::TempDir::new_in("/dev/shm").or_else(|_| tempfile::TempDir::new());
    Sandbox::of(memory.expect("a temporary folder"))
}
