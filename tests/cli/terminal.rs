//! A terminal with `gdesk` in it, and somebody who types.

use std::{
    io::{Read, Write},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::machine::{GDESK, Machine};

/// How long a program may take before the test gives up; far more than it ever needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `gdesk`.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    seen: String,
    // closing it would hang up on the child
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// `gdesk` on a terminal of the usual size, with arguments separated by single spaces.
    pub(crate) fn open(machine: &Machine, line: &str) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 100,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("the system has terminals");
        let mut command = CommandBuilder::new(GDESK);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        for (name, value) in machine.vars() {
            command.env(name, value);
        }
        command.cwd(machine.path("home"));
        command.args(line.split(' '));
        let child = pair.slave.spawn_command(command).expect("gdesk starts");
        let keys = pair.master.take_writer().expect("a terminal has keys");
        let mut reader = pair
            .master
            .try_clone_reader()
            .expect("a terminal has a screen");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keys,
            output,
            seen: String::new(),
            _master: pair.master,
        }
    }

    /// Waits until the screen has shown this.
    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !self.seen.contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.seen += &String::from_utf8_lossy(&bytes),
                Err(error) => panic!("{text:?} was not shown ({error}): {}", self.seen),
            }
        }
        self
    }

    /// Types this.
    pub(crate) fn types(&mut self, keys: &str) -> &mut Self {
        self.keys
            .write_all(keys.as_bytes())
            .expect("somebody listens");
        self
    }

    /// Waits for the end: the exit status, and everything that was shown.
    pub(crate) fn ends(mut self) -> (u32, String) {
        let status = self.child.wait().expect("it ends").exit_code();
        let deadline = Instant::now() + PATIENCE;
        loop {
            // what was written before the end may still be on its way
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.seen += &String::from_utf8_lossy(&bytes),
                Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => break,
            }
        }
        (status, self.seen)
    }
}
