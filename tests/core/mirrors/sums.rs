//! Sound mirrors: what is measured, and in which order they come.

use gopherdesk_core::mirror::report::{Condition, MirrorEvent, Phase, Stage};

use super::{Ground, code, row};
use crate::mirror::Manner;

/// The projected time decides, not latency or rate alone.
#[test]
fn the_nearest_sound_mirror_wins_and_every_row_is_full() {
    let ground = Ground::new(400_000);
    let near = ground.mirror(Manner::default().delay(10).rate(8.0));
    let far = ground.mirror(Manner::default().delay(40).rate(12.0));
    let (measured, events) = ground.test(&[("far", &far), ("near", &near)]);
    assert_eq!(
        measured.ranking,
        ["near", "far"],
        "by projected time: {:#?}",
        measured.rows
    );
    for id in ["near", "far"] {
        let row = row(&measured, id);
        assert!(row.sound, "{id} told the truth: {row:#?}");
        assert_eq!(row.checksum_ok, Some(true), "its module was verified");
        assert_eq!(row.sumdb.supported, Some(true), "it says so");
        assert_eq!(
            row.sumdb.lookup_ok,
            Some(true),
            "and the record is in the tree"
        );
        assert_eq!(row.stage, Stage::Done {}, "nothing is left to do");
        assert!(row.latency.samples >= 5, "enough for a median: {row:#?}");
        assert_eq!(row.fresh, Some(true), "both know the same newest version");
        assert!(
            row.throughput.is_some() && row.projected_ms.is_some(),
            "{row:#?}"
        );
        assert!(
            row.conditions.contains(&Condition::Unencrypted {}),
            "http is said to be that: {row:#?}"
        );
        assert_eq!(code(row), "sound_with_conditions", "because of that");
    }
    assert!(
        matches!(&events[0], MirrorEvent::Started { mirrors, .. } if mirrors.len() == 2),
        "rows come before anything is measured"
    );
    let samples = events.iter().filter(|event| {
        matches!(event, MirrorEvent::Measured { mirror, .. } if mirror.stage == Stage::Sampling {})
    });
    assert!(samples.count() >= 10, "every sample is told as it arrives");
    assert!(
        matches!(events.last(), Some(MirrorEvent::Ranked { phase: Phase::Done, ranking }) if *ranking == measured.ranking),
        "the last word is the order"
    );
}

/// Go asks a database itself when no mirror passes it on.
#[test]
fn a_mirror_without_a_database_is_sound_with_another_one() {
    let ground = Ground::new(100_000).with_database();
    let plain = crate::mirror::Mirror::serve(&ground.tree, Manner::default());
    let (measured, _) = ground.test(&[("plain", &plain)]);
    let row = row(&measured, "plain");
    let gosumdb = ground.setup.databases[0].gosumdb.clone();
    assert!(row.sound, "it serves modules: {row:#?}");
    assert_eq!(row.sumdb.supported, Some(false), "it passes none on");
    assert!(
        row.conditions
            .contains(&Condition::OtherDatabase { gosumdb }),
        "the condition says what to set: {row:#?}"
    );
}

/// A folder is a mirror as well.
#[test]
fn a_folder_is_tested_like_a_server() {
    let ground = Ground::new(100_000);
    let folder = ground.sandbox.path("mirror");
    ground.tree.write(&folder);
    let url = format!("file://{}", folder.display());
    let targets = [super::target("folder", &url)];
    let (measured, _) = ground.test_targets(&targets, &Default::default());
    let row = row(&measured, "folder");
    assert!(row.sound, "every file is there: {row:#?}");
    assert_eq!(row.connect, None, "no connection was made");
}

/// A module that only its owner knows is verified by nobody, and its name is told to no database.
#[test]
fn a_private_module_is_measured_and_told_to_nobody() {
    let mut ground = Ground::new(100_000);
    let database = (*ground.database).clone().serve();
    ground.setup.databases = vec![gopherdesk_core::mirror::database::DatabaseChoice {
        gosumdb: database.gosumdb(),
        url: database.url(),
        through_mirrors: false,
    }];
    let company = ground.mirror(Manner::default());
    let of = |public_probe| {
        super::target_with_probe(&company.url(), "small.example/m1@v1.0.0", public_probe)
    };
    let (measured, _) = ground.test_targets(&[of(false)], &Default::default());
    let told = row(&measured, "company");
    assert_eq!(
        code(told),
        "not_verified",
        "nobody says what it must be: {told:#?}"
    );
    assert!(told.throughput.is_some(), "but it was measured");
    assert!(
        measured.ranking.is_empty(),
        "what was not verified is not ranked"
    );
    let asked = [company.requests(), database.requests()].concat();
    let asked = asked.iter().any(|path| path.contains("/lookup/"));
    assert!(!asked, "no database heard its name");
    let (measured, _) = ground.test_targets(&[of(true)], &Default::default());
    assert_eq!(
        measured.ranking,
        ["company"],
        "the database knows this one: {:#?}",
        measured.rows
    );
}
