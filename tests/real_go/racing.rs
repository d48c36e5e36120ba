//! The race of a project, and its prefetch: the real go downloads through mirrors on the loopback, from a copy.

mod ground;
mod prefetching;
mod stopping;
mod workspaces;

use std::sync::Arc;

use gopherdesk_core::{
    error::{Error, ProjectError},
    mirror::race::{RaceEvent, RaceRow, RaceState},
};

use crate::{
    mirror::{Fault, Manner},
    scene::{VERSIONS, root},
    support::block_on,
};
use ground::{CANARY, Ground, MODULES, row};

#[test]
fn every_module_comes_through_each_mirror() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let (chain, one, other) = (ground.mirror(), ground.mirror(), ground.mirror());
        // flags that name files of the project would make go read and write them
        let flags = format!("-modfile={}", ground.place("app/other.mod").display());
        ground.env_file(&chain.url(), &format!("GOFLAGS={flags}\n"));
        ground.write("app/other.mod", "module other\n\ngo 1.21\n");
        ground.write("app/main.go", "package main\n\nthis is no go\n");
        let before = ground.snapshot();
        let (report, events) = ground.race(&[&one, &other], None);
        let ids: Vec<_> = report.rows.iter().map(|row| row.mirror.clone()).collect();
        assert_eq!(
            ids,
            [None, Some(one.url()), Some(other.url())],
            "{version}: the chain in effect first, then as they were named"
        );
        for row in &report.rows {
            assert_eq!(row.state, RaceState::Complete, "{version}: {row:?}");
            assert_eq!(
                (row.modules, row.of, row.failed),
                (12, 12, 0),
                "{version}: all of them"
            );
            assert_eq!(row.bytes, ground.bytes(), "{version}: their zips");
            // at least the go.mod, the .info or the list, and the zip of each
            assert!(row.requests >= 24, "{version}: go told: {row:?}");
            assert!(
                row.error_rate == 0.0 && row.elapsed_ms > 0.0,
                "{version}: {row:?}"
            );
            assert!(
                row.mean_request_ms.is_some() && row.requests_per_second.is_some(),
                "{version}: as go measured them: {row:?}"
            );
        }
        assert_eq!(report.ranking.len(), 2, "{version}: both mirrors");
        assert_eq!(report.project, "~/src/app", "{version}: as it is shown");
        for (mirror, name) in [(&chain, "chain"), (&one, "one"), (&other, "other")] {
            let zips = mirror.requests();
            let zips = zips.iter().filter(|path| path.ends_with(".zip")).count();
            assert_eq!(zips, 12, "{version}: {name} sent them all, once");
        }
        is_told(version, &events, &report.rows);
        ground.is_untouched(&before, version);
    }
}

/// A start, and for each row its turn, its modules and its end.
fn is_told(version: &str, events: &[RaceEvent], rows: &[RaceRow]) {
    let Some(RaceEvent::Started { rows: empty, .. }) = events.first() else {
        panic!("{version}: begins: {events:?}");
    };
    assert!(
        empty.iter().all(|row| row.state == RaceState::Waiting),
        "{version}: nobody ran yet"
    );
    for row in rows {
        let of_row = |event: &&RaceEvent| match event {
            RaceEvent::Started { .. } => false,
            RaceEvent::Running { mirror }
            | RaceEvent::Fetched { mirror, .. }
            | RaceEvent::Moved { mirror, .. } => *mirror == row.mirror,
            RaceEvent::Finished { row: finished } => finished.mirror == row.mirror,
        };
        let told: Vec<_> = events.iter().filter(of_row).collect();
        assert!(
            matches!(told.first(), Some(RaceEvent::Running { .. })),
            "{version}: its turn: {told:?}"
        );
        assert!(
            matches!(told.last(), Some(RaceEvent::Finished { row: finished }) if **finished == *row),
            "{version}: its end, as in the report: {told:?}"
        );
        let mut names = Vec::new();
        for event in told {
            if let RaceEvent::Fetched {
                module, done, of, ..
            } = event
            {
                names.push(module.clone());
                assert_eq!(
                    (*done as usize, *of),
                    (names.len(), 12),
                    "{version}: counted: {event:?}"
                );
            }
        }
        names.sort();
        let mut expected = MODULES.map(str::to_owned).to_vec();
        expected.sort();
        assert_eq!(names, expected, "{version}: each module once");
    }
}

#[test]
fn a_module_that_one_mirror_does_not_give_is_named() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let sound = ground.mirror();
        ground.env_file(&sound.url(), "");
        let zipless = ground.mirror_with(|path| {
            path.ends_with("/m7/@v/v1.0.0.zip")
                .then_some(Fault::Status(500))
        });
        let listless = ground.mirror_with(|path| {
            path.ends_with("/m7/@v/v1.0.0.mod")
                .then_some(Fault::Status(404))
        });
        let (report, _) = ground.race(&[&zipless, &listless, &sound], None);
        let failed = row(&report, &zipless);
        assert_eq!(failed.state, RaceState::Incomplete, "{version}: {failed:?}");
        assert_eq!(
            (failed.modules, failed.of, failed.failed),
            (11, 12, 1),
            "{version}: all but one"
        );
        let [failure] = failed.failures.as_slice() else {
            panic!("{version}: one failure: {failed:?}");
        };
        assert_eq!(
            failure.module.as_deref(),
            Some("dep.example/m7@v1.0.0"),
            "{version}: which"
        );
        assert!(
            failure.message.contains("500"),
            "{version}: go's own words: {failure:?}"
        );
        assert!(failed.error_rate > 0.0, "{version}: {failed:?}");
        // without a go.mod the list of modules cannot even be made, and go says that of itself
        let failed = row(&report, &listless);
        assert_eq!(failed.state, RaceState::Incomplete, "{version}: {failed:?}");
        let failure = failed.failures.first().expect("go says why");
        assert_eq!(
            failure.module.as_deref(),
            Some("dep.example/m7@v1.0.0"),
            "{version}: {failure:?}"
        );
        assert!(failure.message.contains("404"), "{version}: {failure:?}");
        assert_eq!(
            report.ranking,
            [sound.url()],
            "{version}: only who gives everything is ranked"
        );
        ground.leaves_nothing(version);
    }
}

