//! What happened, for the user to read: a rotating log and the report of a crash. Neither ever holds a secret.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    panic::PanicHookInfo,
    path::Path,
    sync::Mutex,
};

use file_rotate::{ContentLimit, FileRotate, compression::Compression, suffix::AppendCount};
use gopherdesk_core::{host::Host, secret};
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
        drop(report(&host, panic));
    }));
}

fn rotating(path: &Path) -> FileRotate<AppendCount> {
    let limit = ContentLimit::BytesSurpassed(FILE_BYTES);
    let options = private(OpenOptions::new().read(true).append(true).create(true));
    let old = AppendCount::new(OLD_FILES);
    FileRotate::new(path, old, limit, Compression::None, Some(options))
}

/// What the user can read and send; it is never sent by itself.
fn report(host: &Host, panic: &PanicHookInfo<'_>) -> io::Result<()> {
    let path = host.folders.crash_report();
    std::fs::create_dir_all(&host.folders.state)?;
    let mut options = OpenOptions::new();
    let file = private(options.write(true).truncate(true).create(true)).open(path)?;
    let thread = std::thread::current();
    let text = format!(
        "Gopherdesk {} on {} ({})\n{}\nthread {}\n{panic}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        host.now(),
        thread.name().unwrap_or("unnamed"),
    );
    Masked::new(host, file).write_all(text.as_bytes())
}

/// Readable by its owner only.
fn private(options: &mut OpenOptions) -> OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.clone()
}

/// Writes text without credentials, and with `~` for the home.
struct Masked<W> {
    home: Option<String>,
    to: W,
}

impl<W: Write> Masked<W> {
    fn new(host: &Host, to: W) -> Self {
        let home = host.home.as_ref().map(|home| home.display().to_string());
        Self { home, to }
    }
}

impl<W: Write> Write for Masked<W> {
    /// Every event arrives in one piece, so no secret is ever cut in two.
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let mut text = secret::mask_text(&String::from_utf8_lossy(piece));
        if let Some(home) = self.home.as_deref().filter(|home| home.len() > 1) {
            text = text.replace(home, "~");
        }
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
