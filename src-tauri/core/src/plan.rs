//! What would be changed, before it is changed. Every change of the program is one of these: shown, then applied.

pub mod diff;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    environment::{Danger, Problem, Shadowed},
    history::Cause,
};

/// A change of one file, as the user sees it before it happens.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct Plan {
    /// Names it for `plan_apply`.
    pub id: String,
    /// Which kind of file.
    pub kind: PlanKind,
    /// The file, home written as `~`.
    pub path: String,
    /// Lines that go and come, with the lines around them; credentials masked.
    pub diff: Vec<DiffLine>,
    /// The variables whose value changes.
    pub changes: Vec<PlannedChange>,
    /// Commands that do the same, to copy; credentials masked.
    pub commands: Vec<String>,
    /// What weakens the protection of the user; each has to be confirmed by its name.
    pub dangers: Vec<Danger>,
}

/// Which kind of file a plan changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// The GOENV file.
    Environment,
    /// A start-up file of the shell or the session.
    Startup,
}

/// One line of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct DiffLine {
    /// What happens to it.
    pub kind: DiffKind,
    /// Its number, from 1: in the new file, or in the old one for a removed line.
    pub line: u32,
    /// Without its line ending; credentials masked.
    pub text: String,
}

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// Stays.
    Same,
    /// Comes.
    Added,
    /// Goes.
    Removed,
}

/// One variable of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct PlannedChange {
    /// The variable.
    pub name: String,
    /// What the file says now; none when it says nothing.
    pub before: Option<String>,
    /// What it will say.
    pub after: Option<String>,
    /// What will outrank it.
    pub shadowed: Option<Shadowed>,
    /// What deserves a word.
    pub warnings: Vec<Problem>,
}

/// Applies a plan that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct ApplyPlan {
    /// Which one.
    pub id: String,
    /// The variables whose danger the user confirmed.
    pub confirmed: Vec<String>,
}

/// What became of one variable, read back after the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
pub struct Outcome {
    /// The variable.
    pub name: String,
    /// The value go uses now; credentials masked.
    pub value: String,
    /// Whether the change counts.
    pub result: OutcomeResult,
}

/// Whether a change counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "plan.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum OutcomeResult {
    /// Written, and go uses it everywhere.
    InEffect {},
    /// Written, but something outranks it.
    Shadowed {
        /// What does.
        shadowed: Shadowed,
    },
    /// Written, but somebody else changed the file right after.
    Overwritten {},
    /// Written; go could not be asked what it makes of it.
    Unconfirmed {},
}

/// A plan with what it takes to apply it. Never leaves the core.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What the user sees.
    pub plan: Plan,
    /// The file, links not followed.
    pub target: PathBuf,
    /// Its bytes when the plan was made; none when it did not exist.
    pub before: Option<Vec<u8>>,
    /// Its bytes afterwards; none takes the file away, as when the undo of the first change removes what that made.
    pub after: Option<Vec<u8>>,
    /// What the history will say.
    pub cause: Cause,
    /// Raw values before and after, for the history and for the read-back.
    pub values: Vec<DraftValue>,
}

/// One variable of a [`Draft`], raw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftValue {
    /// The variable.
    pub name: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}
