//! A run that is stopped, or costs too much, keeps what was measured.

use std::sync::Mutex;

use gopherdesk_core::mirror::{
    report::{Finding, MirrorEvent, Stage, Verdict},
    test::run,
};
use tokio_util::sync::CancellationToken;

use super::{Ground, code, row, target};
use crate::{
    mirror::{Fault, Manner},
    support::block_on,
};

/// Stopped at every moment that an event marks: the report is whole, whatever was going on.
#[test]
fn stopping_keeps_what_was_measured() {
    let ground = Ground::new(400_000);
    let near = ground.mirror(Manner::default().delay(3));
    let silent = ground.mirror(Manner::default().fault(|_| Some(Fault::Silence)));
    let targets = [target("near", &near.url()), target("silent", &silent.url())];
    for moment in [1, 3, 8, 12, 15, 20] {
        let cancel = CancellationToken::new();
        let told = Mutex::new(0);
        let observer = |_: MirrorEvent| {
            let mut told = told.lock().expect("no observer panics");
            *told += 1;
            if *told == moment {
                cancel.cancel();
            }
        };
        let measured = block_on(run(&ground.setup, &targets, &cancel, &observer));
        assert!(measured.cancelled, "after event {moment}");
        for row in &measured.rows {
            assert_eq!(
                row.stage,
                Stage::Done {},
                "no row is left at work: {row:#?}"
            );
            assert_ne!(
                row.verdict,
                Verdict::Found(Finding::Testing {}),
                "every row has its last word"
            );
        }
        let silent = code(row(&measured, "silent"));
        assert!(
            silent == "stopped" || moment > 8 && silent == "slower_than",
            "it was waited for, at first: {silent}"
        );
        let near = row(&measured, "near");
        assert_eq!(
            near.latency.samples as usize,
            near.latency.points.len(),
            "what was measured is there: {near:#?}"
        );
    }
}

/// The limit of a mirror is kept to the byte that was announced.
#[test]
fn a_zip_beyond_the_budget_is_not_begun() {
    let ground = Ground::new(9 << 20);
    let large = ground.mirror(Manner::default());
    let (measured, _) = ground.test(&[("large", &large)]);
    let row = row(&measured, "large");
    assert_eq!(
        code(row),
        "budget_used_up",
        "eight mebibytes are the limit: {row:#?}"
    );
    assert!(
        !large.requests().iter().any(|path| path.ends_with(".zip")),
        "it was not even asked for"
    );
}

/// A slow mirror is not a dead one: it is said how long it was waited for, and a patient test waits.
#[test]
fn a_far_mirror_is_called_slower_and_can_be_waited_for() {
    let mut ground = Ground::new(50_000);
    let near = ground.mirror(Manner::default());
    let far = ground.mirror(Manner::default().delay(700));
    let pair = [("near", &near), ("far", &far)];
    let (measured, _) = ground.test(&pair);
    assert_eq!(measured.ranking, ["near"], "the far one was cut off");
    assert_eq!(
        code(row(&measured, "far")),
        "slower_than",
        "and that is what it is called"
    );
    ground.setup.patient = true;
    let (measured, _) = ground.test(&[("far", &far)]);
    assert_eq!(
        measured.ranking,
        ["far"],
        "with patience it is sound: {:#?}",
        measured.rows
    );
}
