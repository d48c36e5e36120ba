//! Profiles: named sets of values that are switched as a whole.
//!
//! A profile sets and unsets variables of the GOENV file; what it does not name it leaves alone. Which profile is active
//! is worked out from the environment every time, and never stored.

pub mod builtin;
pub mod company;
pub mod export;
pub mod file;
pub mod kept;
pub mod name;
pub mod state;
pub mod values;

mod definition;
mod error;
mod verify;

use serde::{Deserialize, Serialize};

pub use company::{
    CompanyForm, CompanyPreview, CompanyReason, CompanyValue, CompanyWarning, Login, PublicSource,
};
pub use definition::Definition;
pub use error::ProfileError;
pub use export::{ExportFormat, ExportProfile, Exported};
pub use state::{Difference, ProfileState};
pub use verify::{Fetched, Verified, VerifyEvent, VerifyProfile};

use crate::{
    environment::{Danger, Problem},
    error::Failure,
};

/// Every profile at one moment, as it is shown.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Profiles {
    /// The built-in ones and the user's own, in the user's order.
    pub list: Vec<Profile>,
    /// The one whose values Go uses now; none when the environment is a custom one.
    pub active: Option<String>,
    /// What `profile_previous` would return to.
    pub previous: Option<Previous>,
    /// Why the user's own profiles cannot be read or changed.
    pub trouble: Option<Failure>,
}

/// One profile, credentials masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Profile {
    /// Names it for every command: `domestic`, or one that was minted.
    pub id: String,
    /// What it is called.
    pub title: Title,
    /// What it sets and unsets.
    pub values: Vec<ProfileValue>,
    /// How it stands to the environment now.
    pub state: ProfileState,
}

/// What a profile is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Title {
    /// A shipped one; the hosts have its name in both languages.
    Builtin {
        /// Which.
        builtin: Builtin,
    },
    /// The user's own.
    Own {
        /// Its name.
        name: String,
    },
}

/// The shipped profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Builtin {
    /// Mirrors and a checksum database that answer in mainland China.
    Domestic,
    /// Go's own defaults.
    Overseas,
    /// What the company form made; without values until it was filled in.
    Company,
    /// The module cache as the only source.
    Offline,
}

/// One variable of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct ProfileValue {
    /// The variable.
    pub name: String,
    /// What it is set to, credentials masked; none takes it out of the GOENV file.
    pub value: Option<String>,
    /// Credentials were masked in `value`: see `profile_reveal`.
    pub masked: bool,
}

/// What `profile_previous` returns to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Previous {
    /// The profile; none when the environment was a custom one, which is then restored from the history.
    pub title: Option<Title>,
    /// The switch that left it.
    pub entry: String,
}

/// Keeps a profile of the user.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct SaveProfile {
    /// The one to change; none makes a new one.
    pub id: Option<String>,
    /// What it is to be called.
    pub name: String,
    /// What it is to set and unset.
    pub values: Vec<SavedValue>,
}

/// One variable of [`SaveProfile`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct SavedValue {
    /// The variable.
    pub name: String,
    /// What becomes of it.
    pub to: SavedAs,
}

/// What a profile makes of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SavedAs {
    /// Sets it.
    Value {
        /// To this.
        value: String,
    },
    /// Unsets it.
    Unset {},
    /// As the profile with this id has it: a copy whose credentials the page never saw.
    AsIn {
        /// The profile.
        profile: String,
    },
    /// As Go uses it now, credentials included: "create from the present state".
    AsNow {},
}

/// Moves a profile in the list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct MoveProfile {
    /// Which.
    pub id: String,
    /// Its place afterwards, from 0; beyond the end is the end.
    pub to: u32,
}

/// Asks for one value of a profile with its credentials, for the field in which it is edited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct RevealProfile {
    /// The profile.
    pub id: String,
    /// The variable.
    pub name: String,
}

/// A profile file that was read: nothing of it is saved or applied.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct Import {
    /// Names it for `profile_import_keep`.
    pub id: String,
    /// What the file calls it.
    pub name: String,
    /// What it would set and unset.
    pub values: Vec<ProfileValue>,
    /// What is not so now.
    pub differences: Vec<Difference>,
    /// What weakens the protection of the user; each has to be confirmed by its name before the profile is used.
    pub dangers: Vec<Danger>,
    /// What is wrong with values, or deserves a word.
    pub problems: Vec<ValueProblem>,
    /// Variables from which the exporter took the credentials: they have to be added again.
    pub stripped: Vec<String>,
}

/// What is to be said of one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct ValueProblem {
    /// The variable.
    pub name: String,
    /// What is wrong.
    pub problem: Problem,
    /// Go, or we, would refuse it: the profile cannot be used as it is.
    pub refused: bool,
}

/// Keeps what was imported among the user's profiles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "profile.ts"))]
pub struct KeepImport {
    /// Which.
    pub id: String,
    /// What it is to be called.
    pub name: String,
}
