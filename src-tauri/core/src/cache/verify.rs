//! Whether modules in a cache are what they should be: their zips, their trees and their `.mod`, against the hash that Go
//! recorded and against the `go.sum` of the user's projects (go-semantics 5.4, 5.5). Nothing is written.

mod gauge;
mod judge;
mod pieces;
mod sums;
mod tree;

use std::{
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use tokio_util::sync::CancellationToken;

use super::{Damage, DamagedVersion, Place, VerifyEvent};
use crate::module::Module;
use gauge::Gauge;
use pieces::Pieces;

pub use sums::Sums;

/// Hashing is bound by the processor and the disk; more would leave nothing for a build.
const THREADS: usize = 2;

/// One version to look at.
#[derive(Debug, Clone)]
pub struct Target {
    /// Names the row.
    pub id: String,
    /// In which cache.
    pub place: Place,
    /// Which.
    pub module: Module,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many versions were looked at.
    pub versions: usize,
    /// Those with a fault, in the order of the targets.
    pub damaged: Vec<DamagedVersion>,
}

/// Looks at every target, on two threads, until somebody asks for the end. It reads all that it looks at; what it holds in
/// memory is the names of the files of one version a thread.
pub fn verify(
    targets: &[Target],
    sums: &Sums,
    cancel: &CancellationToken,
    tell: &(dyn Fn(VerifyEvent) + Sync),
) -> Verified {
    tell(VerifyEvent::Started {
        versions: u32::try_from(targets.len()).unwrap_or(u32::MAX),
    });
    let gauge = Gauge::new(cancel, tell);
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(target) = targets.get(number).filter(|_| !cancel.is_cancelled())
                    else {
                        return;
                    };
                    let faults = faults(target, sums, &gauge);
                    // what was not read to its end is not judged
                    if cancel.is_cancelled() {
                        return;
                    }
                    gauge.count(!faults.is_empty());
                    if !faults.is_empty() {
                        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                        found.push((number, faults));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(number, _)| *number);
    let damaged = found.into_iter().filter_map(|(number, faults)| {
        let target = targets.get(number)?;
        Some(DamagedVersion {
            id: target.id.clone(),
            module: target.module.path().to_owned(),
            version: target.module.version().to_owned(),
            faults,
        })
    });
    Verified {
        damaged: damaged.collect(),
        versions: gauge.versions(),
    }
}

/// What is wrong with a version. Go may be at work on it: so a fault counts when it is there while Go is kept out.
fn faults(target: &Target, sums: &Sums, gauge: &Gauge<'_>) -> Vec<Damage> {
    let look = || {
        let pieces = Pieces::look(target, gauge);
        judge::judge(&pieces, &sums.of(&target.module))
    };
    let faults = look();
    if faults.is_empty() {
        return faults;
    }
    match lock(target) {
        Lock::Held => Vec::new(),
        Lock::None => faults,
        #[cfg(unix)]
        Lock::Ours(lock) => {
            let faults = look();
            drop(lock);
            faults
        }
    }
}

/// Go's lock of a version (go-semantics 5.2).
enum Lock {
    /// Go works on it.
    Held,
    /// Nobody ever did, or this system has no way to know.
    None,
    /// Go waits until this is closed.
    #[cfg(unix)]
    Ours(std::fs::File),
}

#[cfg(unix)]
fn lock(target: &Target) -> Lock {
    use rustix::fs::{FlockOperation, flock};

    let Ok(file) = std::fs::File::open(target.download("lock")) else {
        return Lock::None;
    };
    match flock(&file, FlockOperation::NonBlockingLockShared) {
        Ok(()) => Lock::Ours(file),
        Err(rustix::io::Errno::WOULDBLOCK) => Lock::Held,
        Err(_) => Lock::None,
    }
}

#[cfg(not(unix))]
fn lock(_: &Target) -> Lock {
    Lock::None
}

impl Target {
    /// Where a piece of the download lies: `zip`, `ziphash`, `mod`, ….
    fn download(&self, piece: &str) -> PathBuf {
        let downloads = self.place.path.join("cache").join("download");
        downloads.join(format!("{}.{piece}", self.module.address()))
    }

    /// Where the extracted tree lies.
    fn tree(&self) -> PathBuf {
        let address = self.module.address().replacen("/@v/", "@", 1);
        self.place.path.join(address)
    }
}
