//! What needs the desktop: a native dialog, and programs of others that open a folder or a page.

use std::path::{Path, PathBuf};

use gopherdesk_core::{
    app::{App, Overview},
    commands::DesktopPlace,
    error::{Failure, StoreError},
};
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// Lets the user pick a go command; none when the dialog was closed.
pub(crate) async fn toolchain_browse<R: Runtime>(
    desk: &AppHandle<R>,
    (): (),
) -> Result<Option<Overview>, Failure> {
    let (answer, picked) = oneshot::channel();
    let mut dialog = desk.dialog().file();
    if let Some(window) = desk.get_webview_window(crate::window::LABEL) {
        dialog = dialog.set_parent(&window);
    }
    dialog.pick_file(move |file| drop(answer.send(file)));
    let picked = picked.await.ok().flatten();
    match picked.and_then(|file| file.into_path().ok()) {
        Some(path) => Ok(Some(desk.state::<App>().toolchain_add(path).await?)),
        None => Ok(None),
    }
}

/// Opens one of the places the program knows; the page never names a path or an address.
pub(crate) async fn desktop_open<R: Runtime>(
    desk: &AppHandle<R>,
    place: DesktopPlace,
) -> Result<(), Failure> {
    let target = match place.url() {
        Some(url) => PathBuf::from(url),
        None => on_this_machine(&desk.state::<App>(), place)?,
    };
    open::that_detached(&target).map_err(|error| unusable(&target, &error))?;
    Ok(())
}

fn on_this_machine(app: &App, place: DesktopPlace) -> Result<PathBuf, Failure> {
    let folders = &app.host.folders;
    let own = match place {
        DesktopPlace::StateFolder => &folders.state,
        DesktopPlace::CrashReport => return Ok(folders.crash_report()),
        DesktopPlace::EnvFolder => return Ok(env_folder(app)),
        _ => &folders.config,
    };
    // not made before something is kept in it
    std::fs::create_dir_all(own).map_err(|error| unusable(own, &error))?;
    Ok(own.clone())
}

/// The nearest folder that exists: the file may never have been written.
fn env_folder(app: &App) -> PathBuf {
    app.host.user_config_dir().unwrap_or_default()
}

fn unusable(path: &Path, error: &std::io::Error) -> Failure {
    StoreError::StoreUnusable {
        path: path.display().to_string(),
        reason: error.to_string(),
    }
    .into()
}
