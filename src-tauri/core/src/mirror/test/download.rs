//! One module's zip: how fast a mirror sends, and whether it sends the truth.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use super::{
    Bench,
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

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// Downloads the zip and compares its hash. Longer than `cut` is not waited for.
    ///
    /// # Errors
    /// The verdict that puts the mirror out.
    pub(super) async fn download(
        &self,
        at: usize,
        source: &Source,
        cut: Option<Duration>,
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
            () = until(cut) => {
                let limit = cut.unwrap_or_default();
                let since_first = micros(begun.elapsed()).saturating_sub(first.load(Ordering::Relaxed));
                self.transferred(at, last.load(Ordering::Relaxed), Duration::from_micros(since_first));
                return Err(slower(limit));
            }
        };
        let answer = answer.map_err(|trouble| self.too_large(at, trouble))?;
        judge::found(&answer, &zip.module.to_string(), &asked)?;
        let time = answer.last_byte.saturating_sub(answer.first_byte);
        self.transferred(at, answer.body.len() as u64, time);
        self.redirected(at, &answer);
        self.verify(at, answer, known).await?;
        Ok(begun.elapsed())
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

async fn until(cut: Option<Duration>) {
    match cut {
        Some(cut) => tokio::time::sleep(cut).await,
        None => std::future::pending().await,
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
