//! What several suites need: a machine of their own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use gopherdesk_core::{app::App, host::Host};
use tempfile::TempDir;

/// A machine in a temporary folder; nothing of the real one is seen or touched.
pub(crate) struct Sandbox {
    folder: TempDir,
    /// The machine.
    pub(crate) host: Host,
}

impl Sandbox {
    /// An empty home and no Go.
    pub(crate) fn new() -> Self {
        Self::of(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// The same in a folder.
    pub(crate) fn of(folder: TempDir) -> Self {
        let host = Host::sandbox(folder.path());
        for made in ["home", "bin", "tmp", "root"] {
            fs::create_dir(folder.path().join(made)).expect("the sandbox is empty");
        }
        Self { folder, host }
    }

    /// The program on this machine, started anew.
    pub(crate) fn app(&self) -> App {
        App::new(self.host.clone(), None)
    }

    /// A place inside.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// The GOENV file of its user.
    pub(crate) fn env_file(&self) -> PathBuf {
        let folder = self.host.user_config_dir().expect("the sandbox has a home");
        folder.join("go").join("env")
    }

    /// Writes a file, and the folders it needs.
    pub(crate) fn write(&self, file: &Path, text: impl AsRef<[u8]>) {
        fs::create_dir_all(file.parent().expect("a file lies in a folder"))
            .expect("the sandbox is writable");
        fs::write(file, text).expect("the sandbox is writable");
    }

    /// The bytes of a file, or none.
    pub(crate) fn read(&self, file: &Path) -> Option<Vec<u8>> {
        fs::read(file).ok()
    }
}

/// Runs one future to its end.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made")
        .block_on(future)
}
