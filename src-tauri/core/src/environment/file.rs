//! The GOENV file, byte for byte, as Go reads it (`readEnvFile`, cmd/go/internal/cfg/cfg.go).

mod inspect;

use std::path::PathBuf;

use super::{EnvironmentError, Values};
use crate::host::{Host, Os};

pub use inspect::{inspect, revision};

/// The largest file that is taken for settings, in bytes.
pub const LIMIT: u64 = 2 << 20;

/// The file as lines. Parsing never fails: what Go passes over is kept as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnvText {
    /// With their line feeds; only the last one may lack it.
    lines: Vec<Vec<u8>>,
}

/// Where the file is, by Go's rule: `GOENV` of the process, else the user's configuration folder (go-semantics 1.2).
///
/// # Errors
/// It is switched off, named by a relative path, or has no place because there is no home.
pub fn locate(host: &Host) -> Result<PathBuf, EnvironmentError> {
    match host.vars.get_nonempty("GOENV") {
        Some(off) if off == "off" => Err(EnvironmentError::FileSwitchedOff {}),
        Some(path) => {
            let path = PathBuf::from(path);
            if path.is_absolute() {
                Ok(path)
            } else {
                let path = path.display().to_string();
                Err(EnvironmentError::FileRelative { path })
            }
        }
        None => host
            .user_config_dir()
            .map(|folder| folder.join("go").join("env"))
            .ok_or(EnvironmentError::FileWithoutPlace {}),
    }
}

impl EnvText {
    /// Splits at line feeds, as Go does; everything else belongs to the lines.
    pub fn parse(bytes: &[u8]) -> Self {
        let lines = bytes
            .split_inclusive(|&byte| byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect();
        Self { lines }
    }

    /// The bytes, exactly.
    pub fn render(&self) -> Vec<u8> {
        self.lines.concat()
    }

    /// The lines without their line feeds, with their numbers from 1.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &[u8])> {
        (1..).zip(self.lines.iter().map(|line| body(line)))
    }

    /// Every line that Go takes for a setting: its number, key and value.
    pub fn settings(&self) -> impl Iterator<Item = (u32, &[u8], &[u8])> {
        self.lines().filter_map(|(number, line)| {
            let (key, value) = setting(line)?;
            Some((number, key, value))
        })
    }

    /// The value that counts: the last one of that name. None also when it is no text.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, _, value) = self
            .settings()
            .filter(|(_, key, _)| *key == name.as_bytes())
            .last()?;
        std::str::from_utf8(value).ok()
    }

    /// The line whose value counts, from 1.
    pub fn line_of(&self, name: &str) -> Option<u32> {
        self.settings()
            .filter(|(_, key, _)| *key == name.as_bytes())
            .map(|(number, _, _)| number)
            .last()
    }

    /// Every value that counts, by name; what is no text is shown as such.
    pub fn values(&self) -> Values {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.settings()
            .map(|(_, key, value)| (text(key), text(value)))
            .collect()
    }

    /// Sets a value where it stands, else at the end. Every other byte stays.
    pub fn set(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}={value}").into_bytes();
        match self.line_of(name) {
            Some(number) => {
                let former = &mut self.lines[number as usize - 1];
                // a carriage return before the line feed would become part of the value
                line.extend_from_slice(if former.ends_with(b"\n") { b"\n" } else { b"" });
                *former = line;
            }
            None => {
                if let Some(last) = self.lines.last_mut()
                    && !last.ends_with(b"\n")
                {
                    last.push(b'\n');
                }
                line.push(b'\n');
                self.lines.push(line);
            }
        }
    }

    /// Takes every line of that name out: an earlier one would count again.
    pub fn unset(&mut self, name: &str) {
        self.lines
            .retain(|line| setting(body(line)).is_none_or(|(key, _)| key != name.as_bytes()));
    }

    /// Replaces the text of one line, or takes it out. A number that is not there changes nothing.
    pub fn replace_line(&mut self, number: u32, text: Option<&[u8]>) {
        let Some(index) = (number as usize)
            .checked_sub(1)
            .filter(|&index| index < self.lines.len())
        else {
            return;
        };
        match text {
            Some(text) => {
                let ending: &[u8] = if self.lines[index].ends_with(b"\n") {
                    b"\n"
                } else {
                    b""
                };
                self.lines[index] = [text, ending].concat();
            }
            None => drop(self.lines.remove(index)),
        }
    }
}

/// Go's rule for a line that counts: its first byte is `A` to `Z`, and it has a `=`.
fn setting(line: &[u8]) -> Option<(&[u8], &[u8])> {
    if !line.first()?.is_ascii_uppercase() {
        return None;
    }
    let equals = line.iter().position(|&byte| byte == b'=')?;
    Some((&line[..equals], &line[equals + 1..]))
}

fn body(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").unwrap_or(line)
}

/// How many bytes a value may have: Linux starts no program with a longer variable, its name, `=` and an end counted
/// (`MAX_ARG_STRLEN`), and go hands it on.
pub const fn value_limit(os: Os, name: &str) -> usize {
    let variable: usize = match os {
        Os::Linux => 128 << 10,
        Os::Macos | Os::Windows => 32 << 10,
    };
    variable.saturating_sub(name.len() + 2)
}

#[cfg(test)]
mod tests;
