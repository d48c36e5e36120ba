//! A home, a screen and a session bus for all rounds, and one start of a window in them.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::{
    go, processes,
    screen::{Film, Picture, Screen},
};

/// How often the screen is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// A window that has not changed for so long shows what it goes on showing.
const QUIET: Duration = Duration::from_secs(3);

/// When a window that never rests is taken as it is.
const PATIENCE: Duration = Duration::from_secs(30);

/// The machine of one user.
pub(crate) struct Round {
    folder: TempDir,
    screen: Screen,
    /// The screen without a window.
    empty: Picture,
    display: Server,
    bus: Server,
}

/// What one start of a window came to.
pub(crate) struct Start {
    /// From the start of the process to its content on the screen.
    pub(crate) painted: Duration,
    /// What all its processes hold when it rests, their shared pages divided among those that share them; in bytes.
    pub(crate) memory: f64,
}

/// A program that serves until it is dropped, with everything it started.
struct Server {
    child: Child,
    /// What it said when it was ready: a display, an address.
    said: String,
}

impl Round {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for made in ["home", "run", "screen"] {
            fs::create_dir(folder.path().join(made)).expect("the folder is empty");
        }
        fs::set_permissions(folder.path().join("run"), fs::Permissions::from_mode(0o700))
            .expect("our own folder");
        let pixels = folder.path().join("screen");
        let display = Server::start(
            Command::new("Xvfb")
                .args("-displayfd 1 -screen 0 1400x1000x24 -nolisten tcp -fbdir".split(' '))
                .arg(&pixels),
        );
        let bus = Server::start(Command::new("dbus-daemon").args([
            "--session",
            "--nofork",
            "--print-address=1",
        ]));
        let screen = Screen::new(pixels.join("Xvfb_screen0"));
        let empty = screen.picture();
        Self {
            folder,
            screen,
            empty,
            display,
            bus,
        }
    }

    /// Starts `program`, waits until it rests, and ends it.
    pub(crate) fn start(&self, program: &Path) -> Start {
        let home = self.folder.path().join("home");
        let go = go::newest();
        let bin = go.parent().expect("go lies in a folder").display();
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.said)
            .env("DISPLAY", format!(":{}", self.display.said))
            .env("GDK_BACKEND", "x11")
            .env("HOME", &home)
            .env("LANG", "C.UTF-8")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("PATH", format!("{bin}:/usr/bin:/bin"))
            .env("SHELL", "/bin/bash")
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .current_dir(&home);
        // the former window leaves the screen a moment after its process
        while self.screen.picture() != self.empty {
            sleep(LOOK);
        }
        let mut film = Film::new(self.empty.clone());
        let began = Instant::now();
        let window = Server::spawn(&mut command);
        let mut changed = began;
        while began.elapsed() < PATIENCE && (changed == began || changed.elapsed() < QUIET) {
            if film.take(began.elapsed(), self.screen.picture()) {
                changed = Instant::now();
            }
            sleep(LOOK);
        }
        Start {
            painted: film.painted().expect("the window shows something"),
            memory: processes::memory(window.child.id()),
        }
    }
}

impl Server {
    /// Starts it and waits for its first line.
    fn start(command: &mut Command) -> Self {
        let mut server = Self::spawn(command.stdout(Stdio::piped()));
        let output = server.child.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut server.said)
            .expect("it tells when it is ready");
        server.said.truncate(server.said.trim_end().len());
        server
    }

    fn spawn(command: &mut Command) -> Self {
        // its own group, so that what it starts ends with it
        let command = command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        let child = command
            .spawn()
            .expect("it is built (`make bench`), or installed by `make setup-test`");
        Self {
            child,
            said: String::new(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it may have ended by itself
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        drop(self.child.wait());
    }
}
