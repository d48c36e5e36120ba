//! A project's modules in the user's own cache.

use std::sync::Mutex;

use gopherdesk_core::{
    app::App,
    host::run::{DEADLINE, Output, Program, run},
    mirror::{
        prefetch::{PrefetchEvent, PrefetchProject, Prefetched},
        race::RaceState,
    },
};

use super::ground::Ground;
use crate::{
    mirror::Fault,
    scene::{VERSIONS, root},
    support::block_on,
};

fn prefetch(ground: &Ground, app: &App) -> (Prefetched, Vec<PrefetchEvent>) {
    let events = Mutex::new(Vec::new());
    let observer = |event: PrefetchEvent| events.lock().expect("no observer panics").push(event);
    let prefetched = block_on(app.mirror_prefetch(
        wish(ground, app),
        &app.jobs.start("prefetch".to_owned()),
        &observer,
    ));
    (
        prefetched.expect("a download that fails is an answer"),
        events.into_inner().expect("no observer panics"),
    )
}

fn wish(ground: &Ground, app: &App) -> PrefetchProject {
    let project = block_on(app.project_open(ground.place("app"))).expect("a project");
    PrefetchProject { project }
}

/// What a user does on a train: go, in the project, without any network.
fn offline(ground: &Ground, version: &str) -> Output {
    let mut vars = ground.sandbox.host.vars.clone();
    vars.set("GOPROXY", "off");
    vars.set("GOFLAGS", "-mod=mod");
    block_on(run(&Program {
        path: root(version).join("bin/go"),
        args: ["mod", "download", "-json"].map(Into::into).to_vec(),
        vars,
        folder: ground.place("app"),
        deadline: DEADLINE * 3,
    }))
    .expect("the real go runs")
}

#[test]
fn what_was_prefetched_is_there_offline() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = ground.mirror();
        ground.env_file(&mirror.url(), "");
        let app = ground.app();
        assert!(
            !offline(&ground, version).succeeded(),
            "{version}: nothing is there before"
        );
        let before = ground.snapshot();
        let (prefetched, events) = prefetch(&ground, &app);
        assert_eq!(
            prefetched.state,
            RaceState::Complete,
            "{version}: {prefetched:?}"
        );
        assert_eq!(
            (prefetched.fetched, prefetched.modules, prefetched.of),
            (12, 12, 12),
            "{version}: all came"
        );
        assert_eq!(prefetched.bytes, ground.bytes(), "{version}: their zips");
        assert_eq!(
            (prefetched.goproxy, prefetched.cache.as_str()),
            (mirror.url(), "~/go/pkg/mod"),
            "{version}: by which way, and where"
        );
        assert!(
            matches!(
                events.first(),
                Some(PrefetchEvent::Started { there: 0, of: 12 })
            ),
            "{version}: {events:?}"
        );
        let fetched = |event: &&PrefetchEvent| matches!(event, PrefetchEvent::Fetched { .. });
        let count = events.iter().filter(fetched).count();
        assert_eq!(count, 12, "{version}: each was told");
        assert!(
            ground.snapshot() == before,
            "{version}: the project is as it was"
        );
        ground.scratch_is_gone(version);
        let output = offline(&ground, version);
        assert!(output.succeeded(), "{version}: {}", output.complaint());
        let asked = mirror.requests().len();
        let (again, events) = prefetch(&ground, &app);
        assert_eq!(
            (again.state, again.fetched, again.bytes, again.modules),
            (RaceState::Complete, 0, 0, 12),
            "{version}: all was there"
        );
        assert!(
            matches!(
                events.first(),
                Some(PrefetchEvent::Started { there: 12, of: 12 })
            ),
            "{version}: {events:?}"
        );
        assert_eq!(
            mirror.requests().len(),
            asked,
            "{version}: nobody was asked"
        );
    }
}

#[test]
fn a_stopped_prefetch_keeps_what_came_and_goes_on_later() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let halting = ground.mirror_with(|path| {
            let sent = path.contains("/m1/") || path.contains("/m2/");
            (path.ends_with(".zip") && !sent).then_some(Fault::Silence)
        });
        ground.env_file(&halting.url(), "");
        let app = ground.app();
        let job = app.jobs.start("prefetch".to_owned());
        let observer = |event: PrefetchEvent| {
            if matches!(event, PrefetchEvent::Fetched { done: 2, .. }) {
                app.jobs.cancel("prefetch");
            }
        };
        let stopped = block_on(app.mirror_prefetch(wish(&ground, &app), &job, &observer));
        let stopped = stopped.expect("to be stopped is no failure");
        assert_eq!(
            (stopped.state, stopped.fetched, stopped.of),
            (RaceState::Stopped, 2, 12),
            "{version}: {stopped:?}"
        );
        ground.scratch_is_gone(version);
        let sound = ground.mirror();
        ground.env_file(&sound.url(), "");
        let (rest, _) = prefetch(&ground, &app);
        assert_eq!(
            (rest.state, rest.fetched, rest.modules),
            (RaceState::Complete, 10, 12),
            "{version}: only the rest: {rest:?}"
        );
        let zips = sound.requests();
        let zips = zips.iter().filter(|path| path.ends_with(".zip")).count();
        assert_eq!(zips, 10, "{version}: nothing was taken away meanwhile");
        assert!(
            offline(&ground, version).succeeded(),
            "{version}: all there"
        );
    }
}

#[test]
fn a_cache_that_stays_writable_stays_so() {
    use std::os::unix::fs::PermissionsExt;

    for (flags, writable) in [("", false), ("GOFLAGS=-modcacherw\n", true)] {
        let ground = Ground::new(VERSIONS[2]);
        let mirror = ground.mirror();
        ground.env_file(&mirror.url(), flags);
        let (prefetched, _) = prefetch(&ground, &ground.app());
        assert_eq!(prefetched.state, RaceState::Complete, "{prefetched:?}");
        let module = ground.sandbox.path("home/go/pkg/mod/dep.example/m1@v1.0.0");
        let mode = module.metadata().expect("extracted").permissions().mode();
        assert_eq!(mode & 0o200 != 0, writable, "as GOFLAGS say: {flags:?}");
    }
}

#[test]
fn a_module_that_does_not_come_is_named() {
    for version in VERSIONS {
        let ground = Ground::new(version);
        let mirror = ground.mirror_with(|path| {
            path.ends_with("/z/@v/v1.0.0.zip")
                .then_some(Fault::Status(502))
        });
        ground.env_file(&mirror.url(), "");
        let (prefetched, _) = prefetch(&ground, &ground.app());
        assert_eq!(
            (prefetched.state, prefetched.modules, prefetched.failed),
            (RaceState::Incomplete, 11, 1),
            "{version}: {prefetched:?}"
        );
        assert_eq!(
            prefetched.failures[0].module.as_deref(),
            Some("other.example/z@v1.0.0"),
            "{version}: which"
        );
    }
}
