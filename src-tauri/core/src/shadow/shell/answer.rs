//! Telling the shell's answer from whatever its start-up files print around it.

use std::{ffi::OsString, io};

use crate::host::{Vars, fingerprint};

/// Stands before and after the answer; nobody can print it by accident.
pub(super) struct Mark(String);

impl Mark {
    /// A new one.
    ///
    /// # Errors
    /// What the system said when no temporary name could be drawn.
    pub(super) fn new() -> io::Result<Self> {
        // the name of a temporary file is random
        let random = tempfile::Builder::new().rand_bytes(24).tempdir()?;
        let hash = fingerprint(random.path().as_os_str().as_encoded_bytes());
        Ok(Self(format!("gopherdesk-{}", &hash[..32])))
    }

    /// Valid in sh, bash, zsh, ksh and fish. `env -0` is GNU's, BSD's and BusyBox's; where it is missing, lines do.
    pub(super) fn command(&self) -> String {
        let Self(mark) = self;
        format!(
            "command printf '%s\\0' '{mark}'; command env -0 2>/dev/null || command env; command printf '%s\\0' '{mark}'"
        )
    }

    /// The variables in `output`; none when the shell did not get so far.
    pub(super) fn find(&self, output: &[u8]) -> Option<Vars> {
        let mark = format!("{}\0", self.0).into_bytes();
        let start = position(output, &mark)? + mark.len();
        let rest = output.get(start..)?;
        let answer = rest.get(..position(rest, &mark)?)?;
        let separator = if answer.contains(&0) { 0 } else { b'\n' };
        let pairs = answer.split(|&byte| byte == separator).filter_map(|pair| {
            let at = pair.iter().position(|&byte| byte == b'=')?;
            Some((text(&pair[..at]), text(&pair[at + 1..])))
        });
        Some(pairs.collect())
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(unix)]
fn text(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn text(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}
