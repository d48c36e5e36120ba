//! Two mirrors that answer as a case says, and what we say of them.

use std::sync::Arc;

use gopherdesk_core::{
    chain::{
        self, ChainView, Known,
        rehearsal::{MirrorAnswer, Rehearsal, Scene as Rehearsed},
    },
    checksum::Gosumdb,
    host::Os,
};

use crate::{
    database::Sumdb,
    mirror::{Fault, Manner, Mirror},
    serving::Served,
    tree::Tree,
};

pub(super) const MODULE: &str = "team.example/m@v1.0.0";
/// No name of any host, so that the resolver is not asked: RFC 1035, 2.3.1.
pub(super) const NO_HOST: &str = "http://mirror..invalid";
/// Nobody listens there.
pub(super) const NO_SERVER: &str = "http://127.0.0.1:1";

/// How the checksum database is come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Database {
    ThroughBoth,
    ThroughSecond,
    ByAddress,
    Off,
}

pub(super) const DATABASES: [Database; 4] = [
    Database::ThroughBoth,
    Database::ThroughSecond,
    Database::ByAddress,
    Database::Off,
];

#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) answers: [MirrorAnswer; 2],
    pub(super) separator: char,
    pub(super) database: Database,
    /// `off` stands at the end.
    pub(super) off: bool,
}

/// The servers of one case.
pub(super) struct Ground {
    pub(super) mirrors: [Option<Mirror>; 2],
    pub(super) goproxy: String,
    pub(super) gosumdb: String,
}

pub(super) struct World {
    pub(super) tree: Arc<Tree>,
    pub(super) other: Arc<Tree>,
    pub(super) database: Arc<Sumdb>,
    pub(super) direct: Served,
}

impl World {
    pub(super) fn new() -> Self {
        let tree = Arc::new(Tree::default().with(MODULE, 4_000));
        let database = Sumdb::new(40, &[(9, tree.record(MODULE))]);
        Self {
            other: Arc::new(Tree::default().with(MODULE, 9_000)),
            direct: database.clone().serve(),
            database: Arc::new(database),
            tree,
        }
    }

    pub(super) fn ground(&self, case: &Case) -> Ground {
        let passes = match case.database {
            Database::ThroughBoth => [true, true],
            Database::ThroughSecond => [false, true],
            Database::ByAddress | Database::Off => [false, false],
        };
        let mirrors = [0, 1].map(|at| self.mirror(case.answers[at], passes[at]));
        let urls = [0, 1].map(|at| match (&mirrors[at], case.answers[at]) {
            (Some(mirror), _) => mirror.url(),
            (None, MirrorAnswer::NoSuchHost) => NO_HOST.to_owned(),
            (None, _) => NO_SERVER.to_owned(),
        });
        let [first, second] = urls;
        let end = if case.off { ",off" } else { "" };
        Ground {
            mirrors,
            goproxy: format!("{first}{}{second}{end}", case.separator),
            gosumdb: match case.database {
                Database::ThroughBoth | Database::ThroughSecond => self.database.key(),
                Database::ByAddress => self.direct.gosumdb(),
                Database::Off => "off".to_owned(),
            },
        }
    }

    pub(super) fn mirror(&self, answer: MirrorAnswer, passes_on: bool) -> Option<Mirror> {
        let status = |code| Fault::Status(code);
        let fault = match answer {
            MirrorAnswer::NoSuchHost | MirrorAnswer::Refused | MirrorAnswer::Timeout => {
                return None;
            }
            MirrorAnswer::Ok => None,
            MirrorAnswer::WrongHash => None,
            MirrorAnswer::NotFound => Some(status(404)),
            MirrorAnswer::Gone => Some(status(410)),
            MirrorAnswer::Unauthorized => Some(status(401)),
            MirrorAnswer::Forbidden => Some(status(403)),
            MirrorAnswer::TooMany => Some(status(429)),
            MirrorAnswer::ServerError => Some(status(500)),
            MirrorAnswer::BadGateway => Some(status(502)),
            MirrorAnswer::Unavailable => Some(status(503)),
            MirrorAnswer::Silence => Some(Fault::Silence),
            MirrorAnswer::Page => Some(Fault::Answer(
                "text/html",
                b"<html>Please log in</html>\n".to_vec(),
            )),
        };
        let mut manner = Manner::default().fault(move |_| fault.clone());
        if passes_on {
            manner = manner.database(&self.database);
        }
        let other = answer == MirrorAnswer::WrongHash;
        Some(Mirror::serve(
            if other { &self.other } else { &self.tree },
            manner,
        ))
    }
}

/// What we say.
pub(super) fn rehearsed(case: &Case, ground: &Ground) -> (ChainView, Rehearsal) {
    let known = Known {
        os: Os::Linux,
        go: None,
        default: None,
        mirrors: &[],
    };
    let view = chain::read(&ground.goproxy, &ground.gosumdb, &known);
    let passes_on = match case.database {
        Database::ThroughSecond => [false, true],
        _ => [true, true],
    };
    let gosumdb = Gosumdb::parse(&ground.gosumdb);
    let rehearsal = Rehearsed {
        entries: &view.entries,
        answers: &case.answers,
        passes_on: &passes_on,
        module: MODULE,
        private: false,
        unverified: false,
        gosumdb: &gosumdb,
        refused: view.error.as_deref(),
        // its name leads nowhere
        database_down: case.database == Database::ThroughSecond,
    }
    .rehearse();
    (view, rehearsal)
}
