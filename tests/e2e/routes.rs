//! Where modules come from, in the window: typed, drawn, followed.

use std::fs;

use crate::{
    driver::key,
    looks::{is_clean, show},
    sandbox::{Sandbox, until},
};

const FILE: &str =
    "GOPRIVATE=git.corp.example\nGONOPROXY=none\nGOPROXY=https://goproxy.cn,direct\n";

#[test]
fn a_path_is_tested_and_a_list_is_changed() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", FILE);
    let window = sandbox.open();
    window.press(&[key::CONTROL], &["5"]);
    window.fill(
        "textbox",
        "Paths of modules or packages, one a line",
        "git.corp.example/team/app github.com/spf13/cobra",
    );
    window.reads("1 private name gets out");
    window.reads("private, but its name gets out");
    window.reads("not tested yet");
    is_clean(&window, "a name that gets out");
    show(&window, "zh", "dark");
    window.press(&[key::CONTROL], &["5"]);
    window.reads("有 1 个私有模块的名字会外泄");
    is_clean(&window, "the same in Chinese and dark");
    show(&window, "en", "light");
    window.press(&[key::CONTROL], &["5"]);
    window.fill(
        "textbox",
        "Add a private repository or host",
        "git@git.new.example:team/repo.git",
    );
    window.click("button", "Add git.new.example");
    window.click("button", "Preview GOPRIVATE");
    window.find("dialog", "Preview the changes");
    window.click("button", "Apply");
    window.reads("What Go sees now");
    let env = || fs::read_to_string(sandbox.home(".config/go/env")).expect("a file");
    assert!(
        env().contains("GOPRIVATE=git.corp.example,git.new.example\n"),
        "behind the others: {}",
        env()
    );
    window.click("button", "Done");
    window.click("button", "Look");
    window.find("button", "Check git.new.example with git");
    is_clean(&window, "lists and credentials");
    window.press(&[key::CONTROL], &["z"]);
    window.click("button", "Undo the change");
    until("every byte is as it was", || env() == FILE);
}
