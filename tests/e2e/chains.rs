//! The chain, in the window: built as a list and as text, mended, rehearsed, applied, undone.

use std::fs;

use crate::{
    driver::key,
    looks::{is_clean, show},
    sandbox::{Sandbox, until},
    window::Window,
};

const BEFORE: &str = "GOPROXY=https://me:hunter2secret@go.corp.example,direct\n";

fn env(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.home(".config/go/env")).expect("a file")
}

/// The page with its builder in sight.
fn open(sandbox: &Sandbox) -> Window<'_> {
    let window = sandbox.open();
    window.press(&[key::CONTROL], &["3"]);
    window.find("button", "Rehearse…");
    window
}

#[test]
fn a_chain_is_built_rehearsed_applied_and_undone() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", BEFORE);
    let window = open(&sandbox);
    assert!(
        !window.text().contains("hunter2secret"),
        "the login is never in the page"
    );
    window.click("button", "Add a source");
    window.click("menuitem", "Another address…");
    window.fill("textbox", "Address of the source", "https://late.example");
    window.press(&[], &[key::ENTER]);
    window.find("group", "2: https://late.example");
    window.click("button", "Move https://late.example up");
    window.find("group", "1: https://late.example");
    is_clean(&window, "a chain that is built");

    window.click("button", "Rehearse…");
    window.find("dialog", "Rehearse the chain");
    window.reads("does not have it: the next one is asked");
    is_clean(&window, "a rehearsal");
    window.press(&[], &[key::ESCAPE]);

    window.click("button", "Preview");
    window.find("dialog", "Preview the chain");
    assert_eq!(env(&sandbox), BEFORE, "a preview writes nothing");
    window.click("button", "Apply");
    window.reads("What Go sees now");
    assert_eq!(
        env(&sandbox),
        "GOPROXY=https://late.example,https://me:hunter2secret@go.corp.example,direct\n",
        "the hidden login is kept, and Go's default database is not written"
    );
    window.click("button", "Done");
    window.press(&[key::CONTROL], &["z"]);
    window.click("button", "Undo the change");
    until("every byte is as it was", || env(&sandbox) == BEFORE);
}

#[test]
fn what_go_refuses_is_said_and_mended_in_chinese_by_keyboard() {
    let sandbox = Sandbox::new();
    sandbox.write(
        ".config/go/env",
        "GOPROXY=localhost,https://goproxy.cn,direct\n",
    );
    let window = open(&sandbox);
    show(&window, "zh", "dark");
    window.press(&[key::CONTROL], &["3"]);
    window.reads("Go 无法识别");
    is_clean(&window, "a chain that Go refuses, in Chinese and dark");
    let mend = "const found = [...document.querySelectorAll('main button')].find((b) => b.innerText.trim() === '修正'); found?.focus(); return found !== undefined && document.activeElement === found";
    until("the fix has the focus", || window.run(mend) == true);
    window.press(&[], &[key::ENTER]);
    window.reads("Go 可以使用这条代理链");
}
