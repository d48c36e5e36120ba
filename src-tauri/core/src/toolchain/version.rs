//! Versions as Go writes them: `go1.26.8`, `go1.21rc2`, `devel go1.28-abc`.

/// A version that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version;
