//! After a crash: every change that was announced gets the end that is true.

use std::{collections::HashSet, path::PathBuf};

use super::{AT_ONCE, Journal, State, record::Intent};
use crate::{
    error::Error,
    host::{
        lock::Lock,
        replace::{self, FileError},
    },
};

/// How many of the newest changes can be undone byte for byte; older ones by value or by line.
pub(super) const KEPT: usize = 200;

/// The largest file that is looked at, in bytes.
const LIMIT: u64 = 64 << 20;

/// What was found after a crash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Changes that had been made, and are in the history now.
    pub finished: Vec<PathBuf>,
    /// Changes that had not been made.
    pub rolled_back: Vec<PathBuf>,
    /// Files that are neither as before nor as after; their bytes before are kept.
    pub interrupted: Vec<PathBuf>,
}

impl Journal {
    /// Ends what earlier runs left open, sweeps their staged files, and prunes old backups. At every start.
    ///
    /// What another run is doing at this moment is left alone: it holds the lock of its file.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub fn recover(&self) -> Result<Recovery, Error> {
        let open: Vec<Intent> = {
            let mut lines = self.lines();
            lines.refresh()?;
            lines.open().cloned().collect()
        };
        let mut recovery = Recovery::default();
        for intent in open {
            self.judge(&intent, &mut recovery)?;
        }
        self.prune()?;
        Ok(recovery)
    }

    fn judge(&self, intent: &Intent, recovery: &mut Recovery) -> Result<(), Error> {
        let target = intent.target();
        let Ok(lock) = Lock::hold(self.folders(), &target, AT_ONCE) else {
            return Ok(());
        };
        if !self.is_open(&intent.id)? {
            return Ok(());
        }
        if let Err(reason) = replace::sweep_held(&lock, lock.target()) {
            tracing::warn!(%reason, "a staged file of a crashed run stays");
        }
        let (state, list) = match replace::read(&target, LIMIT) {
            // first: a change that changes nothing is made
            Ok(found) if intent.leaves(found.as_deref()) => (State::Done, &mut recovery.finished),
            Ok(found) if intent.found(found.as_deref()) => {
                (State::Abandoned, &mut recovery.rolled_back)
            }
            Ok(_) => (State::Interrupted, &mut recovery.interrupted),
            Err(reason) => {
                // asked again at the next start, when it may be readable
                tracing::warn!(%reason, "cannot tell whether a change was made");
                recovery.interrupted.push(target);
                return Ok(());
            }
        };
        self.end(&intent.id, state)?;
        list.push(target);
        Ok(())
    }

    fn is_open(&self, id: &str) -> Result<bool, FileError> {
        let mut lines = self.lines();
        lines.refresh()?;
        Ok(lines.open().any(|intent| intent.id == id))
    }

    /// With the journal held, so that no backup is there whose intent is still to be written.
    fn prune(&self) -> Result<(), FileError> {
        let mut lines = self.lines();
        let _held = match lines.hold(self.folders(), AT_ONCE) {
            Ok(held) => held,
            // somebody is writing, or nobody can: the next start prunes
            Err(reason) => {
                tracing::debug!(%reason, "old backups are kept for now");
                return Ok(());
            }
        };
        lines.refresh()?;
        // a line that cannot be read may name any of them
        if lines.unreadable() == 0 {
            let wanted: HashSet<&str> = lines
                .done()
                .rev()
                .take(KEPT)
                .chain(lines.open())
                .chain(lines.interrupted())
                .filter_map(|intent| intent.backup.as_deref())
                .collect();
            self.backups.prune(&wanted);
        }
        Ok(())
    }
}
