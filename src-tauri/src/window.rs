//! The one window: opened where it was left, shown when there is something to see, closed to every other page.

mod place;

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use gopherdesk_core::{
    app::App,
    settings::{Settings, Theme},
};
use place::{Place, Screen};
use tauri::{
    AppHandle, Manager, PhysicalPosition, PhysicalSize, Runtime, Url, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
    utils::config::Color,
    webview::{NewWindowResponse, PageLoadEvent, PageLoadPayload},
};

use crate::tray;

/// The label of the window in `tauri.conf.json`.
pub(crate) const LABEL: &str = "main";

/// The page's own backgrounds (`--ground` in `ui/src/styles/tokens.css`), so that nothing flashes before it paints.
const LIGHT: Color = Color(0xf5, 0xf6, 0xf7, 0xff);
const DARK: Color = Color(0x14, 0x16, 0x19, 0xff);

/// How long the window stands still before its place is kept.
const STILL: Duration = Duration::from_millis(400);

/// How often the window was moved or resized.
#[derive(Default)]
struct Moves(AtomicU64);

/// Makes the window; it shows itself when the page has loaded.
pub(crate) fn open<R: Runtime>(desk: &AppHandle<R>) -> tauri::Result<()> {
    let windows = &desk.config().app.windows;
    let Some(config) = windows.iter().find(|window| window.label == LABEL) else {
        return Err(tauri::Error::WindowNotFound);
    };
    desk.manage(Moves::default());
    let theme = chosen(&desk.state::<App>().settings());
    let window = WebviewWindowBuilder::from_config(desk, config)?
        .theme(theme)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| drop(on_load(&window, &load)))
        .build()?;
    let dark = window.theme()? == tauri::Theme::Dark;
    window.set_background_color(Some(if dark { DARK } else { LIGHT }))?;
    restore(&window)
}

/// Brings the window before the user.
pub(crate) fn raise<R: Runtime>(desk: &AppHandle<R>) {
    if let Some(window) = desk.get_webview_window(LABEL) {
        let raised = window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus());
        if let Err(error) = raised {
            tracing::warn!(%error, "the window could not be raised");
        }
    }
}

/// Ends the program, as closing the window does when no tray keeps it.
pub(crate) fn end<R: Runtime>(desk: &AppHandle<R>) {
    if let Some(window) = desk.get_webview_window(LABEL) {
        keep(&window.as_ref().window());
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "the window could not be closed");
        }
    }
}

/// Remembers the place before the window goes, and ends what runs for it.
pub(crate) fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::Moved(_) | WindowEvent::Resized(_) => remember_when_still(window),
        WindowEvent::CloseRequested { api, .. } => {
            keep(window);
            if tray::takes_over(window) {
                api.prevent_close();
            }
        }
        WindowEvent::Destroyed => window.state::<App>().jobs.cancel_all(),
        _ => {}
    }
}

/// The window never leaves the program's own page, in whichever form the system's web view addresses it.
fn is_own(to: &Url) -> bool {
    let bundled = match to.scheme() {
        "tauri" => to.host_str() == Some("localhost"),
        "http" | "https" => to.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    bundled || (tauri::is_dev() && to.as_str().starts_with("http://localhost:1420/"))
}

fn on_load<R: Runtime>(window: &WebviewWindow<R>, load: &PageLoadPayload<'_>) -> tauri::Result<()> {
    match load.event() {
        // nothing is ended here: the word of a new page can come after what that page has asked for already
        PageLoadEvent::Started => {}
        PageLoadEvent::Finished if !window.is_visible()? => {
            window.show()?;
            window.set_focus()?;
        }
        PageLoadEvent::Finished => {}
    }
    Ok(())
}

/// None follows the system.
const fn chosen(settings: &Settings) -> Option<tauri::Theme> {
    match settings.theme {
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
        Theme::System | Theme::Contrast => None,
    }
}

fn file<R: Runtime>(desk: &impl Manager<R>) -> PathBuf {
    desk.state::<App>().host.folders.state.join("state.json")
}

fn restore<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    let Ok(saved) = std::fs::read(file(window)) else {
        return Ok(());
    };
    let screens: Vec<Screen> = window.available_monitors()?.iter().map(screen).collect();
    let Some(place) = place::visible(&saved, &screens) else {
        return Ok(());
    };
    window.set_size(PhysicalSize::new(place.width, place.height))?;
    window.set_position(PhysicalPosition::new(place.x, place.y))?;
    if place.maximized {
        window.maximize()?;
    }
    Ok(())
}

fn screen(monitor: &tauri::Monitor) -> Screen {
    let area = monitor.work_area();
    Screen {
        x: area.position.x,
        y: area.position.y,
        width: area.size.width,
        height: area.size.height,
        scale: monitor.scale_factor(),
    }
}

/// Also for a window that is never closed but ends with the session.
fn remember_when_still<R: Runtime>(window: &Window<R>) {
    let move_number = window.state::<Moves>().0.fetch_add(1, Ordering::Relaxed) + 1;
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(STILL).await;
        if window.state::<Moves>().0.load(Ordering::Relaxed) == move_number {
            keep(&window);
        }
    });
}

fn keep<R: Runtime>(window: &Window<R>) {
    if let Err(error) = remember(window) {
        tracing::warn!(%error, "the place of the window was not kept");
    }
}

fn remember<R: Runtime>(window: &Window<R>) -> tauri::Result<()> {
    if window.is_minimized()? {
        return Ok(());
    }
    let path = file(window);
    let (at, size) = (window.outer_position()?, window.inner_size()?);
    let mut place = Place {
        x: at.x,
        y: at.y,
        width: size.width,
        height: size.height,
        maximized: window.is_maximized()?,
    };
    if place.maximized {
        // what it returns to is what it was before
        let former = std::fs::read(&path).ok().as_deref().and_then(place::read);
        place = former.map_or(place, |former| Place {
            maximized: true,
            ..former
        });
    }
    // a torn file is read as none, so it needs no more care than this
    std::fs::create_dir_all(path.with_file_name(""))?;
    Ok(std::fs::write(&path, serde_json::to_vec(&place)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_own_page() {
        let is_own = |url: &str| is_own(&Url::parse(url).expect("a URL of the table"));
        for own in ["tauri://localhost/", "http://tauri.localhost/index.html"] {
            assert!(is_own(own), "{own} is the page itself");
        }
        for other in [
            "https://go.dev/",
            "http://localhost:8080/",
            "http://127.0.0.1/",
            "http://tauri.localhost.example/",
            "tauri://example/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!is_own(other), "{other} is somebody else's page");
        }
    }
}
