//! The icon in the tray. The page asks for it when the user wants one; until then nothing here runs or is loaded.
//!
//! Choosing something in its menu changes nothing: it brings the window, and the page goes on from there.

mod lines;
#[cfg(not(target_os = "linux"))]
#[path = "tray/native.rs"]
mod place;
#[cfg(target_os = "linux")]
#[path = "tray/notifier.rs"]
mod place;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use gopherdesk_core::{
    app::App,
    commands::{TrayEvent, TrayMenu},
    error::Failure,
    jobs::Job,
    progress::Observer,
    settings,
};
use lines::Choice;
use tauri::{AppHandle, Manager, Runtime, Window};
use tokio::sync::{Mutex, broadcast};

use crate::window;

/// More choices than a hand can make before a page that is there hears of them.
const CHOICES: usize = 16;

/// What this program knows of its tray icon.
struct Tray {
    icon: Mutex<Option<place::Icon>>,
    /// The desktop shows the icon.
    seen: AtomicBool,
    /// The window was closed and lives on behind the icon.
    has_window: AtomicBool,
    chosen: broadcast::Sender<TrayEvent>,
}

/// What the icon tells of itself; called on whatever thread the desktop speaks to.
#[derive(Clone)]
struct Told {
    /// A line of the menu, or the icon itself, was chosen.
    chosen: Arc<dyn Fn(Choice) + Send + Sync>,
    /// The desktop shows the icon from now on, or no longer.
    seen: Arc<dyn Fn(bool) + Send + Sync>,
}

/// Whether this desktop shows tray icons at the moment.
pub(crate) async fn tray_look<R: Runtime>(desk: &AppHandle<R>, (): ()) -> Result<bool, Failure> {
    Ok(place::is_there(&desk.state::<App>().host).await)
}

/// Shows the icon with this menu, or takes it away. A desktop without a tray is no failure: nothing needs one.
pub(crate) async fn tray_show<R: Runtime>(
    desk: &AppHandle<R>,
    menu: Option<TrayMenu>,
) -> Result<(), Failure> {
    let tray = of(desk);
    let mut icon = tray.icon.lock().await;
    let Some(menu) = menu else {
        if let Some(icon) = icon.take() {
            icon.remove().await;
            see(desk, false);
        }
        return Ok(());
    };
    let lines = lines::of(menu);
    if let Some(shown) = &*icon
        && shown.change(lines.clone()).await
    {
        return Ok(());
    }
    // until the desktop says otherwise
    see(desk, true);
    *icon = place::Icon::show(desk, lines, told(desk)).await;
    if icon.is_none() {
        see(desk, false);
    }
    Ok(())
}

/// Tells what is chosen in the tray, until it is cancelled.
pub(crate) async fn tray_watch<R: Runtime>(
    desk: &AppHandle<R>,
    (): (),
    job: &Job,
    observer: &impl Observer<TrayEvent>,
) -> Result<(), Failure> {
    let mut chosen = of(desk).chosen.subscribe();
    while let Some(received) = job.cancel.run_until_cancelled(chosen.recv()).await {
        // choices that a page was too slow for are gone, and the next one counts
        if let Ok(event) = received {
            observer.notify(event);
        }
    }
    Ok(())
}

/// Hides a window that is being closed, if the user wants that and there is an icon to bring it back with.
pub(crate) fn takes_over<R: Runtime>(window: &Window<R>) -> bool {
    let wanted = window.state::<App>().settings().tray == settings::Tray::KeepRunning;
    let desk = window.app_handle();
    if !wanted || !of(desk).seen.load(Ordering::SeqCst) || window.hide().is_err() {
        return false;
    }
    of(desk).has_window.store(true, Ordering::SeqCst);
    // the icon may have gone between the two lines above
    bring_back_unless_seen(desk);
    true
}

fn told<R: Runtime>(desk: &AppHandle<R>) -> Told {
    let (choosing, seeing) = (desk.clone(), desk.clone());
    Told {
        chosen: Arc::new(move |choice| choose(&choosing, choice)),
        seen: Arc::new(move |seen| see(&seeing, seen)),
    }
}

fn choose<R: Runtime>(desk: &AppHandle<R>, choice: Choice) {
    if let Choice::Quit = choice {
        return window::end(desk);
    }
    of(desk).has_window.store(false, Ordering::SeqCst);
    window::raise(desk);
    if let Choice::Tell(event) = choice {
        // a page that is not listening yet has been raised all the same
        drop(of(desk).chosen.send(event));
    }
}

fn see<R: Runtime>(desk: &AppHandle<R>, seen: bool) {
    of(desk).seen.store(seen, Ordering::SeqCst);
    bring_back_unless_seen(desk);
}

/// Nothing else would bring back a window whose icon is gone.
fn bring_back_unless_seen<R: Runtime>(desk: &AppHandle<R>) {
    let tray = of(desk);
    if !tray.seen.load(Ordering::SeqCst) && tray.has_window.swap(false, Ordering::SeqCst) {
        window::raise(desk);
    }
}

/// Made when it is first asked for.
fn of<R: Runtime>(desk: &AppHandle<R>) -> tauri::State<'_, Tray> {
    if desk.try_state::<Tray>().is_none() {
        // a second one, made at the same moment, is dropped
        desk.manage(Tray {
            icon: Mutex::default(),
            seen: AtomicBool::default(),
            has_window: AtomicBool::default(),
            chosen: broadcast::Sender::new(CHOICES),
        });
    }
    desk.state()
}
