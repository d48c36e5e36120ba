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
    /// `off` behind a mirror: when that does not have a module, go says that lookups are disabled, and not what was
    /// missing.
    ProxyOffHides {},
    /// Stands in the list before.
    ProxyTwice {
        /// The entry.
        entry: String,
    },
    /// No mirror of the list is known to pass the checksum database on, and GOSUMDB names no address for it.
    ProxyWithoutDatabase {
        /// The database.
        database: String,
    },
    /// GOPRIVATE names modules, GONOPROXY does not, and a public mirror stands in GOPROXY: it is asked for them.
    PrivateNamesTold {
        /// The host of the mirror.
        mirror: String,
        /// What GONOPROXY says instead.
        gonoproxy: String,
    },
    /// The mirror runs under a name that its operator gave up.
    MirrorLegacy {
        /// The entry.
        entry: String,
        /// What its operator names now.
        instead: String,
    },
    /// The mirror is gone.
    MirrorDead {
        /// The entry.
        entry: String,
    },
    /// The mirror is gone from there.
    MirrorMoved {
        /// The entry.
        entry: String,
        /// What its operator names now.
        instead: String,
    },
    /// There never was such a mirror.
    MirrorInvented {
        /// The entry.
        entry: String,
    },
    /// There never was such a mirror, but its operator has another.
    MirrorMistaken {
        /// The entry.
        entry: String,
        /// The true one.
        instead: String,
    },
    /// The checksum database is gone.
    SumdbDead {
        /// Its name.
        name: String,
    },
    /// Since Go 1.21 every download fails.
    SumdbEmpty {},
    /// Neither a known name nor `name+hash+key`.
    SumdbMalformed {
        /// What is wrong.
        reason: String,
    },
    /// The hash in `name+hash+key` is not that of the name and the key: something got lost when it was copied.
    SumdbKeyDamaged {},
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
    /// `go env -w` of the Go in use does not set this variable.
    CannotBeSet {},
    /// The home, the root, or a folder that holds other things.
    FolderTooWide {
        /// The folder.
        folder: String,
    },
}
