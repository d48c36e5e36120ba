//! Versions, repositories and leftovers of a module cache, in the order that leaves nothing which Go would trust wrongly
//! (go-semantics 5.4 to 5.6).

use std::{
    ffi::{CStr, CString, OsStr},
    os::{fd::OwnedFd, unix::ffi::OsStrExt},
    path::{Path, PathBuf},
    process, thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{FlockOperation, Mode, OFlags, flock, openat},
    io::Errno,
};

use super::{CacheError, Control, Folder, Obstacle, Removal, Root, Size, Version, Zone, c_string};

/// How often a lock that is held is tried again.
const PAUSE: Duration = Duration::from_millis(10);

/// Go's own lock of a version or a repository (`lockedfile`). It ends with the value; the file stays, for others may be
/// waiting at it.
struct Lock(#[expect(dead_code, reason = "closing it ends the lock")] OwnedFd);

enum NoLock {
    /// Somebody works there.
    Held,
    /// The caller wants to end.
    Stopped,
    System(Errno),
}

impl Root {
    /// Deletes pieces of a version. While its tree goes it is marked as half extracted, so that Go makes it anew whenever
    /// this ends.
    pub fn remove_version(&self, version: &Version, control: &Control<'_>) -> Removal {
        let tree = PathBuf::from(format!("{}@{}", version.module, version.version));
        let downloads = downloads(&version.module);
        match self.reach(&downloads.join("list")) {
            Ok((folder, ..)) => {
                let lock = downloads.join(format!("{}.lock", version.version));
                self.locked(&folder, &lock, control, || {
                    self.remove_pieces(version, &tree, &downloads, &folder, control)
                })
            }
            Err(Obstacle::Gone) if version.tree => self
                .remove_away(&tree, version, control)
                .unwrap_or_default(),
            Err(Obstacle::Gone) => Removal::default(),
            Err(obstacle) => self.keep(&downloads, obstacle),
        }
    }

    /// Deletes the repository at `cache/vcs/<hash>`, and what is recorded of it.
    pub fn remove_clone(&self, inside: &Path, control: &Control<'_>) -> Removal {
        let (folder, name, _) = match self.reach(inside) {
            Ok(reached) => reached,
            Err(Obstacle::Gone) => return Removal::default(),
            Err(obstacle) => return self.keep(inside, obstacle),
        };
        self.locked(&folder, &beside(inside, ".lock"), control, || {
            // Go looks for one folder in it and takes the rest for granted
            let mut removal = self.remove_renamed(inside, &folder, &name, control);
            removal.add(self.unlink(&folder, &beside(inside, ".info")));
            removal
        })
    }

    /// Deletes what an interrupted download or extraction left.
    pub fn remove_leftover(&self, inside: &Path, control: &Control<'_>) -> Removal {
        if let Some(version) = interrupted(inside) {
            return self.remove_version(&version, control);
        }
        let Some(lock) = lock_of(inside) else {
            return self.remove(inside, control);
        };
        match self.reach(&lock) {
            Ok((folder, ..)) => {
                self.locked(&folder, &lock, control, || self.remove(inside, control))
            }
            // nobody works on what has no downloads
            Err(Obstacle::Gone) => self.remove(inside, control),
            Err(obstacle) => self.keep(&lock, obstacle),
        }
    }

    fn remove_pieces(
        &self,
        version: &Version,
        tree: &Path,
        downloads: &Path,
        folder: &Folder,
        control: &Control<'_>,
    ) -> Removal {
        let piece = |ending| downloads.join(format!("{}.{ending}", version.version));
        let mut removal = Removal::default();
        let partial = piece("partial");
        if version.tree {
            match self.remove_tree(tree, version, &partial, folder, control) {
                Ok(removed) => removal.add(removed),
                Err(kept) => return kept,
            }
        }
        for (goes, ending) in [
            (version.hash, "ziphash"),
            (version.zip, "zip"),
            (version.manifest, "mod"),
        ] {
            if goes {
                removal.add(self.unlink(folder, &piece(ending)));
            }
        }
        // last: until here Go takes the tree for absent
        if version.tree {
            removal.add(Removal {
                // the mark is nobody's space
                size: Size::default(),
                ..self.unlink(folder, &partial)
            });
        }
        removal
    }

    /// Deletes a tree behind its mark; what came of it as an error when the mark has to stay.
    fn remove_tree(
        &self,
        tree: &Path,
        version: &Version,
        partial: &Path,
        folder: &Folder,
        control: &Control<'_>,
    ) -> Result<Removal, Removal> {
        let (parent, name) = match self.find(tree, version)? {
            Some(found) => found,
            None => return Ok(Removal::default()),
        };
        // what cannot be entered stays as it is, and Go goes on using it
        let entered = parent.enter(&name).map(drop);
        entered.map_err(|obstacle| self.keep(tree, obstacle))?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mark = file_name(partial);
        let made = openat(folder.fd(), &mark, flags, Mode::from_raw_mode(0o666));
        made.map_err(|errno| self.keep(partial, errno.into()))?;
        let zone = zone_above(tree);
        let again = parent
            .again()
            .map_err(|errno| self.keep(tree, errno.into()))?;
        let removal = self.walk(control, again, tree, &name, zone);
        match parent.about(&name) {
            Err(Errno::NOENT) if !removal.stopped => Ok(removal),
            _ => Err(removal),
        }
    }

    /// Deletes a tree that has no place for a mark: no reader sees the half of it, for it has another name by then.
    fn remove_away(
        &self,
        tree: &Path,
        version: &Version,
        control: &Control<'_>,
    ) -> Result<Removal, Removal> {
        Ok(match self.find(tree, version)? {
            Some((parent, name)) => self.remove_renamed(tree, &parent, &name, control),
            None => Removal::default(),
        })
    }

    fn remove_renamed(
        &self,
        inside: &Path,
        folder: &Folder,
        name: &CStr,
        control: &Control<'_>,
    ) -> Removal {
        let mut number = 0_u32;
        let new = loop {
            let new = beside(inside, &format!(".tmp-{}{number}", process::id()));
            match folder.rename(name, folder, &file_name(&new)) {
                Ok(()) => break new,
                Err(Errno::EXIST) => number += 1,
                Err(Errno::NOENT) => return Removal::default(),
                Err(errno) => return self.keep(inside, errno.into()),
            }
        };
        self.remove(&new, control)
    }

    /// Where a tree is, if it is the one that was shown.
    fn find(&self, tree: &Path, version: &Version) -> Result<Option<(Folder, CString)>, Removal> {
        let (parent, name, zone) = match self.reach(tree) {
            Ok(reached) => reached,
            Err(Obstacle::Gone) => return Ok(None),
            Err(obstacle) => return Err(self.keep(tree, obstacle)),
        };
        if zone.enter(name.to_bytes(), true) != Some(Zone::Whole) {
            return Err(self.keep(tree, Obstacle::Stranger));
        }
        match parent.about(&name) {
            Ok(about) if version.seal.is_some_and(|seal| seal != about.seal()) => {
                Err(self.keep(tree, Obstacle::NoFolder))
            }
            Ok(_) => Ok(Some((parent, name))),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(self.keep(tree, errno.into())),
        }
    }

    fn unlink(&self, folder: &Folder, inside: &Path) -> Removal {
        self.unlink_in(folder, inside, &file_name(inside))
    }

    fn locked(
        &self,
        folder: &Folder,
        lock: &Path,
        control: &Control<'_>,
        work: impl FnOnce() -> Removal,
    ) -> Removal {
        match Lock::take(folder, &file_name(lock), control) {
            Ok(_lock) => work(),
            Err(NoLock::Held) => self.keep_for(lock, |path| CacheError::EntryLocked { path }),
            Err(NoLock::System(errno)) => self.keep(lock, errno.into()),
            Err(NoLock::Stopped) => Removal {
                stopped: true,
                ..Removal::default()
            },
        }
    }
}

impl Lock {
    fn take(folder: &Folder, name: &CStr, control: &Control<'_>) -> Result<Self, NoLock> {
        let flags =
            OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = openat(folder.fd(), name, flags, Mode::from_raw_mode(0o666));
        let file = file.map_err(NoLock::System)?;
        let until = Instant::now() + control.patience;
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Self(file)),
                Err(Errno::WOULDBLOCK) if (control.stop)() => return Err(NoLock::Stopped),
                Err(Errno::WOULDBLOCK) if Instant::now() >= until => return Err(NoLock::Held),
                Err(Errno::WOULDBLOCK) => thread::sleep(PAUSE),
                Err(Errno::INTR) => {}
                Err(errno) => return Err(NoLock::System(errno)),
            }
        }
    }
}

