//! What a profile may set and unset: what the environment lets one change, by the same rules.

use std::collections::BTreeSet;

use super::ProfileError;
use crate::{
    environment::{
        Change, EnvironmentError,
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

fn refusal(change: &Change, context: &CheckContext<'_>) -> Option<check::Problem> {
    let value = change.value.as_deref()?;
    let checked = check::check(&change.name, value, context);
    checked.refusals.into_iter().next()
}
