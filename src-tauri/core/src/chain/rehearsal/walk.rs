//! The walks of one download.

use super::{Ending, MirrorAnswer, Rehearsal, RehearsalStep, Scene, Then, say};
use crate::{
    chain::{Junction, Source},
    checksum::Gosumdb,
};

/// How long Go tries to connect, in seconds (`net/http.DefaultTransport`).
const CONNECTING: u32 = 30;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Request {
    Info,
    Mod,
    Zip,
    /// Whether it passes the checksum database on.
    Supported,
    /// The record of the module, through it.
    Lookup,
    /// The record of the module, of the database itself.
    Database,
}

/// What comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reply {
    Fine,
    /// `errors.Is(err, fs.ErrNotExist)`.
    Missing,
    Error,
    /// Nothing, ever.
    Never,
}

/// What a walk fails with: the answer of this entry, to this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) entry: usize,
    pub(super) request: Request,
    reply: Reply,
    /// Nobody behind it is asked, although somebody stands there.
    cuts: bool,
}

/// Where the checksum database is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Mirror(usize),
    Database,
    Broken(Failure),
}

struct Play<'a> {
    scene: &'a Scene<'a>,
    /// Asked for anything.
    asked: Vec<bool>,
    /// Asked for something of the module, which has its name.
    told: Vec<bool>,
    /// The worst answer to what was asked of the module itself.
    answered: Vec<Option<Reply>>,
    wait: u32,
    base: Option<Base>,
}

pub(super) fn play(scene: &Scene<'_>) -> Rehearsal {
    if let Some(error) = scene.refused {
        return refused(scene, error);
    }
    let count = scene.entries.len();
    let mut play = Play {
        scene,
        asked: vec![false; count],
        told: vec![false; count],
        answered: vec![None; count],
        wait: 0,
        base: None,
    };
    let (ending, failure) = play.download();
    let waits_for_ever = matches!(ending, Ending::Hangs { .. });
    let steps = (0..count).map(|at| RehearsalStep {
        entry: place(at),
        asked: play.asked[at],
        then: play.then(at, &ending),
    });
    Rehearsal {
        steps: steps.collect(),
        said: say::said(scene, &ending, failure.as_ref()),
        wait_seconds: (!waits_for_ever).then_some(play.wait),
        told: (0..count).filter(|at| play.told[*at]).map(place).collect(),
        private: scene.private,
        ending,
    }
}

/// Nobody is asked, for a private module either.
fn refused(scene: &Scene<'_>, error: &str) -> Rehearsal {
    let steps = (0..scene.entries.len()).map(|at| RehearsalStep {
        entry: place(at),
        asked: false,
        then: Then::NotAsked,
    });
    Rehearsal {
        steps: steps.collect(),
        ending: Ending::Refused {},
        said: format!("go: {}: {error}", scene.module),
        wait_seconds: Some(0),
        told: Vec::new(),
        private: scene.private,
    }
}

