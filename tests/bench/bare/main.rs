//! The least that a Tauri window with our plug-ins can be: an empty page that shows one answer from Rust.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_single_instance::init(|_, _, _| {}))
        .invoke_handler(tauri::generate_handler![answer])
        .run(tauri::generate_context!("tests/bench/bare/tauri.conf.json"))
}

#[tauri::command]
fn answer() -> &'static str {
    "An answer from Rust"
}
