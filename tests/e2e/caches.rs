//! Caches in the window: counted, looked into, cleaned, put back; by keyboard, in both languages.

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use crate::{
    driver::key,
    looks::{is_clean, show},
    sandbox::{Sandbox, until},
    server::Server,
    tree::Tree,
    window::Window,
};

/// A home whose module cache the real go filled, and in it a project that needs two of the modules.
fn filled(modules: usize) -> Sandbox {
    let sandbox = Sandbox::of_a_user();
    let (mut tree, mut named) = (Tree::default(), Vec::new());
    for number in 0..modules {
        for version in ["v1.0.0", "v1.1.0"] {
            let module = format!("host{}.example/team/m{number}@{version}", number % 7);
            tree = tree.with(&module, 900 * (number + 1));
            named.push(module);
        }
    }
    let proxy = sandbox.home("proxy");
    tree.write(&proxy);
    let text = format!("GOPROXY=file://{}\nGOSUMDB=off\n", proxy.display());
    sandbox.write(".config/go/env", text);
    let mut arguments = vec!["mod", "download"];
    arguments.extend(named.iter().map(String::as_str));
    sandbox.go(&arguments);
    let readme = "This directory holds cached build artifacts from the Go build system.\n";
    sandbox.write(".cache/go-build/README", readme);
    for number in 0..64 {
        let name = format!("{number:02x}/{}-d", "0123456789abcdef".repeat(4));
        sandbox.write(&format!(".cache/go-build/{name}"), "x".repeat(9000));
    }
    sandbox
}

fn modules(sandbox: &Sandbox) -> PathBuf {
    sandbox.home("go/pkg/mod")
}

fn opened<'a>(sandbox: &'a Sandbox) -> Window<'a> {
    let window = sandbox.open();
    window.press(&[key::CONTROL], &["6"]);
    window.reads("The caches take");
    window
}

/// A go that runs: then it is asked about, whatever of Go runs beside this test or not.
fn a_go_runs(sandbox: &Sandbox) -> Server {
    let program = sandbox.home("busy/go");
    sandbox.write("busy/go", fs::read("/bin/sleep").expect("a program"));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("our own file");
    Server::spawn(sandbox.command(&program).arg("600"))
}

#[test]
fn what_comes_back_without_a_download_goes_first() {
    let sandbox = filled(20);
    let _go = a_go_runs(&sandbox);
    let window = opened(&sandbox);
    is_clean(&window, "a scan");
    let trees = || modules(&sandbox).join("host1.example/team/m1@v1.0.0");
    assert!(trees().is_dir(), "go extracted it");
    window.run("document.querySelector('main').scrollTo(0, 0)");
    let free = window.run(
        "return [...document.querySelectorAll('main button')].map((b) => b.textContent.trim()).find((t) => t.startsWith('Free '))",
    );
    let free = free
        .as_str()
        .expect("the safest step has its button")
        .to_owned();
    window.click("button", &free);
    window.find("dialog", "Preview the deletion");
    window.reads("Exactly this goes: 40 entries");
    is_clean(&window, "a plan");
    window.click("checkbox", "Delete it also while they run");
    let delete = window.run(
        "return [...document.querySelectorAll('dialog button')].map((b) => b.textContent.trim()).find((t) => t.startsWith('Delete '))",
    );
    let delete = delete
        .as_str()
        .expect("the button says what goes")
        .to_owned();
    window.click("button", &delete);
    window.reads("What was done");
    is_clean(&window, "a report");
    until("the tree is gone", || !trees().exists());
    assert!(
        modules(&sandbox)
            .join("cache/download/host1.example/team/m1/@v/v1.0.0.zip")
            .is_file(),
        "its download stays"
    );
}

#[test]
fn a_whole_cache_is_put_back() {
    let sandbox = filled(6);
    let _go = a_go_runs(&sandbox);
    let window = opened(&sandbox);
    let is_there = || {
        modules(&sandbox)
            .join("host1.example/team/m1@v1.0.0/go.mod")
            .is_file()
    };
    assert!(is_there(), "go extracted it");
    window.click("button", "Clear everything…");
    window.find("dialog", "Preview the deletion");
    window.reads("Exactly this goes");
    window.click("checkbox", "Delete it also while they run");
    let delete = window.run(
        "return [...document.querySelectorAll('dialog button')].map((b) => b.textContent.trim()).find((t) => t.startsWith('Delete '))",
    );
    window.click("button", delete.as_str().expect("it says what goes"));
    window.reads("set aside");
    assert!(!is_there(), "it left at once");
    window.click("button", "Put back");
    until("it is back", is_there);
    window.press(&[], &[key::ESCAPE]);
    show(&window, "zh", "dark");
    window.press(&[key::CONTROL], &["6"]);
    window.find("button", "一键清空…");
    is_clean(&window, "the same in Chinese and dark");
}
