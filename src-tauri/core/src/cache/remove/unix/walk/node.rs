//! A folder on its way out.

use std::{
    ffi::CString,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::{Folder, Zone};

/// How often a folder is emptied again into which others put something.
const PASSES: u32 = 64;

/// An opened folder, and what hangs on it. Its handle stays open as long as anything in it is being deleted.
pub(super) struct Node {
    pub(super) folder: Folder,
    pub(super) zone: Zone,
    pub(super) name: CString,
    /// None for the folder in which the first one lies.
    pub(super) parent: Option<Arc<Self>>,
    /// The uppermost folder that is Go's as a whole; none for that itself.
    top: Option<Arc<Self>>,
    pub(super) depth: u32,
    /// Whoever lists it, and every folder in it that is being deleted.
    pending: AtomicU32,
    passes: AtomicU32,
    kept: AtomicBool,
    changed: AtomicBool,
    received: AtomicBool,
}

impl Node {
    /// The folder in which the first one lies.
    pub(super) fn base(folder: Folder, zone: Zone) -> Arc<Self> {
        Arc::new(Self {
            folder,
            zone,
            name: CString::default(),
            parent: None,
            top: None,
            depth: 0,
            pending: AtomicU32::new(0),
            passes: AtomicU32::new(0),
            kept: AtomicBool::new(false),
            changed: AtomicBool::new(false),
            received: AtomicBool::new(false),
        })
    }

    /// A folder in it, held by whoever lists it.
    pub(super) fn child(
        parent: &Arc<Self>,
        name: CString,
        folder: Folder,
        zone: Zone,
    ) -> Arc<Self> {
        let inside = parent.parent.is_some() && parent.zone == Zone::Whole;
        Arc::new(Self {
            folder,
            zone,
            name,
            top: inside.then(|| Arc::clone(parent.top())),
            parent: Some(Arc::clone(parent)),
            depth: parent.depth + 1,
            pending: AtomicU32::new(1),
            passes: AtomicU32::new(0),
            kept: AtomicBool::new(false),
            changed: AtomicBool::new(false),
            received: AtomicBool::new(false),
        })
    }

    pub(super) fn top(self: &Arc<Self>) -> &Arc<Self> {
        self.top.as_ref().unwrap_or(self)
    }

    pub(super) fn hold(&self) {
        self.pending.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether nobody holds it any more.
    pub(super) fn release(&self) -> bool {
        self.pending.fetch_sub(1, Ordering::AcqRel) == 1
    }

    /// Something in it stays.
    pub(super) fn keeps(&self) {
        self.kept.store(true, Ordering::Relaxed);
    }

    /// Something in it went.
    pub(super) fn changes(&self) {
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Something from further down came into it.
    pub(super) fn receives(&self) {
        self.received.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_kept(&self) -> bool {
        self.kept.load(Ordering::Relaxed)
    }

    /// Whether to empty it once more, because it is not empty yet.
    pub(super) fn goes_on(&self) -> bool {
        if self.received.swap(false, Ordering::Relaxed) {
            return true;
        }
        let changed = self.changed.swap(false, Ordering::Relaxed);
        let again = changed && !self.is_kept();
        again && self.passes.fetch_add(1, Ordering::Relaxed) < PASSES
    }

    /// Below the folder in which the first one lies.
    pub(super) fn path(&self) -> PathBuf {
        let mut names = Vec::new();
        let mut node = self;
        while let Some(parent) = &node.parent {
            names.push(super::super::path(&node.name));
            node = parent;
        }
        names.into_iter().rev().collect()
    }
}
