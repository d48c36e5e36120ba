//! What is done in which order, and how much of it at once.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use url::Url;

use super::{Bench, download::Best, judge, lock, sample::End, source::Source};
use crate::{
    mirror::report::{Finding, MirrorEvent, Phase, Verdict},
    progress::Observer,
};

/// How many mirrors are asked small things at once: each has one connection, so a hundred mirrors open no more than these.
const AT_ONCE: usize = 16;

/// In a run of more mirrors no connection is kept from samples to downloads: a hundred idle ones would be open at once.
const OPEN: usize = 32;

/// So many of the fastest send a module whatever they promise; the others only while they could still come near the best.
const ALWAYS: usize = 3;
const NEAR: f64 = 2.0;

impl<O: Observer<MirrorEvent>> Bench<'_, O> {
    /// Everything, from the first request to the last.
    pub(super) async fn all(&self) {
        tokio::join!(
            async {
                self.small_requests().await;
                self.databases_if_needed().await;
            },
            async {
                self.all_sampled().await;
                self.downloads().await;
            },
        );
        self.freshness();
    }

    /// Samples of all mirrors, and what each can do besides: nothing of it fills a line.
    async fn small_requests(&self) {
        stream::iter(0..self.targets.len())
            .for_each_concurrent(AT_ONCE, async |at| {
                let sampled = async {
                    let source = self.source(at)?;
                    match self.sample(at, &source).await {
                        End::Sampled => return Some(source),
                        End::Out(verdict) => self.out(at, verdict),
                    }
                    None
                };
                let source = sampled.await;
                self.sampling.send_modify(|left| *left -= 1);
                if let Some(source) = source {
                    match self.abilities(at, &source).await {
                        Ok(newest) => self.reached(at, |standing| {
                            standing.able = true;
                            standing.newest = newest;
                        }),
                        Err(verdict) => self.out(at, verdict),
                    }
                }
                if self.is_out(at) || self.targets.len() > OPEN {
                    lock(&self.sources)[at] = None;
                }
            })
            .await;
    }

    /// Ends when every mirror has its samples or is out: a download would make those of the others late.
    async fn all_sampled(&self) {
        let mut left = self.sampling.subscribe();
        // the sender lives as long as this bench
        let _ = left.wait_for(|left| *left == 0).await;
        self.board.ranked(Vec::new(), Phase::Download);
    }

    /// The way to a mirror, made anew when it was let go.
    fn source(&self, at: usize) -> Option<Arc<Source>> {
        if let Some(source) = &lock(&self.sources)[at] {
            return Some(Arc::clone(source));
        }
        let opened = match Url::parse(&self.targets[at].url) {
            Ok(url) => Source::new(&self.setup.network, &url).map_err(Verdict::from),
            Err(_) => Err(judge::other(&self.targets[at].shown())),
        };
        match opened {
            Ok(source) => {
                let source = Arc::new(source);
                lock(&self.sources)[at] = Some(Arc::clone(&source));
                Some(source)
            }
            Err(verdict) => {
                self.out(at, verdict);
                None
            }
        }
    }

    /// One module from one mirror after the other, the most promising first.
    async fn downloads(&self) {
        let all = 0..self.targets.len();
        let mut best_first: Vec<_> = all.filter(|at| !self.is_out(*at)).collect();
        best_first.sort_by(|a, b| f64::total_cmp(&self.promise(*a), &self.promise(*b)));
        let mut best = Best::default();
        let mut sent = 0;
        for at in best_first {
            if self.is_out(at) {
                continue;
            }
            let is_far = best
                .projected
                .is_some_and(|best| self.promise(at) > NEAR * best);
            if sent >= ALWAYS && is_far && !self.patient {
                self.out(at, Finding::NotDownloaded {}.into());
                continue;
            }
            sent += 1;
            let Some(source) = self.source(at) else {
                continue;
            };
            match self.download(at, &source, &best).await {
                Ok(taken) => {
                    self.reached(at, |standing| standing.verified = true);
                    let projected = self.board.row(at).projected_ms;
                    best = Best {
                        taken: [best.taken, Some(taken)].into_iter().flatten().min(),
                        projected: [best.projected, projected]
                            .into_iter()
                            .flatten()
                            .reduce(f64::min),
                    };
                }
                Err(verdict) => self.out(at, verdict),
            }
            if self.targets.len() > OPEN {
                lock(&self.sources)[at] = None;
            }
        }
    }

    async fn databases_if_needed(&self) {
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
