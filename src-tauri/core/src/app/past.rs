//! What was done, and its undo.

use super::App;
use crate::{
    error::Error,
    history::{History, undo},
    plan::Plan,
};

impl App {
    /// Every change, newest first.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn history_list(&self, (): ()) -> Result<History, Error> {
        self.journal.entries()
    }

    /// Plans the undo of one change. It is a plan like any other; undoing it in turn is the redo.
    ///
    /// # Errors
    /// It is unknown, undone already, or what it changed was changed again since.
    pub async fn history_undo(&self, id: String) -> Result<Plan, Error> {
        let draft = undo::draft(&self.host, &self.journal, &id)?;
        Ok(self.propose(draft))
    }
}
