//! What needs the desktop: a native dialog, and programs of others that open a folder or a page.

use std::path::{Path, PathBuf};

use gopherdesk_core::{
    app::{App, Overview},
    commands::DesktopPlace,
    environment::file,
    error::{Failure, StoreError},
    host::Host,
    profile::{ExportProfile, Import},
    project::Projects,
};
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

pub(crate) use crate::tray::{tray_look, tray_show, tray_watch};

/// Takes what was picked; none when the dialog was closed.
type Answer = Box<dyn FnOnce(Option<FilePath>) + Send>;

/// Lets the user pick a go command; none when the dialog was closed.
pub(crate) async fn toolchain_browse<R: Runtime>(
    desk: &AppHandle<R>,
    (): (),
) -> Result<Option<Overview>, Failure> {
    match picked(|answer| dialog(desk).pick_file(answer)).await {
        Some(path) => Ok(Some(desk.state::<App>().toolchain_add(path).await?)),
        None => Ok(None),
    }
}

/// Lets the user pick a profile file and reads it; none when the dialog was closed.
pub(crate) async fn profile_import_browse<R: Runtime>(
    desk: &AppHandle<R>,
    (): (),
) -> Result<Option<Import>, Failure> {
    match picked(|answer| dialog(desk).pick_file(answer)).await {
        Some(path) => Ok(Some(desk.state::<App>().profile_import_file(path).await?)),
        None => Ok(None),
    }
}

/// Lets the user pick the folder of a project; none when the dialog was closed.
pub(crate) async fn project_browse<R: Runtime>(
    desk: &AppHandle<R>,
    (): (),
) -> Result<Option<Projects>, Failure> {
    match picked(|answer| dialog(desk).pick_folder(answer)).await {
        Some(folder) => Ok(Some(desk.state::<App>().project_add(folder).await?)),
        None => Ok(None),
    }
}

/// Lets the user pick a file and prints a profile into it; gives its place, or none when the dialog was closed.
pub(crate) async fn profile_export_save<R: Runtime>(
    desk: &AppHandle<R>,
    wish: ExportProfile,
) -> Result<Option<String>, Failure> {
    let app = desk.state::<App>();
    // before somebody chooses a place for what cannot be printed
    let name = app.profile_export(wish.clone()).await?.file_name;
    match picked(|answer| dialog(desk).set_file_name(name).save_file(answer)).await {
        Some(path) => {
            app.profile_export_to(wish, path.clone()).await?;
            Ok(Some(app.host.short(&path)))
        }
        None => Ok(None),
    }
}

/// The system's own dialog, in front of the window and in the system's own words.
fn dialog<R: Runtime>(desk: &AppHandle<R>) -> FileDialogBuilder<R> {
    let dialog = desk.dialog().file();
    match desk.get_webview_window(crate::window::LABEL) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// The file that was picked in the dialog that `ask` opens.
async fn picked(ask: impl FnOnce(Answer)) -> Option<PathBuf> {
    let (answer, picked) = oneshot::channel();
    ask(Box::new(move |file| drop(answer.send(file))));
    picked.await.ok().flatten()?.into_path().ok()
}

/// Opens one of the places the program knows; the page never names a path or an address.
pub(crate) async fn desktop_open<R: Runtime>(
    desk: &AppHandle<R>,
    place: DesktopPlace,
) -> Result<(), Failure> {
    let target = match place.url() {
        Some(url) => PathBuf::from(url),
        None => on_this_machine(&desk.state::<App>().host, place)?,
    };
    open::that_detached(&target).map_err(|error| unusable(&target, &error))?;
    Ok(())
}

fn on_this_machine(host: &Host, place: DesktopPlace) -> Result<PathBuf, Failure> {
    let folder = match place {
        DesktopPlace::CrashReport => return Ok(host.folders.crash_report()),
        DesktopPlace::EnvFolder => {
            let file = file::locate(host)?;
            file.parent().unwrap_or(&file).to_owned()
        }
        DesktopPlace::StateFolder => host.folders.state.clone(),
        _ => host.folders.config.clone(),
    };
    // none is made before something is kept in it
    std::fs::create_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
    Ok(folder)
}

fn unusable(path: &Path, error: &std::io::Error) -> Failure {
    StoreError::StoreUnusable {
        path: path.display().to_string(),
        reason: error.to_string(),
    }
    .into()
}
