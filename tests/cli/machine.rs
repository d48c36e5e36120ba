//! A home, a Go, and `gdesk` in it; nothing of the real user is seen or touched.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// The program under test.
pub(crate) const GDESK: &str = env!("CARGO_BIN_EXE_gdesk");

/// A machine in a temporary folder.
pub(crate) struct Machine {
    folder: TempDir,
    vars: BTreeMap<String, OsString>,
}

/// How a call ended, and what it wrote.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Machine {
    /// An empty home, and the newest Go there is on `PATH`.
    pub(crate) fn new() -> Self {
        Self::with_path(newest_go().parent().expect("go lies in a folder"))
    }

    /// An empty home, and a program of this text as the only `go` that is asked.
    #[cfg(unix)]
    pub(crate) fn with_script(text: &str) -> Self {
        use std::os::unix::fs::PermissionsExt;
        let machine = Self::with_path(Path::new("/nowhere"));
        let go = machine.path("bin/go");
        machine.write("bin/go", text);
        fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("our own file");
        let folder = machine.path("bin");
        machine.with_var("PATH", folder)
    }

    fn with_path(path: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let home = folder.path().join("home");
        let vars = [
            ("HOME", home.clone()),
            ("USERPROFILE", home.clone()),
            ("AppData", home.join("AppData/Roaming")),
            ("LocalAppData", home.join("AppData/Local")),
            ("GOPHERDESK_CONFIG_DIR", folder.path().join("own")),
            ("TMPDIR", folder.path().join("tmp")),
            ("PATH", path.to_owned()),
        ];
        for made in ["home", "tmp"] {
            fs::create_dir(folder.path().join(made)).expect("the folder is empty");
        }
        Self {
            folder,
            vars: vars
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value.into_os_string()))
                .collect(),
        }
    }

    /// The same machine with a variable.
    pub(crate) fn with_var(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.vars.insert(name.to_owned(), value.into());
        self
    }

    /// Its variables.
    pub(crate) fn vars(&self) -> impl Iterator<Item = (&String, &OsString)> {
        self.vars.iter()
    }

    /// A place inside.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// The GOENV file of its user, as Go finds it.
    pub(crate) fn env_file(&self) -> PathBuf {
        let home = self.path("home");
        let config = match std::env::consts::OS {
            "windows" => home.join("AppData/Roaming"),
            "macos" => home.join("Library/Application Support"),
            _ => home.join(".config"),
        };
        config.join("go").join("env")
    }

    /// What the GOENV file says; none when there is none.
    pub(crate) fn env_text(&self) -> Option<String> {
        fs::read(self.env_file())
            .ok()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Makes the GOENV file.
    pub(crate) fn write_env(&self, text: &str) {
        let file = self.env_file();
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("our own home");
        fs::write(file, text).expect("our own home");
    }

    /// Makes a file.
    pub(crate) fn write(&self, inside: &str, text: &str) {
        let file = self.path(inside);
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("our own folder");
        fs::write(file, text).expect("our own folder");
    }

    /// A program in this machine.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        self.given_to(Command::new(program))
    }

    /// A command of one's own in this machine.
    pub(crate) fn given_to(&self, mut command: Command) -> Command {
        command
            .env_clear()
            .envs(&self.vars)
            .current_dir(self.path("home"));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// `gdesk`, with arguments separated by single spaces.
    pub(crate) fn gdesk(&self, line: &str) -> Ended {
        Ended::of(
            self.command(GDESK)
                .args(line.split(' '))
                .spawn()
                .expect("gdesk starts"),
        )
    }

    /// The same with something on standard input.
    pub(crate) fn gdesk_reads(&self, line: &str, input: &str) -> Ended {
        let mut command = self.command(GDESK);
        command.args(line.split(' ')).stdin(Stdio::piped());
        let mut child = command.spawn().expect("gdesk starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        stdin.write_all(input.as_bytes()).expect("gdesk reads it");
        drop(stdin);
        Ended::of(child)
    }

    /// What the real go says.
    pub(crate) fn go(&self, line: &str) -> Ended {
        let mut command = self.command(newest_go());
        command.env("GOTOOLCHAIN", "local").args(line.split(' '));
        Ended::of(command.spawn().expect("go starts"))
    }
}

impl Ended {
    pub(crate) fn of(child: Child) -> Self {
        let output = child.wait_with_output().expect("it ends");
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asserts the exit status.
    #[track_caller]
    pub(crate) fn ends(self, status: i32, why: &str) -> Self {
        assert_eq!(self.status, status, "{why}: {self:#?}");
        self
    }

    /// The one JSON value on standard output, with nothing on standard error.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.stderr, "", "--json keeps standard error empty");
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("exactly one JSON value: {error}: {self:#?}"))
    }

    /// Asserts a text on standard output.
    #[track_caller]
    pub(crate) fn says(&self, text: &str, why: &str) {
        assert!(
            self.stdout.contains(text),
            "{why}: no {text:?} in {self:#?}"
        );
    }

    /// Asserts a text on standard error.
    #[track_caller]
    pub(crate) fn warns(&self, text: &str, why: &str) {
        assert!(
            self.stderr.contains(text),
            "{why}: no {text:?} in {self:#?}"
        );
    }
}

/// The newest of the Gos that `.ci/fetch-go` unpacked, else the one on `PATH`.
pub(crate) fn newest_go() -> PathBuf {
    let name = format!("go{}", std::env::consts::EXE_SUFFIX);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/go");
    let mut fetched: Vec<_> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().into_string().ok()?;
            let numbers: Option<Vec<u32>> =
                version.split('.').map(|part| part.parse().ok()).collect();
            let go = entry.path().join("bin").join(&name);
            Some((numbers?, go.canonicalize().ok()?))
        })
        .collect();
    fetched.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = || {
        std::env::split_paths(&path)
            .map(|folder| folder.join(&name))
            .find_map(|go| go.canonicalize().ok())
    };
    fetched
        .pop()
        .map(|(_, go)| go)
        .or_else(installed)
        .unwrap_or_else(|| panic!("no Go to test with: run .ci/fetch-go first, or put go on PATH"))
}
