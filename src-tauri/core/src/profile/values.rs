//! What a profile may set and unset: what the environment lets one change, by the same rules.

use std::collections::BTreeSet;

use super::{ProfileError, ValueProblem};
use crate::{
    environment::{
        Change, Danger, EnvironmentError, Problem,
        check::{self, CheckContext, Settable},
    },
    error::Error,
};

/// Looks at all of them before they are kept.
///
/// # Errors
/// There is none, one is named twice, Go does not let it be set, or a value that Go would refuse.
pub fn check(values: &[Change], context: &CheckContext<'_>) -> Result<(), Error> {
    if values.is_empty() {
        return Err(ProfileError::ProfileEmpty {}.into());
    }
    let mut named = BTreeSet::new();
    for change in values {
        if !named.insert(&change.name) {
            let name = change.name.clone();
            return Err(EnvironmentError::NamedTwice { name }.into());
        }
        settable(&change.name, context)?;
        refusal(change, context).map_or(Ok(()), |problem| {
            let name = change.name.clone();
            Err(EnvironmentError::InvalidValue { name, problem })
        })?;
    }
    Ok(())
}

/// # Errors
/// `go env -w` of the Go in use does not change this variable.
fn settable(name: &str, context: &CheckContext<'_>) -> Result<(), EnvironmentError> {
    let name = name.to_owned();
    match check::settable(&name, context.version) {
        Settable::Yes => Ok(()),
        Settable::No => Err(EnvironmentError::NotSettable { name }),
        Settable::ProcessOnly => Err(EnvironmentError::ProcessOnly { name }),
        Settable::Unknown => Err(EnvironmentError::UnknownVariable { name }),
    }
}

fn refusal(change: &Change, context: &CheckContext<'_>) -> Option<Problem> {
    let value = change.value.as_deref()?;
    let checked = check::check(&change.name, value, context);
    checked.refusals.into_iter().next()
}

/// What is to be said of values that come from elsewhere.
#[derive(Debug, Default)]
pub struct Judged {
    /// What weakens the protection of the user.
    pub dangers: Vec<Danger>,
    /// What is wrong, or deserves a word.
    pub problems: Vec<ValueProblem>,
}

/// Looks at all of them, and refuses none.
pub fn judge(values: &[Change], context: &CheckContext<'_>) -> Judged {
    let mut judged = Judged::default();
    for change in values {
        let mut said = |problem, refused| {
            judged.problems.push(ValueProblem {
                name: change.name.clone(),
                problem,
                refused,
            });
        };
        if settable(&change.name, context).is_err() {
            said(Problem::CannotBeSet {}, true);
        }
        let Some(value) = &change.value else {
            continue;
        };
        let checked = check::check(&change.name, value, context);
        for problem in checked.refusals {
            said(problem, true);
        }
        for problem in checked.warnings {
            said(problem, false);
        }
        judged.dangers.extend(checked.danger);
    }
    judged
}
