//! One thread of a walk.

use std::{
    ffi::{CStr, CString},
    mem::{self, MaybeUninit},
    process,
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use rustix::{fs::FileType, io::Errno};

use super::{ALONE, NEWS, Obstacle, PULSE, Walk, Zone, node::Node};
use crate::cache::{CacheError, Size};

/// How deep folders are entered; what lies deeper is moved up first, so that two threads hold some forty handles open.
const DEPTH: u32 = 20;

/// Room for a thousand names.
const BUFFER: usize = 32 << 10;

pub(super) struct Worker<'w, 'a> {
    walk: &'w Walk<'a>,
    /// Starts another one; only the first can, and only the first tells the caller what happens.
    second: Option<&'w dyn Fn()>,
    first: bool,
    buffer: Vec<MaybeUninit<u8>>,
    /// Not told to the others yet.
    gone: Size,
    pulse: Instant,
    news: Instant,
}

/// A folder that is being listed.
struct Level {
    node: Arc<Node>,
    /// Found in it and not entered yet.
    folders: Vec<CString>,
    listed: bool,
}

impl<'w, 'a> Worker<'w, 'a> {
    pub(super) fn new(walk: &'w Walk<'a>, second: Option<&'w dyn Fn()>) -> Self {
        Self {
            walk,
            first: second.is_some(),
            second,
            buffer: vec![MaybeUninit::uninit(); BUFFER],
            gone: Size::default(),
            pulse: walk.began,
            news: walk.began,
        }
    }

    /// Deletes `first`, and then whatever the other thread leaves to this one.
    pub(super) fn work(mut self, first: Option<(Arc<Node>, CString)>) {
        let mut levels = Vec::new();
        if let Some((base, name)) = first {
            base.hold();
            self.take(&base, name, &mut levels);
        }
        while !self.walk.is_stopped() {
            self.give(&mut levels);
            let Some(level) = levels.last_mut() else {
                match self.wait() {
                    Some((parent, name)) => self.take(&parent, name, &mut levels),
                    None => break,
                }
                continue;
            };
            if let Some(name) = level.folders.pop() {
                let node = Arc::clone(&level.node);
                node.hold();
                self.take(&node, name, &mut levels);
            } else if level.listed {
                let node = Arc::clone(&level.node);
                levels.pop();
                self.finish(node, &mut levels);
            } else {
                self.list(level);
            }
        }
        self.flush();
        self.walk.end();
    }

    /// Enters a folder whose parent is held for it.
    fn take(&mut self, parent: &Arc<Node>, name: CString, levels: &mut Vec<Level>) {
        match self.enter(parent, &name) {
            Some(node) => levels.push(Level::of(node)),
            None => self.finish(Arc::clone(parent), levels),
        }
    }

    fn enter(&mut self, parent: &Arc<Node>, name: &CStr) -> Option<Arc<Node>> {
        let Some(zone) = parent.zone.enter(name.to_bytes(), true) else {
            // what was asked for may be a file
            self.unlink(parent, name);
            return None;
        };
        let folder = match parent.folder.enter(name) {
            Ok(folder) => folder,
            Err(Obstacle::Gone) => return None,
            Err(Obstacle::NoFolder) => {
                if self.unlink(parent, name) {
                    self.walk.keep_for(parent, name, Obstacle::NoFolder);
                }
                return None;
            }
            Err(obstacle) => {
                self.walk.keep_for(parent, name, obstacle);
                return None;
            }
        };
        if let Err(errno) = folder.unlock() {
            self.walk.keep_refused(parent, name, errno);
            return None;
        }
        if parent.depth < DEPTH {
            return Some(Node::child(parent, name.to_owned(), folder, zone));
        }
        match parent.zone {
            Zone::Whole => self.move_up(parent, name),
            // no module's path is so deep
            _ => self.keep_stranger(parent, name),
        }
        None
    }

    /// Moves a folder to where it is met again with fewer handles open.
    fn move_up(&self, parent: &Arc<Node>, name: &CStr) {
        let top = parent.top();
        loop {
            let number = self.walk.moved.fetch_add(1, Ordering::Relaxed);
            let new = format!(".gopherdesk-{}-{number}", process::id());
            let new = CString::new(new).unwrap_or_default();
            match parent.folder.rename(name, &top.folder, &new) {
                Ok(()) => return top.receives(),
                Err(Errno::EXIST) => {}
                Err(Errno::NOENT) => return,
                Err(errno) => return self.walk.keep_for(parent, name, errno.into()),
            }
        }
    }

    fn list(&mut self, level: &mut Level) {
        let Level {
            node,
            folders,
            listed,
        } = level;
        let mut buffer = mem::take(&mut self.buffer);
        let more = node.folder.list(&mut buffer, &mut |name, kind| {
            self.pulse();
            if self.walk.is_stopped() {
                return;
            }
            let is_folder = match kind {
                FileType::Directory => true,
                _ => self.unlink(node, name),
            };
            if is_folder {
                folders.push(name.to_owned());
            }
        });
        self.buffer = buffer;
        match more {
            Ok(more) => *listed = !more,
            Err(errno) => {
                self.walk.keep_refused(node, c".", errno);
                *listed = true;
            }
        }
    }

    /// Deletes something that is no folder; gives whether it is one all the same.
    fn unlink(&mut self, node: &Node, name: &CStr) -> bool {
        let about = match node.folder.about(name) {
            Ok(about) if about.folder => {
                let own = node.zone.enter(name.to_bytes(), true).is_some();
                if !own {
                    self.keep_stranger(node, name);
                }
                return own;
            }
            Ok(about) => about,
            Err(Errno::NOENT) => return false,
            Err(errno) => {
                self.walk.keep_refused(node, name, errno);
                return false;
            }
        };
        if node.zone.enter(name.to_bytes(), false).is_none() {
            self.keep_stranger(node, name);
        } else if about.owner != self.walk.owner {
            self.walk.keep_for(node, name, Obstacle::Foreign);
        } else {
            match node.folder.unlink(name) {
                Ok(()) => {
                    node.changes();
                    self.gone += about.freed();
                }
                Err(Errno::NOENT) => {}
                Err(Errno::ISDIR) => return true,
                Err(errno) => self.walk.keep_for(node, name, errno.into()),
            }
        }
        false
    }

    /// Lets go of a folder, and deletes it and those above it that nobody holds any more.
    fn finish(&mut self, mut node: Arc<Node>, levels: &mut Vec<Level>) {
        while node.release() {
            let Some(parent) = node.parent.clone() else {
                return self.walk.end();
            };
            if self.is_to_be_emptied_again(&parent, &node) {
                node.hold();
                return levels.push(Level::of(node));
            }
            node = parent;
        }
    }

    fn is_to_be_emptied_again(&mut self, parent: &Node, node: &Node) -> bool {
        if self.walk.is_stopped() {
            return false;
        }
        match parent.folder.remove(&node.name) {
            Ok(()) => {
                parent.changes();
                self.gone.bytes += node.folder.is().blocks;
            }
            Err(Errno::NOENT) => {}
            Err(errno @ (Errno::NOTEMPTY | Errno::EXIST)) => {
                if node.goes_on() && self.walk.has_time() && node.folder.rewind().is_ok() {
                    return true;
                }
                match node.is_kept() {
                    true => parent.keeps(),
                    false => self.walk.keep_refused(parent, &node.name, errno),
                }
            }
            Err(errno) => self.walk.keep_for(parent, &node.name, errno.into()),
        }
        false
    }

    fn keep_stranger(&self, parent: &Node, name: &CStr) {
        let stranger = |path| CacheError::NotACache { path };
        self.walk.keep(parent, name, stranger);
    }

    /// Leaves a folder to another thread that has nothing to do, the uppermost that is there: it holds most.
    fn give(&self, levels: &mut [Level]) {
        let idle = self.walk.idle.load(Ordering::Relaxed);
        // a chain of folders would only be handed to and fro
        let many = || {
            levels
                .iter()
                .map(|level| level.folders.len())
                .sum::<usize>()
                > 1
        };
        if idle == 0 || !many() {
            return;
        }
        let mut queue = self.walk.queue();
        if queue.waiting.len() >= idle {
            return;
        }
        for level in levels {
            if let Some(name) = level.folders.pop() {
                level.node.hold();
                queue.waiting.push((Arc::clone(&level.node), name));
                self.walk.wake.notify_one();
                return;
            }
        }
    }

    /// Something that another thread left; none at the end.
    fn wait(&mut self) -> Option<(Arc<Node>, CString)> {
        self.flush();
        self.walk.idle.fetch_add(1, Ordering::Relaxed);
        let found = loop {
            let mut queue = self.walk.queue();
            if let Some(found) = queue.waiting.pop() {
                break Some(found);
            }
            if queue.done {
                break None;
            }
            drop(self.walk.wake.wait_timeout(queue, PULSE));
            self.pulse();
            if self.walk.is_stopped() {
                break None;
            }
        };
        self.walk.idle.fetch_sub(1, Ordering::Relaxed);
        found
    }

    /// Now and then: counts, asks whether to stop, tells, and gets help.
    fn pulse(&mut self) {
        let now = Instant::now();
        if let Some(second) = self.second
            && self.walk.files.load(Ordering::Relaxed) + self.gone.files >= ALONE
        {
            self.second = None;
            second();
        }
        if now.duration_since(self.pulse) < PULSE {
            return;
        }
        self.pulse = now;
        self.flush();
        if (self.walk.control.stop)() {
            self.walk.stopped.store(true, Ordering::Relaxed);
            self.walk.end();
        }
        if self.first && now.duration_since(self.news) >= NEWS {
            self.news = now;
            (self.walk.control.progress)(self.walk.size());
        }
    }

    fn flush(&mut self) {
        let gone = mem::take(&mut self.gone);
        self.walk.files.fetch_add(gone.files, Ordering::Relaxed);
        self.walk.bytes.fetch_add(gone.bytes, Ordering::Relaxed);
        self.walk
            .apparent
            .fetch_add(gone.apparent, Ordering::Relaxed);
    }
}

impl Level {
    const fn of(node: Arc<Node>) -> Self {
        Self {
            node,
            folders: Vec::new(),
            listed: false,
        }
    }
}
