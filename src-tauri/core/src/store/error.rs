use serde::Serialize;

/// Why one of the program's own files cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum StoreError {
    /// Written by a newer version of this program: shown, not changed.
    #[error("{path} was written by a newer version")]
    StoreNewer {
        /// The file.
        path: String,
    },
    /// Not readable as what it should be; set aside when something is next saved.
    #[error("{path} is damaged: {reason}")]
    StoreDamaged {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The system does not let us.
    #[error("cannot use {path}: {reason}")]
    StoreUnusable {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// It would be larger than what is read again.
    #[error("{path} would be larger than {limit} bytes")]
    StoreFull {
        /// The file.
        path: String,
        /// The limit, in bytes.
        limit: u32,
    },
    /// Another run of this program holds it.
    #[error("another run of this program is writing {path}")]
    StoreBusy {
        /// The file.
        path: String,
    },
}
