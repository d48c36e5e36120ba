use serde::{Deserialize, Serialize};

/// Why a cache, or something in one, is left alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "failure.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum CacheError {
    /// No cache has this name.
    #[error("there is no cache {cache}")]
    UnknownCache {
        /// What was asked for.
        cache: String,
    },
    /// No version in any cache has this name.
    #[error("{version} is in no cache")]
    UnknownVersion {
        /// What was asked for.
        version: String,
    },
    /// Nothing was scanned yet, or it is too long ago to plan with.
    #[error("the caches have not been looked at")]
    NotScanned {},
    /// The plan is unknown or too old.
    #[error("the plan is not known any more")]
    CachePlanUnknown {},
    /// What is to go is not what was shown.
    #[error("{path} changed since it was shown")]
    CacheChanged {
        /// Where.
        path: String,
    },
    /// Go's programs are running.
    #[error("{count} programs of Go are running")]
    GoIsRunning {
        /// How many.
        count: u32,
    },
    /// It does not hold what a cache of this kind holds.
    #[error("{path} is not recognised as a cache of Go")]
    NotACache {
        /// Where.
        path: String,
    },
    /// A home, the root, a disk, or something that one of them is in.
    #[error("{path} is a place that is never cleaned")]
    PlaceForbidden {
        /// Where.
        path: String,
    },
    /// It belongs to somebody else.
    #[error("{path} belongs to another user")]
    NotOwned {
        /// Where.
        path: String,
    },
    /// This process is the administrator's.
    #[error("nothing is deleted as the administrator")]
    RunningAsRoot {},
    /// It lies on a disk of another machine.
    #[error("{path} is on a network disk")]
    NetworkDisk {
        /// Where.
        path: String,
    },
    /// The disk, or the folder, cannot be written.
    #[error("{path} is read-only")]
    CacheReadOnly {
        /// Where.
        path: String,
    },
    /// Another disk is mounted in it.
    #[error("another disk is mounted at {path}")]
    MountedInside {
        /// Where.
        path: String,
    },
    /// It became a link, or something else than was looked at.
    #[error("{path} is not what it was")]
    EntryReplaced {
        /// Where.
        path: String,
    },
    /// Go holds it at this moment.
    #[error("go is working on {path}")]
    EntryLocked {
        /// Where.
        path: String,
    },
    /// It is the Go that is running, or that a project or an installation names.
    #[error("{name} is in use")]
    ToolchainInUse {
        /// Which.
        name: String,
    },
    /// The system refused.
    #[error("{path}: {reason}")]
    CacheSystem {
        /// Where.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// It was stopped before.
    #[error("stopped before {path}")]
    CleaningStopped {
        /// Where.
        path: String,
    },
    /// This system has no way to delete without following links.
    #[error("caches are not cleaned on this system")]
    SystemUnsupported {},
    /// The cache, something in it, or something that it is in.
    #[error("{path} and the cache are one in the other")]
    TargetInCache {
        /// Where it was to go.
        path: String,
    },
    /// There is something, and no interrupted move of this cache.
    #[error("{path} is not empty")]
    TargetNotEmpty {
        /// Where it was to go.
        path: String,
    },
    /// The disk there has too little left.
    #[error("there is not enough room for the cache at {path}")]
    NoRoom {
        /// Where it was to go.
        path: String,
    },
    /// What was set aside is deleted already, or was put back.
    #[error("there is nothing to put back")]
    NothingAside {},
}

#[cfg(unix)]
impl CacheError {
    /// The same about another place.
    pub(super) fn at(mut self, place: String) -> Self {
        match &mut self {
            Self::CacheChanged { path }
            | Self::NotACache { path }
            | Self::PlaceForbidden { path }
            | Self::NotOwned { path }
            | Self::NetworkDisk { path }
            | Self::CacheReadOnly { path }
            | Self::MountedInside { path }
            | Self::EntryReplaced { path }
            | Self::EntryLocked { path }
            | Self::CacheSystem { path, .. }
            | Self::CleaningStopped { path } => *path = place,
            _ => {}
        }
        self
    }
}
