//! The report of a crash: for the user to read, and to send or not. It never leaves the machine by itself.

use std::{fs::OpenOptions, io::Write};

use crate::{
    host::{
        Host,
        replace::{FileError, failed, make_private_folder},
    },
    secret::mask_text,
};

/// Writes what a panic said over the report of the crash before, for the next start to offer. `program` is the one
/// that crashed, `said` the panic with its place.
///
/// # Errors
/// The state folder cannot be written; a program that is crashing has nobody left to tell.
pub fn report(host: &Host, program: &str, said: &str) -> Result<(), FileError> {
    let path = host.folders.crash_report();
    let thread = std::thread::current();
    let text = format!(
        "{program} {} on {} ({})\n{}\nthread {}\n{said}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        host.now(),
        thread.name().unwrap_or("unnamed"),
    );
    make_private_folder(&host.folders.state)?;
    private(OpenOptions::new().write(true).truncate(true).create(true))
        .open(&path)
        .and_then(|mut file| file.write_all(redacted(host, &text).as_bytes()))
        .map_err(|reason| failed(&path, &reason, text.len()))
}

/// Text as it may be kept: without credentials, and with `~` for the home.
pub fn redacted(host: &Host, text: &str) -> String {
    let masked = mask_text(text);
    match host.home.as_ref().map(|home| home.display().to_string()) {
        Some(home) if home.len() > 1 => masked.replace(&home, "~"),
        _ => masked,
    }
}

/// The same options for a file that only its owner can read.
pub fn private(options: &mut OpenOptions) -> OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.clone()
}

#[cfg(test)]
#[cfg(all(unix, feature = "testing"))]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::report;
    use crate::host::Host;

    #[test]
    fn the_last_crash_is_kept_for_its_user_alone_and_without_secrets() {
        let folder = tempfile::tempdir().expect("a folder");
        let host = Host::sandbox(folder.path());
        let home = folder.path().join("home");
        report(&host, "gdesk", "an earlier one").expect("written");
        let said = format!("lost https://me:secret@proxy.example in {}", home.display());
        report(&host, "gdesk", &said).expect("written");
        let path = host.folders.crash_report();
        let text = fs::read_to_string(&path).expect("a report");
        assert!(text.starts_with("gdesk "), "which program it was: {text}");
        assert!(
            text.ends_with("\nlost https://***@proxy.example in ~\n"),
            "no password, and no name of a home: {text}"
        );
        assert!(!text.contains("earlier"), "only the last one: {text}");
        let mode = fs::metadata(&path).expect("a report").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "what Go is told may be private");
    }
}
