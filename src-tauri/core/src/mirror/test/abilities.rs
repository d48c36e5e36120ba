//! What a mirror can do besides: say "not here", pass the checksum database on, serve the toolchain, know what is new.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::{Bench, judge, sample::milliseconds, source::Source};
use crate::{
    checksum::{self, RecordFault},
    mirror::report::{Finding, MirrorEvent, Stage, Verdict},
    module::escape,
    progress::Observer,
    web::{Answer, Limits, Trouble},
};

/// How long one of these answers may take.
const DEADLINE: Duration = Duration::from_secs(5);
const PATIENT: Duration = Duration::from_secs(60);

/// How many tiles prove a record at the most: one a level, two where the tree ends, in a log of any size that can be.
const TILES: usize = 24;

/// The newest version of the moving module, as one mirror knows it.
#[derive(Debug, Clone)]
pub(super) struct Newest {
    pub(super) version: String,
    pub(super) time: Option<Timestamp>,
}

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// Asks one thing after the other, so that a mirror is not flooded.
    ///
    /// # Errors
    /// The verdict that puts the mirror out.
    pub(super) async fn abilities(
        &self,
        at: usize,
        source: &Source,
    ) -> Result<Option<Newest>, Verdict> {
        self.missing(at, source).await?;
        self.database(at, source).await?;
        if self.is_out(at) {
            return Ok(None);
        }
        self.toolchain(at, source).await;
        Ok(self.newest(at, source).await)
    }

    /// What does not exist must be answered by 404 or 410, or a chain with `,` ends here (go-semantics 2.2).
    async fn missing(&self, at: usize, source: &Source) -> Result<(), Verdict> {
        let missing = &self.probes(at).missing;
        let asked = format!("{}.info", missing.address());
        let answer = self.ability(at, source, &asked).await?;
        match answer.status {
            404 | 410 => Ok(()),
            _ if judge::is_page(&answer) => Err(judge::page(&answer)),
            429 | 511 => Err(judge::refused(&answer, &asked)),
            status => Err(Finding::MissingNotSaid { status }.into()),
        }
    }

    /// Whether it passes the checksum database on, and whether what it passes on is of that.
    async fn database(&self, at: usize, source: &Source) -> Result<(), Verdict> {
        let name = self.setup.database.name.clone();
        let base = format!("sumdb/{name}");
        let supported = self
            .ability(at, source, &format!("{base}/supported"))
            .await?;
        // only the status counts for Go (go-semantics 2.5), but a page with 200 is a page
        let supported = match supported.status {
            200 if judge::is_page(&supported) => return Err(judge::page(&supported)),
            status => status == 200,
        };
        self.board
            .change(at, |row| row.sumdb.supported = Some(supported));
        // the name of a private module is told to no database
        if !supported || !self.may_look_up(at) {
            return Ok(());
        }
        let found = self.record(at, source, &format!("{base}/")).await;
        self.board
            .change(at, |row| row.sumdb.lookup_ok = Some(found.is_ok()));
        found.map(drop).map_err(|fault| match fault {
            Fail::Trouble(trouble) => trouble.into(),
            Fail::Record(reason) => Finding::WrongRecord {
                database: name,
                reason,
            }
            .into(),
        })
    }

    /// Looks a module up below `base`, follows the record into the signed tree, and gives the hash it states.
    pub(super) async fn record(
        &self,
        at: usize,
        source: &Source,
        base: &str,
    ) -> Result<String, Fail> {
        let known = &self.probes(at).lookup;
        let module = &known.module;
        let path = format!(
            "{base}lookup/{}@{}",
            escape(module.path()),
            escape(module.version())
        );
        let answer = self.ability(at, source, &path).await?;
        if answer.status != 200 {
            return Err(Fail::Record(RecordFault::Refused));
        }
        let record = checksum::lookup(&answer.body, &self.setup.database)?;
        let Some(hash) = record.zip_hash(module).map(str::to_owned) else {
            return Err(Fail::Record(RecordFault::OtherModule));
        };
        if known.hash.as_ref().is_some_and(|known| *known != hash) {
            return Err(Fail::Record(RecordFault::OtherModule));
        }
        let mut tiles = Vec::new();
        for tile in checksum::tiles(record.id, record.tree.size) {
            if tiles.len() == TILES {
                return Err(Fail::Record(RecordFault::NotInTree));
            }
            let answer = self
                .ability(at, source, &format!("{base}{}", tile.path()))
                .await?;
            let answer = match (answer.status, tile.full()) {
                // a tile that has grown since is served whole (golang.org/x/mod/sumdb, `tileReader`)
                (404 | 410, Some(full)) => {
                    self.ability(at, source, &format!("{base}{}", full.path()))
                        .await?
                }
                _ => answer,
            };
            if answer.status != 200 {
                return Err(Fail::Record(RecordFault::Refused));
            }
            tiles.push((tile, answer.body));
        }
        match checksum::proves(&record, &tiles) {
            true => Ok(hash),
            false => Err(Fail::Record(RecordFault::NotInTree)),
        }
    }

    /// What a module of the user's own must hold, as far as a database that may be asked knows it.
    pub(super) async fn learn(&self, at: usize, source: &Source) -> Option<String> {
        let known = self.probes(at).zip.hash.clone();
        if known.is_some() || !self.may_look_up(at) {
            return known;
        }
        let through = format!("sumdb/{}/", self.setup.database.name);
        if let Ok(hash) = self.record(at, source, &through).await {
            return Some(hash);
        }
        for choice in &self.setup.databases {
            let Ok(url) = Url::parse(&choice.url) else {
                continue;
            };
            let Ok(database) = Source::new(&self.setup.network, &url) else {
                continue;
            };
            if let Ok(hash) = self.record(at, &database, "").await {
                return Some(hash);
            }
        }
        None
    }

    fn may_look_up(&self, at: usize) -> bool {
        self.targets
            .get(at)
            .is_none_or(|target| target.public_probe)
    }

    /// Whether it has the Go toolchain of this machine. Only the beginning is read: it is some seventy megabytes.
    async fn toolchain(&self, at: usize, source: &Source) {
        let Some(module) = &self.setup.toolchain else {
            return;
        };
        let limits = Limits {
            enough: Some(4),
            ..self.limits(at)
        };
        let path = format!("{}.zip", module.address());
        let answer = source.get(&path, &limits, &|_| {}).await;
        self.board.count(at, 4);
        let has = match answer {
            Ok(answer) => Some(answer.status == 200 && answer.body.starts_with(b"PK")),
            Err(_) => None,
        };
        self.board.change(at, |row| row.toolchain = has);
    }

    /// The newest version it knows of a module that moves.
    async fn newest(&self, at: usize, source: &Source) -> Option<Newest> {
        let path = self.probes(at).moving.clone()?;
        let asked = format!("{}/@latest", escape(&path));
        let answer = self.ability(at, source, &asked).await.ok()?;
        let info = judge::latest(&answer, &path, &asked).ok()?;
        Some(Newest {
            version: info.version,
            time: info.time,
        })
    }

    async fn ability(&self, at: usize, source: &Source, path: &str) -> Result<Answer, Trouble> {
        let deadline = self.limits(at).deadline;
        self.board.change(at, |row| {
            if matches!(row.stage, Stage::Waiting {}) {
                row.stage = Stage::Checking {};
            }
        });
        let answer = self.small(at, source, path, deadline).await;
        if let Ok(answer) = &answer {
            tracing::trace!(
                path,
                status = answer.status,
                milliseconds = milliseconds(answer.last_byte)
            );
        }
        answer
    }

    fn limits(&self, at: usize) -> Limits {
        Limits {
            deadline: if self.setup.patient {
                PATIENT
            } else {
                DEADLINE
            },
            bytes: self.board.left(at),
            speed: 0,
            enough: None,
        }
    }
}

/// Why a record is not believed.
pub(super) enum Fail {
    /// It did not come.
    Trouble(Trouble),
    /// It is not what it should be.
    Record(RecordFault),
}

impl From<Trouble> for Fail {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<RecordFault> for Fail {
    fn from(fault: RecordFault) -> Self {
        Self::Record(fault)
    }
}
