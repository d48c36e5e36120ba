//! Mirrors on the loopback: a tree of modules behind a line of known delay and rate, with faults where a test wants them.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::{
    database::{NAME, Sumdb},
    listening::Listening,
    tree::Tree,
};

/// What a mirror does in place of its answer.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// Takes the request, and says nothing for as long as the caller waits.
    Silence,
    /// This status, with nothing.
    Status(u16),
    /// 200 with these bytes and this content type.
    Answer(&'static str, Vec<u8>),
    /// A redirect.
    Redirect(String),
    /// The true answer's head, half of its body, and the end of the connection.
    Torn,
    /// The true answer, so many bytes a second.
    Trickle(u64),
}

/// Faults by the path; none for the true answer.
type Faults = dyn Fn(&str) -> Option<Fault> + Send + Sync;

/// How a mirror behaves.
#[derive(Clone)]
pub(crate) struct Manner {
    /// The round trip: before the first request of a connection, and before every answer.
    pub(crate) delay: Duration,
    /// What the line carries, in bytes a second, shared by all connections.
    pub(crate) rate: Option<u64>,
    /// What it does otherwise.
    pub(crate) fault: Arc<Faults>,
    /// The database it passes on.
    pub(crate) database: Option<Arc<Sumdb>>,
}

/// A mirror at work.
#[derive(Debug)]
pub(crate) struct Mirror {
    listening: Listening,
    record: Arc<Record>,
}

/// What a mirror saw.
#[derive(Debug, Default)]
struct Record {
    requests: Mutex<Vec<String>>,
    open: AtomicUsize,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            delay: Duration::ZERO,
            rate: None,
            fault: Arc::new(|_| None),
            database: None,
        }
    }
}

impl Manner {
    /// So far away, in milliseconds.
    pub(crate) fn delay(mut self, milliseconds: u64) -> Self {
        self.delay = Duration::from_millis(milliseconds);
        self
    }

    /// So many megabytes a second.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate of a test"
    )]
    pub(crate) fn rate(mut self, megabytes: f64) -> Self {
        self.rate = Some((megabytes * 1e6) as u64);
        self
    }

    /// Passes a checksum database on.
    pub(crate) fn database(mut self, database: &Arc<Sumdb>) -> Self {
        self.database = Some(Arc::clone(database));
        self
    }

    /// Answers some paths otherwise.
    pub(crate) fn fault(
        mut self,
        fault: impl Fn(&str) -> Option<Fault> + Send + Sync + 'static,
    ) -> Self {
        self.fault = Arc::new(fault);
        self
    }
}

impl Mirror {
    /// Serves a tree.
    pub(crate) fn serve(tree: &Arc<Tree>, manner: Manner) -> Self {
        let record = Arc::<Record>::default();
        let (tree, seen) = (Arc::clone(tree), Arc::clone(&record));
        let line = Mutex::new(Instant::now());
        let listening = Listening::new(move |stream| {
            seen.open.fetch_add(1, Ordering::Relaxed);
            connection(stream, &tree, &manner, &seen, &line);
            seen.open.fetch_sub(1, Ordering::Relaxed);
        });
        Self { listening, record }
    }

    /// For GOPROXY.
    pub(crate) fn url(&self) -> String {
        self.listening.url()
    }

    /// The path of every request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.record
            .requests
            .lock()
            .expect("no mirror panics")
            .clone()
    }

    /// Connections at this moment.
    pub(crate) fn open(&self) -> usize {
        self.record.open.load(Ordering::Relaxed)
    }
}

fn connection(
    mut stream: TcpStream,
    tree: &Tree,
    manner: &Manner,
    record: &Record,
    line: &Mutex<Instant>,
) {
    stream.set_nodelay(true).expect("a socket");
    let mut lines = BufReader::new(stream.try_clone().expect("a connection")).lines();
    // a handshake is one round trip
    thread::sleep(manner.delay);
    while let Some(Ok(first)) = lines.next() {
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        while lines
            .next()
            .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
        {}
        record
            .requests
            .lock()
            .expect("no mirror panics")
            .push(path.clone());
        thread::sleep(manner.delay);
        if answer(&mut stream, &path, tree, manner, line, &mut lines).is_none() {
            return;
        }
    }
}

/// Answers one request; none when the connection is at its end.
fn answer(
    stream: &mut TcpStream,
    path: &str,
    tree: &Tree,
    manner: &Manner,
    line: &Mutex<Instant>,
    lines: &mut impl Iterator,
) -> Option<()> {
    // Go writes `!` as `%21`
    let plain = path.replace("%21", "!");
    let passed = plain
        .strip_prefix(&format!("/sumdb/{NAME}"))
        .and_then(|path| manner.database.as_ref()?.answer(path));
    let truth = passed.or_else(|| tree.get(&plain).map(<[u8]>::to_vec));
    let (mut rate, mut torn) = (manner.rate, false);
    let (status, kind, body) = match (manner.fault)(&plain) {
        Some(Fault::Silence) => {
            // until the caller gives up
            lines.next();
            return None;
        }
        Some(Fault::Status(status)) => (status, "text/plain", Vec::new()),
        Some(Fault::Answer(kind, body)) => (200, kind, body),
        Some(Fault::Redirect(to)) => {
            let head = format!("HTTP/1.1 302 .\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
            return stream.write_all(head.as_bytes()).ok();
        }
        fault => {
            torn = matches!(fault, Some(Fault::Torn));
            if let Some(Fault::Trickle(slow)) = fault {
                rate = Some(slow);
            }
            match truth {
                Some(body) => (200, "application/octet-stream", body),
                None => (404, "text/plain", b"not found".to_vec()),
            }
        }
    };
    let head = format!(
        "HTTP/1.1 {status} .\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    let body = if torn {
        &body[..body.len() / 2]
    } else {
        &body[..]
    };
    for piece in body.chunks(16 << 10) {
        if let Some(rate) = rate {
            thread::sleep(turn(line, piece.len(), rate));
        }
        stream.write_all(piece).ok()?;
    }
    (!torn).then_some(())
}

/// How long until the line has carried these bytes, after everything that was given to it before.
fn turn(line: &Mutex<Instant>, bytes: usize, rate: u64) -> Duration {
    let now = Instant::now();
    let mut free = line.lock().expect("no mirror panics");
    #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
    let takes = Duration::from_secs_f64(bytes as f64 / rate as f64);
    *free = (*free).max(now) + takes;
    free.saturating_duration_since(now)
}
