//! Processes of Linux, by proc(5).

use std::{fs, path::Path};

use super::Process;

/// Every process of this user. One that ends meanwhile is left out.
pub(super) fn processes() -> Vec<Process> {
    let user = rustix::process::geteuid().as_raw();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid: u32| read(pid, user)).collect()
}

fn read(pid: u32, user: u32) -> Option<Process> {
    let folder = Path::new("/proc").join(pid.to_string());
    let status = fs::read(folder.join("status")).ok()?;
    let status = String::from_utf8_lossy(&status);
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.strip_prefix(':')?.trim())
    };
    // real, effective, saved, of the file system
    let owner = field("Uid")?.split_whitespace().nth(1)?;
    if owner.parse() != Ok(user) {
        return None;
    }
    Some(Process {
        pid,
        parent: field("PPid")?.parse().ok()?,
        // a process that may not be looked at hides these
        program: fs::read_link(folder.join("exe")).ok(),
        name: field("Name")?.to_owned(),
        folder: fs::read_link(folder.join("cwd")).ok(),
    })
}
