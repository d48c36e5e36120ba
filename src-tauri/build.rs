//! Reads `tauri.conf.json` at compile time.

fn main() {
    tauri_build::build();
}
