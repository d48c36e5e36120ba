//! The tray of Linux desktops: a `StatusNotifierItem` on the session bus.
//!
//! Spoken directly, without a library of the system. Where nobody shows such items, as on a bare GNOME, the item waits
//! on the bus for somebody who does; without a bus there is none.

use std::{path::Path, time::Duration};

use gopherdesk_core::{app::App, host::Host};
use ksni::{
    Handle, MenuItem, OfflineReason, TrayMethods,
    menu::{CheckmarkItem, StandardItem},
};
use tauri::{AppHandle, Manager, Runtime, image::Image};
use tokio::time::timeout;

use super::{
    Told,
    lines::{Choice, Line, literal},
};

/// Who shows the items of all programs.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// A bus answers at once; one that hangs is as good as none.
const PATIENCE: Duration = Duration::from_secs(3);

/// One colour that stands out from light and dark panels alike: the protocol does not tell which it will lie on.
const PICTURES: [Image<'_>; 2] = [
    tauri::include_image!("icons/tray/24.png"),
    tauri::include_image!("icons/tray/48.png"),
];

/// Our item on the bus.
pub(super) struct Icon(Handle<Item>);

/// Whether somebody on the session bus shows items.
pub(super) async fn is_there(host: &Host) -> bool {
    let Some(address) = bus(host) else {
        return false;
    };
    let asked = async {
        let bus = zbus::connection::Builder::address(address.as_str())?
            .build()
            .await?;
        let names = zbus::fdo::DBusProxy::new(&bus).await?;
        Ok::<_, zbus::Error>(names.name_has_owner(WATCHER.try_into()?).await?)
    };
    matches!(timeout(PATIENCE, asked).await, Ok(Ok(true)))
}

impl Icon {
    /// Puts the item on the bus.
    pub(super) async fn show<R: Runtime>(
        desk: &AppHandle<R>,
        lines: Vec<Line>,
        told: Told,
    ) -> Option<Self> {
        bus(&desk.state::<App>().host)?;
        let item = Item { lines, told }.assume_sni_available(true);
        match timeout(PATIENCE, item.spawn()).await {
            Ok(Ok(item)) => Some(Self(item)),
            Ok(Err(error)) => {
                tracing::info!(%error, "no tray");
                None
            }
            Err(_) => {
                tracing::info!("no tray: the session bus does not answer");
                None
            }
        }
    }

    /// Replaces the menu; false when the item is gone.
    pub(super) async fn change(&self, lines: Vec<Line>) -> bool {
        self.0.update(|item| item.lines = lines).await.is_some()
    }

    /// Takes the item off the bus.
    pub(super) async fn remove(self) {
        self.0.shutdown().await;
    }
}

/// Where the bus is, by the machine's own word: in a test it is never the real one.
fn bus(host: &Host) -> Option<String> {
    if let Some(address) = host.vars.get_nonempty("DBUS_SESSION_BUS_ADDRESS") {
        return address.to_str().map(ToOwned::to_owned);
    }
    let folder = host.vars.get_nonempty("XDG_RUNTIME_DIR")?;
    let socket = Path::new(folder).join("bus");
    socket
        .exists()
        .then(|| format!("unix:path={}", socket.display()))
}

/// What the bus asks our item.
struct Item {
    lines: Vec<Line>,
    told: Told,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "dev.gopherdesk.Gopherdesk".to_owned()
    }

    fn title(&self) -> String {
        "Gopherdesk".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        PICTURES.iter().map(pixels).collect()
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        (self.told.chosen)(Choice::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.lines.iter().map(entry).collect()
    }

    fn watcher_online(&self) {
        (self.told.seen)(true);
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        (self.told.seen)(false);
        // there may be one again
        true
    }
}

fn entry(line: &Line) -> MenuItem<Item> {
    let choose = |choice: &Choice| {
        let choice = choice.clone();
        Box::new(move |item: &mut Item| (item.told.chosen)(choice.clone()))
    };
    match line {
        Line::Rule => MenuItem::Separator,
        Line::Words(label) => StandardItem {
            label: literal(label, '_'),
            enabled: false,
            ..StandardItem::default()
        }
        .into(),
        Line::Entry { label, choice } => StandardItem {
            label: literal(label, '_'),
            activate: choose(choice),
            ..StandardItem::default()
        }
        .into(),
        Line::Profile {
            label,
            active,
            choice,
        } => CheckmarkItem {
            label: literal(label, '_'),
            checked: *active,
            activate: choose(choice),
            ..CheckmarkItem::default()
        }
        .into(),
    }
}

/// The bus wants the opaqueness of a pixel first.
fn pixels(picture: &Image<'_>) -> ksni::Icon {
    let side = |length: u32| i32::try_from(length).unwrap_or(0);
    let mut data = picture.rgba().to_vec();
    for pixel in data.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    ksni::Icon {
        width: side(picture.width()),
        height: side(picture.height()),
        data,
    }
}
