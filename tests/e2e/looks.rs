//! Every page in both languages and every theme: for everybody, at every size, from the keyboard alone.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    driver::key,
    sandbox::{Sandbox, until},
    window::Window,
};

/// Pages by their place in the rail, with a word that only they show.
const PAGES: [&str; 8] = [
    "overview",
    "environment",
    "mirrors",
    "profiles",
    "private",
    "cache",
    "history",
    "settings",
];
/// As the settings file says it.
const LANGUAGES: [&str; 2] = ["en", "zh"];
const THEMES: [&str; 3] = ["light", "dark", "contrast"];

/// A home in which every page has something to show: a value, a shadow, a fault, a past.
pub(crate) fn furnished() -> Sandbox {
    furnish(Sandbox::new())
}

fn furnish(sandbox: Sandbox) -> Sandbox {
    sandbox.write(
        ".config/go/env",
        "GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=git.corp.example,*.internal.example\nGOSUMDB=sum.golang.org\nnonsense\n",
    );
    sandbox.write(".bashrc", "export GOPROXY=https://corp.example\n");
    let profile = std::fs::read_to_string(sandbox.home(".profile")).unwrap_or_default();
    sandbox.write(".profile", format!("{profile}. ~/.bashrc\n"));
    sandbox
}

/// Changes a setting over the page's own bridge, and lets the page show it as when it starts.
fn set(window: &Window<'_>, change: Value) {
    let answer = window.invoke("settings_change", json!({ "args": change }));
    assert!(
        answer["ok"].is_object(),
        "settings can be changed: {answer}"
    );
    window.press(&[], &[key::F5]);
}

pub(crate) fn show(window: &Window<'_>, language: &str, theme: &str) {
    set(window, json!({ "language": language, "theme": theme }));
    until(
        &format!("the page is {theme} and speaks {language}"),
        || {
            let root = "const r = document.documentElement; return [r.lang.slice(0, 2), r.dataset.theme ?? null, r.dataset.contrast ?? null]";
            let wanted = match theme {
                "contrast" => json!([language, null, "more"]),
                theme => json!([language, theme, null]),
            };
            window.run(root) == wanted
        },
    );
}

fn go_to(window: &Window<'_>, page: usize) {
    window.press(&[key::CONTROL], &[&(page + 1).to_string()]);
    until(&format!("page {} is shown and still", PAGES[page]), || {
        window.run_with(
            "const current = [...document.querySelectorAll('nav button')].findIndex((b) => b.ariaCurrent === 'page' || b.getAttribute('aria-current') === 'page');
             return current === arguments[0] && document.querySelector('main .spinner, main [role=progressbar], main [aria-busy=true]') === null",
            json!([page]),
        ) == true
    });
}

/// What axe finds wrong, as one line each.
fn violations(window: &Window<'_>) -> Vec<String> {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core is installed (`make setup-test`)");
    let rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    let body = format!(
        "if (!window.axe) {{ {axe}; window.axe = axe; }}
         const [rules, answer] = arguments;
         const told = (v) => v.nodes.map((n) => v.id + ': ' + n.target.join(' ') + ' ' + n.failureSummary);
         window.axe.run(document, {{ runOnly: rules }})
           .then((r) => answer(r.violations.flatMap(told)), (e) => answer(['axe: ' + e]))"
    );
    let found = window.session.run_async(&body, json!([rules]));
    let found = found.unwrap_or_else(|why| panic!("axe answers: {}", why.0));
    serde_json::from_value(found).expect("a list of lines")
}

/// Waits for transitions to end, so that no colour is judged half way.
fn still(window: &Window<'_>) {
    until("nothing is being read", || {
        window.run("return document.querySelector('[aria-busy=true]') === null") == true
    });
    until("nothing moves", || {
        window.run("return document.getAnimations().filter((a) => a.effect?.getTiming().iterations !== Infinity).length") == 0
    });
}

