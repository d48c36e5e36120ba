//! Running a program: exact variables, own session, closed input, deadline, bounded output.
//!
//! A child can hang, flood, fork or ignore signals (`reliability.md` B1): whatever it does, [`run`] answers by the
//! deadline and leaves nothing of its session behind.

use std::{
    ffi::OsString,
    io,
    path::PathBuf,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use process_wrap::tokio::{ChildWrapper, CommandWrap, KillOnDrop};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    time::{Instant, sleep, sleep_until, timeout_at},
};

use super::Vars;

#[cfg(test)]
#[cfg(unix)]
mod tests;

/// What a child may write before it is stopped, in bytes, on each of its two outputs.
pub const OUTPUT_LIMIT: usize = 4 << 20;

/// How long a child may take unless its caller knows better.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// How long the outputs may stay open after the child itself has ended: a grandchild may hold them.
const AFTERMATH: Duration = Duration::from_millis(200);

/// How often, and how long apart, a busy file is tried again.
const BUSY_TRIES: u32 = 10;
const BUSY_PAUSE: Duration = Duration::from_millis(20);

/// One program to run.
#[derive(Debug, Clone)]
pub struct Program {
    /// The file itself; never looked up on `PATH` here.
    pub path: PathBuf,
    /// What follows the name.
    pub args: Vec<OsString>,
    /// Every variable the child gets; nothing is inherited.
    pub vars: Vars,
    /// Where it starts.
    pub folder: PathBuf,
    /// When it is stopped.
    pub deadline: Duration,
}

/// How a child ended, and what it wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Exit status; none when a signal ended it.
    pub status: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
}

/// Why there is no [`Output`].
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// No such file.
    #[error("{path} does not exist", path = path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The system would not start it.
    #[error("cannot start {path}: {reason}", path = path.display())]
    Unstartable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// Stopped at its deadline.
    #[error("{path} did not answer within {seconds} s", path = path.display())]
    TimedOut {
        /// The file.
        path: PathBuf,
        /// The deadline, in seconds.
        seconds: u64,
    },
    /// Stopped because it wrote more than [`OUTPUT_LIMIT`].
    #[error("{path} wrote more than {limit} bytes", path = path.display())]
    Flooded {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        limit: usize,
    },
}

impl Output {
    /// It ended by itself, with status 0.
    pub fn succeeded(&self) -> bool {
        self.status == Some(0)
    }

    /// The first lines of standard error, as text, for a reason that is shown.
    pub fn complaint(&self) -> String {
        let text = String::from_utf8_lossy(&self.stderr);
        text.lines().take(8).collect::<Vec<_>>().join("\n")
    }
}

/// Runs one program to its end.
///
/// # Errors
/// See [`RunError`]. A child that ran and failed is an [`Output`], not an error. Dropping the future kills the child and its own.
pub async fn run(program: &Program) -> Result<Output, RunError> {
    run_heard(program, &mut |_| false).await
}

/// As [`run`], and passes every whole line of standard error to `heard` as it comes: one for which that says yes is dealt
/// with, and is no part of the [`Output`] or of its limit.
///
/// # Errors
/// As [`run`].
pub async fn run_heard(
    program: &Program,
    heard: &mut impl FnMut(&str) -> bool,
) -> Result<Output, RunError> {
    let mut session = Session::of(start_patiently(program).await?);
    let ended = watch(session.child.as_mut(), program, heard).await;
    session.end();
    if ended.is_err() {
        drop(timeout_at(Instant::now() + AFTERMATH, session.child.wait()).await);
    }
    ended
}

/// A child and all that it starts. Whatever the outcome, nothing of it survives, also when nobody waits any more.
struct Session {
    child: Box<dyn ChildWrapper>,
    ended: bool,
}

impl Session {
    const fn of(child: Box<dyn ChildWrapper>) -> Self {
        Self {
            child,
            ended: false,
        }
    }

