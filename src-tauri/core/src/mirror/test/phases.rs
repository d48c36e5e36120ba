//! What is done in which order, and how much of it at once.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use url::Url;

use super::{Bench, FLOOR, judge, lock, sample::End, source::Source};
use crate::{
    mirror::report::{Finding, MirrorEvent, Phase, Verdict},
    progress::Observer,
};

/// How many mirrors are asked small things at once: each has one connection, so a hundred mirrors open no more than these.
const AT_ONCE: usize = 16;

/// In a run of more mirrors no connection is kept from one phase to the next: a hundred idle ones would be open at once.
const OPEN: usize = 32;

/// How many are asked at once what they can do, while one of them sends a module.
const CHECKED_AT_ONCE: usize = 4;

/// So many of the fastest send a module whatever they promise; the others only while they could still come near the best.
const ALWAYS: usize = 3;
const NEAR: f64 = 2.0;

/// A zip is waited for so many times as long as the fastest one took, but never less than [`FLOOR`].
const ZIP_FACTOR: u32 = 4;

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// Everything, from the first request to the last.
    pub(super) async fn all(&self) {
        let sources = self.latency().await;
        let best_first = self.candidates();
        self.board.ranked(Vec::new(), Phase::Download);
        tokio::join!(
            self.downloads(&sources, &best_first),
            self.checks(&sources, &best_first),
        );
        self.freshness();
    }

    /// Samples of all mirrors, and the connections that stay open.
    async fn latency(&self) -> Vec<Option<Source>> {
        let mut sources: Vec<_> = stream::iter(0..self.targets.len())
            .map(async |at| {
                let source = self.open(at)?;
                if let End::Out(verdict) = self.sample(at, &source).await {
                    self.out(at, verdict);
                    return None;
                }
                (self.targets.len() <= OPEN).then_some((at, source))
            })
            .buffer_unordered(AT_ONCE)
            .filter_map(async |kept| kept)
            .collect()
            .await;
        sources.sort_by_key(|(at, _)| *at);
        let mut sources = sources.into_iter().peekable();
        let of = |at| {
            sources
                .next_if(|(kept, _)| *kept == at)
                .map(|(_, source)| source)
        };
        (0..self.targets.len()).map(of).collect()
    }

    fn open(&self, at: usize) -> Option<Source> {
        let opened = match Url::parse(&self.targets[at].url) {
            Ok(url) => Source::new(&self.setup.network, &url).map_err(Verdict::from),
            Err(_) => Err(judge::other(&self.targets[at].shown())),
        };
        opened.map_err(|verdict| self.out(at, verdict)).ok()
    }

    /// Who is still in, the most promising first.
    fn candidates(&self) -> Vec<usize> {
        let all = 0..self.targets.len();
        let mut candidates: Vec<_> = all.filter(|at| !self.is_out(*at)).collect();
        candidates.sort_by(|a, b| f64::total_cmp(&self.promise(*a), &self.promise(*b)));
        candidates
    }

    async fn downloads(&self, sources: &[Option<Source>], best_first: &[usize]) {
        let (mut quickest, mut best) = (None::<Duration>, None::<f64>);
        let mut sent = 0;
        for &at in best_first {
            if self.is_out(at) {
                continue;
            }
            let is_far = best.is_some_and(|best| self.promise(at) > NEAR * best);
            if sent >= ALWAYS && is_far && !self.patient {
                self.out(at, Finding::NotDownloaded {}.into());
                continue;
            }
            sent += 1;
            let cut = quickest
                .filter(|_| !self.patient)
                .map(|quickest| (ZIP_FACTOR * quickest).max(FLOOR));
            let opened = if sources[at].is_none() {
                self.open(at)
            } else {
                None
            };
            let Some(source) = sources[at].as_ref().or(opened.as_ref()) else {
                continue;
            };
            match self.download(at, source, cut).await {
                Ok(taken) => {
                    quickest = Some(quickest.map_or(taken, |quickest| quickest.min(taken)));
                    self.reached(at, |standing| standing.verified = true);
                    let projected = self.board.row(at).projected_ms;
                    best = [best, projected].into_iter().flatten().reduce(f64::min);
                }
                Err(verdict) => self.out(at, verdict),
            }
        }
    }

    async fn checks(&self, sources: &[Option<Source>], best_first: &[usize]) {
        stream::iter(best_first.iter().copied())
            .for_each_concurrent(CHECKED_AT_ONCE, async |at| {
                let opened = if sources[at].is_none() {
                    self.open(at)
                } else {
                    None
                };
                let Some(source) = sources[at].as_ref().or(opened.as_ref()) else {
                    return;
                };
                match self.abilities(at, source).await {
                    Ok(newest) => self.reached(at, |standing| {
                        standing.able = true;
                        standing.newest = newest;
                    }),
                    Err(verdict) => self.out(at, verdict),
                }
            })
            .await;
        let rows = self.board.rows_of(self.targets.len());
        if rows.iter().any(|row| row.sumdb.supported == Some(false)) {
            self.databases().await;
        }
    }

    /// Whether the databases answer by themselves, for mirrors that pass none on.
    async fn databases(&self) {
        let choices = self.setup.databases.iter().enumerate();
        stream::iter(choices)
            .for_each_concurrent(None, async |(number, choice)| {
                let at = self.targets.len() + number;
                let Ok(url) = Url::parse(&choice.url) else {
                    return;
                };
                let Ok(source) = Source::new(&self.setup.network, &url) else {
                    return;
                };
                if self.record(at, &source, "").await.is_ok() {
                    lock(&self.answering).push(choice.gosumdb.clone());
                }
            })
            .await;
        // the preferred one first again, whichever answered first
        let order = |gosumdb: &String| {
            let mut choices = self.setup.databases.iter();
            choices.position(|choice| choice.gosumdb == *gosumdb)
        };
        lock(&self.answering).sort_by_key(order);
    }
}
