//! Mirrors, in the window: a live test, a stop, the chain that follows, its proof and its undo.

use std::{fs, sync::Arc};

use serde_json::json;

use crate::{
    database::Sumdb,
    driver::key,
    looks::{is_clean, show},
    mirror::{Fault, Manner, Mirror},
    sandbox::{Sandbox, until},
    serving::Served,
    tree::Tree,
    window::Window,
};

/// What the user's own mirrors are tested with: the database of the test knows it.
const MODULE: &str = "team.example/m@v1.0.0";

/// What mirrors serve, and a home whose Go verifies with the database of the test.
struct Ground {
    sandbox: Sandbox,
    tree: Arc<Tree>,
    database: Served,
}

impl Ground {
    fn new() -> Self {
        let tree = Tree::default().with(MODULE, 200_000);
        let database = Sumdb::new(40, &[(9, tree.record(MODULE))]).serve();
        let sandbox = Sandbox::new();
        sandbox.write(
            ".config/go/env",
            format!("GOSUMDB={}\n", database.gosumdb()),
        );
        Self {
            sandbox,
            tree: Arc::new(tree),
            database,
        }
    }

    /// Serves the module, and puts the mirror into the user's list.
    fn add(&self, window: &Window<'_>, name: &str, manner: Manner) -> Mirror {
        let mirror = Mirror::serve(&self.tree, manner);
        let wish = json!({ "id": null, "name": name, "url": mirror.url(), "probe": MODULE });
        let answer = window.invoke("mirror_save", json!({ "args": wish }));
        assert!(answer["ok"].is_object(), "it is kept: {answer}");
        mirror
    }

    fn env(&self) -> String {
        fs::read_to_string(self.sandbox.home(".config/go/env")).expect("a file")
    }
}

/// Shows the page with what was added meanwhile, and chooses these mirrors.
fn choose(window: &Window<'_>, names: &[&str]) {
    window.press(&[key::CONTROL], &["3"]);
    window.press(&[], &[key::F5]);
    for name in names {
        window.click("checkbox", &format!("Choose {name}"));
    }
}

#[test]
fn a_test_ends_in_a_chain_that_is_applied_proven_and_undone() {
    let ground = Ground::new();
    let before = ground.env();
    let window = ground.sandbox.open();
    let near = ground.add(&window, "near", Manner::default().delay(5));
    let far = ground.add(&window, "far", Manner::default().delay(60));
    let page = ground.add(
        &window,
        "portal",
        Manner::default()
            .fault(|_| Some(Fault::Answer("text/html", b"<html>Welcome</html>".to_vec()))),
    );
    assert!(
        [&near, &far, &page]
            .iter()
            .all(|mirror| mirror.requests().is_empty()),
        "nothing is sent before somebody asks"
    );
    choose(&window, &["far", "near", "portal"]);
    window.reads("Nothing is sent before you press the button");
    window.click("button", "Test 3 mirrors");
    window.reads("near is the fastest");
    let order = "return [...document.querySelectorAll('main tbody tr.row')].slice(0, 2).map((row) => row.innerText.includes('near') ? 'near' : row.innerText.includes('far') ? 'far' : '?')";
    until("the rows settled by rank", || {
        window.run(order) == json!(["near", "far"])
    });
    is_clean(&window, "a tested list");
    window.click("button", "Preview and apply…");
    window.find("dialog", "Preview the chain");
    assert_eq!(ground.env(), before, "a preview writes nothing");
    window.click("button", "Apply");
    window.reads("What Go sees now");
    assert!(
        ground
            .env()
            .contains(&format!("GOPROXY={},{},direct", near.url(), far.url())),
        "the whole chain: {}",
        ground.env()
    );
    window.click("button", "Done");
    window.fill("textbox", "Module", MODULE);
    window.click("button", "Prove it");
    window.reads(&format!("Proven: {MODULE} was downloaded and verified"));
    assert!(
        ground
            .database
            .requests()
            .iter()
            .any(|path| path.contains("/lookup/team.example/m@")),
        "by the database"
    );
    is_clean(&window, "a proven chain");
    window.press(&[key::CONTROL], &["z"]);
    window.click("button", "Undo the change");
    until("every byte is as it was", || ground.env() == before);
}

