//! How much a folder takes, with everything in it.

use std::{
    collections::HashSet,
    ffi::{OsStr, OsString},
    ops::ControlFlow,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use super::folder::{About, Folder};
use crate::cache::Size;

/// How many folders of one way are kept open; what lies deeper is come back to by its `..`.
const OPEN: usize = 24;

/// How many names are looked at between two questions whether to stop.
const STEP: u32 = 256;

/// What all counting has in common.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// Files with several names that were counted under one of them.
    seen: Mutex<HashSet<(u64, u64)>>,
    stopped: AtomicBool,
}

/// What was found in a folder.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) size: Size,
    /// Folders that could not be read, and why; below the folder that was counted.
    pub(super) unread: Vec<(OsString, String)>,
}

struct Frame {
    folder: Option<Folder>,
    device: u64,
    number: u64,
    pending: Vec<(OsString, About)>,
}

impl Counter {
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// What one name takes; nothing when its file was counted under another name.
    pub(super) fn size(&self, about: &About) -> Size {
        if about.names > 1 && !about.is_folder {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            if !seen.insert((about.device, about.number)) {
                return Size::default();
            }
        }
        about.size()
    }

    /// Everything in `folder`, which `about` is said of, and itself.
    pub(super) fn count(&self, folder: Folder, about: &About) -> Counted {
        let mut counted = Counted {
            size: about.size(),
            unread: Vec::new(),
        };
        let mut frames = Vec::new();
        self.look(folder, about, OsStr::new(""), &mut frames, &mut counted);
        while let Some(frame) = frames.last_mut() {
            let next = match self.is_stopped() {
                true => None,
                false => frame.pending.pop(),
            };
            let Some((name, about)) = next else {
                let left = frames.pop();
                if let (Some(left), Some(above)) = (left, frames.last_mut()) {
                    above.come_back(&left, &mut counted);
                }
                continue;
            };
            let Some(folder) = &frame.folder else {
                frame.pending.clear();
                continue;
            };
            match folder.enter(&name) {
                Ok(inside) => self.look(inside, &about, &name, &mut frames, &mut counted),
                Err(reason) => counted.unread.push((name, reason.to_string())),
            }
            if let Some(far) = frames.len().checked_sub(OPEN) {
                frames[far].folder = None;
            }
        }
        counted
    }

    /// Counts what lies in a folder, and keeps the folders in it for later.
    fn look(
        &self,
        folder: Folder,
        about: &About,
        name: &OsStr,
        frames: &mut Vec<Frame>,
        counted: &mut Counted,
    ) {
        let mut pending = Vec::new();
        let mut step = 0;
        let listed = folder.list(&mut |name, _| {
            step += 1;
            if step % STEP == 0 && self.is_stopped() {
                return ControlFlow::Break(());
            }
            // what is gone meanwhile takes nothing
            if let Ok(inside) = folder.about(name) {
                if inside.is_folder {
                    if inside.device != about.device || inside.is_mount {
                        return ControlFlow::Continue(());
                    }
                    pending.push((name.to_owned(), inside));
                }
                counted.size += self.size(&inside);
            }
            ControlFlow::Continue(())
        });
        if let Err(reason) = listed {
            counted.unread.push((name.to_owned(), reason.to_string()));
        }
        frames.push(Frame {
            folder: Some(folder),
            device: about.device,
            number: about.number,
            pending,
        });
    }
}

impl Frame {
    /// Opens it again by the way back from a folder in it, unless that was moved elsewhere meanwhile.
    fn come_back(&mut self, from: &Self, counted: &mut Counted) {
        if self.folder.is_some() {
            return;
        }
        let back = from.folder.as_ref().and_then(|folder| {
            let above = folder.enter(OsStr::new("..")).ok()?;
            let about = above.itself().ok()?;
            let is_it = about.device == self.device && about.number == self.number;
            is_it.then_some(above)
        });
        if back.is_none() {
            let lost = self.pending.drain(..);
            counted
                .unread
                .extend(lost.map(|(name, _)| (name, "it was moved".to_owned())));
        }
        self.folder = back;
    }
}
