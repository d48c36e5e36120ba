//! The journal: what is about to be done is on disk before it is done, and marked afterwards.
//!
//! `history.jsonl` only grows, a line a record. An intent without an end is from a run that crashed: [`Journal::recover`]
//! compares the file with both ends of the change and writes the end that is true.

mod backups;
mod lines;
mod record;
mod recover;
mod shown;

use std::{
    io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

pub use record::{Intent, LineChange, RawText};
use recover::KEPT;
pub use recover::Recovery;

use super::{History, HistoryError};
use crate::{
    error::{Error, text},
    host::{
        Folders, Host, fingerprint,
        lock::{Lock, WAIT},
        replace::{self, FileError, make_private_folder},
    },
    plan::{Draft, PlanKind},
};
use backups::Backups;
use lines::Lines;
use record::{End, Record, State};

/// The history of this user, shared by all runs of the program.
#[derive(Debug)]
pub struct Journal {
    host: Host,
    lines: Mutex<Lines>,
    backups: Backups,
}

/// A change that is announced and not yet ended. Holds the lock of its file.
///
/// Dropped without an end, it is judged at the next start.
#[derive(Debug)]
#[must_use = "a change that is announced has to be ended"]
pub struct Pending<'a> {
    journal: &'a Journal,
    intent: Intent,
    _lock: Lock,
}

impl Journal {
    /// The journal of `host`. Nothing is read or made yet.
    pub fn open(host: &Host) -> Self {
        Self {
            host: host.clone(),
            lines: Mutex::new(Lines::new(host.folders.state.join("history.jsonl"))),
            backups: Backups::new(host.folders.state.join("backups")),
        }
    }

