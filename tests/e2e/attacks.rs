//! What a hostile string or a hostile script tries, and what becomes of it: nothing.

use std::{
    io::Read,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use serde_json::{Value, json};

use crate::{
    sandbox::{Sandbox, until},
    window::Window,
};

/// A server that only counts who says something.
///
/// WebKit opens a bare connection ahead of a navigation that is then refused; nothing is sent over it.
struct Listener {
    port: u16,
    requests: Arc<AtomicUsize>,
}

impl Listener {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        thread::spawn(move || {
            for mut visitor in listener.incoming().flatten() {
                let counted = Arc::clone(&counted);
                thread::spawn(move || {
                    // a connection that says nothing is no request
                    if visitor.read_exact(&mut [0]).is_ok() {
                        counted.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        Self { port, requests }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Ways to run code or to reach a server, each the body of a function that gets the server's address.
const ESCAPES: &[&str] = &[
    "eval('window.__pwn = 1')",
    "new Function('window.__pwn = 1')()",
    "setTimeout('window.__pwn = 1', 0)",
    "const s = document.createElement('script'); s.text = 'window.__pwn = 1'; document.body.append(s)",
    "const s = document.createElement('script'); s.textContent = 'window.__pwn = 1'; document.head.append(s)",
    "const s = document.createElement('script'); s.append('window.__pwn = 1'); document.head.append(s)",
    "const s = document.createElement('script'); s.src = to + '/x.js'; document.head.append(s)",
    "const s = document.createElement('script'); s.src = 'data:text/javascript,window.__pwn=1'; document.head.append(s)",
    "import(to + '/x.js').catch(() => {})",
    "document.body.innerHTML = '<img src=x onerror=\"window.__pwn = 1\">'",
    "document.body.insertAdjacentHTML('beforeend', '<svg onload=\"window.__pwn = 1\">')",
    "document.write('<script>window.__pwn = 1</script>')",
    "document.createRange().createContextualFragment('<img src=x onerror=window.__pwn=1>')",
    "const p = document.createElement('p'); p.setAttribute('onclick', 'window.__pwn = 1'); document.body.append(p); p.click()",
    "const a = document.createElement('a'); a.href = 'javascript:window.__pwn = 1'; document.body.append(a); a.click()",
    "trustedTypes.createPolicy('evil', { createHTML: (x) => x })",
    "trustedTypes.createPolicy('default', { createHTML: (x) => x })",
    "fetch(to).catch(() => {})",
    "const x = new XMLHttpRequest(); x.open('GET', to); x.send()",
    "new WebSocket(to.replace('http', 'ws'))",
    "new EventSource(to)",
    "navigator.sendBeacon(to, 'x')",
    "new Worker(to + '/w.js')",
    "new Worker(URL.createObjectURL(new Blob(['fetch(\"' + to + '\")'])))",
    "new Image().src = to",
    "const i = document.createElement('img'); i.srcset = to + ' 1x'; document.body.append(i)",
    "const i = document.createElement('iframe'); i.src = to; document.body.append(i)",
    "const i = document.createElement('iframe'); i.srcdoc = '<script>parent.__pwn = 1</script>'; document.body.append(i)",
    "const o = document.createElement('object'); o.data = to; document.body.append(o)",
    "const e = document.createElement('embed'); e.src = to; document.body.append(e)",
    "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = to; document.head.append(l)",
    "const l = document.createElement('link'); l.rel = 'prefetch'; l.href = to; document.head.append(l)",
    "const s = document.createElement('style'); s.textContent = '@import \"' + to + '\"'; document.head.append(s)",
    "document.body.style.backgroundImage = 'url(' + to + ')'",
    "new FontFace('evil', 'url(' + to + ')').load().catch(() => {})",
    "const v = document.createElement('video'); v.src = to; document.body.append(v)",
    "const b = document.createElement('base'); b.href = to; document.head.append(b)",
    "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + to; document.head.append(m)",
    "const f = document.createElement('form'); f.action = to; document.body.append(f); f.submit()",
    "const f = document.createElement('form'); f.action = to; f.target = '_blank'; document.body.append(f); f.submit()",
    "window.open(to)",
    "window.open('about:blank')",
    "const a = document.createElement('a'); a.href = to; a.target = '_blank'; document.body.append(a); a.click()",
    "const a = document.createElement('a'); a.href = to; document.body.append(a); a.click()",
    "location = to",
    "location.replace(to)",
    "location = 'data:text/html,<script>1</script>'",
    "location = 'file:///etc/passwd'",
];

#[test]
fn no_script_runs_and_no_request_leaves() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    let listener = Listener::start();
    let to = format!("http://127.0.0.1:{}", listener.port);
    let home = window.run("return location.href");
    for escape in ESCAPES {
        // a refusal by exception is as good as a silent one; a driver that lost its page is not
        let body = format!("const to = arguments[0]; try {{ {escape} }} catch {{}}; return true");
        window.run_with(&body, json!([to]));
        settle(&window, escape);
        assert_eq!(
            window.run("return location.href"),
            home,
            "the page stays: {escape}"
        );
        assert_eq!(
            window.run("return window.__pwn ?? null"),
            Value::Null,
            "no code runs: {escape}"
        );
        let windows = window.session.windows().expect("the driver counts them");
        assert_eq!(windows, 1, "no window opens: {escape}");
        assert_eq!(
            listener.requests(),
            0,
            "nobody is asked for anything: {escape}"
        );
    }
}

/// Lets everything happen that a script set going: timers, microtasks, loads that fail.
fn settle(window: &Window<'_>, escape: &str) {
    let body = "const answer = arguments[0]; \
         requestAnimationFrame(() => setTimeout(() => setTimeout(() => answer(true), 20), 0))";
    let settled = window.session.run_async(body, Value::Null);
    assert!(settled.is_ok(), "the page lives on after: {escape}");
}

#[test]
fn the_window_offers_nothing_of_tauris() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    assert_eq!(
        window.run("return typeof window.__TAURI__"),
        "undefined",
        "no global API"
    );
    for command in [
        "plugin:app|version",
        "plugin:dialog|open",
        "plugin:dialog|message",
        "plugin:event|emit",
        "plugin:event|listen",
        "plugin:fs|read_file",
        "plugin:image|from_path",
        "plugin:opener|open_url",
        "plugin:path|resolve_directory",
        "plugin:process|exit",
        "plugin:resources|close",
        "plugin:shell|execute",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:window|create",
        "plugin:window|close",
        "plugin:window|set_title",
        "no_such_command",
        "toolchain_add",
    ] {
        let answer = window.invoke(command, json!({}));
        assert!(
            answer["error"].is_string(),
            "{command} is refused: {answer}"
        );
    }
    assert_eq!(
        window.run("Object.prototype.x = 1; return {}.x === undefined ? 'frozen' : 'changed'"),
        "frozen",
        "the prototype of everything cannot be poisoned"
    );
}

#[test]
fn the_page_names_no_place_to_open() {
    let sandbox = Sandbox::new();
    sandbox.program("xdg-open", "#!/bin/sh\necho \"$1\" >> \"$HOME/opened\"\n");
    let window = sandbox.open();
    for wish in [
        "https://example.com",
        "file:///etc/passwd",
        "smb://example/share",
        "javascript:alert(1)",
        "/etc",
        "../../etc",
        "GO_DOWNLOAD",
        "go_download ",
        "",
    ] {
        let answer = window.invoke("desktop_open", json!({ "args": wish }));
        assert!(
            answer["error"].is_string(),
            "{wish:?} names no place: {answer}"
        );
    }
    let answer = window.invoke("desktop_open", json!({ "args": "go_environment_docs" }));
    assert_eq!(
        answer,
        json!({ "ok": null }),
        "a place that the program knows"
    );
    let opened = || std::fs::read_to_string(sandbox.home("opened")).unwrap_or_default();
    until("the desktop opens the page", || !opened().is_empty());
    assert_eq!(
        opened(),
        "https://pkg.go.dev/cmd/go#hdr-Environment_variables\n",
        "that one place, and none of the others"
    );
}
