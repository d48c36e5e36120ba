//! The program's own files: versioned JSON, locked, replaced as a whole, never overwritten unread.

mod document;
mod error;
pub(crate) mod ids;
pub(crate) mod unique;

use std::{
    marker::PhantomData,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};

pub use error::StoreError;

use crate::{
    error::{Error, text},
    host::{
        Folders, Host,
        lock::{Lock, WAIT},
        replace::{self, FileError, replace_private, resolve},
    },
    secret::mask_text,
};
use document::Document;

/// How often a change begins again because a program that takes no lock, such as an editor, saved in between.
const ATTEMPTS: u32 = 5;

/// One of the program's own files, as a value of `T`.
///
/// On disk is `{ "version": 1, … }` with what differs from the default; keys that `T` does not know stay.
#[derive(Debug, Clone)]
pub struct Store<T> {
    path: PathBuf,
    folders: Folders,
    limit: u64,
    value: PhantomData<fn() -> T>,
}

/// What a store holds, and how far that can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<T> {
    /// The value to go on with.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
    /// Why it does not come from the file itself, or why the file cannot be changed.
    pub trouble: Option<StoreError>,
}

/// Where a stored value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Nothing was saved yet, or nothing could be read.
    Default,
    /// The file.
    File,
    /// The copy of the last good file, because the file is damaged.
    Backup,
}

/// The file as it was found.
struct Found {
    bytes: Option<Vec<u8>>,
    document: Option<Document>,
    trouble: Option<StoreError>,
}

