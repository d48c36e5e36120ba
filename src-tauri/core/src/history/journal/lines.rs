//! The file of the journal: read on from where it was left, appended in one write.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::PathBuf,
    time::Duration,
};

use super::{
    make_folder,
    record::{Intent, Record, State},
    unwritable,
};
use crate::{
    error::text,
    host::{
        Folders,
        lock::Lock,
        replace::{FileError, sync_folder},
    },
};

/// What is read at most, in bytes: hundreds of thousands of changes.
const LIMIT: u64 = 256 << 20;

/// Everything that was read of the journal so far.
#[derive(Debug)]
pub(super) struct Lines {
    path: PathBuf,
    /// Up to where it was read, in bytes: always the beginning of a line.
    read: u64,
    /// How many lines since the last intent say nothing we know: each may be an intent.
    unknown: u64,
    unreadable: u32,
    intents: Vec<Intent>,
    ends: HashMap<String, State>,
}

impl Lines {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            read: 0,
            unknown: 0,
            unreadable: 0,
            intents: Vec::new(),
            ends: HashMap::new(),
        }
    }

    /// The right to append.
    pub(super) fn hold(&self, folders: &Folders, wait: Duration) -> Result<Lock, FileError> {
        Lock::hold(folders, &self.path, wait)
    }

    /// Reads what other runs, or this one, appended since.
    pub(super) fn refresh(&mut self) -> Result<(), FileError> {
        let unreadable = |reason: io::Error| FileError::FileUnreadable {
            path: text(&self.path),
            reason: reason.to_string(),
        };
        let mut file = match File::open(&self.path) {
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => {
                *self = Self::new(self.path.clone());
                return Ok(());
            }
            file => file.map_err(unreadable)?,
        };
        let size = file.metadata().map_err(unreadable)?.len();
        if size > LIMIT {
            return Err(FileError::FileTooLarge {
                path: text(&self.path),
                limit: u32::try_from(LIMIT).unwrap_or(u32::MAX),
            });
        }
        if size < self.read {
            // somebody put an older or an empty one in its place
            *self = Self::new(self.path.clone());
        }
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(self.read))
            .and_then(|_| file.take(LIMIT).read_to_end(&mut bytes))
            .map_err(|reason| FileError::FileUnreadable {
                path: text(&self.path),
                reason: reason.to_string(),
            })?;
        self.take(&bytes);
        Ok(())
    }

    /// Takes whole lines; one without an end is being written, or torn, and is looked at again.
    fn take(&mut self, bytes: &[u8]) {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let Some(line) = line.strip_suffix(b"\n") else {
                return;
            };
            self.read += line.len() as u64 + 1;
            match serde_json::from_slice(line) {
                Ok(Record::Intent(intent)) => {
                    self.intents.push(*intent);
                    self.unknown = 0;
                }
                Ok(Record::End(end)) => {
                    self.ends.insert(end.id, end.state);
                }
                // two runs on a file system without locks may both have ended the same torn line
                Err(_) if line.is_empty() => {}
                Err(_) => {
                    self.unreadable += 1;
                    self.unknown += 1;
                }
            }
        }
    }

    /// Adds a line and makes sure that it stays. Only with [`Lines::hold`], right after [`Lines::refresh`].
    ///
    /// After an error nothing of it is left.
    pub(super) fn append(&mut self, _held: &Lock, record: &Record) -> Result<(), FileError> {
        make_folder(&self.path)?;
        let mut line = serde_json::to_vec(record)
            .map_err(|reason| unwritable(&self.path, &reason.into(), 0))?;
        line.push(b'\n');
        let failed = |reason: io::Error| unwritable(&self.path, &reason, line.len());
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        // a crash tore the last line: it stays as it is, and ours begins on a line of its own
        let torn = size > self.read;
        let bytes = if torn {
            [b"\n", line.as_slice()].concat()
        } else {
            line.clone()
        };
        let written = file
            .write_all(&bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| match self.path.parent() {
                // its name has to last as well, once
                Some(folder) if size == 0 => sync_folder(folder),
                _ => Ok(()),
            });
        if let Err(reason) = written {
            // the lock is ours, so what came after `size` is ours
            drop(file.set_len(size));
            return Err(failed(reason));
        }
        self.refresh()
    }

    /// A number that is larger than that of every change, readable or not.
    pub(super) fn next_seq(&self) -> u64 {
        let largest = self.intents.iter().map(|intent| intent.seq).max();
        largest.unwrap_or_default() + self.unknown + 1
    }

    /// Changes that were made, oldest first.
    pub(super) fn done(&self) -> impl DoubleEndedIterator<Item = &Intent> {
        self.intents
            .iter()
            .filter(|intent| self.ends.get(&intent.id) == Some(&State::Done))
    }

    /// Changes whose end nobody wrote.
    pub(super) fn open(&self) -> impl Iterator<Item = &Intent> {
        self.intents
            .iter()
            .filter(|intent| !self.ends.contains_key(&intent.id))
    }

    /// Changes of which nobody can tell whether they were made.
    pub(super) fn interrupted(&self) -> impl Iterator<Item = &Intent> {
        self.intents
            .iter()
            .filter(|intent| self.ends.get(&intent.id) == Some(&State::Interrupted))
    }

    /// Lines that say nothing we know; they are kept.
    pub(super) const fn unreadable(&self) -> u32 {
        self.unreadable
    }
}
