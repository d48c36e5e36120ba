//! The icon in the tray, on a session bus of its own and without one. Linux, because there it is our own doing.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
};

use gopherdesk_core::app::App;
use serde_json::{Value, json};
use tauri::Manager;

use crate::{
    DEADLINE, Desk, invoke,
    notifier::{Desktop, Item},
    until,
};

/// Says in a process of a test that its bus is one made for it.
const OWN_BUS: &str = "GOPHERDESK_TEST_BUS";

/// A bus that starts nothing of this machine.
const RULES: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

struct Bus(Child);

impl Drop for Bus {
    fn drop(&mut self) {
        // it may have ended by itself
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Runs the test called `name` once more, in a process whose session bus was made for it: the library that speaks to
/// the bus asks the process where it is.
fn on_own_bus(name: &str, test: impl FnOnce(&str)) {
    if let Ok(address) = std::env::var(OWN_BUS) {
        return test(&address);
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let rules = folder.path().join("bus.conf");
    std::fs::write(&rules, RULES).expect("our own folder");
    let mut bus = Command::new("dbus-daemon");
    bus.arg("--config-file").arg(&rules);
    bus.args(["--nofork", "--print-address=1"]);
    let bus = bus.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut bus = Bus(bus.expect("dbus-daemon is there (`make setup-test` installs it)"));
    let mut address = String::new();
    let said = bus.0.stdout.take().expect("its output is piped");
    let read = BufReader::new(said).read_line(&mut address);
    read.expect("it tells where it is");
    let ended = Command::new(std::env::current_exe().expect("we run"))
        .args(["--exact", &format!("tray::{name}"), "--nocapture"])
        .env(OWN_BUS, address.trim_end())
        .env("DBUS_SESSION_BUS_ADDRESS", address.trim_end())
        .output()
        .expect("we can be run again");
    let told = String::from_utf8_lossy(&ended.stderr);
    let passed = String::from_utf8_lossy(&ended.stdout).contains("1 passed");
    assert!(ended.status.success() && passed, "on its own bus: {told}");
}

fn desk_on(address: &str) -> Desk {
    Desk::on(|host| host.with_var("DBUS_SESSION_BUS_ADDRESS", address))
}

fn menu(profiles: &[(&str, &str, bool)]) -> Value {
    let profiles: Vec<_> = profiles
        .iter()
        .map(|(id, label, active)| json!({ "id": id, "label": label, "active": active }))
        .collect();
    json!({
        "verdict": "All is well",
        "profiles": profiles,
        "more": "More…",
        "previous": "Back…",
        "open": "Open",
        "quit": "Quit",
    })
}

/// Begins to listen as the page does, and gives what it hears.
fn listen(desk: &mut Desk) -> Receiver<Value> {
    let page = desk.page.clone();
    thread::spawn(move || {
        let payload = json!({ "job": "tray", "args": null, "events": "__CHANNEL__:7" });
        invoke(&page, "tray_watch", payload)
    });
    until("the page listens", || {
        desk.app.state::<App>().jobs.count() == 1
    });
    std::mem::replace(&mut desk.events, mpsc::channel().1)
}

fn shown(desk: &Desk, desktop: &Desktop, profiles: &[(&str, &str, bool)]) -> Item {
    let answer = desk.call("tray_show", menu(profiles));
    assert_eq!(answer, Ok(Value::Null), "there is nothing to tell");
    desktop.item()
}

#[test]
fn the_icon_appears_with_its_menu_and_goes_again() {
    on_own_bus("the_icon_appears_with_its_menu_and_goes_again", |address| {
        let desktop = Desktop::on(address);
        let desk = desk_on(address);
        assert_eq!(desk.call("tray_look", Value::Null), Ok(json!(true)));
        let profiles = [
            ("domestic", "Domestic", false),
            ("own", "my_own_proxy", true),
        ];
        let item = shown(&desk, &desktop, &profiles);
        let lines: Vec<_> = item
            .lines()
            .into_iter()
            .map(|line| (line.label.unwrap_or_default(), line.enabled, line.marked))
            .collect();
        let line = |label: &str, enabled, marked| (label.to_owned(), enabled, marked);
        assert_eq!(
            lines,
            [
                line("All is well", false, false),
                line("", true, false),
                line("Domestic", true, false),
                // two of them are how the protocol writes one
                line("my__own__proxy", true, true),
                line("More…", true, false),
                line("Back…", true, false),
                line("", true, false),
                line("Open", true, false),
                line("Quit", true, false),
            ],
            "as the page wrote it"
        );
        let answer = desk.call("tray_show", menu(&[("offline", "Offline", true)]));
        assert_eq!(answer, Ok(Value::Null), "the menu of the same icon");
        until("the menu follows", || {
            item.labels().contains(&"Offline".to_owned())
        });
        assert_eq!(desk.call("tray_show", Value::Null), Ok(Value::Null));
        until("the icon is gone", || !item.is_there());
    });
}

#[test]
fn what_is_chosen_reaches_the_page_and_changes_nothing() {
    on_own_bus(
        "what_is_chosen_reaches_the_page_and_changes_nothing",
        |address| {
            let desktop = Desktop::on(address);
            let mut desk = desk_on(address);
            let heard = listen(&mut desk);
            let item = shown(&desk, &desktop, &[("domestic", "Domestic", false)]);
            let before = desk.call("overview_read", Value::Null).expect("it answers");
            // the window alone is brought, and nothing told
            item.choose("Open");
            item.activate();
            for (label, told) in [
                (
                    "Domestic",
                    json!({ "event": "use_profile", "id": "domestic" }),
                ),
                ("Back…", json!({ "event": "return_to_previous" })),
                ("More…", json!({ "event": "show_profiles" })),
            ] {
                item.choose(label);
                assert_eq!(heard.recv_timeout(DEADLINE), Ok(told), "{label}");
            }
            let after = desk.call("overview_read", Value::Null).expect("it answers");
            assert_eq!(
                (&after["environment"], &after["last_change"]),
                (&before["environment"], &before["last_change"]),
                "no change without a preview that the user saw"
            );
            assert!(!item.lines()[2].marked, "the mark stays with what Go uses");
        },
    );
}

#[test]
fn the_icon_stands_out_from_every_panel() {
    on_own_bus("the_icon_stands_out_from_every_panel", |address| {
        let desktop = Desktop::on(address);
        let item = shown(&desk_on(address), &desktop, &[]);
        let pictures = item.pictures();
        let sizes: Vec<_> = pictures.iter().map(|(width, ..)| *width).collect();
        assert_eq!(sizes, [24, 48], "for common screens and fine ones");
        for (width, height, bytes) in pictures {
            assert_eq!(
                bytes.len(),
                usize::try_from(width * height * 4).expect("it is small")
            );
            let solid = bytes.chunks_exact(4).filter(|pixel| pixel[0] == 0xff);
            let colours: Vec<_> = solid.map(|pixel| [pixel[1], pixel[2], pixel[3]]).collect();
            assert!(!colours.is_empty(), "something is drawn");
            // the panels of KDE and GNOME, light and dark
            for panel in [
                [255; 3],
                [0xef, 0xf0, 0xf1],
                [0x31, 0x36, 0x3b],
                [0x1d; 3],
                [0; 3],
            ] {
                let least = colours.iter().map(|colour| contrast(*colour, panel));
                let least = least.fold(f64::INFINITY, f64::min);
                assert!(least >= 3.0, "{panel:?}: {least}");
            }
        }
    });
}

/// By WCAG 2.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let light = |colour: [u8; 3]| {
        let [red, green, blue] = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}

#[test]
fn an_icon_waits_for_a_desktop_that_shows_it() {
    on_own_bus("an_icon_waits_for_a_desktop_that_shows_it", |address| {
        let desk = desk_on(address);
        assert_eq!(
            desk.call("tray_look", Value::Null),
            Ok(json!(false)),
            "a bare bus"
        );
        let answer = desk.call("tray_show", menu(&[]));
        assert_eq!(
            answer,
            Ok(Value::Null),
            "a desktop without a tray is no failure"
        );
        let desktop = Desktop::on(address);
        let item = desktop.item();
        assert!(item.labels().contains(&"Open".to_owned()), "it came late");
        assert_eq!(desk.call("tray_look", Value::Null), Ok(json!(true)));
        desktop.leave();
        until("it is gone", || {
            desk.call("tray_look", Value::Null) == Ok(json!(false))
        });
        let answer = desk.call("tray_show", menu(&[]));
        assert_eq!(answer, Ok(Value::Null), "and the program works on");
    });
}

#[test]
fn without_a_bus_there_is_no_icon_and_nothing_fails() {
    let absent = [
        None,
        Some(""),
        Some("disabled:"),
        Some("nonsense"),
        Some("unix:path=/nonexistent/bus"),
        Some("unix:path="),
    ];
    for address in absent {
        let desk = Desk::on(|host| match address {
            Some(address) => host.with_var("DBUS_SESSION_BUS_ADDRESS", address),
            None => host,
        });
        assert_eq!(
            desk.call("tray_look", Value::Null),
            Ok(json!(false)),
            "{address:?}"
        );
    }
    // the icon itself asks the process for its bus; without a word of the machine it does not get that far
    let desk = Desk::new();
    for _ in 0..2 {
        assert_eq!(
            desk.call("tray_show", menu(&[])),
            Ok(Value::Null),
            "shown nowhere"
        );
    }
    assert_eq!(
        desk.call("tray_show", Value::Null),
        Ok(Value::Null),
        "nothing to remove"
    );
}
