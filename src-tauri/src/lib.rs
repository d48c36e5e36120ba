//! The window around `gopherdesk_core`: it opens, forwards and remembers its place; nothing here decides anything.

mod arguments;
mod commands;
mod desktop;
mod log;
mod tray;
mod window;

use std::{ffi::OsString, io::Write, process::ExitCode};

use arguments::Start;
use gopherdesk_core::{app::App, host::Host};
use tauri::{AppHandle, Manager};

pub use commands::handler;

/// Runs the program until its window is closed.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    match arguments::read(arguments) {
        Start::Tell(text) => say(&mut std::io::stdout(), &text, ExitCode::SUCCESS),
        Start::Refuse(text) => say(&mut std::io::stderr(), &text, ExitCode::from(2)),
        Start::Window { config } => show(Host::current(config.as_deref())),
    }
}

fn show(host: Host) -> ExitCode {
    if !has_display(&host) {
        let text = "gopherdesk: no display: neither WAYLAND_DISPLAY nor DISPLAY is set";
        return say(&mut std::io::stderr(), text, ExitCode::FAILURE);
    }
    log::start(&host);
    let mut builder = tauri::Builder::default().plugin(tauri_plugin_dialog::init());
    if has_session_bus(&host) {
        let raise = |desk: &AppHandle, _, _| window::raise(desk);
        builder = builder.plugin(tauri_plugin_single_instance::init(raise));
    }
    let ended = builder
        .invoke_handler(handler())
        .setup(move |desk| {
            // not before: a second start has ended by now, and must not touch the journal of the first
            desk.manage(App::new(host, None));
            Ok(window::open(desk.handle())?)
        })
        .on_window_event(window::on_event)
        .run(tauri::generate_context!());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window did not open");
            let text = format!("gopherdesk: {error}");
            say(&mut std::io::stderr(), &text, ExitCode::FAILURE)
        }
    }
}

/// GTK ends the process without a word where there is none.
fn has_display(host: &Host) -> bool {
    let set = |name| host.vars.get_nonempty(name).is_some();
    !cfg!(target_os = "linux") || set("WAYLAND_DISPLAY") || set("DISPLAY")
}

/// Without one a second start opens a second window. A malformed address must not reach the plugin: it panics there.
fn has_session_bus(host: &Host) -> bool {
    let address = host.vars.get("DBUS_SESSION_BUS_ADDRESS");
    !cfg!(target_os = "linux")
        || address.is_none_or(|address| {
            let transport = |one: &str| one.split_once(':').is_some_and(|(_, at)| at.contains('='));
            address
                .to_str()
                .is_some_and(|all| all.split(';').all(transport))
        })
}

/// A closed pipe is no reason to fail.
fn say(to: &mut impl Write, text: &str, status: ExitCode) -> ExitCode {
    drop(writeln!(to, "{}", text.trim_end()));
    status
}
