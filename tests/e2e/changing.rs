//! The main job, in the window: see, change, read back, undo.

use std::fs;

use crate::{
    driver::key,
    go,
    sandbox::{Sandbox, until},
    window::Window,
};

/// A file as its user wrote it: with a remark, an odd line ending and no last line feed.
const FILE: &str = "# of mine\r\nGOPRIVATE=example.com/*\nGOPROXY=https://goproxy.io,direct";

#[test]
fn the_real_go_is_shown() {
    let sandbox = Sandbox::new();
    let version = sandbox.command(go::newest()).arg("version").output();
    let version = version.expect("go can be run").stdout;
    let version = String::from_utf8_lossy(&version);
    let number = version.trim_start_matches("go version go");
    let number = number.split(' ').next().expect("go tells its version");
    let window = sandbox.open();
    window.reads(&format!("Go {number}"));
}

#[test]
fn a_value_is_changed_and_the_change_undone() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", FILE);
    let window = sandbox.open();
    edit(&window, "GOPROXY", "https://goproxy.cn,direct");
    window.click("button", "Preview and apply");
    window.find("dialog", "Preview the changes");
    assert_eq!(read(&sandbox), FILE, "a preview writes nothing");
    window.click("button", "Apply");
    window.reads("What Go sees now");
    let written = read(&sandbox);
    assert!(
        written.contains("GOPROXY=https://goproxy.cn,direct") && written.contains("# of mine\r\n"),
        "the value is there, and what we did not show is as it was: {written:?}"
    );
    let asked = sandbox
        .command(go::newest())
        .args(["env", "GOPROXY"])
        .output();
    assert_eq!(
        String::from_utf8_lossy(&asked.expect("go can be run").stdout).trim_end(),
        "https://goproxy.cn,direct",
        "go itself uses it"
    );
    window.click("button", "Done");
    window.press(&[key::CONTROL], &["z"]);
    window.find("dialog", "Preview the undo");
    window.click("button", "Undo the change");
    until("every byte is as it was", || read(&sandbox) == FILE);
    window.click("button", "Done");
    window.press(&[key::CONTROL], &["7"]);
    window.reads("undone");
}

#[test]
fn a_change_made_in_a_terminal_shows_without_a_click() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window.click("button", "Environment");
    window.find("button", "Edit GOPROXY");
    // once it reads this, the window watches
    sandbox.go(&["env", "-w", "GONOSUMDB=first.example"]);
    window.reads("first.example");
    sandbox.go(&["env", "-w", "GOPROXY=https://terminal.example"]);
    window.reads("https://terminal.example");
}

#[test]
fn a_line_that_outranks_the_file_is_commented_out_and_comes_back() {
    for (shell, startup) in [("/bin/bash", ".bashrc"), ("/usr/bin/zsh", ".zshrc")] {
        let mut sandbox = Sandbox::new();
        sandbox.variable("SHELL", shell);
        let before = "alias ll='ls -l'\nexport GOPROXY=https://corp.example\nexport EDITOR=vi\n";
        sandbox.write(startup, before);
        let profile = fs::read_to_string(sandbox.home(".profile")).expect("the sandbox wrote it");
        sandbox.write(
            ".profile",
            format!("{profile}[ -f ~/.bashrc ] && . ~/.bashrc\n"),
        );
        sandbox.write(".config/go/env", "GOPROXY=https://goproxy.cn,direct\n");
        let window = sandbox.open();
        window.reads("GOPROXY in the GOENV file is outranked");
        window.click("button", "Comment out this line");
        window.find("dialog", "Comment out this line");
        window.click("button", "Comment it out");
        window.click("button", "Done");
        let after = fs::read_to_string(sandbox.home(startup)).expect("it is still there");
        let active = |line: &str| !line.trim_start().starts_with('#');
        assert!(
            !after
                .lines()
                .any(|line| line.contains("GOPROXY") && active(line)),
            "nothing sets it any more in {startup}: {after}"
        );
        let kept = |line: &&str| !line.contains("GOPROXY");
        assert!(
            before
                .lines()
                .filter(kept)
                .all(|line| after.lines().any(|other| other == line)),
            "the other lines stay in {startup}: {after}"
        );
        let backed_up =
            |file: &std::path::PathBuf| fs::read(file).is_ok_and(|it| it == before.as_bytes());
        assert!(
            sandbox.files().iter().any(backed_up),
            "a backup of {startup} is kept"
        );
        window.press(&[key::CONTROL], &["z"]);
        window.click("button", "Undo the change");
        until("the start-up file is as it was", || {
            fs::read_to_string(sandbox.home(startup)).is_ok_and(|text| text == before)
        });
    }
}

#[test]
fn a_file_that_breaks_go_is_repaired() {
    let sandbox = Sandbox::new();
    sandbox.write(
        ".config/go/env",
        "GOPROXY=https://goproxy.cn,direct\nGOPATH=/a:rel\n",
    );
    let window = sandbox.open();
    window.click("button", "Environment");
    window.reads("Go does not work because of its GOENV file");
    window.reads("https://goproxy.cn,direct");
    window.click("button", "Repair");
    window.find("dialog", "Preview the repair");
    window.click("button", "Apply");
    window.reads("What Go sees now");
    let written = read(&sandbox);
    assert!(
        written.contains("GOPROXY=https://goproxy.cn,direct\n")
            && !written.contains("GOPATH=/a:rel"),
        "only the broken line is repaired: {written:?}"
    );
    sandbox.go(&["env", "GOPATH"]);
}

#[test]
fn without_go_the_file_can_still_be_edited() {
    let sandbox = Sandbox::without_go();
    sandbox.write(".config/go/env", FILE);
    let window = sandbox.open();
    window.reads("No Go was found on this machine");
    edit(&window, "GOPRIVATE", "corp.example/*");
    window.click("button", "Preview and apply");
    window.click("button", "Apply");
    until("the file is written without go", || {
        read(&sandbox).contains("GOPRIVATE=corp.example/*")
    });
}

#[test]
fn the_report_of_a_crash_can_be_opened() {
    let sandbox = Sandbox::new();
    sandbox.program("xdg-open", "#!/bin/sh\necho \"$1\" > \"$HOME/opened\"\n");
    sandbox.write(".local/state/gopherdesk/crash-report.txt", "it crashed\n");
    let window = sandbox.open();
    window.press(&[key::CONTROL], &["8"]);
    window.click("button", "Open: Last crash report");
    let report = sandbox.state("crash-report.txt").display().to_string();
    until("the desktop opens the report", || {
        fs::read_to_string(sandbox.home("opened")).is_ok_and(|opened| opened.trim() == report)
    });
}

/// Opens the Environment page and keeps an edit of one variable.
fn edit(window: &Window<'_>, variable: &str, value: &str) {
    window.click("button", "Environment");
    window.click("button", &format!("Edit {variable}"));
    window.fill("textbox", &format!("New value of {variable}"), value);
    window.click("button", "Keep");
}

fn read(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.env_file()).unwrap_or_default()
}
