//! Processes of macOS and Windows.

use sysinfo::{ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};

use super::Process;

/// Every process of this user.
pub(super) fn processes() -> Vec<Process> {
    let wanted = ProcessRefreshKind::nothing()
        .with_exe(UpdateKind::Always)
        .with_cwd(UpdateKind::Always)
        .with_user(UpdateKind::Always);
    let mut system = System::new();
    system.refresh_processes_specifics(ProcessesToUpdate::All, true, wanted);
    let own = sysinfo::get_current_pid().ok();
    let user = own.and_then(|own| system.process(own)?.user_id());
    let of_user = system
        .processes()
        .values()
        .filter(|one| one.user_id() == user);
    of_user
        .map(|one| Process {
            pid: one.pid().as_u32(),
            parent: one.parent().map_or(0, sysinfo::Pid::as_u32),
            program: one.exe().map(ToOwned::to_owned),
            name: one.name().to_string_lossy().into_owned(),
            folder: one.cwd().map(ToOwned::to_owned),
        })
        .collect()
}
