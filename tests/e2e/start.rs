//! The window opens, once, where it was left.

use std::{fs, process::Stdio};

use serde_json::json;

use crate::sandbox::{Sandbox, built_window, until};

#[test]
fn version_and_help_open_no_window() {
    let sandbox = Sandbox::without_go();
    let run = |argument: &str| {
        let ended = sandbox.command(built_window()).arg(argument).output();
        ended.expect("the program can be run")
    };
    let version = run("--version");
    let expected = format!("gopherdesk {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(
        String::from_utf8_lossy(&version.stdout),
        expected,
        "the version of the package"
    );
    let help = run("--help");
    assert!(
        help.status.success() && String::from_utf8_lossy(&help.stdout).contains("--config-dir"),
        "the help names the one option"
    );
    assert_eq!(
        run("--nonsense").status.code(),
        Some(2),
        "an unknown option is refused"
    );
}

#[test]
fn without_a_display_the_program_says_so() {
    let mut sandbox = Sandbox::without_go();
    sandbox.variable("DISPLAY", "");
    let ended = sandbox
        .command(built_window())
        .output()
        .expect("the program can be run");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(
        !ended.status.success() && said.contains("no display"),
        "{said}"
    );
}

#[test]
fn a_second_start_raises_the_first_and_ends() {
    let mut sandbox = Sandbox::new();
    let window = sandbox.open();
    let second = sandbox
        .command(built_window())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut second = second.expect("the program can be run");
    let mut status = None;
    until("the second start ends", || {
        status = second.try_wait().expect("it is our child");
        status.is_some()
    });
    assert!(
        status.is_some_and(|status| status.success()),
        "it ends without a complaint"
    );
    assert_eq!(
        window.session.windows().ok(),
        Some(1),
        "the first keeps its one window"
    );
    assert_eq!(
        window.run("return document.visibilityState"),
        "visible",
        "the first is before the user"
    );
    drop(window);
    assert!(sandbox.is_alive(), "display and bus outlive the window");
}

#[test]
fn a_broken_session_bus_does_not_matter() {
    for address in ["", "unix:path=/nowhere/bus", "nonsense"] {
        let mut sandbox = Sandbox::new();
        sandbox.variable("DBUS_SESSION_BUS_ADDRESS", address);
        let window = sandbox.open();
        assert_eq!(
            window.session.windows().ok(),
            Some(1),
            "it opens with {address:?}"
        );
    }
}

#[test]
fn size_and_place_are_remembered() {
    let sandbox = Sandbox::new();
    let window = sandbox.open();
    window
        .session
        .resize(900, 640)
        .expect("the window has a size");
    until("the window has the new size", || {
        window.run("return [innerWidth, innerHeight]") == json!([900, 640])
    });
    until("the place is kept", || {
        fs::read_to_string(sandbox.state("state.json")).is_ok_and(|kept| kept.contains("900"))
    });
    drop(window);
    let window = sandbox.open();
    until("the window has its former size", || {
        window.run("return [innerWidth, innerHeight]") == json!([900, 640])
    });
}

#[test]
fn an_absurd_place_is_forgotten() {
    for absurd in [
        "",
        "{",
        r#"{"x":-32000,"y":-32000,"width":0,"height":0}"#,
        r#"{"x":90000,"y":90000,"width":1120,"height":760}"#,
        r#"{"x":0,"y":0,"width":4000000000,"height":4000000000}"#,
    ] {
        let sandbox = Sandbox::new();
        let file = sandbox.state("state.json");
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("our own home");
        fs::write(&file, absurd).expect("our own home");
        let window = sandbox.open();
        let inner = window.run("return [innerWidth, innerHeight]");
        let (width, height) = (inner[0].as_u64(), inner[1].as_u64());
        assert!(
            width.is_some_and(|width| (720..=1400).contains(&width))
                && height.is_some_and(|height| (520..=1000).contains(&height)),
            "{absurd:?} gives a usable window, not {inner}"
        );
    }
}

#[test]
fn the_program_keeps_to_its_folders() {
    let sandbox = Sandbox::new();
    let before = sandbox.files();
    drop(sandbox.open());
    let own = [
        ".config/gopherdesk",
        ".local/state/gopherdesk",
        ".local/share/dev.gopherdesk.Gopherdesk",
        ".cache",
        // go counts its own use
        ".config/go/telemetry",
    ];
    for file in sandbox.files() {
        let inside = own
            .iter()
            .any(|folder| file.starts_with(sandbox.home(folder)));
        assert!(
            inside || before.contains(&file),
            "{} is nobody's business",
            file.display()
        );
    }
}
