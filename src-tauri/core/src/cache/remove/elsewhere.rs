//! Systems without a way to delete that follows no link: nothing is.

use std::{convert::Infallible, path::Path, time::SystemTime};

use super::{Control, Guard, PutAway, PutBack, Removal, Version};
use crate::cache::{CacheError, CacheKind, plan::Seal, recognise::Recognised};

/// A cache that was opened: none is.
#[derive(Debug)]
pub struct Root(Infallible);

#[expect(missing_docs, reason = "as on Unix, and none of it is reached")]
impl Root {
    pub fn open(path: &Path, _: CacheKind, guard: &Guard) -> Result<Self, CacheError> {
        guard.check_user()?;
        let forbidden = Seal::of(path).is_some_and(|seal| guard.forbids(seal));
        let path = guard.host().short(path);
        Err(match forbidden {
            true => CacheError::PlaceForbidden { path },
            false => CacheError::SystemUnsupported {},
        })
    }

    pub fn path(&self) -> &Path {
        match self.0 {}
    }

    pub fn recognised(&self) -> &Recognised {
        match self.0 {}
    }

    pub fn remove(&self, _: &Path, _: &Control<'_>) -> Removal {
        match self.0 {}
    }

    pub fn remove_built<'a>(
        &self,
        _: impl IntoIterator<Item = &'a Path>,
        _: Option<SystemTime>,
        _: &Control<'_>,
    ) -> Removal {
        match self.0 {}
    }

    pub fn remove_version(&self, _: &Version, _: &Control<'_>) -> Removal {
        match self.0 {}
    }

    pub fn remove_clone(&self, _: &Path, _: &Control<'_>) -> Removal {
        match self.0 {}
    }

    pub(in crate::cache) fn open_again(
        _: &Path,
        _: CacheKind,
        _: &Guard,
        _: Seal,
    ) -> Result<Self, CacheError> {
        Err(CacheError::SystemUnsupported {})
    }

    pub fn kind(&self) -> CacheKind {
        match self.0 {}
    }

    pub fn seal(&self) -> Seal {
        match self.0 {}
    }

    pub(in crate::cache) fn put_away(&self, _: &str, _: bool) -> PutAway {
        match self.0 {}
    }

    pub(in crate::cache) fn put_back(&self, _: &str) -> PutBack {
        match self.0 {}
    }

    pub(in crate::cache) fn purge(&self, _: &str, _: &Control<'_>) -> Removal {
        match self.0 {}
    }

    pub fn remove_leftover(&self, _: &Path, _: &Control<'_>) -> Removal {
        match self.0 {}
    }
}
