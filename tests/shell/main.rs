//! The window's commands as the page calls them, through Tauri's own IPC and without a window.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

mod hardening;
#[cfg(target_os = "linux")]
mod notifier;
mod profiles;
#[cfg(target_os = "linux")]
mod tray;

use std::{
    path::Path,
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use gopherdesk_core::{app::App, host::Host};
use serde_json::{Value, json};
use tauri::{
    Manager, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets},
    webview::InvokeRequest,
};

const DEADLINE: Duration = Duration::from_secs(30);

macro_rules! table {
    ($( $(#[$doc:meta])* $kind:ident $name:ident($($signature:tt)*) -> $reply:ty; )*) => {
        /// Name and kind of every command of the table.
        const COMMANDS: &[(&str, &str)] = &[$( (stringify!($name), stringify!($kind)) ),*];
    };
}

gopherdesk_core::with_commands!(table);

/// The program on an empty machine, with a page that can call it.
struct Desk {
    app: tauri::App<MockRuntime>,
    page: WebviewWindow<MockRuntime>,
    /// What streams told the page.
    events: Receiver<Value>,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self::on(|host| host)
    }

    /// The same on a machine with something on it.
    fn on(machine: impl FnOnce(Host) -> Host) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for made in ["home", "bin", "tmp", "root"] {
            std::fs::create_dir(folder.path().join(made)).expect("the sandbox is empty");
        }
        let (heard, events) = mpsc::channel();
        let app = mock_builder()
            .manage(App::new(machine(Host::sandbox(folder.path())), None))
            .channel_interceptor(move |_, _, _, event| {
                let told = event.clone().deserialize().expect("events are JSON");
                // a test need not listen
                drop(heard.send(told));
                true
            })
            .invoke_handler(gopherdesk::handler())
            .build(mock_context(noop_assets()))
            .expect("Tauri's double needs nothing");
        let page = WebviewWindowBuilder::new(&app, "main", Default::default())
            .build()
            .expect("Tauri's double needs nothing");
        Self {
            app,
            page,
            events,
            _folder: folder,
        }
    }

    fn invoke(&self, command: &str, payload: Value) -> Result<Value, Value> {
        invoke(&self.page, command, payload)
    }

    fn call(&self, command: &str, args: Value) -> Result<Value, Value> {
        self.invoke(command, json!({ "args": args }))
    }
}

fn invoke(
    page: &WebviewWindow<MockRuntime>,
    command: &str,
    payload: Value,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().expect("a URL"),
        body: InvokeBody::Json(payload),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_string(),
    };
    get_ipc_response(page, request).map(|body| body.deserialize().expect("answers are JSON"))
}

/// Every key the page reads of an overview.
fn is_overview(answer: &Value) -> bool {
    [
        "environment",
        "toolchains",
        "findings",
        "last_change",
        "shell",
        "settings",
        "about",
    ]
    .iter()
    .all(|key| answer.get(key).is_some())
}

#[test]
fn every_command_answers() {
    let desk = Desk::new();
    let plan = desk.call(
        "environment_plan",
        json!({ "changes": [{ "name": "GOPROXY", "value": "direct" }], "repairs": [] }),
    );
    let plan = plan.expect("a sound value can be planned without go");
    let apply = json!({ "id": plan["id"], "confirmed": ["GOPROXY"] });
    let asked = [
        ("overview_read", Value::Null),
        ("shell_ask", Value::Null),
        (
            "environment_check",
            json!({ "name": "GOPROXY", "value": "direct" }),
        ),
        ("plan_apply", apply),
        ("environment_reveal", json!("GOPROXY")),
        ("history_list", Value::Null),
        ("settings_change", json!({ "language": "zh" })),
        ("toolchain_use", Value::Null),
        ("project_list", Value::Null),
        ("tray_look", Value::Null),
        // of which no desktop hears here
        ("tray_show", Value::Null),
        ("job_cancel", json!("no such job")),
    ];
    let answers = asked.map(|(command, args)| {
        let answer = desk.call(command, args);
        (
            command,
            answer.unwrap_or_else(|failure| json!({ "failed": failure })),
        )
    });
    for (command, answer) in &answers {
        assert!(
            answer.get("failed").is_none(),
            "{command} answers: {answer}"
        );
    }
    for (command, answer) in &answers {
        let overview = match *command {
            "overview_read" | "shell_ask" | "settings_change" | "toolchain_use" => answer,
            "plan_apply" => &answer["overview"],
            _ => continue,
        };
        assert!(
            is_overview(overview),
            "{command} gives the new state: {overview}"
        );
    }
    let tested_elsewhere = [
        "environment_plan",
        // fail here: nothing to undo, no such line, no desktop
        "startup_plan",
        "history_undo",
        "toolchain_browse",
        "project_browse",
        "desktop_open",
        // by the tests of the core
        "project_forget",
        // until they are cancelled
        "world_watch",
        "tray_watch",
    ];
    for &(name, _) in COMMANDS {
        // these have journeys of their own
        let areas = [
            "profile_", "company_", "mirror_", "chain_", "route_", "private_", "cache_",
        ];
        let of_an_area = areas.iter().any(|area| name.starts_with(area));
        let elsewhere = of_an_area || tested_elsewhere.contains(&name);
        let asked = asked_for(&answers, name) || elsewhere;
        assert!(asked, "a new command, {name}, needs a line here");
    }
}

