//! A machine whose module cache the real go filled, and `gdesk` as somebody who is not the administrator.

use crate::{
    machine::{Ended, GDESK, Machine},
    tree::Tree,
    unprivileged::as_user,
};

/// With these modules, of three kilobytes each.
pub(crate) fn filled(modules: &[&str]) -> Machine {
    let machine = Machine::new();
    let tree = modules
        .iter()
        .fold(Tree::default(), |tree, module| tree.with(module, 3000));
    tree.write(&machine.path("proxy"));
    let proxy = machine.path("proxy").display().to_string();
    machine.write_env(&format!("GOPROXY=file://{proxy}\nGOSUMDB=off\n"));
    machine
        .go(&format!("mod download {}", modules.join(" ")))
        .ends(0, "the real go fills the cache");
    machine
}

/// In a name space in which the tests are no administrator, where they are one.
pub(crate) fn gdesk(machine: &Machine, line: &str) -> Ended {
    let mut command = machine.given_to(as_user(GDESK));
    Ended::of(command.args(line.split(' ')).spawn().expect("gdesk starts"))
}
