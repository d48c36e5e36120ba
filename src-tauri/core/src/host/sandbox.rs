//! A machine for tests: an empty home, an empty system, no variables but ours.

use std::path::{Path, PathBuf};

use super::{Folders, Host, Os, Vars};

impl Host {
    /// A machine inside `folder`: home in `home`, system files in `root`, own files in `own`, `PATH` in `bin`.
    ///
    /// Nothing of the real environment is inherited, so no real file of the user is ever found.
    pub fn sandbox(folder: &Path) -> Self {
        let home = folder.join("home");
        let vars = Vars::from_iter([
            ("HOME", home.clone()),
            ("USERPROFILE", home.clone()),
            ("AppData", home.join("AppData/Roaming")),
            ("LocalAppData", home.join("AppData/Local")),
            ("PATH", folder.join("bin")),
            ("TMPDIR", folder.join("tmp")),
            ("TMP", folder.join("tmp")),
        ]);
        Self {
            os: Os::current(),
            vars,
            home: Some(home),
            folders: Folders::below(&folder.join("own")),
            administrator: false,
            root: folder.join("root"),
            time: Some(jiff::Timestamp::UNIX_EPOCH),
        }
    }

    /// The same machine with other system files.
    pub fn with_root(self, root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            ..self
        }
    }

    /// The same machine with one variable set.
    pub fn with_var(mut self, name: &str, value: impl Into<std::ffi::OsString>) -> Self {
        self.vars.set(name, value);
        self
    }

    /// The same machine at another time.
    pub fn with_time(self, time: jiff::Timestamp) -> Self {
        Self {
            time: Some(time),
            ..self
        }
    }
}
