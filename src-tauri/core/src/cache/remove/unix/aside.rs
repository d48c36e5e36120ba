//! Moving a whole cache out of its place and back, entry by entry within its own folder: no byte is copied.

use std::{
    collections::BTreeSet,
    ffi::{CStr, CString},
    path::{Path, PathBuf},
};

use rustix::io::Errno;

use super::{CacheKind, Control, Folder, Obstacle, Removal, Root, Walk, Zone, c_string, path};
use crate::cache::remove::{PutAway, PutBack};

/// Moving one cache back.
struct Return<'a> {
    root: &'a Root,
    back: PutBack,
    told: BTreeSet<PathBuf>,
}

/// A folder that has something new in it beside what comes back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meeting {
    /// Entry by entry; of two with one name the new one stays.
    Merge(Zone),
    /// As a zip belongs to its hash.
    Downloads,
    /// It is one thing: the new one stays.
    Stay,
}

impl Root {
    /// Moves what is Go's at the top of the cache into the folder `aside`, trees before the downloads that they are made
    /// of; what a build cache says of itself stays, and the inputs of fuzzing unless they are asked for.
    pub(in crate::cache) fn put_away(&self, aside: &str, fuzz: bool) -> PutAway {
        let mut put = PutAway::default();
        let name = c_string(aside);
        let folder = match self.folder.make(&name) {
            Ok(folder) => folder,
            Err(obstacle) => {
                put.kept = self.keep(Path::new(aside), obstacle).kept;
                return put;
            }
        };
        let own = &self.recognised.own;
        let (last, first): (Vec<_>, Vec<_>) = own.iter().partition(|name| *name == "cache");
        for name in first.into_iter().chain(last) {
            let name = c_string(name);
            if !self.goes(&name, fuzz) {
                continue;
            }
            match shift(&self.folder, &folder, &name) {
                Ok(()) => put.moved = true,
                Err(Obstacle::Gone) => {}
                Err(obstacle) => put.kept.extend(self.keep(path(&name), obstacle).kept),
            }
        }
        if !put.moved {
            // nothing is in it
            let _ = self.folder.remove(&name);
        }
        put
    }

    fn goes(&self, name: &CStr, fuzz: bool) -> bool {
        let zone = Zone::of(self.kind).enter(name.to_bytes(), true);
        match self.kind {
            CacheKind::Modules | CacheKind::Gopls => true,
            _ => zone == Some(Zone::Results) || (fuzz && name == c"fuzz"),
        }
    }

    /// Moves everything in the folder `aside` to where it was, downloads before the trees that are made of them. Where Go made
    /// something new meanwhile, that stays.
    pub(in crate::cache) fn put_back(&self, aside: &str) -> PutBack {
        let name = c_string(aside);
        let mut returning = Return {
            root: self,
            back: PutBack::default(),
            told: BTreeSet::new(),
        };
        match self.folder.enter(&name) {
            Ok(folder) => {
                let zone = Zone::of(self.kind);
                returning.merge(&folder, &self.folder, Path::new(""), Meeting::Merge(zone));
            }
            Err(Obstacle::Gone) => {}
            Err(obstacle) => returning.keep(Path::new(aside), obstacle),
        }
        returning.back.complete = match self.folder.remove(&name) {
            Ok(()) | Err(Errno::NOENT) => true,
            Err(_) => false,
        };
        returning.back
    }

    /// Deletes the folder `aside` with what is Go's in it; what is not is moved to where it was.
    pub(in crate::cache) fn purge(&self, aside: &str, control: &Control<'_>) -> Removal {
        let folder = match self.folder.again() {
            Ok(folder) => folder,
            Err(errno) => return self.keep(Path::new(aside), errno.into()),
        };
        let shown = PathBuf::from(self.shown(Path::new("")));
        let zone = Zone::Holder(self.kind);
        let mut removal = Walk::remove(control, folder, shown, &c_string(aside), zone);
        if !removal.stopped && !removal.kept.is_empty() {
            self.put_strangers_back(aside);
            let here = format!("/{aside}/");
            for kept in &mut removal.kept {
                let now = kept.path.replace(&here, "/");
                kept.reason = kept.reason.clone().at(now.clone());
                kept.path = now;
            }
        }
        removal
    }

    /// Never what is Go's: it may be half deleted.
    fn put_strangers_back(&self, aside: &str) {
        let name = c_string(aside);
        if let Ok(folder) = self.folder.enter(&name) {
            put_strangers_back(&folder, &self.folder, Zone::of(self.kind));
            // what stayed in it keeps it
            let _ = self.folder.remove(&name);
        }
    }
}