impl Play<'_> {
    fn download(&mut self) -> (Ending, Option<Failure>) {
        for request in [Request::Info, Request::Mod] {
            if let Err(failure) = self.walk(request) {
                return (self.ended(&failure), Some(failure));
            }
        }
        let at = match self.walk(Request::Zip) {
            Err(failure) => return (self.ended(&failure), Some(failure)),
            Ok(None) => return (Ending::FromOrigin {}, None),
            Ok(Some(at)) => at,
        };
        let entry = place(at);
        // what is found after the transfer sends nobody on to the next
        let ending = match self.scene.answer(at) {
            MirrorAnswer::Page if self.scene.is_server(at) => Ending::NotAZip { entry },
            MirrorAnswer::WrongHash if self.scene.is_server(at) && self.verifies() => {
                Ending::OtherContent { entry }
            }
            _ => Ending::Served { entry },
        };
        (ending, None)
    }

    /// The entry that answers; none is the origin of a private module.
    fn walk(&mut self, request: Request) -> Result<Option<usize>, Failure> {
        let scene = self.scene;
        if scene.private && request != Request::Supported {
            return self.origin(request).map(|()| None);
        }
        let reached = scene
            .entries
            .iter()
            .take_while(|entry| entry.reached)
            .count();
        let mut shown: Option<Failure> = None;
        for at in 0..reached {
            let mut failure = match self.get(at, request) {
                Ok(()) => return Ok(Some(at)),
                Err(failure) => failure,
            };
            if failure.reply == Reply::Never {
                return Err(failure);
            }
            let goes_on = failure.reply == Reply::Missing
                || scene.entries[at].next == Some(Junction::OnAnyError);
            failure.cuts = !goes_on && at + 1 < reached;
            if shown.is_none_or(|shown| self.rank(&shown, at) <= self.rank(&failure, at)) {
                shown = Some(failure);
            }
            if !goes_on {
                break;
            }
        }
        // an empty list is refused before anything is asked
        shown.map_or(Ok(None), Err)
    }

    /// The origin, for what GONOPROXY names: the first source, whatever stands in the list.
    fn origin(&mut self, request: Request) -> Result<(), Failure> {
        let mut entries = self.scene.entries.iter();
        match entries.position(|entry| entry.source == Source::Direct) {
            Some(at) => self.get(at, request),
            None if request == Request::Mod && self.verifies() => self.verify(0),
            None => Ok(()),
        }
    }

    fn get(&mut self, at: usize, request: Request) -> Result<(), Failure> {
        match self.reply(at, request) {
            // inside the walk: what speaks against the go.mod sends Go on like any error
            Reply::Fine if request == Request::Mod && self.verifies() => {
                self.verify(at)?;
                // a page is another go.mod than the database knows
                match self.scene.answer(at) {
                    MirrorAnswer::Page if self.scene.is_server(at) => Err(Failure {
                        entry: at,
                        request,
                        reply: Reply::Error,
                        cuts: false,
                    }),
                    _ => Ok(()),
                }
            }
            Reply::Fine => Ok(()),
            reply => Err(Failure {
                entry: at,
                request,
                reply,
                cuts: false,
            }),
        }
    }

    fn reply(&mut self, at: usize, request: Request) -> Reply {
        let scene = self.scene;
        let source = scene.entries[at].source;
        let is_of_database = matches!(request, Request::Supported | Request::Lookup);
        // no mirrors, so they pass nothing on
        if source == Source::Off || (source == Source::Direct && is_of_database) {
            return Reply::Missing;
        }
        if scene.is_withheld(at) {
            return self.noted(at, request, Reply::Error);
        }
        self.asked[at] = true;
        self.told[at] |= request != Request::Supported;
        let answer = scene.answer(at);
        if answer == MirrorAnswer::Timeout {
            self.wait = self.wait.saturating_add(CONNECTING);
        }
        let passes_on = scene.passes_on.get(at).copied().unwrap_or(true);
        let reply = match (answer, request) {
            (MirrorAnswer::Silence, _) => Reply::Never,
            (MirrorAnswer::NotFound | MirrorAnswer::Gone, _) => Reply::Missing,
            (MirrorAnswer::Ok | MirrorAnswer::WrongHash, Request::Supported) if !passes_on => {
                Reply::Missing
            }
            (MirrorAnswer::Ok | MirrorAnswer::WrongHash, _) => Reply::Fine,
            // a page is no JSON and no record; what else it is not is seen later
            (MirrorAnswer::Page, Request::Info | Request::Lookup) => Reply::Error,
            (MirrorAnswer::Page, _) if source != Source::Direct => Reply::Fine,
            _ => Reply::Error,
        };
        self.noted(at, request, reply)
    }

    /// Keeps the worst that came of what was asked of the module itself.
    fn noted(&mut self, at: usize, request: Request, reply: Reply) -> Reply {
        if !matches!(request, Request::Supported | Request::Lookup) {
            self.answered[at] = match self.answered[at] {
                Some(Reply::Error) => Some(Reply::Error),
                _ => Some(reply),
            };
        }
        reply
    }

    fn verifies(&self) -> bool {
        !self.scene.unverified && *self.scene.gosumdb != Ok(Gosumdb::Off)
    }

    /// Whether the database can be asked about what came from `at`; where it is asked is found out once (`initBase`).
    fn verify(&mut self, at: usize) -> Result<(), Failure> {
        let of_database = Failure {
            entry: at,
            request: Request::Database,
            reply: Reply::Error,
            cuts: false,
        };
        if self.scene.gosumdb.is_err() {
            return Err(of_database);
        }
        let base = match self.base {
            Some(base) => base,
            None => self.find_base(),
        };
        self.base = Some(base);
        match base {
            Base::Database if self.scene.database_down => Err(of_database),
            Base::Database => Ok(()),
            Base::Broken(failure) => Err(failure),
            Base::Mirror(at) => match self.reply(at, Request::Lookup) {
                Reply::Fine => Ok(()),
                reply => Err(Failure {
                    entry: at,
                    request: Request::Lookup,
                    reply,
                    cuts: false,
                }),
            },
        }
    }

    fn find_base(&mut self) -> Base {
        if matches!(
            self.scene.gosumdb,
            Ok(Gosumdb::Database { url: Some(_), .. })
        ) {
            return Base::Database;
        }
        match self.walk(Request::Supported) {
            Ok(Some(at)) => Base::Mirror(at),
            Ok(None) => Base::Database,
            Err(failure) if failure.reply == Reply::Missing => Base::Database,
            Err(failure) => Base::Broken(failure),
        }
    }

    /// Which error Go shows when `at` gave it: the origin's before a mirror's, and any before one that says that something
    /// is not there.
    fn rank(&self, failure: &Failure, at: usize) -> u8 {
        let is_origin = self.scene.entries[at].source == Source::Direct && failure.entry == at;
        match failure.reply {
            _ if is_origin => 2,
            Reply::Missing => 0,
            _ => 1,
        }
    }

    fn ended(&self, failure: &Failure) -> Ending {
        let entry = place(failure.entry);
        let is_missing = failure.reply == Reply::Missing;
        match failure.request {
            _ if failure.reply == Reply::Never => Ending::Hangs { entry },
            Request::Database if self.scene.gosumdb.is_err() => Ending::DatabaseUnreadable {},
            Request::Database => Ending::DatabaseDown {},
            Request::Supported | Request::Lookup => Ending::DatabaseUnreachable { entry },
            _ if is_missing && self.scene.entries[0].source == Source::Off => Ending::Off {},
            _ if is_missing => Ending::Missing {},
            _ if failure.cuts => Ending::Ended { entry },
            _ => Ending::Failed { entry },
        }
    }

    fn then(&self, at: usize, ending: &Ending) -> Then {
        let is_end = ending.entry() == Some(place(at));
        match (ending, self.answered[at]) {
            (Ending::Served { .. }, _) if is_end => Then::Served,
            (Ending::Hangs { .. }, _) if is_end => Then::Hangs,
            (_, None) if self.asked[at] => Then::DatabaseOnly,
            (_, None) if self.scene.private && self.scene.is_server(at) => Then::PassedOver,
            (_, None) => Then::NotAsked,
            (_, Some(Reply::Missing)) => Then::GoesOnMissing,
            _ if is_end || self.scene.entries[at].next != Some(Junction::OnAnyError) => Then::Stops,
            _ => Then::GoesOnError,
        }
    }
}

impl Ending {
    /// The entry that decides; none when none does.
    pub const fn entry(&self) -> Option<u32> {
        match self {
            Self::Served { entry }
            | Self::Ended { entry }
            | Self::Failed { entry }
            | Self::NotAZip { entry }
            | Self::OtherContent { entry }
            | Self::DatabaseUnreachable { entry }
            | Self::Hangs { entry } => Some(*entry),
            Self::FromOrigin {}
            | Self::Missing {}
            | Self::DatabaseDown {}
            | Self::DatabaseUnreadable {}
            | Self::Off {}
            | Self::Refused {} => None,
        }
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
