//! What happened, for the user to read: a rotating log without secrets, and the report of a crash.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
    sync::Mutex,
};

use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use gopherdesk_core::{
    crash::{self, private, redacted},
    host::Host,
};
use tracing::level_filters::LevelFilter;

const FILE_BYTES: usize = 1 << 20;
/// With the one being written they are five.
const OLD_FILES: usize = 4;

/// Logs from now on, and reports panics. A folder that cannot be written means no log, not no program.
pub(crate) fn start(host: &Host) {
    let folder = host.folders.state.join("log");
    if std::fs::create_dir_all(&folder).is_ok() {
        let log = Masked::new(host, rotating(&folder.join("gopherdesk.log")));
        let logged = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(LevelFilter::INFO)
            .with_writer(Mutex::new(log))
            .finish();
        drop(tracing::subscriber::set_global_default(logged));
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    let host = host.clone();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!(%panic, "crashed");
        // nothing is left to tell it to if even that fails
        drop(crash::report(&host, "gopherdesk", &panic.to_string()));
    }));
}

fn rotating(path: &Path) -> FileRotate<AppendCount> {
    let limit = ContentLimit::BytesSurpassed(FILE_BYTES);
    let options = private(OpenOptions::new().read(true).append(true).create(true));
    let old = AppendCount::new(OLD_FILES);
    FileRotate::new(path, old, limit, Compression::None, Some(options))
}

/// Writes text without credentials, and with `~` for the home.
struct Masked<W> {
    host: Host,
    to: W,
}

impl<W: Write> Masked<W> {
    fn new(host: &Host, to: W) -> Self {
        let host = host.clone();
        Self { host, to }
    }
}

impl<W: Write> Write for Masked<W> {
    /// Every event arrives in one piece, so no secret is ever cut in two.
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let text = redacted(&self.host, &String::from_utf8_lossy(piece));
        self.to.write_all(text.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(folder: &Path) -> Host {
        Host::sandbox(folder)
    }

    #[test]
    fn nothing_secret_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut written = Masked::new(&host(folder.path()), Vec::new());
        let home = folder.path().join("home");
        let line = format!("{} uses https://me:secret@proxy.example\n", home.display());
        written.write_all(line.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8(written.to).unwrap(),
            "~ uses https://***@proxy.example\n",
            "no password, and no name of a home"
        );
    }

    #[test]
    fn the_log_never_takes_more_than_five_files() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = rotating(&folder.path().join("gopherdesk.log"));
        let line = [b'x'; 64 * 1024];
        for _ in 0..8 * 16 {
            log.write_all(&line).unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .flatten()
            .collect();
        assert_eq!(
            files.len(),
            5,
            "eight times the size of one file was written"
        );
        for file in files {
            let size = file.metadata().unwrap().len();
            assert!(
                size <= (FILE_BYTES + line.len()) as u64,
                "{size} bytes in {file:?}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_log_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gopherdesk.log");
        rotating(&path).write_all(b"x").unwrap();
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "what Go is told may be private");
    }
}
