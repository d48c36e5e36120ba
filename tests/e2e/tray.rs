//! The icon in the tray of the built window, on a desktop that shows one.

use crate::{
    driver::key,
    notifier::Desktop,
    sandbox::{Sandbox, until},
};

#[test]
fn a_profile_chosen_in_the_tray_is_previewed_and_not_applied() {
    let sandbox = Sandbox::new();
    let desktop = Desktop::on(sandbox.bus_address());
    let window = sandbox.open();
    window.press(&[key::CONTROL], &["8"]);
    window.click("radio", "Show");
    let item = desktop.item();
    until("the menu names the profiles", || {
        item.labels().iter().any(|label| label == "Domestic")
    });
    item.choose("Domestic");
    window.find("dialog", "Switch to Domestic");
    assert!(
        !sandbox.env_file().exists(),
        "nothing is written that nobody has seen"
    );
    window.click("button", "Switch");
    window.click("button", "Done");
    until("the menu marks what is in use", || {
        let lines = item.lines();
        lines
            .iter()
            .any(|line| line.marked && line.label.as_deref() == Some("Domestic"))
    });
    window.click("radio", "None");
    until("the icon is gone", || !item.is_there());
}