    /// Announces a change: takes the lock of its file, keeps the bytes before, and puts the intent on disk.
    ///
    /// # Errors
    /// The file is being written by another run, or the journal cannot be written; nothing may be changed then.
    pub fn intend(&self, draft: &Draft, now: Timestamp) -> Result<Pending<'_>, Error> {
        let lock = Lock::hold(self.folders(), &draft.target, WAIT)?;
        // a crash of an earlier run may have left a staged file beside it
        replace::sweep_held(&lock, lock.target())?;
        let mut lines = self.lines();
        let held = lines.hold(self.folders(), WAIT)?;
        lines.refresh()?;
        let (id, backup) = self.reserve(&lines, draft.before.as_deref())?;
        let intent = Intent {
            seq: id,
            id: id.to_string(),
            at: now,
            cause: draft.cause.clone(),
            kind: draft.plan.kind,
            path: RawText::of_path(&draft.target),
            changes: draft.values.iter().map(Into::into).collect(),
            lines: match draft.plan.kind {
                PlanKind::Startup => {
                    LineChange::between(draft.before.as_deref(), draft.after.as_deref())
                }
                PlanKind::Environment => None,
            },
            before_hash: draft.before.as_deref().map(fingerprint),
            after_hash: draft.after.as_deref().map(fingerprint),
            backup,
        };
        lines.append(&held, &Record::Intent(Box::new(intent.clone())))?;
        Ok(Pending {
            journal: self,
            intent,
            _lock: lock,
        })
    }

    /// Carries a change out: announced, replaced if the file still holds `draft.before`, marked. Gives the entry's id.
    ///
    /// # Errors
    /// As [`Journal::intend`] and [`replace::replace`], and [`HistoryError::Stale`] when the file moved on. With
    /// [`FileError::NotDurable`] the change is made, and in the history.
    pub fn carry_out(&self, draft: &Draft, now: Timestamp) -> Result<String, Error> {
        self.carry_out_telling(draft, now, || {})
    }

    /// The same; calls `replaced` when the new file is in place for good, while that is still to be marked.
    ///
    /// # Errors
    /// As [`Journal::carry_out`].
    pub fn carry_out_telling(
        &self,
        draft: &Draft,
        now: Timestamp,
        replaced: impl FnOnce(),
    ) -> Result<String, Error> {
        let pending = self.intend(draft, now)?;
        let id = pending.id().to_owned();
        match replace::replace(
            &draft.target,
            draft.before.as_deref(),
            draft.after.as_deref(),
        ) {
            Ok(()) => {
                replaced();
                pending.done().map(|()| id)
            }
            Err(unsure @ FileError::NotDurable { .. }) => {
                pending.done()?;
                Err(unsure.into())
            }
            Err(error) => {
                // if this cannot be written either, the next start comes to the same result
                if let Err(reason) = pending.abandon() {
                    tracing::warn!(%reason, "an abandoned change is still open in the journal");
                }
                Err(match error {
                    FileError::FileChanged { path } => HistoryError::Stale { path }.into(),
                    error => error.into(),
                })
            }
        }
    }

    /// Every change that was made, newest first.
    ///
    /// # Errors
    /// The journal is there and cannot be read.
    pub fn entries(&self) -> Result<History, Error> {
        let mut lines = self.lines();
        lines.refresh()?;
        Ok(shown::history(&self.host, &lines))
    }

    /// One change that was made, raw, and the entry that undid it.
    ///
    /// # Errors
    /// [`HistoryError::UnknownEntry`], or the journal cannot be read.
    pub fn find(&self, id: &str) -> Result<(Intent, Option<String>), Error> {
        let mut lines = self.lines();
        lines.refresh()?;
        let mut undone = shown::undone(&lines);
        lines
            .done()
            .find(|intent| intent.id == id)
            .map(|intent| (intent.clone(), undone.remove(id)))
            .ok_or_else(|| HistoryError::UnknownEntry { id: id.to_owned() }.into())
    }

    /// The newest changes of one file that were made, the last one first, raw; only those whose bytes may still be kept.
    ///
    /// # Errors
    /// The journal is there and cannot be read.
    pub fn changes_of(&self, target: &Path) -> Result<Vec<Intent>, Error> {
        let path = RawText::of_path(target);
        let mut lines = self.lines();
        lines.refresh()?;
        let newest = lines.done().rev().take(KEPT);
        Ok(newest
            .filter(|intent| intent.path == path)
            .cloned()
            .collect())
    }

    /// The bytes before a change, if they are still kept; the inner none when the file did not exist.
    ///
    /// # Errors
    /// They are there and cannot be read.
    pub fn before(&self, intent: &Intent) -> Result<Option<Option<Vec<u8>>>, FileError> {
        let (Some(name), Some(hash)) = (&intent.backup, &intent.before_hash) else {
            return Ok(Some(None));
        };
        let bytes = self.backups.read(name)?;
        Ok(bytes.filter(|bytes| fingerprint(bytes) == *hash).map(Some))
    }

    /// The machine it belongs to.
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// A number that no change has yet, with its backup made under that name.
    fn reserve(
        &self,
        lines: &Lines,
        before: Option<&[u8]>,
    ) -> Result<(u64, Option<String>), FileError> {
        let mut id = lines.next_seq();
        let Some(bytes) = before else {
            return Ok((id, None));
        };
        // a line that cannot be read any more may have had this number, and its backup is still worth something
        while !self.backups.keep(&id.to_string(), bytes)? {
            id += 1;
        }
        Ok((id, Some(id.to_string())))
    }

    fn end(&self, id: &str, state: State) -> Result<(), FileError> {
        let mut lines = self.lines();
        let held = lines.hold(self.folders(), WAIT)?;
        lines.refresh()?;
        lines.append(
            &held,
            &Record::End(End {
                id: id.to_owned(),
                state,
            }),
        )
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        // a panic of another thread leaves at worst lines unread, and they are read again
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    const fn folders(&self) -> &Folders {
        &self.host.folders
    }
}

impl Pending<'_> {
    /// The entry it becomes.
    pub fn id(&self) -> &str {
        &self.intent.id
    }

    /// The change is made, and read back.
    ///
    /// # Errors
    /// [`FileError::NotDurable`]: the change is made, only the mark is missing; the next start sets it.
    pub fn done(self) -> Result<(), Error> {
        self.journal
            .end(&self.intent.id, State::Done)
            .map_err(|reason| {
                FileError::NotDurable {
                    path: text(&self.intent.target()),
                    reason: reason.to_string(),
                }
                .into()
            })
    }

    /// Nothing was changed.
    ///
    /// # Errors
    /// The mark cannot be written; the next start sets it.
    pub fn abandon(self) -> Result<(), Error> {
        self.journal.end(&self.intent.id, State::Abandoned)?;
        if let Some(name) = &self.intent.backup {
            self.journal.backups.remove(name);
        }
        Ok(())
    }
}

/// Makes the state folder, for the user alone.
fn make_folder(path: &Path) -> Result<(), FileError> {
    path.parent().map_or(Ok(()), make_private_folder)
}

/// An error of the journal itself.
fn unwritable(path: &Path, reason: &io::Error, bytes: usize) -> FileError {
    replace::failed(path, reason, bytes)
}

/// Not waiting at all: whoever holds it is at work.
const AT_ONCE: Duration = Duration::ZERO;
