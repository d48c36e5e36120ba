//! Preview, apply, read back.

use serde::Serialize;

use super::{App, Overview};
use crate::{
    environment::{CheckValue, Checked, PlanEnvironment},
    error::Error,
    plan::{ApplyPlan, Outcome, Plan},
    shadow::PlanStartup,
};

/// What became of a plan.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct Applied {
    /// One a variable, read back.
    pub outcomes: Vec<Outcome>,
    /// The entry of the history.
    pub entry: String,
    /// How things are now.
    pub overview: Overview,
}

impl App {
    /// What a value would be, before it is written.
    ///
    /// # Errors
    /// None today: whatever is wrong with the value is the answer.
    pub async fn environment_check(&self, value: CheckValue) -> Result<Checked, Error> {
        drop(value);
        todo!()
    }

    /// The value of one variable with its credentials, for the field in which it is edited.
    ///
    /// # Errors
    /// An unknown variable.
    pub async fn environment_reveal(&self, name: String) -> Result<String, Error> {
        drop(name);
        todo!()
    }

    /// Plans a change of the GOENV file.
    ///
    /// # Errors
    /// What Go would refuse, what we refuse, and a file that cannot be used.
    pub async fn environment_plan(&self, wish: PlanEnvironment) -> Result<Plan, Error> {
        drop(wish);
        todo!()
    }

    /// Plans to comment out the line that outranks the GOENV file.
    ///
    /// # Errors
    /// The line is gone, does more than that, or is no line of a file.
    pub async fn startup_plan(&self, wish: PlanStartup) -> Result<Plan, Error> {
        drop(wish);
        todo!()
    }

    /// Applies a plan that was shown: journal, staged copy, one rename, read back.
    ///
    /// # Errors
    /// The file moved on, a danger was not confirmed, go refuses the result, or it cannot be written.
    pub async fn plan_apply(&self, wish: ApplyPlan) -> Result<Applied, Error> {
        drop(wish);
        todo!()
    }
}
