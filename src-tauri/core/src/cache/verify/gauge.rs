//! How far it is, and whether to go on.

use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use crate::cache::VerifyEvent;

/// How far apart two events are.
const PACE: Duration = Duration::from_millis(100);

/// Shared by all threads.
pub(super) struct Gauge<'a> {
    cancel: &'a CancellationToken,
    tell: &'a (dyn Fn(VerifyEvent) + Sync),
    versions: AtomicU32,
    bytes: AtomicU64,
    damaged: AtomicU32,
    told: Mutex<Instant>,
}

impl<'a> Gauge<'a> {
    pub(super) fn new(
        cancel: &'a CancellationToken,
        tell: &'a (dyn Fn(VerifyEvent) + Sync),
    ) -> Self {
        Self {
            cancel,
            tell,
            versions: AtomicU32::new(0),
            bytes: AtomicU64::new(0),
            damaged: AtomicU32::new(0),
            told: Mutex::new(Instant::now()),
        }
    }

    pub(super) fn versions(&self) -> usize {
        self.versions.load(Ordering::Relaxed) as usize
    }

    /// One more version is done.
    pub(super) fn count(&self, damaged: bool) {
        self.versions.fetch_add(1, Ordering::Relaxed);
        self.damaged
            .fetch_add(u32::from(damaged), Ordering::Relaxed);
        self.pass();
    }

    /// So many more bytes were read.
    ///
    /// # Errors
    /// Somebody asked for the end.
    pub(super) fn read(&self, bytes: usize) -> io::Result<()> {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.pass();
        match self.cancel.is_cancelled() {
            true => Err(io::ErrorKind::Other.into()),
            false => Ok(()),
        }
    }

    fn pass(&self) {
        // whoever finds it taken has nothing newer to tell
        let Ok(mut told) = self.told.try_lock() else {
            return;
        };
        if told.elapsed() >= PACE {
            *told = Instant::now();
            (self.tell)(VerifyEvent::Verified {
                versions: self.versions.load(Ordering::Relaxed),
                bytes: self.bytes.load(Ordering::Relaxed),
                damaged: self.damaged.load(Ordering::Relaxed),
            });
        }
    }
}

/// A file that is counted as it is read, and remembers why it could not be.
pub(super) struct Gauged<'a, R> {
    pub(super) file: R,
    pub(super) gauge: &'a Gauge<'a>,
    /// What the system said.
    pub(super) failure: &'a Mutex<Option<String>>,
}

impl<R> Gauged<'_, R> {
    fn remember<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let Err(reason) = &done
            && reason.raw_os_error().is_some()
        {
            let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
            *failure = Some(reason.to_string());
        }
        done
    }
}

impl<R: Read> Read for Gauged<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into);
        let read = self.remember(read)?;
        self.gauge.read(read)?;
        Ok(read)
    }
}

impl<R: Seek> Seek for Gauged<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // a damaged directory of a zip names places before its beginning: no failure of the disk
        self.file.seek(to)
    }
}
