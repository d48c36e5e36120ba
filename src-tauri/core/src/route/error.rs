use serde::Serialize;

/// Why go refuses before it asks anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "route.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum RouteFault {
    /// GOPROXY is a list that Go does not take.
    ProxyRefused {
        /// What go prints, masked.
        said: String,
    },
    /// GOPROXY is off, and nothing makes the module private.
    ProxyOff {},
    /// Credentials would go to this entry of GOPROXY over http; nobody behind it is asked.
    CredentialsOverHttp {
        /// The entry, masked.
        entry: String,
    },
    /// GOSUMDB is a value that Go cannot use, and the module has to be verified.
    SumdbRefused {
        /// The value, masked.
        gosumdb: String,
    },
    /// A toolchain has to be verified, and GOSUMDB is off.
    ToolchainUnverified {},
    /// An entry of GOVCS is none, and the origin is asked.
    VcsRefused {
        /// The entry.
        entry: String,
    },
}
