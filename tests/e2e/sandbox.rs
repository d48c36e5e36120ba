//! A home, a display and a session bus of their own for every window, so that journeys neither see the user's files
//! nor each other.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    driver::{self, Session},
    go,
    server::Server,
    unprivileged::as_user,
    window::Window,
};

/// How long anything may take before a journey gives up on it. Generous: other work may keep the machine busy.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A bus that starts no service of this machine: portals without a desktop let every call wait for 25 s.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// One user's machine.
pub(crate) struct Sandbox {
    folder: TempDir,
    variables: Vec<(String, String)>,
    display: Server,
    bus: Server,
    /// How the bus and the window are started.
    run: fn(&str) -> Command,
    hides_go: bool,
}

impl Sandbox {
    /// A home in which the newest real Go is on the `PATH` of this process and of the login shell.
    pub(crate) fn new() -> Self {
        let mut sandbox = Self::without_go();
        sandbox.use_go(go::newest().parent().expect("go lies in a folder"));
        sandbox
    }

    /// The same with that Go where its users have it, so that no picture shows a path of the machine that took it.
    pub(crate) fn with_go_at_home() -> Self {
        let mut sandbox = Self::without_go();
        let root = copy_go_below(&sandbox.home("sdk"));
        sandbox.use_go(&root.join("bin"));
        sandbox
    }

    fn use_go(&mut self, bin: &Path) {
        self.hides_go = false;
        let bin = bin.display();
        for file in [".profile", ".zshenv"] {
            self.write(file, format!("export PATH=\"{bin}:$PATH\"\n"));
        }
        let path = format!("{}:{bin}:/usr/bin:/bin", self.bin().display());
        self.variable("PATH", &path);
    }

    /// The same for somebody who is not the administrator: as that one nothing is ever deleted.
    pub(crate) fn of_a_user() -> Self {
        let mut sandbox = Self::made(as_user);
        sandbox.use_go(go::newest().parent().expect("go lies in a folder"));
        sandbox
    }

    /// A home on a machine on which there is no Go at all.
    pub(crate) fn without_go() -> Self {
        Self::made(|program| Command::new(program))
    }

    fn made(run: fn(&str) -> Command) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for made in ["home", "bin", "tmp", "run"] {
            fs::create_dir(folder.path().join(made)).expect("the sandbox is empty");
        }
        private(&folder.path().join("run"));
        let display = Server::start(
            Command::new("Xvfb")
                .args("-displayfd 1 -screen 0 1400x1000x24 -nolisten tcp".split(' ')),
        );
        let rules = folder.path().join("bus.conf");
        fs::write(&rules, BUS).expect("our own folder");
        let bus = Server::start(
            run("dbus-daemon")
                .arg("--config-file")
                .arg(&rules)
                .args(["--nofork", "--print-address=1"]),
        );
        let place = |inside: &str| folder.path().join(inside).display().to_string();
        let variables = [
            ("DBUS_SESSION_BUS_ADDRESS", bus.said.clone()),
            ("DISPLAY", format!(":{}", display.said)),
            ("GDK_BACKEND", "x11".to_owned()),
            ("HOME", place("home")),
            ("LANG", "C.UTF-8".to_owned()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".to_owned()),
            ("LOGNAME", "gopher".to_owned()),
            ("PATH", format!("{}:/usr/bin:/bin", place("bin"))),
            ("SHELL", "/bin/bash".to_owned()),
            ("TAURI_WEBVIEW_AUTOMATION", "true".to_owned()),
            ("TMPDIR", place("tmp")),
            ("USER", "gopher".to_owned()),
            ("XDG_RUNTIME_DIR", place("run")),
        ];
        Self {
            variables: variables
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            folder,
            display,
            bus,
            run,
            hides_go: true,
        }
    }

    /// Sets a variable of the processes started from now on.
    pub(crate) fn variable(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// A place in the home.
    pub(crate) fn home(&self, inside: &str) -> PathBuf {
        self.folder.path().join("home").join(inside)
    }

    /// A folder that stands first on the `PATH`.
    pub(crate) fn bin(&self) -> PathBuf {
        self.folder.path().join("bin")
    }

    /// Where its session bus is.
    pub(crate) fn bus_address(&self) -> &str {
        &self.bus.said
    }

    /// The file that `go env -w` writes.
    pub(crate) fn env_file(&self) -> PathBuf {
        self.home(".config/go/env")
    }

    /// The program's own files: history, log, place of the window.
    pub(crate) fn state(&self, inside: &str) -> PathBuf {
        self.home(".local/state/gopherdesk").join(inside)
    }

    /// Writes a file of the home, with the folders above it.
    pub(crate) fn write(&self, inside: &str, text: impl AsRef<[u8]>) {
        let path = self.home(inside);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("our own home");
        fs::write(path, text).expect("our own home");
    }

    /// Puts a program of this text on the `PATH`.
    pub(crate) fn program(&self, name: &str, text: &str) {
        let path = self.bin().join(name);
        fs::write(&path, text).expect("our own folder");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("our own file");
    }

    /// A command of this user, with nothing of the real environment.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        self.with_variables(Command::new(program.as_ref()))
    }

