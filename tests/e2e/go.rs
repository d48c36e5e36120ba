//! The real Go the journeys run against.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The newest one that `.ci/fetch-go` unpacked, else the one on the `PATH` of the tests.
pub(crate) fn newest() -> PathBuf {
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/go");
    let fetched = fs::read_dir(fetched).into_iter().flatten().flatten();
    fetched
        .map(|entry| entry.path())
        .filter(|folder| folder.join("bin/go").exists())
        .max_by_key(|folder| numbers(folder))
        .map(|folder| folder.join("bin/go"))
        .or_else(on_path)
        .expect("a real go: `.ci/fetch-go` unpacks one")
}

/// As much of the newest Go as `go env` needs, as `folder/go1.27.3`.
pub(crate) fn copy_below(folder: &Path) -> PathBuf {
    let go = newest();
    let root = go.ancestors().nth(2).expect("bin/go lies in its root");
    let version = fs::read_to_string(root.join("VERSION")).expect("a Go says its version");
    let copy = folder.join(version.lines().next().unwrap_or("go"));
    fs::create_dir_all(&copy).expect("our own home");
    let parts = ["bin", "pkg", "VERSION", "go.env"].map(|part| root.join(part));
    let copied = Command::new("cp")
        .arg("-r")
        .args(parts.iter().filter(|part| part.exists()))
        .arg(&copy)
        .status();
    assert!(
        copied.is_ok_and(|status| status.success()),
        "the real go can be copied"
    );
    copy
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