fn asked_for(answers: &[(&str, Value)], name: &str) -> bool {
    answers.iter().any(|(command, _)| *command == name)
}

#[test]
fn a_failure_has_code_params_and_message() {
    let desk = Desk::new();
    for (command, args) in [
        ("startup_plan", json!({ "assignment": "no such line" })),
        ("history_undo", json!("no such entry")),
        ("toolchain_use", json!("no such go")),
        (
            "plan_apply",
            json!({ "id": "no such plan", "confirmed": [] }),
        ),
    ] {
        let failure = desk.call(command, args).expect_err("it does not exist");
        let shaped = failure["code"].is_string()
            && failure["params"].is_object()
            && failure["message"].is_string();
        assert!(shaped, "{command} fails in the one shape: {failure}");
    }
}

#[test]
fn wrong_arguments_are_refused_by_tauri_as_text() {
    let desk = Desk::new();
    for &(command, kind) in COMMANDS {
        let takes_none = [
            "overview_read",
            "shell_ask",
            "history_list",
            "mirror_list",
            "mirror_runs",
            "profile_previous",
            "company_read",
            "project_list",
            "cache_list",
            "cache_asides",
        ];
        if takes_none.contains(&command) {
            continue;
        }
        let wrong = json!({ "args": { "no": ["such", 1] }, "job": 7, "events": true });
        let wrong = match command {
            // an object with nothing known in it changes nothing
            "settings_change" => json!({ "args": { "language": "klingon" } }),
            "company_preview" | "company_save" => json!({ "args": { "login": "perhaps" } }),
            // a wish that names nothing is one
            "cache_plan" | "cache_scan" | "cache_verify" => {
                json!({ "args": { "caches": "all of them" } })
            }
            _ => wrong,
        };
        let refusal = desk.invoke(command, wrong).expect_err("it makes no sense");
        assert!(refusal.is_string(), "{kind} {command}: {refusal}");
    }
    let unknown = desk.call("no_such_command", Value::Null);
    assert!(
        unknown.is_err_and(|refusal| refusal.is_string()),
        "nor is an unknown one answered"
    );
}

#[test]
fn a_panic_fails_one_command_and_the_next_is_answered() {
    let desk = Desk::new();
    // Tauri panics when a plug-in was never registered, as the dialog's here
    let failure = desk
        .call("toolchain_browse", Value::Null)
        .expect_err("there is no desktop");
    assert_eq!(
        failure["code"], "internal",
        "a panic is a failure like any other: {failure}"
    );
    let overview = desk.call("overview_read", Value::Null);
    assert!(
        overview.is_ok_and(|answer| is_overview(&answer)),
        "the program lives on"
    );
}

#[test]
fn a_stream_is_cancelled_by_its_id() {
    let desk = Desk::new();
    let page = desk.page.clone();
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let payload = json!({ "job": "one", "args": null, "events": "__CHANNEL__:7" });
        ended.send(invoke(&page, "world_watch", payload))
    });
    until("the watch begins", || {
        desk.app.state::<App>().jobs.count() > 0
    });
    let cancelled = desk.call("job_cancel", json!("one"));
    assert_eq!(cancelled, Ok(Value::Null), "cancelling answers nothing");
    let answer = end.recv_timeout(DEADLINE).expect("the watch ends");
    assert_eq!(answer, Ok(Value::Null), "being cancelled is no failure");
    assert_eq!(
        desk.app.state::<App>().jobs.count(),
        0,
        "and the job is forgotten"
    );
}

/// Waits for a condition; panics with `what` when it does not come true.
#[track_caller]
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < DEADLINE, "{what}, within {DEADLINE:?}");
        thread::yield_now();
    }
}

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
