//! From what was measured to a verdict, and from verdicts to an order.

use super::{Bench, Standing, lock};
use crate::{
    mirror::{
        projection::{self, Path},
        report::{Condition, Finding, MirrorEvent, MirrorReport, Phase, Stage, Verdict},
    },
    progress::Observer,
};

/// A certificate that runs out in so many days is worth a word.
const SOON: i32 = 14;

/// Mirrors learn of a new version hours later; who is so many seconds behind another is stale.
const BEHIND: i64 = 3 * 24 * 60 * 60;

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// What a download of the workload would take at the very least, by latency alone.
    pub(super) fn promise(&self, at: usize) -> f64 {
        let row = self.board.row(at);
        let path = path(&row, f64::INFINITY);
        path.map_or(f64::INFINITY, |path| {
            projection::milliseconds(&self.setup.workload, &path)
        })
    }

    /// What a download of the workload would take, by what was measured up to now.
    pub(super) fn projected(&self, at: usize) -> Option<f64> {
        self.of_workload(&self.board.row(at))
    }

    fn of_workload(&self, row: &MirrorReport) -> Option<f64> {
        let sent = row.throughput.as_ref()?;
        let path = path(row, sent.bytes_per_second)?;
        Some(projection::milliseconds(&self.setup.workload, &path).round())
    }

    /// One half of a mirror is done; with both it is sound.
    pub(super) fn reached(&self, at: usize, edit: impl FnOnce(&mut Standing)) {
        let standing = {
            let mut standings = lock(&self.standings);
            edit(&mut standings[at]);
            standings[at].clone()
        };
        if standing.is_out {
            return;
        }
        self.board.change(at, |row| {
            row.projected_ms = self.of_workload(row);
            if standing.verified && standing.able {
                row.stage = Stage::Done {};
                row.sound = true;
                row.verdict = Verdict::Found(Finding::Sound {});
            }
        });
        if standing.verified && standing.able {
            let rows = self.board.rows_of(self.targets.len());
            self.board.ranked(ranking(&rows), Phase::Download);
        }
    }

    /// Compares what the mirrors take for the newest version.
    pub(super) fn freshness(&self) {
        let known: Vec<_> = {
            let standings = lock(&self.standings);
            let known = standings.iter().enumerate();
            known
                .filter_map(|(at, standing)| Some((at, standing.newest.clone()?)))
                .filter(|(at, _)| self.own_probes[*at].is_none())
                .collect()
        };
        let newest = known
            .iter()
            .filter_map(|(_, newest)| Some((newest.time?, newest.version.clone())))
            .max();
        let (Some((time, version)), Some(module)) = (newest, self.setup.probes.moving.clone())
        else {
            return;
        };
        for (at, own) in known {
            let behind = own.time.map(|own| time.duration_since(own).as_secs());
            self.board.change(at, |row| {
                row.fresh = behind.map(|behind| behind <= BEHIND);
                if row.fresh == Some(false) {
                    row.conditions.push(Condition::Stale {
                        module: module.clone(),
                        version: own.version,
                        newest: version.clone(),
                    });
                }
            });
        }
    }

    /// Every row gets its last word.
    pub(super) fn close(&self, cancelled: bool) {
        let answering = lock(&self.answering).clone();
        for (at, target) in self.targets.iter().enumerate() {
            let row = self.board.row(at);
            if !row.sound {
                if !matches!(row.stage, Stage::Done {}) && cancelled {
                    self.out(at, Finding::Stopped {}.into());
                }
                continue;
            }
            let mut conditions = self.conditions(&row, &answering);
            if target.legacy {
                conditions.push(Condition::Legacy {});
            }
            self.board.change(at, |row| {
                row.conditions.splice(0..0, conditions);
                if !row.conditions.is_empty() {
                    row.verdict = Verdict::Found(Finding::SoundWithConditions {});
                }
            });
        }
    }

    fn conditions(&self, row: &MirrorReport, answering: &[String]) -> Vec<Condition> {
        let mut conditions = Vec::new();
        if row.sumdb.supported == Some(false) {
            conditions.push(match answering.first() {
                Some(gosumdb) => Condition::OtherDatabase {
                    gosumdb: gosumdb.clone(),
                },
                None => Condition::NoDatabase {},
            });
        }
        if let (Some(false), Some(toolchain)) = (row.toolchain, &self.setup.toolchain) {
            conditions.push(Condition::NoToolchain {
                version: toolchain.version().to_owned(),
            });
        }
        if row.url.starts_with("http:") {
            conditions.push(Condition::Unencrypted {});
        }
        let days = row.connect.as_ref().and_then(|made| made.certificate_days);
        if let Some(days) = days.filter(|days| *days < SOON) {
            conditions.push(Condition::CertificateEnds { days });
        }
        conditions
    }
}

/// Sound mirrors, the shortest projected time first.
pub(super) fn ranking(rows: &[MirrorReport]) -> Vec<String> {
    let mut sound: Vec<_> = rows
        .iter()
        .filter(|row| row.sound)
        .filter_map(|row| Some((row.projected_ms?, row.id.clone())))
        .collect();
    sound.sort_by(|a, b| f64::total_cmp(&a.0, &b.0));
    sound.into_iter().map(|(_, id)| id).collect()
}

fn path(row: &MirrorReport, bytes_per_second: f64) -> Option<Path> {
    let connect = row.connect.as_ref();
    let connect_ms = connect.map_or(0.0, |made| {
        [made.dns_ms, made.tcp_ms, made.tls_ms]
            .into_iter()
            .flatten()
            .sum()
    });
    Some(Path {
        connect_ms,
        latency_ms: row.latency.median_ms?,
        bytes_per_second,
    })
}