#[test]
fn what_is_wrong_with_the_content_wins_nothing() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let sound = ground.mirror();
        ground.env_file(&sound.url(), "");
        let other = Arc::clone(&ground.forged);
        let forged = crate::mirror::Mirror::serve(&other, Manner::default());
        let (report, _) = ground.race(&[&forged], None);
        let failed = row(&report, &forged);
        assert_eq!(failed.state, RaceState::Incomplete, "{version}: {failed:?}");
        let words = format!("{:?}", failed.failures);
        assert!(
            words.contains("checksum mismatch"),
            "{version}: the project's go.sum decides: {words}"
        );
        assert_eq!(report.ranking, [""; 0], "{version}: not ranked");
        ground.leaves_nothing(version);
    }
}

#[test]
fn credentials_are_in_no_word() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = ground.mirror_with(|_| Some(Fault::Status(403)));
        let host = mirror.url().replace("http://", "");
        let chain = format!("http://ann:{CANARY}@{host}");
        ground.env_file(&chain, "");
        let app = ground.app();
        let urls = [
            format!("https://ann:{CANARY}@{host}"),
            format!("http://{host}/{CANARY}/../?token={CANARY}"),
        ];
        let ids = urls.into_iter().filter_map(|url| {
            let ids = block_on(app.mirror_named(vec![url]));
            ids.ok().and_then(|ids| ids.into_iter().next())
        });
        let ids: Vec<_> = ids.collect();
        assert!(!ids.is_empty(), "{version}: Go takes one of them");
        let (report, events) = ground.race_in(&app, ids, None);
        let told = serde_json::to_string(&(&report, &events)).expect("our own types");
        assert!(
            report
                .rows
                .iter()
                .all(|row| row.state == RaceState::Incomplete && row.failed > 0),
            "{version}: it cannot work: {report:?}"
        );
        assert!(
            !told.replace(&format!("/{CANARY}/"), "").contains(CANARY),
            "{version}: masked: {told}"
        );
        assert!(told.contains("***"), "{version}: and shown as such");
        ground.leaves_nothing(version);
    }
}

#[test]
fn a_project_that_wants_a_newer_go_is_told_so_and_nobody_is_asked() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = ground.mirror();
        ground.env_file(&mirror.url(), "");
        ground.project("go 1.99.1\n");
        let refused = ground
            .try_race(&[&mirror])
            .expect_err("there is no such Go");
        let Error::Project(ProjectError::NeedsNewerGo { wanted, present }) = refused else {
            panic!("{version}: {refused:?}");
        };
        assert_eq!(
            (wanted.as_str(), present),
            ("go1.99.1", format!("go{version}")),
            "{version}: both are named"
        );
        assert_eq!(
            mirror.requests(),
            [""; 0],
            "{version}: no toolchain is downloaded for a race"
        );
        // that go looked for it in the user's cache leaves at most a lock there
        ground.scratch_is_gone(version);
    }
}

#[test]
fn a_newer_go_that_is_on_the_machine_is_taken() {
    let [_, present, newer] = VERSIONS;
    let mut ground = Ground::new(present);
    let mirror = ground.mirror();
    ground.env_file(&mirror.url(), "");
    ground.project(&format!("go {newer}\n"));
    let bin = ground.place("bin");
    std::fs::create_dir_all(&bin).expect("a folder");
    std::os::unix::fs::symlink(root(newer).join("bin/go"), bin.join(format!("go{newer}")))
        .expect("a link");
    ground.add_to_path(&bin);
    let (report, _) = ground.race(&[&mirror], None);
    for row in &report.rows {
        assert_eq!(row.state, RaceState::Complete, "by the other go: {row:?}");
    }
    let toolchains = mirror.requests();
    assert!(
        !toolchains.iter().any(|path| path.contains("toolchain")),
        "nothing was downloaded for it: {toolchains:?}"
    );
}

#[test]
fn without_go_or_project_the_answer_says_so() {
    let ground = Ground::new(VERSIONS[2]);
    let mirror = ground.mirror();
    ground.env_file(&mirror.url(), "");
    let app = ground.app();
    let empty = ground.place("empty");
    std::fs::create_dir_all(&empty).expect("a folder");
    let refused = block_on(app.project_open(empty));
    assert!(
        matches!(refused, Err(Error::Project(ProjectError::NoProject { .. }))),
        "{refused:?}"
    );
    let id = block_on(app.project_open(ground.place("app/deep/down"))).expect("below it");
    block_on(app.project_forget(id.clone())).expect("known");
    let refused = ground.race_of(&app, id, Vec::new(), None);
    assert!(
        matches!(
            refused,
            Err(Error::Project(ProjectError::UnknownProject { .. }))
        ),
        "it was forgotten: {refused:?}"
    );
    let ground = Ground::without_go();
    let refused = ground.try_race(&[&mirror]);
    assert!(
        matches!(refused, Err(Error::Toolchain(_))),
        "nobody can download: {refused:?}"
    );
}
