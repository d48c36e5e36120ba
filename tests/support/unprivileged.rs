//! Programs that are not the administrator's, also where the tests are.

use std::process::Command;

/// The command; for an administrator in a name space in which they are a user like any other, whose files are their own.
pub(crate) fn as_user(program: &str) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("/usr/bin/unshare");
    command
        .args(["--user", "--map-user=1000", "--map-group=1000"])
        .arg(program);
    command
}
