//! How much of the environment is read: every question to go costs as much as a whole `go env`.

use crate::environment::catalogue::{self, Entry};

/// What is wanted of a reading, besides the state of the GOENV file.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Everything about every variable, and whether go works with the file.
    All,
    /// What these are now, as go says it, what outranks them, and whether go works with the file.
    Values(&'a [&'a str]),
    /// What outranks these, and which Go it is. Values are what the files say; go is asked only if no file tells its
    /// version.
    Places(&'a [&'a str]),
}

impl Scope<'_> {
    pub(super) fn has(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Values(names) | Self::Places(names) => names.contains(&name),
        }
    }

    /// Whether go has to say what `name` is, if that takes a question of its own.
    pub(super) fn asks(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Values(names) => names.contains(&name),
            Self::Places(_) => false,
        }
    }

    /// Whether only the full answer tells: of the C compiler, and of variables newer than our catalogue.
    pub(super) fn asks_in_full(self) -> bool {
        match self {
            Self::All => true,
            Self::Values(names) => names
                .iter()
                .any(|name| catalogue::find(name).is_none_or(Entry::is_costly)),
            Self::Places(_) => false,
        }
    }
}
