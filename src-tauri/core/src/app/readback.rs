//! What a change came to, read back from the machine. Nothing is called a success that was not seen.

use super::App;
use crate::{
    environment::{Environment, Variable, file},
    host::replace,
    plan::{Draft, DraftValue, Outcome, OutcomeResult, PlanKind},
};

impl App {
    pub(super) fn outcomes(&self, draft: &Draft, environment: &Environment) -> Vec<Outcome> {
        let written = replace::read(&draft.target, file::LIMIT).ok();
        draft
            .values
            .iter()
            .map(|value| {
                let variable = environment
                    .variables
                    .iter()
                    .find(|variable| variable.name == value.name);
                let stands = match (&written, draft.plan.kind) {
                    (None, _) => false,
                    (Some(bytes), PlanKind::Environment) => says(bytes.as_deref(), value),
                    (Some(bytes), PlanKind::Startup) => *bytes == draft.after,
                };
                Outcome {
                    name: value.name.clone(),
                    value: variable
                        .map(|variable| variable.value.clone())
                        .unwrap_or_default(),
                    result: judge(stands, environment, variable),
                }
            })
            .collect()
    }
}

/// Whether the GOENV file says what it was to say.
fn says(bytes: Option<&[u8]>, value: &DraftValue) -> bool {
    file::EnvText::parse(bytes.unwrap_or_default()).get(&value.name) == value.after.as_deref()
}

fn judge(stands: bool, environment: &Environment, variable: Option<&Variable>) -> OutcomeResult {
    if !stands {
        return OutcomeResult::Overwritten {};
    }
    match variable.and_then(|variable| variable.shadowed.clone()) {
        Some(shadowed) => OutcomeResult::Shadowed { shadowed },
        None if environment.failure.is_some() => OutcomeResult::Unconfirmed {},
        None => OutcomeResult::InEffect {},
    }
}
