use serde::Serialize;

/// Why a mirror is not kept, tested or chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum MirrorError {
    /// Neither an id, nor a name, nor an address in the list.
    #[error("there is no mirror {mirror}")]
    UnknownMirror {
        /// What was asked for, masked.
        mirror: String,
    },
    /// No mirror was named, and no test on this network recommends any.
    #[error("no mirror was named, and no test on this network recommends one")]
    NoRecommendation {},
    /// Empty, too long, or with characters that cannot be seen.
    #[error("a mirror cannot be called {name}")]
    MirrorNameInvalid {
        /// The name, escaped.
        name: String,
    },
    /// Another mirror is called so, or has that as its id.
    #[error("there is a mirror called {name} already")]
    MirrorNameTaken {
        /// The name.
        name: String,
    },
    /// Not the address of one mirror.
    #[error("{text} is not the address of one mirror")]
    MirrorAddressInvalid {
        /// What was given, masked.
        text: String,
    },
    /// The address is in the list already.
    #[error("{url} is in the list already")]
    MirrorListed {
        /// What stands there, masked.
        url: String,
        /// The id of the mirror that has it.
        mirror: String,
    },
    /// It is shipped: it can be moved, and nothing else.
    #[error("{id} is a shipped mirror")]
    BuiltinMirror {
        /// Its id.
        id: String,
    },
    /// Its credentials are hidden, and it is none of the known ones, or may be several.
    #[error("the credentials of {entry} are not known")]
    MaskedEntryUnknown {
        /// The entry, masked.
        entry: String,
    },
    /// Nothing in the text is a mirror.
    #[error("there is no mirror in the text")]
    NoMirrorInText {},
    /// The text is meant to be JSON and is none.
    #[error("the list of mirrors is not readable: {reason}")]
    MirrorTextInvalid {
        /// What is wrong with it.
        reason: String,
    },
    /// More text, or more mirrors in it, than anybody has.
    #[error("more than {limit} mirrors, or more text than they need")]
    TooManyMirrors {
        /// How many are taken at once.
        limit: u32,
    },
    /// What was imported was kept already, or is too long ago.
    #[error("there is no import {id}")]
    UnknownMirrorImport {
        /// Its id.
        id: String,
    },
}
