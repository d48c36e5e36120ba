//! What was done, and its undo.

use super::App;
use crate::{error::Error, history::History, plan::Plan};

impl App {
    /// Every change, newest first.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn history_list(&self) -> Result<History, Error> {
        todo!()
    }

    /// Plans the undo of one change.
    ///
    /// # Errors
    /// It is unknown, undone already, or what it changed was changed again since.
    pub async fn history_undo(&self, id: String) -> Result<Plan, Error> {
        drop(id);
        todo!()
    }
}
