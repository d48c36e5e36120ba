//! Profiles, in the window: switch and return, a company's file, what outranks a profile.

use std::{fs, net::TcpListener};

use serde_json::json;

use crate::{
    driver::key,
    go,
    looks::{furnished, is_clean, press_button, show},
    sandbox::{Sandbox, until},
    window::Window,
};

/// What a user had written: with remarks, lines that Go passes over, an order of its own.
const FILE: &str = "# of mine\nGOPRIVATE=example.com/*\n\nGOPROXY=https://goproxy.io,direct\nnonsense\nGONOSUMDB=example.com\n";

#[test]
fn a_new_laptop_switches_to_domestic_and_returns() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    choose(&window, "Overseas", "Domestic");
    window.find("dialog", "Switch to Domestic");
    assert_eq!(read(&sandbox), "", "a preview writes nothing");
    window.click("button", "Switch");
    window.reads("What Go sees now");
    assert!(
        go_says(&sandbox, "GOPROXY").starts_with("https://goproxy.cn"),
        "go itself uses the mirror"
    );
    assert_eq!(
        go_says(&sandbox, "GOSUMDB"),
        "sum.golang.google.cn",
        "with the database that answers there"
    );
    window.click("button", "Done");
    choose(&window, "Domestic", "Return to Overseas…");
    window.find("dialog", "Return to Overseas");
    window.click("button", "Return");
    window.click("button", "Done");
    window.find("button", "Profile: Overseas");
    assert_eq!(
        go_says(&sandbox, "GOPROXY"),
        "https://proxy.golang.org,direct",
        "Go's default, not written down"
    );
    assert!(!read(&sandbox).contains("GOPROXY"), "nothing is left of it");
}

#[test]
fn switching_there_and_back_leaves_every_byte() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", FILE);
    let window = sandbox.open();
    for (from, to) in [("Custom", "Overseas"), ("Overseas", "Domestic")] {
        choose(&window, from, to);
        window.click("button", "Switch");
        window.click("button", "Done");
    }
    window.press(&[key::CONTROL], &["z"]);
    window.click("button", "Undo the change");
    window.click("button", "Done");
    choose(&window, "Overseas", "Return to what was before…");
    window.click("button", "Return");
    until("every byte is as it was", || read(&sandbox) == FILE);
    window.click("button", "Done");
    window.find("button", "Profile: Custom");
}

#[test]
fn a_profile_that_is_outranked_is_not_called_in_use() {
    let sandbox = Sandbox::new();
    sandbox.write(".bashrc", "export GOPROXY=https://corp.example\n");
    let profile = fs::read_to_string(sandbox.home(".profile")).expect("the sandbox wrote it");
    sandbox.write(".profile", format!("{profile}. ~/.bashrc\n"));
    let window = sandbox.open();
    window.reads("outranked");
    choose(&window, "Overseas, outranked", "Domestic");
    window.find("dialog", "Switch to Domestic");
    window.reads("~/.bashrc:1");
    window.click("button", "Switch");
    window.reads("What Go sees now");
    window.click("button", "Done");
    window.find("button", "Profile: Domestic, outranked");
    window.click("button", "Profiles");
    window.reads("Domestic is written, but does not count everywhere");
    window.reads("https://corp.example");
}

#[test]
fn a_companys_file_is_looked_at_kept_used_and_undone() {
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", FILE);
    let window = sandbox.open();
    window.click("button", "Profiles");
    window.click("button", "Import…");
    let shared = json!({
        "gopherdesk_profile": 1,
        "name": "Team A",
        "set": { "GOPRIVATE": "git.corp.example", "GOSUMDB": "off" },
        "unset": ["GONOSUMDB"],
    });
    window.fill(
        "textbox",
        "Or paste the text of a profile file",
        &shared.to_string(),
    );
    window.click("button", "Read");
    window.reads("It weakens your protection");
    assert_eq!(read(&sandbox), FILE, "reading a file applies nothing");
    window.click("button", "Keep and use…");
    window.find("dialog", "Switch to Team A");
    assert!(
        window.seek("button", "Switch").is_none(),
        "not before the danger is confirmed by its name"
    );
    window.click("checkbox", "I understand, change GOSUMDB");
    window.click("button", "Switch");
    window.click("button", "Done");
    assert_eq!(
        go_says(&sandbox, "GOSUMDB"),
        "off",
        "what the user insisted on"
    );
    window.find("button", "Profile: Team A");
    window.click("button", "Verify Team A");
    window.reads("Go sees every value as this profile wants it.");
    window.press(&[key::CONTROL], &["z"]);
    window.click("button", "Undo the change");
    until("every byte is as it was", || read(&sandbox) == FILE);
    window.click("button", "Done");
}