#[track_caller]
pub(crate) fn is_clean(window: &Window<'_>, what: &str) {
    still(window);
    let found = violations(window);
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn every_page_is_accessible() {
    let sandbox = furnished();
    let window = sandbox.open();
    for language in LANGUAGES {
        for theme in THEMES {
            show(&window, language, theme);
            for (page, name) in PAGES.iter().enumerate() {
                go_to(&window, page);
                is_clean(&window, &format!("{name} in {language}, {theme}"));
            }
        }
    }
}

/// What the dialogs and their ways in are called.
struct Names {
    palette: &'static str,
    comment: &'static str,
    commented: &'static str,
    shortcuts: &'static str,
    edit: &'static str,
    field: &'static str,
}

/// In the order of [`LANGUAGES`].
const NAMES: [Names; 2] = [
    Names {
        palette: "Search everything",
        comment: "Comment out this line",
        commented: "Comment it out",
        shortcuts: "Keyboard shortcuts",
        edit: "Edit GOPROXY",
        field: "New value of GOPROXY",
    },
    Names {
        palette: "搜索一切",
        comment: "注释掉这一行",
        commented: "注释掉",
        shortcuts: "键盘快捷键",
        edit: "编辑 GOPROXY",
        field: "GOPROXY 的新值",
    },
];

/// By the keyboard: the driver does not find its way to what `zoom` has moved.
pub(crate) fn press_button(window: &Window<'_>, name: &str) {
    window.find("button", name);
    window.run_with("one('button', arguments[0]).focus()", json!([name]));
    window.press(&[], &[key::ENTER]);
}

/// Every dialog in one language, one theme and one size.
fn dialogs_are_clean(window: &Window<'_>, names: &Names, how: &str) {
    go_to(window, 0);
    window.press(&[key::CONTROL], &["k"]);
    window.find("dialog", names.palette);
    is_clean(window, &format!("the palette, {how}"));
    window.press(&[], &[key::ESCAPE]);
    press_button(window, names.comment);
    window.find("button", names.commented);
    is_clean(window, &format!("a preview, {how}"));
    window.press(&[], &[key::ESCAPE]);
    window.press(&[], &["?"]);
    window.find("dialog", names.shortcuts);
    is_clean(window, &format!("the shortcuts, {how}"));
    window.press(&[], &[key::ESCAPE]);
    go_to(window, 1);
    press_button(window, names.edit);
    window.find("textbox", names.field);
    is_clean(window, &format!("an editor, {how}"));
    window.press(&[], &[key::ESCAPE]);
}

#[test]
fn every_dialog_is_accessible() {
    let sandbox = furnished();
    let window = sandbox.open();
    for theme in THEMES {
        show(&window, "en", theme);
        dialogs_are_clean(&window, &NAMES[0], theme);
    }
    // the themes are those of both languages; what differs are words and fonts
    show(&window, "zh", "light");
    dialogs_are_clean(&window, &NAMES[1], "in Chinese");
}

#[test]
fn everything_is_accessible_at_twice_the_size() {
    let sandbox = furnished();
    let window = sandbox.open();
    for (language, names) in LANGUAGES.into_iter().zip(&NAMES) {
        show(&window, language, "light");
        window.run("document.documentElement.style.zoom = 2");
        for (page, name) in PAGES.iter().enumerate() {
            go_to(&window, page);
            is_clean(&window, &format!("{name} in {language} at 200 %"));
        }
        dialogs_are_clean(&window, names, &format!("in {language} at 200 %"));
    }
}

#[test]
fn tab_reaches_everything_that_can_be_used() {
    let sandbox = furnished();
    let window = sandbox.open();
    show(&window, "en", "light");
    for (page, name) in PAGES.iter().enumerate() {
        go_to(&window, page);
        let count = window.run(
            "window.reached = new Set();
             document.addEventListener('focusin', (event) => window.reached.add(event.target));
             return interactive(document).length",
        );
        let count = count.as_u64().expect("a number");
        let tabs = vec![key::TAB; 40];
        for _ in 0..=count / 40 + 1 {
            window.press(&[], &tabs);
        }
        let missed = window.run(
            "return interactive(document).filter((element) => !window.reached.has(element)).map((element) => element.outerHTML.slice(0, 160))",
        );
        assert_eq!(
            missed,
            json!([]),
            "Tab reaches all {count} things on {name}"
        );
    }
}

#[test]
fn the_keyboard_alone_does_the_main_job() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window.find("button", "Environment");
    window.press(&[key::CONTROL], &["k"]);
    window.find("dialog", "Search everything");
    window.press(&[], &["G", "O", "P", "R", "O", "X", "Y", key::ENTER]);
    until("the variable has the focus", || {
        window.run("return document.activeElement?.textContent.includes('GOPROXY')") == true
    });
    // past the name of the row to its pencil
    window.press(&[], &[key::TAB, key::ENTER]);
    window.find("textbox", "New value of GOPROXY");
    window.press(&[key::CONTROL], &["a"]);
    // none of the suggestions: Enter would choose it from their list first
    let value: Vec<String> = "https://keyboard.example"
        .chars()
        .map(String::from)
        .collect();
    let value: Vec<&str> = value.iter().map(String::as_str).collect();
    window.press(&[], &value);
    window.reads("Go accepts this.");
    window.press(&[], &[key::ENTER]);
    window.find("button", "Preview and apply");
    window.press(&[key::CONTROL], &["k"]);
    window.find("dialog", "Search everything");
    window.press(&[], &[key::ESCAPE]);
    until("Esc closes the palette", || {
        window.seek("dialog", "Search everything").is_none()
    });
    window.run("all('button', 'Preview and apply')[0].focus()");
    window.press(&[], &[key::ENTER]);
    window.find("button", "Apply");
    window.run("all('button', 'Apply')[0].focus()");
    window.press(&[], &[key::ENTER]);
    until("the file is written", || {
        std::fs::read_to_string(sandbox.env_file())
            .is_ok_and(|text| text.contains("GOPROXY=https://keyboard.example"))
    });
}

