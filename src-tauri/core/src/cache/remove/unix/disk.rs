//! On what kind of disk a cache lies.

use super::{CacheError, Folder, Host, Obstacle, reason};

/// Refuses disks of other machines, and those that are read-only.
///
/// # Errors
/// [`CacheError::NetworkDisk`], [`CacheError::CacheReadOnly`].
pub(super) fn check(folder: &Folder, host: &Host, shown: &str) -> Result<(), CacheError> {
    let path = shown.to_owned();
    let refused = |errno: rustix::io::Errno| reason(shown.to_owned(), Obstacle::System(errno));
    let about = rustix::fs::fstatvfs(folder.fd()).map_err(refused)?;
    if about.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY) {
        return Err(CacheError::CacheReadOnly { path });
    }
    match is_elsewhere(folder, host).map_err(refused)? {
        true => Err(CacheError::NetworkDisk { path }),
        false => Ok(()),
    }
}

#[cfg(target_os = "linux")]
fn is_elsewhere(folder: &Folder, host: &Host) -> rustix::io::Result<bool> {
    let about = rustix::fs::fstatfs(folder.fd())?;
    // its type is another one on each processor, its numbers have 32 bits
    let magic = about.f_type as u32;
    let mounts = || std::fs::read_to_string(host.system("/proc/self/mountinfo"));
    Ok(match magic {
        FUSE => mounts().map_or(true, |mounts| is_of_network(&mounts, folder.is().device)),
        magic => NETWORKS.contains(&magic),
    })
}

/// Whatever is mounted and no disk of this machine's, is refused elsewhere by what the folder is: owner, identity, mount.
#[cfg(not(target_os = "linux"))]
fn is_elsewhere(_: &Folder, _: &Host) -> rustix::io::Result<bool> {
    Ok(false)
}

/// NFS, CIFS, SMB2, SMB, 9p, AFS (twice), Ceph, Coda, NCP, OCFS2, GFS2, VirtualBox (linux/magic.h, and statfs(2)).
#[cfg(target_os = "linux")]
const NETWORKS: &[u32] = &[
    0x6969,
    0xff53_4d42,
    0xfe53_4d42,
    0x517b,
    0x0102_1997,
    0x5346_414f,
    0x6b41_4653,
    0x00c3_6400,
    0x7375_7245,
    0x564c,
    0x7461_636f,
    0x0116_1970,
    0x786f_4256,
];

#[cfg(target_os = "linux")]
const FUSE: u32 = 0x6573_5546;

/// Programs behind FUSE that keep nothing on this machine; what is unknown is one of them.
#[cfg(target_os = "linux")]
const LOCAL_FUSE: &[&str] = &[
    "fuseblk",
    "fuse.bindfs",
    "fuse.cryfs",
    "fuse.encfs",
    "fuse.ext2",
    "fuse.fuse-overlayfs",
    "fuse.gocryptfs",
    "fuse.mergerfs",
    "fuse.ntfs-3g",
    "fuse.unionfs",
];

/// What the system's list of mounts says of the device (proc_pid_mountinfo(5)).
#[cfg(target_os = "linux")]
fn is_of_network(mounts: &str, device: u64) -> bool {
    let device = format!(
        "{}:{}",
        rustix::fs::major(device),
        rustix::fs::minor(device)
    );
    let kind = mounts.lines().find_map(|mount| {
        let (before, after) = mount.split_once(" - ")?;
        let own = before.split(' ').nth(2)? == device;
        own.then(|| after.split(' ').next()).flatten()
    });
    kind.is_none_or(|kind| !LOCAL_FUSE.contains(&kind))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_mounted_by_a_program_is_of_this_machine_only_when_known() {
        let mounts = "22 1 254:0 / / rw - ext4 /dev/vda rw\n\
                      40 22 0:45 / /mnt/far rw,nosuid shared:3 - fuse.sshfs me@far: rw\n\
                      41 22 0:46 / /mnt/near rw - fuse.gocryptfs /x rw\n";
        let device = rustix::fs::makedev;
        assert!(is_of_network(mounts, device(0, 45)), "sshfs is a network's");
        assert!(
            !is_of_network(mounts, device(0, 46)),
            "gocryptfs keeps its files on this machine"
        );
        assert!(
            is_of_network(mounts, device(0, 47)),
            "who knows where an unknown one keeps them"
        );
    }
}
