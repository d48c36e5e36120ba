//! The real Go the journeys run against.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The newest one that `.ci/fetch-go` unpacked, else the one on the `PATH` of the tests.
pub(crate) fn newest() -> PathBuf {
    // the package at the root, and the ones below it
    let folders = ["target/go", "../../target/go"];
    let folders = folders.map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let fetched = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok());
    fetched
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|folder| folder.join("bin/go").exists())
        .max_by_key(|folder| numbers(folder))
        .map(|folder| folder.join("bin/go"))
        .or_else(on_path)
        .expect("a real go: `.ci/fetch-go` unpacks one")
}

/// `go1.26.8` as numbers, so that 1.9 comes before 1.26.
fn numbers(folder: &Path) -> Vec<u32> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("go"))
        .find(|go| go.exists())
}
