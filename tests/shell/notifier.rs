//! A desktop that shows tray icons, as a program sees it: the watcher on a session bus, and a hand that chooses.

use std::{
    collections::HashMap,
    sync::mpsc::{self, Receiver, Sender},
    time::Duration,
};

use zbus::{
    blocking::{Connection, Proxy, connection},
    zvariant::{OwnedValue, Structure, Value},
};

/// How long the program may take until the desktop hears of it. Generous: other work may keep the machine busy.
const DEADLINE: Duration = Duration::from_secs(30);

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// The part of a desktop that shows tray icons. Without it the same bus has none.
pub(crate) struct Desktop {
    bus: Connection,
    items: Receiver<String>,
}

/// What the desktop shows for one program.
pub(crate) struct Item {
    bus: Connection,
    name: String,
}

/// One line of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    id: i32,
    /// What it says; none for a line between others.
    pub(crate) label: Option<String>,
    /// It can be chosen.
    pub(crate) enabled: bool,
    /// It bears the mark.
    pub(crate) marked: bool,
}

struct Watcher(Sender<String>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str) {
        // a test that has ended listens no longer
        drop(self.0.send(service.to_owned()));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

impl Desktop {
    /// Comes to the bus at this address.
    pub(crate) fn on(address: &str) -> Self {
        let (registered, items) = mpsc::channel();
        let bus = connection::Builder::address(address)
            .and_then(|bus| bus.serve_at("/StatusNotifierWatcher", Watcher(registered)))
            .and_then(|bus| bus.name(WATCHER))
            .and_then(connection::Builder::build)
            .expect("the bus is ours");
        Self { bus, items }
    }

    /// The icon that a program shows next.
    pub(crate) fn item(&self) -> Item {
        let name = self.items.recv_timeout(DEADLINE);
        Item {
            bus: self.bus.clone(),
            name: name.expect("a program shows its icon"),
        }
    }

    /// Leaves the bus, as when the panel of a desktop crashes.
    pub(crate) fn leave(self) {
        self.bus.close().expect("the bus is ours");
    }
}

impl Item {
    fn at(&self, path: &'static str, interface: &'static str) -> Proxy<'_> {
        Proxy::new(&self.bus, self.name.as_str(), path, interface).expect("the names are sound")
    }

    fn menu(&self) -> Proxy<'_> {
        self.at("/MenuBar", "com.canonical.dbusmenu")
    }

    /// Whether the program still shows it.
    pub(crate) fn is_there(&self) -> bool {
        let names = zbus::blocking::fdo::DBusProxy::new(&self.bus).expect("every bus has it");
        let name = self.name.as_str().try_into().expect("it is a name");
        names.name_has_owner(name).expect("the bus answers")
    }

    /// Width, height and bytes (opaqueness, red, green, blue) of every picture.
    pub(crate) fn pictures(&self) -> Vec<(i32, i32, Vec<u8>)> {
        let item = self.at("/StatusNotifierItem", "org.kde.StatusNotifierItem");
        item.get_property("IconPixmap").expect("it has pictures")
    }

    /// Its menu, from top to bottom.
    pub(crate) fn lines(&self) -> Vec<Line> {
        type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));
        let none: [&str; 0] = [];
        let answer = self.menu().call("GetLayout", &(0_i32, -1_i32, &none[..]));
        let (_, (_, _, lines)): Layout = answer.expect("it has a menu");
        lines.into_iter().map(line).collect()
    }

    /// What the lines of its menu say.
    pub(crate) fn labels(&self) -> Vec<String> {
        let lines = self.lines().into_iter();
        lines.filter_map(|line| line.label).collect()
    }

    /// Clicks on the line that says this.
    #[track_caller]
    pub(crate) fn choose(&self, label: &str) {
        let lines = self.lines();
        let line = lines
            .iter()
            .find(|line| line.label.as_deref() == Some(label));
        assert!(line.is_some(), "{label:?} is in the menu: {lines:?}");
        let nothing = Value::from(0_i32);
        let id = line.map_or(0, |line| line.id);
        let chosen: zbus::Result<()> = self.menu().call("Event", &(id, "clicked", nothing, 0_u32));
        chosen.expect("the program listens");
    }

    /// Clicks on the icon itself.
    pub(crate) fn activate(&self) {
        let item = self.at("/StatusNotifierItem", "org.kde.StatusNotifierItem");
        let clicked: zbus::Result<()> = item.call("Activate", &(0_i32, 0_i32));
        clicked.expect("the program listens");
    }
}

fn line(value: OwnedValue) -> Line {
    let line = Structure::try_from(value).expect("a line is a structure");
    let [id, properties, _] = line.into_fields().try_into().expect("of three fields");
    let properties = HashMap::<String, OwnedValue>::try_from(properties).expect("named values");
    let text = |name| {
        let value = properties.get(name)?.try_clone().ok()?;
        String::try_from(value).ok()
    };
    Line {
        id: id.try_into().expect("a number"),
        label: text("label"),
        // what is not said is the default of the protocol
        enabled: properties
            .get("enabled")
            .is_none_or(|value| bool::try_from(value).expect("yes or no")),
        marked: properties
            .get("toggle-state")
            .is_some_and(|value| i32::try_from(value).expect("a number") == 1),
    }
}
