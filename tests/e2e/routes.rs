//! Where modules come from, in the window: typed, drawn, followed.

use crate::{
    driver::key,
    looks::{is_clean, show},
    sandbox::Sandbox,
};

#[test]
fn a_path_is_tested_while_it_is_typed() {
    let sandbox = Sandbox::new();
    sandbox.write(
        ".config/go/env",
        "GOPRIVATE=git.corp.example\nGONOPROXY=none\nGOPROXY=https://goproxy.cn,direct\n",
    );
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
    window.click("button", "Edit GONOPROXY");
    window.find("main", "Environment");
}