#[test]
fn a_download_is_tried_when_asked_for_and_says_what_go_says() {
    // nobody answers here any more
    let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    let proxy = format!("http://{}", address.expect("loopback has a free port"));
    let sandbox = Sandbox::new();
    sandbox.write(".config/go/env", format!("GOPROXY={proxy}\n"));
    let window = sandbox.open();
    window.click("button", "Profiles");
    window.click("button", "Save as a profile…");
    window.fill("textbox", "Name", "Train");
    window.click("button", "Save");
    window.find("button", "Profile: Train");
    window.click("button", "Verify Train");
    window.reads("Go sees every value as this profile wants it.");
    window.click("button", "Download");
    window.reads("could not be downloaded");
    window.reads("connection refused");
}

#[test]
fn the_company_form_makes_a_profile() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window.click("button", "Profiles");
    window.click("button", "Fill in the form…");
    window.fill(
        "textbox",
        "Hosts or paths of the company's modules",
        "https://git.corp.example/team/repo.git",
    );
    window.reads("git.corp.example");
    window.click("button", "Save and use…");
    window.find("dialog", "Switch to Company");
    window.click("button", "Switch");
    window.click("button", "Done");
    assert!(
        go_says(&sandbox, "GOPRIVATE").starts_with("git.corp.example"),
        "the company's modules are private"
    );
    window.find("button", "Profile: Company");
}

#[test]
fn a_profile_is_copied_and_deleted_again() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window.click("button", "Profiles");
    window.click("button", "More about Domestic");
    window.click("menuitem", "Duplicate…");
    window.fill("textbox", "Name", "国内 2");
    window.click("button", "Save");
    window.reads("国内 2 is saved");
    window.click("button", "More about 国内 2");
    window.click("menuitem", "Export…");
    window.reads("https://goproxy.cn");
    window.press(&[], &[key::ESCAPE]);
    window.click("button", "More about 国内 2");
    window.click("menuitem", "Delete…");
    window.click("button", "Delete 国内 2");
    until("it is gone from the page", || {
        window.seek("button", "More about 国内 2").is_none()
    });
}

#[test]
fn the_keyboard_alone_switches() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window.find("button", "Profile: Overseas");
    window.press(&[key::CONTROL], &["k"]);
    window.find("dialog", "Search everything");
    let words: Vec<String> = "switch to dom".chars().map(String::from).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    window.press(&[], &words);
    window.press(&[], &[key::ENTER]);
    window.find("dialog", "Switch to Domestic");
    window.find("button", "Switch");
    window.run("all('button', 'Switch')[0].focus()");
    window.press(&[], &[key::ENTER]);
    window.find("button", "Done");
    window.press(&[], &[key::ESCAPE]);
    window.find("button", "Profile: Domestic");
}

/// What leads to each dialog, and what it is called then: in English and in Chinese.
const DIALOGS: [(&str, [(&str, &str); 5]); 2] = [
    (
        "en",
        [
            ("New profile…", "New profile"),
            ("Import…", "Import a profile"),
            ("Fill in the form…", "The company's network"),
            ("Use Domestic…", "Switch to Domestic"),
            ("Verify Domestic", ""),
        ],
    ),
    (
        "zh",
        [
            ("新建方案…", "新建方案"),
            ("导入…", "导入方案"),
            ("填写表单…", "公司网络"),
            ("使用「国内」…", "切换到"),
            ("验证「国内」", ""),
        ],
    ),
];

#[test]
fn every_dialog_of_profiles_is_accessible() {
    let sandbox = furnished();
    let window = sandbox.open();
    for (language, dialogs) in DIALOGS {
        for theme in ["light", "dark", "contrast"] {
            show(&window, language, theme);
            window.press(&[key::CONTROL], &["4"]);
            for (button, title) in dialogs {
                press_button(&window, button);
                if !title.is_empty() {
                    window.find("dialog", title);
                }
                is_clean(&window, &format!("after {button:?} in {language}, {theme}"));
                window.press(&[], &[key::ESCAPE]);
            }
            window.run("document.querySelector('header [aria-haspopup=menu]').focus()");
            window.press(&[], &[key::ENTER]);
            until("the switcher is open", || {
                window.run("return document.querySelector('[role=menu]') !== null") == true
            });
            is_clean(&window, &format!("the switcher in {language}, {theme}"));
            window.press(&[], &[key::ESCAPE]);
        }
    }
}

/// Opens the header's switcher, which says what is in use, and chooses.
fn choose(window: &Window<'_>, from: &str, what: &str) {
    window.click("button", &format!("Profile: {from}"));
    let role = if what.starts_with("Return") {
        "menuitem"
    } else {
        "menuitemradio"
    };
    window.click(role, what);
}

fn go_says(sandbox: &Sandbox, name: &str) -> String {
    let asked = sandbox.command(go::newest()).args(["env", name]).output();
    let said = asked.expect("go can be run").stdout;
    String::from_utf8_lossy(&said).trim_end().to_owned()
}

fn read(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.env_file()).unwrap_or_default()
}
