//! What was done, and its undo.

use super::App;
use crate::{
    environment::check,
    error::Error,
    history::{History, undo},
    plan::{Plan, PlanKind},
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
        let mut draft = undo::draft(&self.host, &self.journal, &id)?;
        if draft.plan.kind == PlanKind::Environment {
            // going back can weaken protection as well, and can be outranked
            let values = draft.values.iter();
            let context = self.context(None);
            let dangers = values
                .filter_map(|value| check::danger(&value.name, value.after.as_deref()?, &context));
            draft.plan.dangers = dangers.collect();
            let outer = self.outer();
            for change in &mut draft.plan.changes {
                change.shadowed = outer.outranking(&self.host, &change.name).map(Into::into);
            }
        }
        Ok(self.propose(draft))
    }
}
