//! Races that do not run to their end.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use gopherdesk_core::{
    fetch::Downloader,
    mirror::race::{Course, Entrant, RaceEvent, RaceMirrors, RaceState, run},
    project::read,
    toolchain::Version,
};
use tokio_util::sync::CancellationToken;

use super::ground::{Ground, row};
use crate::{
    mirror::{Fault, Mirror},
    scene::{VERSIONS, root},
    support::block_on,
};

/// A mirror that sends two zips, and takes the requests for others without a word.
fn halting(ground: &Ground) -> Mirror {
    ground.mirror_with(|path| {
        let sent = path.contains("/m1/") || path.contains("/m2/");
        (path.ends_with(".zip") && !sent).then_some(Fault::Silence)
    })
}

/// Waits until go has let go of the mirror.
fn is_left(mirror: &Mirror, version: &str) {
    let begun = Instant::now();
    while mirror.open() > 0 {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{version}: a go outlives its race"
        );
        std::thread::yield_now();
    }
}

#[test]
fn a_race_is_stopped_midway_and_tells_what_ran() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let sound = ground.mirror();
        ground.env_file(&sound.url(), "");
        let (slow, never) = (halting(&ground), ground.mirror());
        let before = ground.snapshot();
        let app = ground.app();
        let urls = vec![slow.url(), never.url()];
        let wish = RaceMirrors {
            project: block_on(app.project_open(ground.place("app"))).expect("a project"),
            mirrors: block_on(app.mirror_named(urls)).expect("addresses"),
            budget: None,
        };
        let job = app.jobs.start("race".to_owned());
        let through = slow.url();
        let observer = |event: RaceEvent| {
            if let RaceEvent::Fetched {
                mirror, done: 2, ..
            } = event
                && mirror.as_ref() == Some(&through)
            {
                app.jobs.cancel("race");
            }
        };
        let report = block_on(app.mirror_race(wish, &job, &observer));
        let report = report.expect("to be stopped is no failure");
        assert!(report.cancelled, "{version}: said");
        assert_eq!(
            report.rows[0].state,
            RaceState::Complete,
            "{version}: who ran before keeps its row"
        );
        let stopped = row(&report, &slow);
        assert_eq!(stopped.state, RaceState::Stopped, "{version}: {stopped:?}");
        assert_eq!(
            (stopped.modules, stopped.of),
            (2, 12),
            "{version}: what came until then"
        );
        assert_eq!(
            row(&report, &never).state,
            RaceState::Stopped,
            "{version}: the next one does not start"
        );
        assert_eq!(never.requests(), [""; 0], "{version}: nor is it asked");
        assert_eq!(report.ranking, [""; 0], "{version}: nobody is ranked");
        is_left(&slow, version);
        ground.is_untouched(&before, version);
    }
}

#[test]
fn who_sends_more_than_its_budget_is_stopped() {
    for version in VERSIONS {
        let large = |name: &str| match name {
            "dep.example/m1@v1.0.0" | "dep.example/m2@v1.0.0" => 700_000,
            _ => 2000,
        };
        let ground = Ground::with_modules(version, large);
        let sound = ground.mirror();
        ground.env_file(&sound.url(), "");
        let mirror = halting(&ground);
        let (report, events) = ground.race(&[&mirror], Some(1));
        let stopped = row(&report, &mirror);
        assert_eq!(
            stopped.state,
            RaceState::OverBudget,
            "{version}: {stopped:?}"
        );
        assert!(
            stopped.bytes > 1_000_000 && stopped.modules < 12,
            "{version}: {stopped:?}"
        );
        assert!(!report.cancelled, "{version}: nobody stopped it");
        assert_eq!(report.ranking, [""; 0], "{version}: not ranked");
        assert!(
            matches!(
                events.first(),
                Some(RaceEvent::Started {
                    budget: 1_000_000,
                    ..
                })
            ),
            "{version}: told beforehand"
        );
        is_left(&mirror, version);
        ground.leaves_nothing(version);
    }
}

#[test]
fn who_falls_silent_is_not_waited_for() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = halting(&ground);
        ground.env_file(&mirror.url(), "");
        let project = read::read(&ground.place("app"), true).expect("a project");
        let go = root(version).join("bin/go");
        let present = Version::parse(&format!("go{version}"));
        let course = Course {
            downloader: Downloader {
                host: &ground.sandbox.host,
                go: &go,
                version: present.as_ref(),
            },
            project: &project,
            budget: 1_000_000,
            silence: Duration::from_millis(700),
        };
        let entrants = ["one", "two"].map(|id| Entrant {
            mirror: Some(id.to_owned()),
            goproxy: mirror.url(),
        });
        let finished = Mutex::new(0);
        let observer = |event: RaceEvent| {
            if matches!(event, RaceEvent::Finished { .. }) {
                *finished.lock().expect("no observer panics") += 1;
            }
        };
        let cancel = CancellationToken::new();
        let raced = block_on(run(&course, &entrants, &cancel, &observer)).expect("an answer");
        for row in &raced.rows {
            assert_eq!(row.state, RaceState::Silent, "{version}: {row:?}");
        }
        assert_eq!(
            *finished.lock().expect("no observer panics"),
            2,
            "{version}: the next one has its turn all the same"
        );
        is_left(&mirror, version);
        ground.leaves_nothing(version);
    }
}
