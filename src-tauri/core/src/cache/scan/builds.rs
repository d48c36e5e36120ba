//! What a build cache is made of (go-semantics 5.9).

use std::{
    ffi::{OsStr, OsString},
    io::Read,
    ops::ControlFlow,
    sync::atomic::Ordering,
};

use super::{Shared, Task, Work, folder::Folder, tally::Tally};
use crate::cache::{
    CacheKind, Part, Size,
    builds::{is_entry, is_test_result},
    layout::Zone,
};

impl Shared<'_> {
    /// The entries of one of the 256 folders.
    pub(super) fn bin(&self, mut task: Task, part: Part) {
        let Some((about, folder)) = self.open(&task) else {
            return;
        };
        let counting = &self.caches[task.cache];
        let of_builds = counting.place.kind == CacheKind::Build;
        let mut tally = Tally::new(self.now);
        tally.add(part, about.size(), 0);
        let (mut step, mut outputs) = (0_u64, false);
        let listed = folder.list(&mut |name, is_folder| {
            step += 1;
            if step.is_multiple_of(256) {
                self.pool.looked.fetch_add(256, Ordering::Relaxed);
                if self.counter.is_stopped() {
                    return ControlFlow::Break(());
                }
            }
            let bytes = name.as_encoded_bytes();
            if Zone::Results
                .enter(bytes, is_folder.unwrap_or(false))
                .is_none()
            {
                return ControlFlow::Continue(());
            }
            let Ok(about) = folder.about(name) else {
                return ControlFlow::Continue(());
            };
            let size = match about.is_folder {
                // since Go 1.24 an output may be a folder with one program in it
                true => self.program(&task, &folder, name),
                false => self.counter.size(&about),
            };
            tally.add(part, size, 1);
            if of_builds && name.to_str().is_some_and(is_entry) {
                tally.used(about.modified, self.now, size);
                outputs |= bytes.ends_with(b"-d");
            }
            ControlFlow::Continue(())
        });
        if let Err(reason) = listed {
            self.unread(task.cache, &task.at, &reason.to_string());
        }
        // what is in a folder has its hash for a name, so that the same folder has the same tests
        let known = (of_builds && !self.exact)
            .then(|| self.index().find(&counting.place.id, &task.at, &about))
            .flatten();
        if let Some(known) = known {
            let tests = Size {
                estimated: false,
                ..known
            };
            tally.shift(Part::Results, Part::Tests, tests, count(tests));
        }
        counting.tally().merge(&tally);
        if of_builds && outputs && known.is_none() {
            task.work = Work::Tests;
            self.pool.last(task);
        }
    }

    fn program(&self, task: &Task, folder: &Folder, name: &OsStr) -> Size {
        let inside = folder
            .enter(name)
            .and_then(|inside| Ok((inside.itself()?, inside)));
        match inside {
            Ok((about, _)) if about.is_mount => Size::default(),
            Ok((about, inside)) => self.count(task, inside, &about),
            Err(_) => Size::default(),
        }
    }

    /// What tests printed, told by how it begins as [`is_test_result`] says.
    pub(super) fn tests(&self, task: &Task) {
        let Some((about, folder)) = self.open(task) else {
            return;
        };
        let mut outputs = Vec::<OsString>::new();
        // what cannot be listed was told before
        let _ = folder.list(&mut |name, _| {
            let is_output = name
                .to_str()
                .is_some_and(|name| is_entry(name) && name.ends_with("-d"));
            if is_output {
                outputs.push(name.to_owned());
            }
            ControlFlow::Continue(())
        });
        let mut size = Size::default();
        for name in outputs {
            if self.counter.is_stopped() {
                break;
            }
            self.pool.looked.fetch_add(1, Ordering::Relaxed);
            let mut head = Vec::new();
            let read = folder
                .read(&name)
                .and_then(|file| file.take(16).read_to_end(&mut head));
            if read.is_ok()
                && is_test_result(&head)
                && let Ok(about) = folder.about(&name)
            {
                size += about.size();
            }
        }
        let counting = &self.caches[task.cache];
        let mut tally = counting.tally();
        tally.shift(Part::Results, Part::Tests, size, count(size));
        drop(tally);
        if !self.counter.is_stopped() {
            let place = &counting.place.id;
            self.index().note(place, &task.at, &about, size);
        }
    }
}

fn count(size: Size) -> u32 {
    u32::try_from(size.files).unwrap_or(u32::MAX)
}
