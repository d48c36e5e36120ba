//! Programs that serve a window: a display, a bus, a driver.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process_group};

/// A program that serves until it is dropped, with everything it started.
pub(crate) struct Server {
    pub(crate) child: Child,
    /// What it said when it was ready: a display, an address.
    pub(crate) said: String,
}

impl Server {
    /// Starts it and waits for its first line.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut server = Self::spawn(command.stdout(Stdio::piped()));
        let output = server.child.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut server.said)
            .expect("it tells when it is ready");
        server.said.truncate(server.said.trim_end().len());
        assert!(!server.said.is_empty(), "{command:?} started");
        server
    }

    pub(crate) fn spawn(command: &mut Command) -> Self {
        // its own group, so that what it starts ends with it
        let started = command.stderr(Stdio::null()).process_group(0).spawn();
        let child = started
            .unwrap_or_else(|error| panic!("{command:?} (`make setup-test` installs it): {error}"));
        Self {
            child,
            said: String::new(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        // it may have ended by itself
        let _ = kill_process_group(group, Signal::KILL);
        drop(self.child.wait());
    }
}