impl<T: Default + Serialize + DeserializeOwned> Store<T> {
    /// The store in the file `name` of the settings folder, which may hold `limit` bytes: a larger one is refused
    /// unread, and never written. What a crash left beside it is swept.
    pub fn open(host: &Host, name: &str, limit: u64) -> Self {
        let store = Self {
            path: host.folders.config.join(name),
            folders: host.folders.clone(),
            limit,
            value: PhantomData,
        };
        if replace::is_littered(&host.folders.config)
            && let Err(reason) = store.sweep()
        {
            // another run is writing, or the folder cannot be written: neither keeps us from reading
            tracing::debug!(%reason, "staged files stay");
        }
        store
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is stored. Always gives a value to go on with; nothing on disk is changed.
    pub fn load(&self) -> Stored<T> {
        let found = self.find();
        let damaged = matches!(found.trouble, Some(StoreError::StoreDamaged { .. }));
        let own = found.document.as_ref().and_then(Document::value);
        let (value, origin) = match own {
            Some(value) => (value, Origin::File),
            None => match damaged.then(|| self.backup()).flatten() {
                Some(document) => (document.value().unwrap_or_default(), Origin::Backup),
                None => (T::default(), Origin::Default),
            },
        };
        Stored {
            value,
            origin,
            trouble: found.trouble,
        }
    }

    /// Changes what is stored at this moment, which another run may have changed since it was loaded, and gives it.
    ///
    /// A damaged file is set aside first (`NAME.corrupt-1`, …), a good one becomes `NAME.bak`.
    ///
    /// # Errors
    /// [`StoreError`]; [`FileError`] when it cannot be written. With [`FileError::NotDurable`] it is changed.
    pub fn change(&self, edit: impl Fn(&mut T)) -> Result<T, Error> {
        self.try_change(|value| {
            edit(value);
            Ok(())
        })
        .map(|(value, ())| value)
    }

    /// As [`Store::change`], for an edit that may be refused by what is stored; also gives what the edit gives.
    ///
    /// # Errors
    /// As [`Store::change`]; the edit's own, and then nothing is changed.
    pub fn try_change<R>(
        &self,
        edit: impl Fn(&mut T) -> Result<R, Error>,
    ) -> Result<(T, R), Error> {
        let _lock = Lock::hold(&self.folders, &self.path, WAIT).map_err(|error| match error {
            FileError::FileBusy { .. } => Error::from(self.busy()),
            error => error.into(),
        })?;
        for _ in 0..ATTEMPTS {
            match self.change_once(&edit) {
                Err(Error::File(FileError::FileChanged { .. })) => {}
                changed => return changed,
            }
        }
        Err(self.busy().into())
    }

    /// Sweeps beside the file and its copies, which are all written under the file's lock.
    fn sweep(&self) -> Result<(), FileError> {
        let lock = Lock::hold(&self.folders, &self.path, Duration::ZERO)?;
        replace::sweep_held(&lock, lock.target())?;
        replace::sweep_held(&lock, &resolve(&self.beside("bak"))?)?;
        for number in 1.. {
            let path = resolve(&self.beside(&format!("corrupt-{number}")))?;
            replace::sweep_held(&lock, &path)?;
            // the first free name may have been in the making
            if !path.exists() {
                break;
            }
        }
        Ok(())
    }

    fn change_once<R>(&self, edit: impl Fn(&mut T) -> Result<R, Error>) -> Result<(T, R), Error> {
        let found = self.find();
        let is_good = found.trouble.is_none();
        let document = match (found.document, found.trouble) {
            (Some(document), None) => document,
            (None, None) => Document::default(),
            (_, Some(StoreError::StoreDamaged { .. })) => self.backup().unwrap_or_default(),
            (_, Some(trouble)) => return Err(trouble.into()),
        };
        let mut value: T = document.value().unwrap_or_default();
        let answer = edit(&mut value)?;
        let new = document.with(&value).to_bytes();
        if new.len() as u64 > self.limit {
            return Err(self.full().into());
        }
        if let Some(bytes) = &found.bytes {
            self.keep(bytes, is_good)?;
        }
        replace_private(&self.path, found.bytes.as_deref(), Some(&new))?;
        Ok((value, answer))
    }

    fn find(&self) -> Found {
        let (bytes, trouble) = match replace::read(&self.path, self.limit) {
            Ok(bytes) => (bytes, None),
            Err(error) => (None, Some(self.unusable(&error))),
        };
        let (document, trouble) = match bytes.as_deref().map(|bytes| self.parse(bytes)) {
            None => (None, trouble),
            Some(Ok(document)) if document.is_newer() => {
                let path = text(&self.path);
                (Some(document), Some(StoreError::StoreNewer { path }))
            }
            Some(Ok(document)) => (Some(document), None),
            Some(Err(trouble)) => (None, Some(trouble)),
        };
        Found {
            bytes,
            document,
            trouble,
        }
    }

    /// A document whose value is a `T`, unless it is of a newer version: then nobody knows what it is.
    fn parse(&self, bytes: &[u8]) -> Result<Document, StoreError> {
        let damaged = |reason: String| StoreError::StoreDamaged {
            path: text(&self.path),
            // it quotes what it did not expect, and that can be a value
            reason: mask_text(&reason),
        };
        let document = Document::parse(bytes).map_err(damaged)?;
        if !document.is_newer() {
            document.check::<T>().map_err(damaged)?;
        }
        Ok(document)
    }

    /// The last good file.
    fn backup(&self) -> Option<Document> {
        let bytes = replace::read(&self.beside("bak"), self.limit).ok()??;
        self.parse(&bytes)
            .ok()
            .filter(|document| !document.is_newer())
    }

    /// Keeps what is about to be replaced: good bytes as the backup, others under a name of their own.
    fn keep(&self, bytes: &[u8], are_good: bool) -> Result<(), FileError> {
        if are_good {
            let path = self.beside("bak");
            let old = replace::read(&path, self.limit)?;
            if old.as_deref() == Some(bytes) {
                return Ok(());
            }
            return put_copy(&path, old.as_deref(), bytes);
        }
        for number in 1.. {
            let path = self.beside(&format!("corrupt-{number}"));
            match replace::read(&path, self.limit)? {
                Some(kept) if kept == bytes => break,
                Some(_) => {}
                None => return put_copy(&path, None, bytes),
            }
        }
        Ok(())
    }

    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".");
        name.push(extension);
        PathBuf::from(name)
    }

    fn unusable(&self, error: &FileError) -> StoreError {
        StoreError::StoreUnusable {
            path: text(&self.path),
            reason: error.to_string(),
        }
    }

    fn full(&self) -> StoreError {
        StoreError::StoreFull {
            path: text(&self.path),
            limit: u32::try_from(self.limit).unwrap_or(u32::MAX),
        }
    }

    fn busy(&self) -> StoreError {
        StoreError::StoreBusy {
            path: text(&self.path),
        }
    }
}

/// Writes a copy that has to last before the original may go.
fn put_copy(path: &Path, old: Option<&[u8]>, bytes: &[u8]) -> Result<(), FileError> {
    replace_private(path, old, Some(bytes)).map_err(|error| match error {
        // said of the copy it would read as if the original had been replaced
        FileError::NotDurable { path, reason } => FileError::FileUnwritable { path, reason },
        error => error,
    })
}
