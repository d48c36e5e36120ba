//! The tray of Windows and the menu bar of macOS. They are always there.

use std::sync::{Arc, Mutex, PoisonError};

use gopherdesk_core::host::Host;
use tauri::{
    AppHandle, Runtime,
    image::Image,
    menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use super::{
    Told,
    lines::{Choice, Line, literal},
};

/// Windows shows it as it is; macOS gives it the colour of its menu bar.
const PICTURE: Image<'_> = tauri::include_image!("icons/tray/48.png");

/// On Windows a click on the icon brings the window; the menu bar of macOS opens menus.
const CLICK_OPENS_WINDOW: bool = cfg!(windows);

/// Our icon.
pub(super) struct Icon {
    change: Box<dyn Fn(Vec<Line>) -> tauri::Result<()> + Send + Sync>,
    remove: Box<dyn Fn() + Send + Sync>,
}

/// What stands in the menu: an item's id is the place of its line.
type Drawn = Arc<Mutex<Vec<Line>>>;

/// Whether this system shows icons.
pub(super) async fn is_there(_host: &Host) -> bool {
    true
}

impl Icon {
    /// Puts the icon where the system has them.
    pub(super) async fn show<R: Runtime>(
        desk: &AppHandle<R>,
        lines: Vec<Line>,
        told: Told,
    ) -> Option<Self> {
        let drawn = Drawn::default();
        match build(desk, Arc::clone(&drawn), told.clone()) {
            Ok(icon) => {
                let (changed, desk) = (icon.clone(), desk.clone());
                let removed = icon.id().clone();
                let shown = Self {
                    remove: {
                        let desk = desk.clone();
                        Box::new(move || drop(desk.remove_tray_by_id(&removed)))
                    },
                    change: Box::new(move |lines| draw(&desk, &changed, &drawn, lines)),
                };
                let drawn = shown.change(lines).await;
                (told.seen)(drawn);
                drawn.then_some(shown)
            }
            Err(error) => {
                tracing::warn!(%error, "no tray");
                None
            }
        }
    }

    /// Replaces the menu; false when the icon is gone.
    pub(super) async fn change(&self, lines: Vec<Line>) -> bool {
        (self.change)(lines).is_ok()
    }

    /// Takes the icon away.
    pub(super) async fn remove(self) {
        (self.remove)();
    }
}

fn build<R: Runtime>(desk: &AppHandle<R>, drawn: Drawn, told: Told) -> tauri::Result<TrayIcon<R>> {
    let clicked = told.clone();
    let click = move |_: &TrayIcon<R>, event| {
        let left = matches!(
            event,
            TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            }
        );
        if left && CLICK_OPENS_WINDOW {
            (clicked.chosen)(Choice::Open);
        }
    };
    let tray = TrayIconBuilder::new()
        .icon(PICTURE)
        .icon_as_template(true)
        .tooltip("Gopherdesk")
        .show_menu_on_left_click(!CLICK_OPENS_WINDOW)
        .on_tray_icon_event(click)
        .build(desk)?;
    let shown = tray.clone();
    tray.on_menu_event(move |desk, event| {
        let lines = drawn.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let place = event.id().as_ref().parse::<usize>().ok();
        let line = place.and_then(|place| lines.get(place).cloned());
        if let Some(Line::Entry { choice, .. } | Line::Profile { choice, .. }) = line {
            // the system moves the mark to what was clicked, but it belongs to what Go uses
            drop(draw(desk, &shown, &drawn, lines));
            (told.chosen)(choice);
        }
    });
    Ok(tray)
}

fn draw<R: Runtime>(
    desk: &AppHandle<R>,
    icon: &TrayIcon<R>,
    drawn: &Mutex<Vec<Line>>,
    lines: Vec<Line>,
) -> tauri::Result<()> {
    let menu = Menu::new(desk)?;
    for (place, line) in lines.iter().enumerate() {
        let id = place.to_string();
        let item =
            |label, chosen| MenuItem::with_id(desk, &id, literal(label, '&'), chosen, None::<&str>);
        match line {
            Line::Rule => menu.append(&PredefinedMenuItem::separator(desk)?)?,
            Line::Words(label) => menu.append(&item(label, false)?)?,
            Line::Entry { label, .. } => menu.append(&item(label, true)?)?,
            Line::Profile { label, active, .. } => {
                let label = literal(label, '&');
                let item = CheckMenuItem::with_id(desk, &id, label, true, *active, None::<&str>)?;
                menu.append(&item)?;
            }
        }
    }
    *drawn.lock().unwrap_or_else(PoisonError::into_inner) = lines;
    icon.set_menu(Some(menu))
}
