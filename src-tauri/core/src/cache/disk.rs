//! The disks that caches lie on.

use std::path::Path;

use super::Disk;

/// Each disk once.
#[derive(Debug, Default)]
pub struct Disks {
    known: Vec<(u64, Disk)>,
}

impl Disks {
    /// Which one a place lies on, or would lie on; none when the system does not say.
    pub fn of(&mut self, path: &Path) -> Option<u32> {
        let there = path.ancestors().find(|above| above.is_dir())?;
        let (device, disk) = ask(there)?;
        let known = self.known.iter().position(|(known, _)| *known == device);
        let at = known.unwrap_or_else(|| {
            self.known.push((device, disk));
            self.known.len() - 1
        });
        u32::try_from(at).ok()
    }

    /// All of them, in the order they were asked for.
    pub fn list(self) -> Vec<Disk> {
        self.known.into_iter().map(|(_, disk)| disk).collect()
    }
}

#[cfg(unix)]
fn ask(folder: &Path) -> Option<(u64, Disk)> {
    use std::os::unix::fs::MetadataExt;
    let device = folder.metadata().ok()?.dev();
    let about = rustix::fs::statvfs(folder).ok()?;
    let disk = Disk {
        free: about.f_bavail.saturating_mul(about.f_frsize),
        total: about.f_blocks.saturating_mul(about.f_frsize),
    };
    Some((device, disk))
}

/// Nobody asks there yet: what lies on them is not cleaned either.
#[cfg(not(unix))]
fn ask(_: &Path) -> Option<(u64, Disk)> {
    None
}
