use std::fmt;

use serde::Serialize;

/// Why a user's file cannot be read or replaced. Whatever it says, the file is as it was unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum FileError {
    /// Not readable.
    #[error("cannot read {path}: {reason}")]
    FileUnreadable {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// Not writable; it is as it was.
    #[error("cannot write {path}: {reason}")]
    FileUnwritable {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// No room; it is as it was.
    #[error("no room to write {path}: {bytes} bytes are needed")]
    DiskFull {
        /// The file.
        path: String,
        /// How much is needed, in bytes.
        bytes: u32,
    },
    /// A folder, pipe or device, or a link in a circle.
    #[error("{path} is not a regular file: {reason}")]
    NotRegular {
        /// The file.
        path: String,
        /// What it is.
        reason: String,
    },
    /// Replacing it would lose something: a second name (hard link), an owner, an attribute.
    #[error("replacing {path} would lose {what}")]
    WouldLose {
        /// The file.
        path: String,
        /// What.
        what: Loss,
    },
    /// Replaced, but the system did not confirm that it will survive a power failure.
    #[error("{path} was written, but not confirmed: {reason}")]
    NotDurable {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// Larger than what we read as settings, in bytes.
    #[error("{path} is larger than {limit} bytes")]
    FileTooLarge {
        /// The file.
        path: String,
        /// The limit.
        limit: u32,
    },
    /// Another run of this program is writing it.
    #[error("another run of this program is writing {path}")]
    FileBusy {
        /// The file.
        path: String,
    },
    /// Somebody else changed it since it was read; it is as they left it.
    #[error("{path} was changed by another program")]
    FileChanged {
        /// The file.
        path: String,
    },
}

/// What a replaced file would lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// It belongs to somebody else.
    Owner,
    /// Who may read and write it.
    Mode,
    /// Extended attributes, access lists.
    Attributes,
    /// It has a second name.
    HardLink,
}

impl fmt::Display for Loss {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Owner => "its owner",
            Self::Mode => "its mode",
            Self::Attributes => "its attributes",
            Self::HardLink => "a hard link",
        })
    }
}
