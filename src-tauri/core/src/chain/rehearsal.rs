//! What Go does when every source answers as somebody supposes. Nothing is sent.
//!
//! A download is not one walk over the list but several: the `.info`, the `.mod` and the `.zip` of a version each begin at
//! the top again, and so does the question which mirror passes the checksum database on
//! (cmd/go/internal/modfetch: `TryProxies`, `downloadZip`, `dbClient.initBase`; go-semantics 2.2, 2.5).

mod say;
mod walk;

use serde::{Deserialize, Serialize};

use super::{ChainEntry, Source};
use crate::checksum::{Gosumdb, SettingFault};

/// What a source answers, to everything it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
#[serde(rename_all = "snake_case")]
pub enum MirrorAnswer {
    /// What was asked for.
    Ok,
    /// 404.
    NotFound,
    /// 410.
    Gone,
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 429.
    TooMany,
    /// 500.
    ServerError,
    /// 502.
    BadGateway,
    /// 503.
    Unavailable,
    /// Its name is not known.
    NoSuchHost,
    /// Nobody listens there.
    Refused,
    /// No connection comes about (30 s: `net/http.DefaultTransport`).
    Timeout,
    /// It takes the connection and never answers.
    Silence,
    /// An HTML page with status 200, such as a login page.
    Page,
    /// The zip of other content than everybody else gets.
    WrongHash,
}

/// Asks what Go would do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct RehearseChain {
    /// GOPROXY; masked entries stand for themselves.
    pub goproxy: String,
    /// GOSUMDB; none is what is in effect.
    pub gosumdb: Option<String>,
    /// One for each entry, by its place; what is missing is [`MirrorAnswer::Ok`]. That of `direct` is the origin's.
    pub answers: Vec<MirrorAnswer>,
    /// The checksum database does not answer at its own address, as in mainland China.
    #[serde(default)]
    pub database_down: bool,
    /// The module path that is downloaded; none is a public one.
    pub module: Option<String>,
}

/// What Go would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct Rehearsal {
    /// One for each entry.
    pub steps: Vec<RehearsalStep>,
    /// How it ends.
    pub ending: Ending,
    /// What go prints, in its words, credentials masked; empty when it prints nothing, or what git says.
    pub said: String,
    /// How long Go waits for what does not answer, in seconds; none when it waits for ever.
    pub wait_seconds: Option<u32>,
    /// The entries that learn the module's name.
    pub told: Vec<u32>,
    /// The module is private: by GONOPROXY it goes past every mirror.
    pub private: bool,
}

/// How one source is come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
pub struct RehearsalStep {
    /// Its place.
    pub entry: u32,
    /// It is asked for something.
    pub asked: bool,
    /// What follows.
    pub then: Then,
}

/// What follows from a source's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The module comes from it.
    Served,
    /// The next one is asked, because this one does not have it.
    GoesOnMissing,
    /// The next one is asked, because `|` stands behind this one.
    GoesOnError,
    /// Nobody behind it is asked.
    Stops,
    /// Go waits for it, for ever.
    Hangs,
    /// Go does not come to it.
    NotAsked,
    /// It is asked about the checksum database alone.
    DatabaseOnly,
    /// It is passed over: the module is private.
    PassedOver,
}

/// How a rehearsal ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export_to = "chain.ts"))]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Ending {
    /// The module comes from this entry.
    Served {
        /// Its place.
        entry: u32,
    },
    /// The module is private, and comes from its origin.
    FromOrigin {},
    /// No source has it.
    Missing {},
    /// This entry's answer ends it, although others stand behind.
    Ended {
        /// Its place.
        entry: u32,
    },
    /// Every source failed; this entry's answer is what go prints.
    Failed {
        /// Its place.
        entry: u32,
    },
    /// What it downloaded is no zip, and go does not ask the next one.
    NotAZip {
        /// Its place.
        entry: u32,
    },
    /// What it downloaded is not what everybody else gets, and go does not ask the next one.
    OtherContent {
        /// Its place.
        entry: u32,
    },
    /// The checksum database cannot be asked, because this entry stands in its way.
    DatabaseUnreachable {
        /// Its place.
        entry: u32,
    },
    /// The checksum database itself does not answer.
    DatabaseDown {},
    /// The module would be there, but Go cannot read GOSUMDB.
    DatabaseUnreadable {},
    /// Go waits for this entry for ever.
    Hangs {
        /// Its place.
        entry: u32,
    },
    /// `off` stands before everything.
    Off {},
    /// Go refuses the whole list, and asks nobody.
    Refused {},
}

/// What a rehearsal is played with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene<'a> {
    /// The chain, masked.
    pub entries: &'a [ChainEntry],
    /// What each answers; what is missing is [`MirrorAnswer::Ok`].
    pub answers: &'a [MirrorAnswer],
    /// Which of them pass the checksum database on when they answer; what is missing does.
    pub passes_on: &'a [bool],
    /// `path@version`.
    pub module: &'a str,
    /// GONOPROXY names it.
    pub private: bool,
    /// GONOSUMDB names it.
    pub unverified: bool,
    /// GOSUMDB, as Go reads it.
    pub gosumdb: &'a Result<Gosumdb, SettingFault>,
    /// What go prints when it refuses the list; none when it takes it.
    pub refused: Option<&'a str>,
    /// The database does not answer at its own address.
    pub database_down: bool,
}

impl Scene<'_> {
    /// Plays it.
    pub fn rehearse(&self) -> Rehearsal {
        walk::play(self)
    }

    fn answer(&self, at: usize) -> MirrorAnswer {
        self.answers.get(at).copied().unwrap_or(MirrorAnswer::Ok)
    }

    /// Go sends no credentials over http, and so nothing at all.
    fn is_withheld(&self, at: usize) -> bool {
        super::is_withheld(&self.entries[at].text)
    }

    fn is_server(&self, at: usize) -> bool {
        matches!(self.entries[at].source, Source::Mirror | Source::Files)
    }
}
