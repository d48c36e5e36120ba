//! The only place that deletes.
//!
//! A cache is opened once, by its name, and known by its identity from then on. Whatever is deleted is reached from
//! there, folder by folder, and no link is followed and no disk entered; what is a stranger to Go by
//! [`Zone`](super::layout::Zone) stays. Modes are changed only of folders that are open and the user's own.

#[cfg(not(unix))]
mod elsewhere;
mod guard;
#[cfg(unix)]
mod unix;

use std::time::Duration;

#[cfg(not(unix))]
pub use elsewhere::Root;
pub use guard::Guard;
#[cfg(unix)]
pub use unix::Root;

use super::{Kept, Size, plan::Seal};

/// How long a version that Go is working on is waited for.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// What the caller has to say while something is deleted.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Whether to end early; asked at least twenty times a second.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// What is gone since it began; at most ten times a second.
    pub progress: &'a (dyn Fn(Size) + Sync),
    /// How long to wait for a version that Go is working on.
    pub patience: Duration,
}

impl Control<'_> {
    /// To the end, without a word.
    pub const QUIET: Control<'static> = Control {
        stop: &|| false,
        progress: &|_| (),
        patience: PATIENCE,
    };
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// What is gone: allocated blocks, those of folders too, and of a file with several names with the last of them.
    pub size: Size,
    /// What is left, and why; no more than [`KEPT`].
    pub kept: Vec<Kept>,
    /// How many more are left.
    pub more_kept: u64,
    /// It was stopped; what is half deleted is marked so that Go makes it anew.
    pub stopped: bool,
}

/// How much of what is left is told one by one.
pub const KEPT: usize = 1000;

/// What came of moving a cache out of its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PutAway {
    /// Anything was moved.
    pub(super) moved: bool,
    /// What was not.
    pub(super) kept: Vec<Kept>,
}

/// What came of moving it back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PutBack {
    /// Everything is in its place.
    pub(super) complete: bool,
    /// Where something new is.
    pub(super) kept: Vec<Kept>,
}

/// A version of a module, and what of it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// The module, capitals escaped.
    pub module: String,
    /// Its version, capitals escaped.
    pub version: String,
    /// The extracted tree.
    pub tree: bool,
    /// The zip. What is recorded of it may stay while the tree does: Go builds with that.
    pub zip: bool,
    /// What is recorded of the zip: Go hashes it again.
    pub hash: bool,
    /// The `.mod`, which module graphs need: only when it is damaged.
    pub manifest: bool,
    /// What the tree was when it was shown; another one stays.
    pub seal: Option<Seal>,
}

impl Removal {
    /// Adds what came of something else.
    pub fn add(&mut self, other: Self) {
        self.size += other.size;
        self.stopped |= other.stopped;
        self.more_kept += other.more_kept;
        for kept in other.kept {
            self.keep(kept);
        }
    }

    fn keep(&mut self, kept: Kept) {
        if self.kept.len() >= KEPT {
            self.more_kept += 1;
        } else if !self.kept.contains(&kept) {
            self.kept.push(kept);
        }
    }
}
