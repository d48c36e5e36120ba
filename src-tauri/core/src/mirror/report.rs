//! What a speed test says: rows that fill while it runs, and the report at its end.

use serde::{Deserialize, Serialize};

use crate::{
    checksum::RecordFault,
    web::{Connect, Trouble},
};

/// What happens during `mirror_test`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum MirrorEvent {
    /// The test began; every mirror has a row, in the order of the list.
    Started {
        /// Empty rows.
        mirrors: Vec<MirrorReport>,
        /// What the whole run may download, in bytes.
        budget: u32,
    },
    /// A row as it is now: after every sample, every few hundred kilobytes of a download, every verdict.
    Measured {
        /// It takes the place of the row with this id.
        mirror: Box<MirrorReport>,
        /// What the run has downloaded up to here, in bytes.
        bytes_used: u32,
    },
    /// The rows settled into this order.
    Ranked {
        /// Ids, the best first; who is not in it is not ranked.
        ranking: Vec<String>,
        /// What goes on.
        phase: Phase,
    },
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Small requests to several mirrors at once.
    Latency,
    /// One module from one mirror after the other.
    Download,
    /// Nothing more.
    Done,
}

/// A speed test, ended or stopped.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct TestReport {
    /// In the order of the list.
    pub mirrors: Vec<MirrorReport>,
    /// Ids of sound mirrors, the best first.
    pub ranking: Vec<String>,
    /// The chain that follows from it; none when no mirror is sound.
    pub recommended: Option<Recommended>,
    /// It was stopped; what was measured is here.
    pub cancelled: bool,
    /// The network changed or the machine slept meanwhile: nothing of it is kept.
    pub interrupted: bool,
    /// What the projection is for.
    pub workload: Workload,
    /// What was downloaded, in bytes.
    pub bytes_used: u32,
    /// How long it took, in milliseconds.
    pub elapsed_ms: f64,
    /// When it ended, RFC 3339.
    pub at: String,
}

/// What a test found out about a mirror, up to now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct MirrorReport {
    /// Of the list.
    pub id: String,
    /// What stands in GOPROXY, credentials masked.
    pub url: String,
    /// How far it is.
    pub stage: Stage,
    /// It serves modules, their content was verified, and Go can use it: only such a mirror is ranked.
    pub sound: bool,
    /// Why it is sound or not.
    pub verdict: Verdict,
    /// What holds besides: what to set with it, what it cannot do.
    pub conditions: Vec<Condition>,
    /// How its connection came about.
    pub connect: Option<Connect>,
    /// Small requests on the open connection.
    pub latency: Latency,
    /// One module's zip.
    pub throughput: Option<Throughput>,
    /// The zip's hash is the known one; none when there was no zip.
    pub checksum_ok: Option<bool>,
    /// Checksum databases.
    pub sumdb: Sumdb,
    /// It has the Go toolchain of this machine; none when it was not asked.
    pub toolchain: Option<bool>,
    /// It knows the newest version that any mirror of this run knows; none when it cannot be said.
    pub fresh: Option<bool>,
    /// What it cost, in bytes.
    pub bytes_used: u32,
    /// How long a real download of the workload takes by the model, in milliseconds.
    pub projected_ms: Option<f64>,
}

/// How far the test of a mirror is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Its turn has not come.
    Queued {},
    /// The connection is being made.
    Connecting {},
    /// Small requests.
    Sampling {},
    /// What it can do besides.
    Checking {},
    /// Waits for its turn to download.
    Waiting {},
    /// The zip is coming.
    Downloading {
        /// Up to now.
        bytes: u32,
        /// In all, where it is known.
        total: Option<u32>,
    },
    /// Nothing more.
    Done {},
}

/// Small requests on the open connection.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Latency {
    /// Half of the samples took less, in milliseconds; none without a sample.
    pub median_ms: Option<f64>,
    /// The median distance from the median.
    pub jitter_ms: Option<f64>,
    /// Answers that were proper.
    pub samples: u32,
    /// Requests without one.
    pub lost: u32,
    /// Each sample in milliseconds, in its order.
    pub points: Vec<f64>,
}

/// One module's zip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Throughput {
    /// How much came.
    pub bytes: u32,
    /// From the first byte to the last.
    pub bytes_per_second: f64,
}

/// Checksum databases, through a mirror.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Sumdb {
    /// It says that it passes requests on; none when it was not asked.
    pub supported: Option<bool>,
    /// A record came through it, signed by the database and in its tree.
    pub lookup_ok: Option<bool>,
}

/// Why a mirror is sound or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(untagged)]
pub enum Verdict {
    /// What we found out ourselves.
    Found(Finding),
    /// Why it could not be reached.
    Trouble(Trouble),
}