#[test]
fn language_and_theme_change_at_once_and_are_kept() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window.press(&[key::CONTROL], &["8"]);
    window.click("radio", "中文");
    window.find("button", "环境变量");
    window.click("radio", "深色");
    until("the page is dark", || {
        window.run("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 25)"
    });
    drop(window);
    let window = sandbox.open();
    window.find("button", "环境变量");
    until("the theme is kept", || {
        window.run("return document.documentElement.dataset.theme") == "dark"
    });
}

#[test]
fn nothing_is_cut_off_in_a_small_window_or_at_twice_the_size() {
    let sandbox = furnished();
    let window = sandbox.open();
    for language in LANGUAGES {
        show(&window, language, "light");
        for (width, zoom) in [(720, 1), (720, 2), (1120, 2)] {
            window
                .session
                .resize(width, 520)
                .expect("the window has a size");
            window.run_with(
                "document.documentElement.style.zoom = arguments[0]",
                json!([zoom]),
            );
            for (page, name) in PAGES.iter().enumerate() {
                go_to(&window, page);
                let wide = window.run(
                    "const main = document.querySelector('main');
                     return [document.documentElement, main].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.tagName + ' ' + e.scrollWidth + ' > ' + e.clientWidth)",
                );
                assert_eq!(
                    wide,
                    json!([]),
                    "{name} at {width} × 520, zoom {zoom}, {language}"
                );
            }
        }
    }
}

/// Pictures to look at: `make screenshots`. What they prove is that every page can be shown.
#[test]
fn screenshots() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    let sandbox = furnish(Sandbox::with_go_at_home());
    let window = sandbox.open();
    window.reads("outranked");
    until("the shell has answered", || {
        !window.text().contains("still asking")
    });
    for language in LANGUAGES {
        for theme in ["light", "dark"] {
            show(&window, language, theme);
            for (width, height) in [(1120, 760), (720, 520)] {
                window
                    .session
                    .resize(width, height)
                    .expect("the window has a size");
                for (page, name) in PAGES.iter().enumerate() {
                    go_to(&window, page);
                    still(&window);
                    let file = format!("{name}-{language}-{theme}-{width}.png");
                    window.picture(&folder.join(file));
                }
            }
        }
    }
}
