//! The registry: variables of the machine, then those of the user, which replace them.

use super::walk::identity;
use crate::shadow::{Assignment, Location};

/// The key of the user, as `reg query` names it.
const USER: &str = r"HKEY_CURRENT_USER\Environment";

/// The key of the machine.
const MACHINE: &str =
    r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Session Manager\Environment";

/// What the registry sets.
pub(super) fn assignments(wanted: &dyn Fn(&str) -> bool) -> Vec<Assignment> {
    [MACHINE, USER]
        .into_iter()
        .flat_map(|key| found(key, values(key), wanted))
        .collect()
}

/// Names are compared without case here; Go writes them in capitals.
fn found(
    key: &str,
    values: Vec<(String, String)>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Assignment> {
    values
        .into_iter()
        .map(|(name, value)| (name.to_uppercase(), value))
        .filter(|(name, _)| wanted(name))
        .map(|(name, value)| Assignment {
            id: identity(key, &name, &value),
            text: format!("{name}={value}"),
            // `%NAME%` is resolved at login, with variables that may differ from ours
            value: Some(value).filter(|value| !value.contains('%')),
            name,
            at: Location::System {
                name: key.to_owned(),
            },
            removable: false,
            conditional: false,
        })
        .collect()
}

#[cfg(windows)]
fn values(key: &str) -> Vec<(String, String)> {
    let (hive, path) = match key.split_once('\\') {
        Some(("HKEY_CURRENT_USER", path)) => (windows_registry::CURRENT_USER, path),
        Some((_, path)) => (windows_registry::LOCAL_MACHINE, path),
        None => return Vec::new(),
    };
    let Ok(key) = hive.open(path) else {
        return Vec::new();
    };
    let Ok(values) = key.values() else {
        return Vec::new();
    };
    values
        .filter_map(|(name, value)| Some((name, String::try_from(value).ok()?)))
        .collect()
}

#[cfg(not(windows))]
const fn values(_key: &str) -> Vec<(String, String)> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_key_become_assignments() {
        let values = [
            ("GoProxy", "https://a"),
            ("Path", "x"),
            ("GOBIN", r"%USERPROFILE%\b"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let found = found(USER, values.into(), &|name| name.starts_with("GO"));
        let shown: Vec<_> = found
            .iter()
            .map(|one| (one.name.as_str(), one.value.as_deref(), one.removable))
            .collect();
        assert_eq!(
            shown,
            [
                ("GOPROXY", Some("https://a"), false),
                ("GOBIN", None, false)
            ],
            "names in capitals, unknown where it depends"
        );
    }
}
