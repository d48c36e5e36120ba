//! A cache that was opened, and what can be deleted in it.

mod aside;
mod disk;
mod folder;
mod version;
mod walk;

use std::{
    ffi::{CStr, CString, OsStr},
    fs, io,
    os::unix::ffi::OsStrExt,
    path::{Component, Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use rustix::io::Errno;

use super::{Control, Guard, Removal, Version};
use crate::{
    cache::{
        CacheError, CacheKind, Kept, Size,
        layout::Zone,
        plan::Seal,
        recognise::{Recognised, recognise},
    },
    host::Host,
};
use folder::{Folder, Obstacle};
use walk::Walk;

/// A cache that was recognised, opened, and is known by its identity from now on.
#[derive(Debug)]
pub struct Root {
    host: Host,
    path: PathBuf,
    kind: CacheKind,
    folder: Folder,
    recognised: Recognised,
}

impl Root {
    /// Opens a cache. Links on the way to it are followed, once.
    ///
    /// # Errors
    /// The place is never cleaned, is no cache of this kind, belongs to somebody else, lies on a network disk or on one that
    /// is read-only; this process is the administrator's.
    pub fn open(path: &Path, kind: CacheKind, guard: &Guard) -> Result<Self, CacheError> {
        let recognise = |resolved: &Path| recognise(resolved, kind);
        Self::open_as(path, kind, guard, recognise)
    }

    /// As [`Root::open`], for one that is known by its identity: it may not look like a cache at the moment.
    pub(in crate::cache) fn open_again(
        path: &Path,
        kind: CacheKind,
        guard: &Guard,
        seal: Seal,
    ) -> Result<Self, CacheError> {
        let root = Self::open_as(path, kind, guard, |_| Ok(Recognised::default()))?;
        let path = root.shown(Path::new(""));
        match root.seal() == seal {
            true => Ok(root),
            false => Err(CacheError::EntryReplaced { path }),
        }
    }

    fn open_as(
        path: &Path,
        kind: CacheKind,
        guard: &Guard,
        recognise: impl FnOnce(&Path) -> Result<Recognised, CacheError>,
    ) -> Result<Self, CacheError> {
        guard.check_user()?;
        let host = guard.host().clone();
        let shown = host.short(path);
        let not_a_cache = || CacheError::NotACache {
            path: shown.clone(),
        };
        // `off`, and what would depend on where this process is
        if !path.is_absolute() {
            return Err(not_a_cache());
        }
        let refused = |obstacle| match obstacle {
            Obstacle::Gone | Obstacle::NoFolder => not_a_cache(),
            obstacle => reason(shown.clone(), obstacle),
        };
        let resolved = fs::canonicalize(path)
            .map_err(|reason| refused(Errno::from_io_error(&reason).unwrap_or(Errno::IO).into()))?;
        let folder = Folder::open(&resolved).map_err(|errno| refused(errno.into()))?;
        let forbidden = guard.forbids(folder.is().seal())
            || folder.is_mounted().map_err(|errno| refused(errno.into()))?
            || folder.about(c".git").is_ok();
        if forbidden {
            return Err(CacheError::PlaceForbidden { path: shown });
        }
        if folder.is().owner != rustix::process::geteuid().as_raw() {
            return Err(CacheError::NotOwned { path: shown });
        }
        disk::check(&folder, &host, &shown)?;
        let recognised = recognise(&resolved)?;
        Ok(Self {
            host,
            path: resolved,
            kind,
            folder,
            recognised,
        })
    }

    /// Where it lies, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it is of.
    pub const fn kind(&self) -> CacheKind {
        self.kind
    }

    /// Which folder it is, whatever its name.
    pub const fn seal(&self) -> Seal {
        self.folder.is().seal()
    }

    /// What was at its top when it was opened.
    pub const fn recognised(&self) -> &Recognised {
        &self.recognised
    }

    /// Deletes something in it, a file or a folder with all that is Go's in it.
    ///
    /// A tree of a module, or what holds one, goes by [`Root::remove_version`]: here nothing keeps Go from using what is
    /// half deleted.
    pub fn remove(&self, inside: &Path, control: &Control<'_>) -> Removal {
        match self.reach(inside) {
            Ok((parent, name, zone)) => self.walk(control, parent, inside, &name, zone),
            Err(Obstacle::Gone) => Removal::default(),
            Err(obstacle) => self.keep(inside, obstacle),
        }
    }

    /// Deletes entries of a build cache; those that were used after `unused_since` stay, for somebody wants them.
    pub fn remove_built<'a>(
        &self,
        entries: impl IntoIterator<Item = &'a Path>,
        unused_since: Option<SystemTime>,
        control: &Control<'_>,
    ) -> Removal {
        let since = unused_since
            .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
            .and_then(|at| i64::try_from(at.as_secs()).ok());
        let mut removal = Removal::default();
        let mut bin: Option<(PathBuf, Folder, Zone)> = None;
        let mut news = walk::News::new(control);
        for entry in entries {
            if news.is_to_stop(removal.size) {
                removal.stopped = true;
                break;
            }
            let (Some(above), Some(name)) = (entry.parent(), entry.file_name()) else {
                continue;
            };
            if bin.as_ref().is_none_or(|(open, ..)| open != above) {
                bin = match self.reach(entry) {
                    Ok((folder, _, zone)) => Some((above.to_owned(), folder, zone)),
                    Err(Obstacle::Gone) => continue,
                    Err(obstacle) => {
                        removal.add(self.keep(entry, obstacle));
                        continue;
                    }
                };
            }
            if let Some((_, folder, zone)) = &bin {
                let name = c_string(name);
                removal.add(self.remove_entry(control, folder, entry, &name, *zone, since));
            }
        }
        removal
    }

    fn remove_entry(
        &self,
        control: &Control<'_>,
        bin: &Folder,
        entry: &Path,
        name: &CStr,
        zone: Zone,
        since: Option<i64>,
    ) -> Removal {
        let about = match bin.about(name) {
            Ok(about) => about,
            Err(Errno::NOENT) => return Removal::default(),
            Err(errno) => return self.keep(entry, errno.into()),
        };
        if zone.enter(name.to_bytes(), about.folder).is_none() {
            return self.keep_for(entry, |path| CacheError::NotACache { path });
        }
        if since.is_some_and(|since| about.modified > since) {
            return self.keep_for(entry, |path| CacheError::CacheChanged { path });
        }
        if about.folder {
            return match bin.again() {
                Ok(again) => self.walk(control, again, entry, name, zone),
                Err(errno) => self.keep(entry, errno.into()),
            };
        }
        self.unlink_in(bin, entry, name)
    }

    /// Deletes a file.
    fn unlink_in(&self, folder: &Folder, inside: &Path, name: &CStr) -> Removal {
        let about = match folder.about(name) {
            Ok(about) => about,
            Err(Errno::NOENT) => return Removal::default(),
            Err(errno) => return self.keep(inside, errno.into()),
        };
        if about.owner != self.folder.is().owner {
            return self.keep(inside, Obstacle::Foreign);
        }
        match folder.unlink(name) {
            Ok(()) => Removal {
                size: about.freed(),
                ..Removal::default()
            },
            Err(Errno::NOENT) => Removal::default(),
            Err(errno) => self.keep(inside, errno.into()),
        }
    }

    fn walk(
        &self,
        control: &Control<'_>,
        parent: Folder,
        inside: &Path,
        name: &CStr,
        zone: Zone,
    ) -> Removal {
        let above = inside.parent().unwrap_or_else(|| Path::new(""));
        let shown = PathBuf::from(self.shown(above));
        Walk::remove(control, parent, shown, name, zone)
    }

    /// The folder in which something lies, its name there, and what that folder is of.
    fn reach(&self, inside: &Path) -> Result<(Folder, CString, Zone), Obstacle> {
        let mut names = Vec::new();
        for part in inside.components() {
            match part {
                Component::Normal(name) => names.push(c_string(name)),
                // nothing leads out of a cache
                _ => return Err(Obstacle::NoFolder),
            }
        }
        let name = names.pop().ok_or(Obstacle::NoFolder)?;
        let mut folder = self.folder.again()?;
        let mut zone = Zone::of(self.kind);
        for name in names {
            zone = zone
                .enter(name.to_bytes(), true)
                .ok_or(Obstacle::Stranger)?;
            folder = folder.enter(&name)?;
        }
        Ok((folder, name, zone))
    }

    fn keep(&self, inside: &Path, obstacle: Obstacle) -> Removal {
        self.keep_for(inside, |path| reason(path, obstacle))
    }

    fn keep_for(&self, inside: &Path, why: impl FnOnce(String) -> CacheError) -> Removal {
        let path = self.shown(inside);
        Removal {
            kept: vec![Kept {
                reason: why(path.clone()),
                path,
            }],
            ..Removal::default()
        }
    }

    fn shown(&self, inside: &Path) -> String {
        self.host.short(&self.path.join(inside))
    }
}

/// Why something is left where it is.
fn reason(path: String, obstacle: Obstacle) -> CacheError {
    match obstacle {
        Obstacle::Gone => CacheError::CacheChanged { path },
        Obstacle::NoFolder => CacheError::EntryReplaced { path },
        Obstacle::Mounted => CacheError::MountedInside { path },
        Obstacle::Foreign => CacheError::NotOwned { path },
        Obstacle::Stranger => CacheError::NotACache { path },
        Obstacle::System(Errno::ROFS) => CacheError::CacheReadOnly { path },
        Obstacle::System(errno) => CacheError::CacheSystem {
            path,
            reason: io::Error::from(errno).to_string(),
        },
    }
}

fn path(name: &CStr) -> &Path {
    Path::new(OsStr::from_bytes(name.to_bytes()))
}

/// A name of a path holds no NUL; an empty one leads nowhere.
fn c_string(name: impl AsRef<OsStr>) -> CString {
    CString::new(name.as_ref().as_bytes()).unwrap_or_default()
}
