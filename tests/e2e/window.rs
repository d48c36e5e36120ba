//! One open window, in the words of its user.

use std::{any::Any, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::{
    driver::{Element, Refused, Session, key},
    sandbox::{Sandbox, until},
};

/// Finds things by role and name.
const PAGE: &str = include_str!("page.js");

/// A window and the driver that moves it.
pub(crate) struct Window<'a> {
    /// Display, bus and home live at least as long as the window.
    _sandbox: &'a Sandbox,
    /// The driver.
    pub(crate) session: Session,
    _driver: Box<dyn Any>,
}

impl<'a> Window<'a> {
    /// Waits until the page of a session that has just begun is there, and has read how things are.
    pub(crate) fn new(sandbox: &'a Sandbox, session: Session, driver: Box<dyn Any>) -> Self {
        let window = Self {
            _sandbox: sandbox,
            session,
            _driver: driver,
        };
        until("the page is there", || {
            window
                .run("return document.readyState === 'complete' && document.querySelector('main[aria-busy=false]') !== null")
                == true
        });
        window
    }

    /// Runs the body of a function with the words of `page.js`; what it throws fails the journey.
    #[track_caller]
    pub(crate) fn run(&self, body: &str) -> Value {
        self.run_with(body, Value::Null)
    }

    /// The same with `arguments`.
    #[track_caller]
    pub(crate) fn run_with(&self, body: &str, arguments: Value) -> Value {
        let answer = self.session.run(&format!("{PAGE}\n{body}"), arguments);
        answer.unwrap_or_else(|Refused(why)| panic!("the script ends: {why}\n{body}"))
    }

    /// Waits for a visible element of this role and name.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> Element {
        let mut found = None;
        until(&format!("there is a {role} {name:?}"), || {
            found = self.seek(role, name);
            found.is_some()
        });
        found.expect("the wait ended")
    }

    /// A visible element of this role and name, if there is one now.
    pub(crate) fn seek(&self, role: &str, name: &str) -> Option<Element> {
        let body = format!("{PAGE}\nreturn one(arguments[0], arguments[1])");
        self.session.element(&body, json!([role, name])).ok()?
    }

    /// Waits for it, and until it stands still, and clicks it; again when the page moved it away meanwhile. A driver clicks at
    /// a place, so a click on what moves lands beside it.
    #[track_caller]
    pub(crate) fn click(&self, role: &str, name: &str) {
        let mut why = String::new();
        until(&format!("the {role} {name:?} can be clicked"), || {
            let element = self.find(role, name);
            if !self.stands_still(role, name) {
                "it moves".clone_into(&mut why);
                return false;
            }
            match self.session.click(&element) {
                Ok(()) => true,
                Err(Refused(refused)) => {
                    why = refused;
                    false
                }
            }
        });
    }

    /// Brings it into sight, and says whether it is at the same place a few frames later.
    fn stands_still(&self, role: &str, name: &str) -> bool {
        let body = format!(
            "{PAGE}\nconst done = arguments[2]; const found = one(arguments[0], arguments[1]);\
             if (!found) {{ done(false); return; }}\
             found.scrollIntoView({{ block: 'nearest', inline: 'nearest' }});\
             const place = () => {{ const r = found.getBoundingClientRect(); return [r.x, r.y, r.width, r.height].join(); }};\
             const frame = () => new Promise((next) => requestAnimationFrame(next));\
             const before = place();\
             frame().then(frame).then(frame).then(frame).then(() => done(found.isConnected && place() === before));"
        );
        let answer = self.session.run_async(&body, json!([role, name]));
        answer.is_ok_and(|still| still == true)
    }

    /// Replaces what a field holds.
    #[track_caller]
    pub(crate) fn fill(&self, role: &str, name: &str, text: &str) {
        self.click(role, name);
        self.press(&[key::CONTROL], &["a"]);
        let field = self.find(role, name);
        let typed = self.session.fill(&field, text);
        typed.unwrap_or_else(|Refused(why)| panic!("{name:?} takes text: {why}"));
    }

    /// Presses keys one after the other while `held` are down.
    #[track_caller]
    pub(crate) fn press(&self, held: &[&str], keys: &[&str]) {
        let pressed = self.session.press(held, keys);
        pressed.unwrap_or_else(|Refused(why)| panic!("keys are pressed: {why}"));
    }

    /// All text that is seen.
    pub(crate) fn text(&self) -> String {
        let text = self.run("return document.body.innerText");
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until this text is seen.
    #[track_caller]
    pub(crate) fn reads(&self, text: &str) {
        let mut seen = String::new();
        let deadline = std::time::Instant::now() + crate::sandbox::DEADLINE;
        while std::time::Instant::now() < deadline {
            seen = self.text();
            if seen.contains(text) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{text:?} is seen; what is seen:\n{seen}");
    }

    /// Calls a command over the page's own IPC and gives what it answered: `ok`, or `error`.
    #[track_caller]
    pub(crate) fn invoke(&self, command: &str, payload: Value) -> Value {
        let body = "const answer = arguments[2]; \
             window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]) \
             .then((ok) => answer({ ok: ok ?? null }), (error) => answer({ error }))";
        let answer = self.session.run_async(body, json!([command, payload]));
        answer.unwrap_or_else(|Refused(why)| panic!("{command} answers: {why}"))
    }

    /// Keeps a picture of the page.
    pub(crate) fn picture(&self, path: &Path) {
        let Ok(picture) = self.session.picture() else {
            panic!("the window gives a picture");
        };
        let folder = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(folder).expect("the build folder is writable");
        let png = STANDARD.decode(picture).expect("base64, by the standard");
        std::fs::write(path, png).expect("the build folder is writable");
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        drop(self.session.end());
    }
}