#[test]
fn a_stop_answers_and_keeps_what_was_measured() {
    let ground = Ground::new();
    let window = ground.sandbox.open();
    let _near = ground.add(&window, "near", Manner::default().delay(5));
    let silent = ground.add(
        &window,
        "silent",
        Manner::default().fault(|_| Some(Fault::Silence)),
    );
    choose(&window, &["silent"]);
    window.click("button", "Test 1 mirror");
    until("it is asked", || !silent.requests().is_empty());
    window.click("button", "Stop");
    window.reads("The test was stopped");
    until("the connection is closed", || silent.open() == 0);
    window.click("checkbox", "Choose silent");
    window.click("checkbox", "Choose near");
    window.press(&[], &[key::ESCAPE]);
    window.click("button", "Test 1 mirror");
    window.reads("near is the fastest");
}

#[test]
fn the_page_speaks_chinese_and_goes_by_keyboard() {
    let ground = Ground::new();
    let window = ground.sandbox.open();
    let _near = ground.add(&window, "near", Manner::default().delay(5));
    show(&window, "zh", "dark");
    window.press(&[key::CONTROL], &["3"]);
    window.press(&[], &[key::F5]);
    window.click("checkbox", "选中 near");
    let button = "const found = [...document.querySelectorAll('main button')].find((b) => b.innerText.includes('测试 1 个')); found?.focus(); return document.activeElement === found && found !== undefined";
    until("the button has the focus", || window.run(button) == true);
    window.press(&[], &[key::ENTER]);
    window.reads("near 最快");
    is_clean(&window, "a tested list, in Chinese and dark");
}

#[test]
fn an_own_mirror_is_added_edited_imported_and_removed() {
    let ground = Ground::new();
    let before = ground.env();
    let window = ground.sandbox.open();
    window.press(&[key::CONTROL], &["3"]);
    window.click("button", "Add a mirror…");
    window.find("dialog", "Add a mirror");
    is_clean(&window, "the dialog for a new mirror");
    window.fill(
        "textbox",
        "Address",
        "https://me:hunter2secret@athens.team.example",
    );
    window.fill("textbox", "Name", "Team");
    window.press(&[], &[key::ENTER]);
    window.reads("Team is in the list");
    assert!(
        !window.text().contains("hunter2secret"),
        "the login is hidden once it is kept"
    );
    window.click("button", "What can be done with Team");
    window.click("menuitem", "Edit…");
    window.reads("The credentials in it are hidden, and stay as they are.");
    window.fill("textbox", "Name", "Office");
    window.click("button", "Save");
    window.reads("Office is in the list");

    window.click("button", "Import…");
    window.fill(
        "textbox",
        "Text with mirrors",
        "GOPROXY=https://one.example,https://goproxy.cn,direct",
    );
    window.click("button", "Read");
    window.reads("found, 1 to keep");
    is_clean(&window, "the preview of an import");
    window.click("button", "Keep it");
    window.reads("Nothing was applied");

    window.click("button", "What can be done with Office");
    window.click("menuitem", "Remove…");
    window.find("dialog", "Remove Office?");
    window.click("button", "Remove Office");
    window.reads("Office is removed");
    assert_eq!(ground.env(), before, "Go's own file was never touched");
}

#[test]
fn a_project_races_through_a_mirror() {
    let ground = Ground::new();
    let project = ground.sandbox.home("shop");
    ground.sandbox.write(
        "shop/go.mod",
        "module shop.example\n\ngo 1.21\n\nrequire team.example/m v1.0.0\n",
    );
    ground.sandbox.write(
        ".config/gopherdesk/projects.json",
        json!({ "version": 1, "minted": 1, "projects": [{ "id": "d1", "path": project }] })
            .to_string(),
    );
    let window = ground.sandbox.open();
    let near = ground.add(&window, "near", Manner::default().delay(5));
    window.press(&[key::CONTROL], &["3"]);
    window.press(&[], &[key::F5]);
    let more = window.text();
    assert!(more.contains("Race of a project"), "the panel is there");
    window.click("checkbox", "near");
    assert!(near.requests().is_empty(), "nothing is sent yet");
    window.click("button", "Start the race");
    window.reads("near is the fastest for this project");
    is_clean(&window, "a race that ended");
    assert!(
        near.requests().iter().any(|path| path.ends_with(".zip")),
        "the real go downloaded through it"
    );
}
