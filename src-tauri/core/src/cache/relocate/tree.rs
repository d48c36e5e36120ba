//! Every file of a cache, and its copy.

use std::{
    fs::{self, File, FileTimes, Metadata, Permissions},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// How much is read at once.
const BUFFER: usize = 64 << 10;

/// Something in a cache.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    about: Metadata,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder, before what is in it.
    Enter,
    /// The same, after it.
    Leave,
    File,
    /// A folder of another disk.
    Mounted,
    /// A link, a pipe: nothing that Go puts there.
    Strange,
}

impl Item {
    /// Of a file, in bytes.
    pub(super) fn length(&self) -> u64 {
        match self.kind {
            Kind::File => self.about.len(),
            _ => 0,
        }
    }
}

/// The folder itself, and all that is in it, however deep.
pub(super) fn items(root: &Path) -> io::Result<impl Iterator<Item = io::Result<Item>>> {
    let about = root.symlink_metadata()?;
    let device = device(&about);
    let mut next = vec![Item {
        path: root.to_owned(),
        kind: Kind::Enter,
        about,
    }];
    Ok(std::iter::from_fn(move || {
        let item = next.pop()?;
        if item.kind != Kind::Enter {
            return Some(Ok(item));
        }
        next.push(Item {
            path: item.path.clone(),
            kind: Kind::Leave,
            about: item.about.clone(),
        });
        match inside(&item.path, device) {
            Ok(items) => next.extend(items),
            Err(reason) => return Some(Err(reason)),
        }
        Some(Ok(item))
    }))
}

fn inside(folder: &Path, device_above: u64) -> io::Result<Vec<Item>> {
    let mut items = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = match entry.metadata() {
            Ok(about) => about,
            // it went meanwhile
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => continue,
            Err(reason) => return Err(reason),
        };
        let kind = match about.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() && device(&about) == device_above => Kind::Enter,
            kind if kind.is_dir() => Kind::Mounted,
            _ => Kind::Strange,
        };
        items.push(Item {
            path: entry.path(),
            kind,
            about,
        });
    }
    Ok(items)
}

#[cfg(unix)]
fn device(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(about)
}

#[cfg(not(unix))]
const fn device(_: &Metadata) -> u64 {
    0
}

/// Copies one; a file that is complete stays. Its time is written last: by that it is known to be complete.
pub(super) fn copy(item: &Item, to: &Path) -> io::Result<()> {
    match item.kind {
        Kind::Enter => match to.symlink_metadata() {
            Ok(there) if there.is_dir() => writable(to, &there),
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::create_dir(to),
        },
        Kind::Leave => {
            times(to, item)?;
            fs::set_permissions(to, item.about.permissions())
        }
        Kind::File => {
            match to.symlink_metadata() {
                Ok(there) if is_complete(item, &there) => return Ok(()),
                Ok(there) if there.is_dir() => return Err(io::ErrorKind::AlreadyExists.into()),
                Ok(_) => fs::remove_file(to)?,
                Err(_) => {}
            }
            fs::copy(&item.path, to)?;
            times(to, item)
        }
        Kind::Mounted | Kind::Strange => Ok(()),
    }
}

fn is_complete(item: &Item, there: &Metadata) -> bool {
    there.is_file()
        && there.len() == item.about.len()
        && there.permissions() == item.about.permissions()
        && there.modified().ok() == item.about.modified().ok()
}

fn times(to: &Path, item: &Item) -> io::Result<()> {
    let modified = item.about.modified()?;
    File::open(to)?.set_times(FileTimes::new().set_modified(modified))
}

/// Go takes the right to write away from the folders of a tree; here it comes back until all is in it.
fn writable(folder: &Path, about: &Metadata) -> io::Result<()> {
    let mut permissions: Permissions = about.permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        permissions.set_mode(permissions.mode() | 0o700);
    }
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    fs::set_permissions(folder, permissions)
}

/// Whether a copy is one, to the byte.
pub(super) fn is_same(item: &Item, to: &Path) -> io::Result<bool> {
    let Ok(there) = to.symlink_metadata() else {
        return Ok(false);
    };
    match item.kind {
        Kind::File => Ok(is_complete(item, &there) && same_bytes(&item.path, to)?),
        Kind::Enter | Kind::Leave => {
            Ok(there.is_dir() && there.permissions() == item.about.permissions())
        }
        Kind::Mounted | Kind::Strange => Ok(false),
    }
}

/// Takes a copy away that is none, so that it is made anew.
pub(super) fn forget(item: &Item, to: &Path) -> io::Result<()> {
    let (Kind::File, Ok(there), Some(above)) = (item.kind, to.symlink_metadata(), to.parent())
    else {
        return Ok(());
    };
    writable(above, &above.symlink_metadata()?)?;
    match there.is_dir() {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => fs::remove_file(to),
    }
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    let (mut first, mut second) = (Vec::with_capacity(BUFFER), Vec::with_capacity(BUFFER));
    loop {
        first.clear();
        second.clear();
        one.by_ref().take(BUFFER as u64).read_to_end(&mut first)?;
        other
            .by_ref()
            .take(BUFFER as u64)
            .read_to_end(&mut second)?;
        if first != second {
            return Ok(false);
        }
        if first.is_empty() {
            return Ok(true);
        }
    }
}