    /// Once: the number of a session that is over may be another one's.
    fn end(&mut self) {
        if !self.ended {
            self.ended = true;
            // it may have ended by itself
            drop(self.child.start_kill());
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end();
    }
}

/// A file that somebody is still writing, such as an installer, is tried again for a moment.
async fn start_patiently(program: &Program) -> Result<Box<dyn ChildWrapper>, RunError> {
    for _ in 0..BUSY_TRIES {
        match start(program) {
            Err(RunError::Unstartable { reason, .. })
                if reason.kind() == io::ErrorKind::ExecutableFileBusy =>
            {
                sleep(BUSY_PAUSE).await;
            }
            started => return started,
        }
    }
    start(program)
}

fn start(program: &Program) -> Result<Box<dyn ChildWrapper>, RunError> {
    let mut command = CommandWrap::with_new(&program.path, |command| {
        command
            .args(&program.args)
            .env_clear()
            .envs(program.vars.iter())
            .current_dir(&program.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
    });
    command.wrap(KillOnDrop);
    // a session of its own: an interactive shell cannot reach for the terminal we may have
    #[cfg(unix)]
    command.wrap(process_wrap::tokio::ProcessSession);
    #[cfg(windows)]
    command.wrap(process_wrap::tokio::JobObject);
    command.spawn().map_err(|reason| {
        let path = program.path.clone();
        if reason.kind() == io::ErrorKind::NotFound && !path.exists() {
            RunError::Missing { path }
        } else {
            RunError::Unstartable { path, reason }
        }
    })
}

/// Reads both outputs until the child has ended and they are closed, or a limit is met.
async fn watch(
    child: &mut dyn ChildWrapper,
    program: &Program,
    heard: &mut impl FnMut(&str) -> bool,
) -> Result<Output, RunError> {
    let mut stdout = Pipe::new(child.stdout().take());
    let mut stderr = Pipe::new(child.stderr().take());
    let mut until = Instant::now() + program.deadline;
    let mut status = None;
    while status.is_none() || stdout.is_open() || stderr.is_open() {
        tokio::select! {
            () = stdout.read(), if stdout.is_open() => {}
            () = stderr.read(), if stderr.is_open() => stderr.sift(heard),
            ended = child.wait(), if status.is_none() => {
                let path = program.path.clone();
                status = Some(ended.map_err(|reason| RunError::Unstartable { path, reason })?);
                // what it wrote is in the pipes; a grandchild that holds them open is not waited for
                until = until.min(Instant::now() + AFTERMATH);
            }
            () = sleep_until(until) => {
                if status.is_some() {
                    break;
                }
                let path = program.path.clone();
                return Err(RunError::TimedOut { path, seconds: program.deadline.as_secs() });
            }
        }
        if stdout.text.len().max(stderr.text.len()) > OUTPUT_LIMIT {
            let path = program.path.clone();
            return Err(RunError::Flooded {
                path,
                limit: OUTPUT_LIMIT,
            });
        }
    }
    Ok(Output {
        status: status.and_then(|status| status.code()),
        signal: status.and_then(signal),
        stdout: stdout.text,
        stderr: stderr.text,
    })
}

/// One output of a child, and what came through it.
struct Pipe<R> {
    source: Option<R>,
    text: Vec<u8>,
    /// How much of `text` are whole lines that were sifted.
    sifted: usize,
}

impl<R: AsyncRead + Unpin> Pipe<R> {
    const fn new(source: Option<R>) -> Self {
        Self {
            source,
            text: Vec::new(),
            sifted: 0,
        }
    }

    const fn is_open(&self) -> bool {
        self.source.is_some()
    }

    /// Takes what is there; losing the race in `select!` loses no bytes, because they go straight into `text`.
    async fn read(&mut self) {
        let Some(source) = &mut self.source else {
            return;
        };
        if !matches!(source.read_buf(&mut self.text).await, Ok(count) if count > 0) {
            self.source = None;
        }
    }

    /// Takes out the whole lines that `heard` deals with.
    fn sift(&mut self, heard: &mut impl FnMut(&str) -> bool) {
        let fresh = self.text.split_off(self.sifted);
        for line in fresh.split_inclusive(|byte| *byte == b'\n') {
            let whole = line.ends_with(b"\n");
            if !whole || !heard(String::from_utf8_lossy(line).trim_end()) {
                self.text.extend_from_slice(line);
            }
            if whole {
                self.sifted = self.text.len();
            }
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
const fn signal(_: ExitStatus) -> Option<i32> {
    None
}