    fn with_variables(&self, mut command: Command) -> Command {
        let variables = self.variables.iter().map(|(name, value)| (name, value));
        command
            .env_clear()
            .envs(variables)
            .current_dir(self.home(""))
            .stdin(Stdio::null());
        command
    }

    /// Runs the real go as this user would in a terminal.
    pub(crate) fn go(&self, arguments: &[&str]) {
        let ended = self.command(go::newest()).args(arguments).status();
        assert!(
            ended.is_ok_and(|status| status.success()),
            "go {arguments:?} succeeds"
        );
    }

    /// Opens the window, and waits until its page is there.
    pub(crate) fn open(&self) -> Window<'_> {
        self.open_with(&[])
    }

    /// The same with arguments.
    pub(crate) fn open_with(&self, arguments: &[&str]) -> Window<'_> {
        // one that is still ending would be raised instead of a new one being opened
        until("the window before has ended", || {
            self.window_process().is_none() && !self.is_on_the_bus()
        });
        let (driver, port) = self.driver();
        let program = self.window_program();
        let session = Session::start(port, &program, arguments).expect("the window opens");
        Window::new(self, session, Box::new(driver))
    }

    /// A driver that answers, and its port. A port that was free a moment ago may be another's by now, a server's of this very
    /// run; the driver then ends, and takes another.
    fn driver(&self) -> (Server, u16) {
        let mut ready = None;
        until("WebKitWebDriver answers", || {
            let port = TcpListener::bind("127.0.0.1:0")
                .and_then(|free| free.local_addr())
                .expect("loopback has a free port")
                .port();
            let mut driver = self.with_variables((self.run)("WebKitWebDriver"));
            driver.arg(format!("--port={port}")).arg("--host=127.0.0.1");
            driver.stdout(Stdio::null());
            let mut driver = Server::spawn(&mut driver);
            let mut answers = false;
            until("WebKitWebDriver answers or ends", || {
                answers = driver::answers(port);
                answers || driver.child.try_wait().is_ok_and(|ended| ended.is_some())
            });
            ready = answers.then_some((driver, port));
            ready.is_some()
        });
        ready.expect("the wait ended")
    }

    /// Whether the name that a second start looks for has an owner. A process that dies gives its program back before its
    /// connections, so that alone tells too early.
    fn is_on_the_bus(&self) -> bool {
        let asked = (self.run)("dbus-send")
            .arg(format!("--bus={}", self.bus.said))
            .args(["--print-reply", "--dest=org.freedesktop.DBus", "/"])
            .arg("org.freedesktop.DBus.NameHasOwner")
            .arg("string:dev.gopherdesk.Gopherdesk.SingleInstance")
            .output()
            .expect("dbus-send comes with the bus (`make setup-test`)");
        String::from_utf8_lossy(&asked.stdout).contains("boolean true")
    }

    /// The process of the window that is open in this home.
    pub(crate) fn window_process(&self) -> Option<u32> {
        let home = format!("HOME={}\0", self.folder.path().join("home").display());
        let built = built_window();
        fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .find(|process| {
                let of = |file| process.path().join(file);
                fs::read_link(of("exe")).is_ok_and(|program| program == built)
                    && fs::read(of("environ"))
                        .is_ok_and(|vars| String::from_utf8_lossy(&vars).contains(&home))
            })
            .and_then(|process| process.file_name().to_str()?.parse().ok())
    }

    /// The built window; where go would be found it is run with those folders hidden from it.
    fn window_program(&self) -> PathBuf {
        let built = built_window();
        let hidden: Vec<_> = [
            "/usr/local/go",
            "/usr/lib/go",
            "/snap",
            "/opt/hostedtoolcache",
        ]
        .into_iter()
        .filter(|place| self.hides_go && Path::new(place).exists())
        .map(|place| format!("mount -t tmpfs none {place} && "))
        .collect();
        if hidden.is_empty() {
            return built;
        }
        let text = format!(
            "#!/bin/sh\nexec unshare --map-root-user --mount sh -c '{}exec {} \"$@\"' sh \"$@\"\n",
            hidden.concat(),
            built.display()
        );
        self.program("window-without-go", &text);
        self.bin().join("window-without-go")
    }

    /// Every file below the home, by its path inside.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        fn below(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    below(&entry.path(), found);
                } else {
                    found.push(entry.path());
                }
            }
        }
        let mut found = Vec::new();
        below(&self.home(""), &mut found);
        found
    }

    /// Both servers still run: a display that died explains every failure after it.
    pub(crate) fn is_alive(&mut self) -> bool {
        [&mut self.display, &mut self.bus]
            .into_iter()
            .all(|server| server.child.try_wait().is_ok_and(|ended| ended.is_none()))
    }
}

/// As much of the newest Go as `go env` needs, as `folder/go1.27.3`.
fn copy_go_below(folder: &Path) -> PathBuf {
    let go = go::newest();
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

/// Waits for a condition; panics with `what` when it does not come true.
#[track_caller]
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < DEADLINE, "{what}, within {DEADLINE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The window in its release configuration, as `make build` leaves it.
pub(crate) fn built_window() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("release");
    let built = target.join("gopherdesk");
    assert!(
        built.exists(),
        "{} is built (`make build`)",
        built.display()
    );
    built
}

fn private(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).expect("our own folder");
}
