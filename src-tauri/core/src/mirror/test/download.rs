//! One module's zip: how fast a mirror sends, and whether it sends the truth.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use super::{
    Bench, FLOOR,
    board::clamp,
    judge,
    sample::{milliseconds, slower},
    source::Source,
};
use crate::{
    checksum,
    mirror::report::{Condition, Finding, MirrorEvent, Stage, Throughput, Verdict},
    progress::Observer,
    web::{Answer, Limits, Trouble},
};

/// How long a zip may take at the very most.
const DEADLINE: Duration = Duration::from_secs(30);
const PATIENT: Duration = Duration::from_secs(180);

/// Less than so many bytes a second over two seconds is no download.
const SLOWEST: u64 = 4 << 10;

/// A download that has not begun after so many times what the fastest took is not waited for, but never less than
/// [`FLOOR`].
const FACTOR: u32 = 4;

/// How often a running download is looked at, and after how much of it a rate is more than chance.
const LOOK: Duration = Duration::from_millis(50);
const ENOUGH: Duration = Duration::from_millis(300);

/// A mirror whose projected time is so many times the best one's decides nothing any more.
const FAR: f64 = 4.0;

/// The best of those that are through.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Best {
    /// How long its zip took.
    pub(super) taken: Option<Duration>,
    /// The projected time, in milliseconds.
    pub(super) projected: Option<f64>,
}

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// Downloads the zip and compares its hash. What cannot come near the best any more is cut off.
    ///
    /// # Errors
    /// The verdict that puts the mirror out.
    pub(super) async fn download(
        &self,
        at: usize,
        source: &Source,
        best: &Best,
    ) -> Result<Duration, Verdict> {
        let zip = &self.probes(at).zip;
        let known = self.learn(at, source).await;
        let left = self.board.left(at);
        if zip.bytes.is_some_and(|bytes| bytes > left) || left == 0 {
            return Err(Finding::BudgetUsedUp {}.into());
        }
        self.board.change(at, |row| {
            row.stage = Stage::Downloading {
                bytes: 0,
                total: zip.bytes.map(clamp),
            };
        });
        let limits = Limits {
            deadline: if self.patient { PATIENT } else { DEADLINE },
            bytes: left,
            speed: SLOWEST,
            enough: None,
        };
        let (begun, last, first) = (Instant::now(), AtomicU64::new(0), AtomicU64::new(0));
        let count = |bytes: u64| {
            let before = last.swap(bytes, Ordering::Relaxed);
            if before == 0 {
                first.store(micros(begun.elapsed()), Ordering::Relaxed);
            }
            self.board
                .transfer(at, before, bytes.saturating_sub(before), zip.bytes);
        };
        let asked = format!("{}.zip", zip.module.address());
        let answer = tokio::select! {
            answer = source.get(&asked, &limits, &count) => answer,
            verdict = self.hopeless(at, begun, &first, &last, best) => return Err(verdict),
        };
        let answer = answer.map_err(|trouble| self.too_large(at, trouble))?;
        judge::found(&answer, &zip.module.to_string(), &asked)?;
        let time = answer.last_byte.saturating_sub(answer.first_byte);
        self.transferred(at, answer.body.len() as u64, time);
        self.redirected(at, &answer);
        self.verify(at, answer, known).await?;
        Ok(begun.elapsed())
    }

    /// Ends when others are so much faster that this download decides nothing.
    async fn hopeless(
        &self,
        at: usize,
        begun: Instant,
        first: &AtomicU64,
        last: &AtomicU64,
        best: &Best,
    ) -> Verdict {
        let (Some(quickest), Some(projected), false) = (best.taken, best.projected, self.patient)
        else {
            return std::future::pending().await;
        };
        let limit = (FACTOR * quickest).max(FLOOR);
        loop {
            tokio::time::sleep(LOOK).await;
            let bytes = last.load(Ordering::Relaxed);
            if bytes == 0 {
                if begun.elapsed() > limit {
                    return slower(limit);
                }
                continue;
            }
            let since_first = begun
                .elapsed()
                .saturating_sub(Duration::from_micros(first.load(Ordering::Relaxed)));
            if since_first < ENOUGH {
                continue;
            }
            self.transferred(at, bytes, since_first);
            if self.projected(at).is_some_and(|own| own > FAR * projected) {
                #[expect(clippy::cast_possible_truncation, reason = "a rate that is slow")]
                let bytes_per_second =
                    bytes.saturating_mul(1000) / (since_first.as_millis() as u64).max(1);
                return Finding::SlowDownload {
                    bytes_per_second: clamp(bytes_per_second),
                }
                .into();
            }
        }
    }

    /// Compares the hash of what came with the known one.
    async fn verify(
        &self,
        at: usize,
        answer: Answer,
        known: Option<String>,
    ) -> Result<(), Verdict> {
        let module = self.probes(at).zip.module.to_string();
        // two megabytes of SHA-256 would hold up everybody else's samples
        let hashed = tokio::task::spawn_blocking(move || checksum::zip_hash(&answer.body));
        let hashed = hashed.await;
        let Ok(Ok(got)) = hashed else {
            self.board.change(at, |row| row.checksum_ok = Some(false));
            return Err(Finding::NotAZip { module }.into());
        };
        let Some(known) = known else {
            return Err(Finding::NotVerified { module }.into());
        };
        let is_known = known == got;
        self.board
            .change(at, |row| row.checksum_ok = Some(is_known));
        match is_known {
            true => Ok(()),
            false => Err(Finding::WrongHash { module, known, got }.into()),
        }
    }

    fn transferred(&self, at: usize, bytes: u64, time: Duration) {
        // what came in one piece took no time that could be measured
        let seconds = time.as_secs_f64().max(0.001);
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let bytes_per_second = bytes as f64 / seconds;
        self.board.change(at, |row| {
            row.throughput = Some(Throughput {
                bytes: clamp(bytes),
                bytes_per_second: bytes_per_second.round(),
            });
        });
        tracing::debug!(bytes, milliseconds = milliseconds(time), "a zip came");
    }

    fn redirected(&self, at: usize, answer: &Answer) {
        if let Some(to) = answer.redirected.clone() {
            self.board
                .change(at, |row| row.conditions.push(Condition::Redirects { to }));
        }
    }

    /// A zip beyond the budget is the budget's end and not the mirror's fault, unless it is larger than the truth.
    fn too_large(&self, at: usize, trouble: Trouble) -> Verdict {
        match trouble {
            Trouble::TooLarge { .. } if self.probes(at).zip.bytes.is_none() => {
                Finding::BudgetUsedUp {}.into()
            }
            trouble => trouble.into(),
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
