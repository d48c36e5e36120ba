//! What is wrong, or dangerous, with a value: Go's own checks, and those Go forgets (go-semantics 1.7, 2).

use serde::Serialize;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Problem {
    /// NUL, line feed, carriage return or vertical tab; not UTF-8.
    ControlCharacter {
        /// `U+000A`.
        character: String,
    },
    /// Not one of the words Go accepts.
    NotOneOf {
        /// The words.
        allowed: Vec<String>,
    },
    /// A relative path where Go wants an absolute one; the entry.
    RelativePath {
        /// The entry of the list.
        entry: String,
    },
    /// `~` is not the home here.
    TildePath {
        /// The entry of the list.
        entry: String,
    },
    /// Larger than a program can be started with, in bytes.
    TooLong {
        /// The limit.
        limit: u32,
    },
    /// No such target system.
    UnsupportedTarget {
        /// `js/amd64`.
        pair: String,
    },
    /// No quote ends it.
    UnterminatedQuote {},
    /// Only spaces.
    OnlySpaces {},
    /// An entry of GOPROXY without scheme that Go does not complete: `localhost`.
    ProxyWithoutScheme {
        /// The entry.
        entry: String,
    },
    /// A scheme other than https, http, file.
    ProxyScheme {
        /// The entry.
        entry: String,
    },
    /// Not a URL.
    ProxyNotUrl {
        /// The entry.
        entry: String,
        /// Why.
        reason: String,
    },
    /// `host:port` without scheme, which Go reads as https.
    ProxyReadAsHttps {
        /// The entry.
        entry: String,
    },
    /// Stands behind `direct` or `off`, so nobody asks it.
    ProxyUnreachable {
        /// The entry.
        entry: String,
    },
    /// Full-width comma or `;`: not a separator.
    ProxySeparator {
        /// The character.
        found: String,
    },
    /// Go sends no credentials over http.
    ProxyCredentialsOverHttp {
        /// The entry, masked.
        entry: String,
    },
    /// No entry at all: since Go 1.21 every download fails.
    ProxyEmpty {},
    /// `Direct`, `OFF`: Go wants lower case.
    ProxyCase {
        /// The entry.
        entry: String,
        /// What Go understands.
        meant: String,
    },
    /// Since Go 1.21 every download fails.
    SumdbEmpty {},
    /// Neither a known name nor `name+hash+key`.
    SumdbMalformed {
        /// What is wrong.
        reason: String,
    },
    /// Not `go1.x`, `local`, `auto`, `path`, or a sum of them.
    ToolchainUnknown {
        /// The value.
        value: String,
    },
    /// An entry that does not begin with `-`.
    FlagNotAFlag {
        /// The entry.
        entry: String,
    },
    /// A flag no go command has.
    FlagUnknown {
        /// The flag.
        flag: String,
    },
    /// Not a glob that Go can match.
    PatternMalformed {
        /// The pattern.
        pattern: String,
    },
    /// `https://` or a path scheme where a module path prefix belongs.
    PatternIsUrl {
        /// The pattern.
        pattern: String,
        /// The prefix that was meant.
        meant: String,
    },
    /// Not `pattern:vcs|vcs`.
    VcsMalformed {
        /// The entry.
        entry: String,
    },
    /// Not a form GOAUTH has.
    AuthMalformed {
        /// What is wrong.
        reason: String,
    },
    /// Spaces at an end that are part of the value.
    OuterSpace {},
    /// Quotes around it that are part of the value.
    OuterQuotes {},
    /// Looks like another writing direction or has invisible characters.
    InvisibleCharacter {
        /// `U+202E`.
        character: String,
    },
    /// A line in the GOENV file has no effect: only the process environment counts.
    NoEffectInFile {},
    /// The home, the root, or a folder that holds other things.
    FolderTooWide {
        /// The folder.
        folder: String,
    },
}

/// What weakens the protection of the user. Needs a confirmation of its own that names the consequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
pub struct Danger {
    /// The variable.
    pub name: String,
    /// The consequence.
    pub consequence: Consequence,
}

/// What a dangerous value leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "bindings",
    derive(ts_rs::TS),
    ts(export_to = "environment.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// `GOSUMDB=off`: nothing is verified against the checksum database.
    NothingVerified,
    /// `GONOSUMDB=*`, `GOPRIVATE=*`: the same by a pattern.
    EverythingUnverified,
    /// `GOINSECURE`: http, and certificates that nobody checked.
    InsecureTransport,
    /// `GOFLAGS` with `-toolexec`, `-exec`, `-modfile`, `-overlay`, `-insecure`: runs or reads what it names.
    FlagsRunProgram,
    /// `CC`, `CXX`, `AR`, `FC`, `PKG_CONFIG`: go runs it.
    RunsProgram,
    /// `GOAUTH`: go runs it and trusts what it says with credentials.
    RunsCredentialProgram,
    /// `GOCACHEPROG`: go runs it for every build.
    RunsCacheProgram,
    /// `GOVCS` allows a version control system for public modules that Go does not.
    UnsafeVcs,
    /// `GOSUMDB` names another database, or another key.
    OtherDatabase,
    /// `GOTOOLCHAIN` that takes programs from `PATH`.
    ToolchainFromPath,
}