/// What we found out ourselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Finding {
    /// Not known yet.
    Testing {},
    /// Everything was as it should be.
    Sound {},
    /// Sound, when its conditions are kept.
    SoundWithConditions {},
    /// It was stopped before that could be said.
    Stopped {},
    /// It answers, but others are so much faster that its content was not downloaded.
    NotDownloaded {},
    /// The run's or the mirror's limit of bytes was used up before its content could be verified.
    BudgetUsedUp {},
    /// Cut off because others are faster; "test again without a limit" asks it alone.
    SlowerThan {
        /// The limit that it missed, in seconds.
        seconds: String,
    },
    /// Its download was cut off, because others are so much faster.
    SlowDownload {
        /// What came up to then, bytes a second.
        bytes_per_second: u32,
    },
    /// A web page came instead: a login of the network, or something that is no module proxy.
    WebPage {},
    /// The network wants a login first (511, or a redirect to a page).
    CaptivePortal {},
    /// What came is not what the protocol says.
    NotAModuleProxy {
        /// What was asked for.
        asked: String,
    },
    /// It refuses, in a way that is not "not here".
    Status {
        /// The HTTP status.
        status: u16,
        /// What was asked for.
        asked: String,
    },
    /// It wants a login (401, 407) or does not let us in (403).
    LoginWanted {
        /// The HTTP status.
        status: u16,
    },
    /// Too many requests from here.
    RateLimited {
        /// When to ask again, in seconds, if it says so.
        retry_after: Option<u32>,
    },
    /// A module that everybody has is not there.
    ModuleMissing {
        /// `path@version`.
        module: String,
    },
    /// Its list of versions lacks one that is years old.
    ListStale {
        /// `path@version`.
        module: String,
    },
    /// Nothing says what the content of its own test module must be, so it was not verified.
    NotVerified {
        /// `path@version`.
        module: String,
    },
    /// The module's content is not the known one.
    WrongHash {
        /// `path@version`.
        module: String,
        /// What everybody has, `h1:…`.
        known: String,
        /// What came.
        got: String,
    },
    /// The zip cannot be read as one.
    NotAZip {
        /// `path@version`.
        module: String,
    },
    /// What does not exist is not answered by 404 or 410, so a chain with `,` never goes on.
    MissingNotSaid {
        /// The HTTP status instead.
        status: u16,
    },
    /// It says that it passes on a checksum database, and what it passes on is not of that.
    WrongRecord {
        /// The database.
        database: String,
        /// What is wrong with it.
        reason: RecordFault,
    },
}

/// What holds besides the verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Condition {
    /// It passes no checksum database on, so Go asks that itself: this one answers here.
    OtherDatabase {
        /// What to set GOSUMDB to.
        gosumdb: String,
    },
    /// It passes no checksum database on, and none answers here: nothing new can be verified.
    NoDatabase {},
    /// It does not have this Go toolchain.
    NoToolchain {
        /// `go1.27.3`.
        version: String,
    },
    /// It is behind others.
    Stale {
        /// The module.
        module: String,
        /// What it has.
        version: String,
        /// What another has.
        newest: String,
    },
    /// Whoever listens on the way can read and change what it sends.
    Unencrypted {},
    /// Its certificate soon runs out.
    CertificateEnds {
        /// In so many days.
        days: i32,
    },
    /// A module came from another host.
    Redirects {
        /// Which.
        to: String,
    },
    /// It runs under a name that its operator gave up.
    Legacy {},
}

/// What a projection is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Workload {
    /// Modules to download.
    pub modules: u32,
    /// Their zips, in bytes.
    pub bytes: u32,
    /// How many go downloads at once: the processors of this machine.
    pub parallel: u32,
    /// The project it is taken from, a path as it is shown; none for a typical service.
    pub project: Option<String>,
}

/// A whole chain with its checksum database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
pub struct Recommended {
    /// For GOPROXY, credentials masked.
    pub goproxy: String,
    /// For GOSUMDB.
    pub gosumdb: String,
    /// The mirrors in it, by id, in their order.
    pub mirrors: Vec<String>,
    /// A reason for each part.
    pub why: Vec<Reason>,
}

/// Why a part of a chain is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "mirror.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Reason {
    /// The first: the shortest projected time of all sound mirrors.
    Fastest {
        /// Its id.
        mirror: String,
        /// Rounded, in milliseconds.
        projected_ms: u32,
    },
    /// A mirror of the user's own stays first.
    OwnFirst {
        /// Its id.
        mirror: String,
    },
    /// The second: of another operator, so that one outage does not stop both.
    OtherOperator {
        /// Its id.
        mirror: String,
    },
    /// The end: what no mirror has comes from its origin.
    OriginLast {},
    /// The checksum database comes through the first mirror.
    DatabaseThroughMirror {
        /// Its id.
        mirror: String,
    },
    /// The first mirror passes none on, and this database answers here.
    DatabaseAnswers {
        /// What GOSUMDB is set to.
        database: String,
    },
    /// No database answered; verification stays on all the same.
    DatabaseSilent {
        /// What GOSUMDB is set to.
        database: String,
    },
}
