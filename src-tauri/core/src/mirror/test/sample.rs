//! Small requests: how long a mirror takes for what `go mod download` asks hundreds of times.

use std::time::{Duration, Instant};

use super::{
    Bench, judge,
    source::Source,
    statistics::{median, spread},
};
use crate::{
    mirror::report::{Finding, Latency, MirrorEvent, Stage, Verdict},
    progress::Observer,
    web::{Answer, Limits, Trouble},
};

/// How many answers on the open connection make a median.
const SAMPLES: usize = 7;

/// How long a mirror may take for its first answer, connecting included, and for each one after it.
const FIRST: Duration = Duration::from_secs(10);
const NEXT: Duration = Duration::from_secs(5);

/// The same, when somebody chose to wait.
const PATIENT: Duration = Duration::from_secs(60);

/// What a small answer may hold, in bytes; a list of versions is the largest.
const SMALL: u64 = 1 << 20;

/// Why a mirror's samples ended before they were complete.
pub(super) enum End {
    /// All samples, or as many as there was time for.
    Sampled,
    /// It is out, for this reason.
    Out(Verdict),
}

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// Connects, then takes samples until there are enough or `cut` is reached, which another mirror's speed decides.
    pub(super) async fn sample(&self, at: usize, source: &Source) -> End {
        self.board
            .change(at, |row| row.stage = Stage::Connecting {});
        let probes = self.probes(at);
        let begun = Instant::now();
        let mut lost = 0;
        let mut taken = 0;
        // the first answer carries the making of the connection, so it is no sample
        for turn in 0..=SAMPLES {
            let module = &probes.small[turn / 2 % probes.small.len()];
            let (asked, is_list) = match turn % 2 {
                0 => (format!("{}.info", module.address()), false),
                _ => (
                    format!("{}/@v/list", crate::module::escape(module.path())),
                    true,
                ),
            };
            let limit = match (self.patient, turn) {
                (true, _) => PATIENT,
                (false, 0) => FIRST,
                (false, _) => NEXT,
            };
            let answer = tokio::select! {
                answer = self.small(at, source, &asked, limit) => answer,
                cut = self.cut(begun) => match turn {
                    0 => return End::Out(slower(cut)),
                    _ => break,
                },
            };
            let judged = answer.map_err(Verdict::from).and_then(|answer| {
                match is_list {
                    true => judge::list(&answer, module, &asked),
                    false => judge::info(&answer, module, &asked).map(drop),
                }?;
                Ok(answer)
            });
            match judged {
                Ok(answer) if answer.connect.is_some() || turn == 0 => {
                    self.connected(at, answer);
                }
                Ok(answer) => {
                    taken += 1;
                    self.sampled(at, milliseconds(answer.last_byte));
                }
                Err(verdict) if turn == 0 => return End::Out(verdict),
                // an open connection may break once; a mirror that breaks it twice would break a download
                Err(verdict) => {
                    lost += 1;
                    self.board.change(at, |row| row.latency.lost += 1);
                    if lost > 1 || !matches!(verdict, Verdict::Trouble(_)) {
                        return End::Out(verdict);
                    }
                }
            }
        }
        match taken {
            0 => End::Out(slower(begun.elapsed())),
            _ => {
                self.finished(begun.elapsed());
                self.board.change(at, |row| row.stage = Stage::Waiting {});
                End::Sampled
            }
        }
    }

    /// One small request, within what the budget still holds.
    pub(super) async fn small(
        &self,
        at: usize,
        source: &Source,
        path: &str,
        deadline: Duration,
    ) -> Result<Answer, Trouble> {
        let limits = Limits {
            deadline,
            bytes: SMALL.min(self.board.left(at)),
            speed: 0,
            enough: None,
        };
        let last = std::sync::atomic::AtomicU64::new(0);
        let count = |bytes: u64| {
            let before = last.swap(bytes, std::sync::atomic::Ordering::Relaxed);
            self.board.count(at, bytes.saturating_sub(before));
        };
        source.get(path, &limits, &count).await
    }

    fn connected(&self, at: usize, answer: Answer) {
        self.board.change(at, |row| {
            row.stage = Stage::Sampling {};
            if answer.connect.is_some() {
                row.connect = answer.connect;
            }
        });
    }

    fn sampled(&self, at: usize, taken: f64) {
        self.board.change(at, |row| {
            let latency = &mut row.latency;
            latency.points.push(taken);
            *latency = Latency {
                median_ms: median(&latency.points),
                jitter_ms: spread(&latency.points),
                samples: latency.samples + 1,
                lost: latency.lost,
                points: std::mem::take(&mut latency.points),
            };
        });
    }
}

/// Cut off because others are faster.
pub(super) fn slower(limit: Duration) -> Verdict {
    Finding::SlowerThan {
        seconds: format!("{:.1}", limit.as_secs_f64()),
    }
    .into()
}

/// To a hundredth, which is more than a network repeats.
pub(super) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}
