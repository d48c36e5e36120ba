use serde::Serialize;

/// Why a profile cannot be used, kept, read or printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum ProfileError {
    /// No profile has this id or name.
    #[error("no profile is called {id}")]
    UnknownProfile {
        /// What was asked for.
        id: String,
    },
    /// The profile does not set this variable.
    #[error("the profile {id} does not set {name}")]
    NotInProfile {
        /// The profile.
        id: String,
        /// The variable.
        name: String,
    },
    /// A shipped profile cannot be changed, only duplicated.
    #[error("{id} is built in")]
    BuiltinProfile {
        /// The profile.
        id: String,
    },
    /// Another profile has this name.
    #[error("another profile is called {name}")]
    ProfileNameTaken {
        /// The name.
        name: String,
    },
    /// Empty, too long, or with characters that cannot be seen.
    #[error("{name:?} is no name for a profile")]
    ProfileNameInvalid {
        /// The name.
        name: String,
    },
    /// It would set and unset nothing.
    #[error("a profile without values")]
    ProfileEmpty {},
    /// The company form was not filled in yet.
    #[error("the company form was not filled in")]
    ProfileNeedsForm {},
    /// Nothing was switched yet, or it was undone.
    #[error("no profile was used before")]
    NoPreviousProfile {},
    /// Without a module cache nothing can be taken from it.
    #[error("go names no module cache")]
    NoModuleCache {},
    /// No host or path of a module.
    #[error("{text:?} names no host of modules")]
    CompanyHostInvalid {
        /// What was typed.
        text: String,
    },
    /// Not the address of one module proxy.
    #[error("{text:?} is no address of a module proxy")]
    CompanyProxyInvalid {
        /// What was typed, credentials masked.
        text: String,
    },
    /// The form names neither a host nor a proxy.
    #[error("neither a host nor a proxy is named")]
    CompanyFormEmpty {},
    /// The text is no profile file.
    #[error("no profile file: {reason}")]
    ProfileFileInvalid {
        /// What is wrong, and where.
        reason: String,
    },
    /// Written by a newer Gopherdesk.
    #[error("the profile file has the newer version {version}")]
    ProfileFileNewer {
        /// Its version.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        version: u64,
    },
    /// Larger than any profile.
    #[error("larger than {limit} bytes")]
    ProfileFileTooLarge {
        /// The limit, in bytes.
        #[cfg_attr(feature = "bindings", ts(type = "number"))]
        limit: u64,
    },
    /// What was imported was kept already, or forgotten.
    #[error("nothing imported has the id {id}")]
    UnknownImport {
        /// The id.
        id: String,
    },
}