/// Where a module's downloads lie.
fn downloads(module: &str) -> PathBuf {
    Path::new("cache/download").join(module).join("@v")
}

/// The zone in which a tree lies.
fn zone_above(tree: &Path) -> Zone {
    match tree.parent() {
        Some(above) if !above.as_os_str().is_empty() => Zone::Paths,
        _ => Zone::Modules,
    }
}

/// The version of which an extraction did not end, by its mark.
fn interrupted(inside: &Path) -> Option<Version> {
    let version = inside.file_name()?.to_str()?.strip_suffix(".partial")?;
    let above = inside.parent()?.strip_prefix("cache/download").ok()?;
    let module = above.to_str()?.strip_suffix("/@v")?;
    Some(Version {
        module: module.to_owned(),
        version: version.to_owned(),
        tree: true,
        ..Version::default()
    })
}

/// The lock under which a leftover was made: of `v1.0.0.zip123.tmp`, `m@v1.0.0.tmp-123`, or of a repository on its way out.
fn lock_of(inside: &Path) -> Option<PathBuf> {
    let name = inside.file_name()?.to_str()?;
    if let Some((module, rest)) = inside
        .to_str()?
        .split_once("@v")
        .filter(|(module, rest)| !module.ends_with('/') && rest.contains(".tmp-"))
    {
        let (version, _) = rest.split_once(".tmp-")?;
        return Some(downloads(module).join(format!("v{version}.lock")));
    }
    if let Some(download) = name.strip_suffix(".tmp") {
        let piece = download.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let version = [".zip", ".ziphash", ".mod", ".info"]
            .iter()
            .find_map(|ending| piece.strip_suffix(ending))?;
        return Some(inside.with_file_name(format!("{version}.lock")));
    }
    let (hash, _) = name.split_once(".tmp-")?;
    Some(inside.with_file_name(format!("{hash}.lock")))
}

fn beside(inside: &Path, ending: &str) -> PathBuf {
    let mut name = inside.as_os_str().to_owned();
    name.push(OsStr::from_bytes(ending.as_bytes()));
    name.into()
}

fn file_name(path: &Path) -> CString {
    c_string(path.file_name().unwrap_or_default())
}
