//! What a screen reader is told: the accessibility tree of the built window, over AT-SPI.

use std::process::{Command, Stdio};

use crate::{
    sandbox::{DEADLINE, Sandbox, until},
    server::Server,
};

/// Characters that a screen reader speaks as nothing, or that turn around what it shows in braille.
fn is_hidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Values with one hidden character each, as a file can hold them.
const HIDDEN: [&str; 16] = [
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{ad}",
    "\u{61c}",
    "\u{200b}",
    "\u{200d}",
    "\u{200f}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{e0041}",
];

/// The system's own Python: it is the one that has the bindings.
fn script(sandbox: &Sandbox, arguments: &[&str]) -> Command {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/spoken.py");
    let mut command = sandbox.command("/usr/bin/python3");
    command.arg(file).args(arguments);
    command
}

/// Role, name and description of everything in the window, once something has this name.
fn spoken(sandbox: &Sandbox, name: &str) -> Vec<[String; 3]> {
    let process = sandbox.window_process().expect("the window runs");
    let seconds = DEADLINE.as_secs().to_string();
    let output = script(sandbox, &[&process.to_string(), name, &seconds])
        .stderr(Stdio::piped())
        .output()
        .expect("python is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("the tree can be read (`make setup-test` installs what for): {error}: {said}")
    })
}

#[test]
fn a_screen_reader_hears_every_name_and_nothing_hidden() {
    let sandbox = Sandbox::new();
    let lines: Vec<_> = HIDDEN
        .iter()
        .zip(10..)
        .map(|(hidden, number)| format!("GOEVIL{number}=a{hidden}b\nGO{hidden}NAME{number}=x\n"))
        .collect();
    sandbox.write(".config/go/env", lines.concat());
    let _bus = Server::spawn(&mut sandbox.command("/usr/libexec/at-spi-bus-launcher"));
    until("assistive technology can be switched on", || {
        script(&sandbox, &["on"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|ended| ended.success())
    });
    let window = sandbox.open();
    window.click("button", "Environment");
    window.reads("GOEVIL10");
    let spoken = spoken(&sandbox, "GOEVIL25");
    assert!(
        spoken.iter().any(|[_, name, _]| name.contains("GOEVIL25")),
        "the page is in the tree: {spoken:?}"
    );
    let hidden: Vec<_> = spoken
        .iter()
        .filter(|node| node[1..].iter().any(|text| text.contains(is_hidden)))
        .collect();
    assert!(
        hidden.is_empty(),
        "nothing is hidden in what is spoken: {hidden:?}"
    );
    let nameless: Vec<_> = spoken
        .iter()
        .filter(|[role, name, _]| {
            matches!(
                role.as_str(),
                "push button"
                    | "button"
                    | "entry"
                    | "combo box"
                    | "check box"
                    | "radio button"
                    | "toggle button"
                    | "dialog"
            ) && name.trim().is_empty()
        })
        .collect();
    assert!(
        nameless.is_empty(),
        "everything that can be used has a name: {nameless:?}"
    );
}