fn put_strangers_back(from: &Folder, to: &Folder, zone: Zone) {
    for name in from.names().unwrap_or_default() {
        let Ok(about) = from.about(&name) else {
            continue;
        };
        match zone.enter(name.to_bytes(), about.folder) {
            None => {
                // of two with one name both stay where they are
                let _ = shift(from, to, &name);
            }
            Some(Zone::Whole) => {}
            Some(inside) => {
                if let (Ok(old), Ok(new)) = (from.enter(&name), to.make(&name)) {
                    put_strangers_back(&old, &new, inside);
                    let _ = from.remove(&name);
                    let _ = to.remove(&name);
                }
            }
        }
    }
}

impl Return<'_> {
    /// Moves what is in `from` into `to`, which lies at `inside` in the cache.
    fn merge(&mut self, from: &Folder, to: &Folder, inside: &Path, meeting: Meeting) {
        let mut names = match from.names() {
            Ok(names) => names,
            Err(errno) => return self.keep(inside, errno.into()),
        };
        names.sort_by_key(turn);
        let new = match meeting {
            Meeting::Downloads => to.names().unwrap_or_default(),
            _ => Vec::new(),
        };
        for name in names {
            if meeting == Meeting::Downloads && is_zip_of_another(&name, &new) {
                self.keep(inside, Obstacle::NoFolder);
                continue;
            }
            let target = inside.join(path(&name));
            match shift(from, to, &name) {
                Ok(()) | Err(Obstacle::Gone) => {}
                Err(Obstacle::System(Errno::EXIST)) => {
                    self.meet(from, to, &name, &target, meeting);
                }
                Err(obstacle) => self.keep(&target, obstacle),
            }
        }
    }

    /// Something of that name is there.
    fn meet(&mut self, from: &Folder, to: &Folder, name: &CStr, target: &Path, meeting: Meeting) {
        let (old, new) = match (from.enter(name), to.enter(name)) {
            (Ok(old), Ok(new)) => (old, new),
            // a lock is empty, and the one that Go made meanwhile does as well
            _ if meeting == Meeting::Downloads && name.to_bytes().ends_with(b".lock") => {
                let _ = from.unlink(name);
                return;
            }
            // two files: their folder is told, once
            _ => return self.keep(target.parent().unwrap_or(target), Obstacle::NoFolder),
        };
        let inner = match meeting {
            Meeting::Merge(zone) => inner(zone, name),
            Meeting::Downloads | Meeting::Stay => Meeting::Stay,
        };
        if inner == Meeting::Stay {
            return self.keep(target, Obstacle::NoFolder);
        }
        if let Err(errno) = old.unlock() {
            return self.keep(target, errno.into());
        }
        self.merge(&old, &new, target, inner);
        // what stayed in it keeps it
        let _ = from.remove(name);
    }

    fn keep(&mut self, inside: &Path, obstacle: Obstacle) {
        if self.told.insert(inside.to_owned()) {
            self.back.kept.extend(self.root.keep(inside, obstacle).kept);
        }
    }
}

/// What becomes of two folders named `name` in a folder of this zone.
fn inner(zone: Zone, name: &CStr) -> Meeting {
    match zone.enter(name.to_bytes(), true) {
        None => Meeting::Merge(zone),
        Some(Zone::Whole) => match zone {
            Zone::DownloadPaths => Meeting::Downloads,
            // one version, one repository, one program
            Zone::Modules | Zone::Paths | Zone::Clones | Zone::Results => Meeting::Stay,
            // each file stands for itself: the checksum database, fuzzing, gopls
            _ => Meeting::Merge(Zone::Whole),
        },
        Some(inside) => Meeting::Merge(inside),
    }
}

/// In which order things come back: the mark of a half extracted tree before the tree, downloads before trees, zips before
/// their hashes.
fn turn(name: &CString) -> u8 {
    let name = name.to_bytes();
    match name {
        b"cache" => 0,
        _ if name.ends_with(b".partial") => 1,
        _ if name.ends_with(b".ziphash") => 3,
        _ => 2,
    }
}

/// A zip or a hash of a version of which there is another one.
fn is_zip_of_another(name: &CStr, new: &[CString]) -> bool {
    let stem = |name: &CStr| {
        let name = name.to_bytes();
        let stem = name.strip_suffix(b".ziphash");
        stem.or_else(|| name.strip_suffix(b".zip"))
            .map(<[u8]>::to_owned)
    };
    stem(name).is_some_and(|own| new.iter().any(|name| stem(name).as_ref() == Some(&own)))
}

/// Moves one entry. A folder that is read-only cannot be moved: it is made writable, and read-only again.
fn shift(from: &Folder, to: &Folder, name: &CStr) -> Result<(), Obstacle> {
    match from.rename(name, to, name) {
        Err(Errno::ACCESS | Errno::PERM) => {
            let folder = from.enter(name)?;
            let mode = folder.unlock()?;
            let moved = from.rename(name, to, name);
            if let Some(mode) = mode {
                folder.lock(mode)?;
            }
            Ok(moved?)
        }
        moved => Ok(moved?),
    }
}
