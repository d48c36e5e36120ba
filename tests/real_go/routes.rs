//! Where a module comes from, as we say it, against what the real go does: environments by paths, three versions. Every host is
//! played, under its own name, so that the log says who is asked what, in the true order.

mod internet;
mod matrix;
mod seen;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use futures_util::{StreamExt, stream};
use gopherdesk_core::{route::of, toolchain::Version};

use self::{
    internet::{Asked, Internet, Keys, Manner, host_of},
    matrix::{Environment, PATHS, PROGRAMS, environments, version_of},
    seen::{bare, carrying, everybody_has_it, leaking, nobody_has_it, shorter_told},
};
use crate::scene::{Scene, VERSIONS};

/// A machine of one version.
struct World {
    scene: Scene,
    go: Option<Version>,
    keys: Keys,
    /// What a path is downloaded into, each time another folder.
    plays: AtomicUsize,
}

/// What go did.
struct Played {
    succeeded: bool,
    said: String,
    log: Vec<Asked>,
}

impl World {
    fn new(version: &str) -> Self {
        let scene = Scene::new(version);
        let keys = Keys::new();
        scene.write("trusted.pem", keys.pem());
        Self {
            go: Version::parse(&format!("go{version}")),
            plays: AtomicUsize::new(0),
            scene,
            keys,
        }
    }

    async fn play(&self, environment: &Environment, manner: Manner) -> Played {
        self.run(environment, manner, &["mod", "download"]).await
    }

    async fn run(&self, environment: &Environment, manner: Manner, command: &[&str]) -> Played {
        let number = self.plays.fetch_add(1, Ordering::Relaxed);
        let named = format!("{}@{}", manner.path, version_of(manner.path));
        let internet = Internet::new(&self.keys, manner);
        let url = internet.url();
        let at = |name: &str| self.scene.at(name).display().to_string();
        let (path, cache, file) = (
            at(&format!("{number}/go")),
            at(&format!("{number}/mod")),
            format!("{number}/env"),
        );
        let (trusted, programs, home) = (at("trusted.pem"), at("bin"), at("home"));
        let file_path = at(&file);
        let mut vars = vec![
            // no program of an origin is there
            ("PATH", programs.as_str()),
            ("HOME", &home),
            ("GOENV", &file_path),
            ("SSL_CERT_FILE", &trusted),
            // the machine's own are many
            ("SSL_CERT_DIR", &programs),
            ("GOPATH", &path),
            ("GOMODCACHE", &cache),
            ("GOFLAGS", "-modcacherw"),
            ("GOTOOLCHAIN", "local"),
            ("HTTPS_PROXY", &url),
            ("HTTP_PROXY", &url),
        ];
        if environment.in_file {
            let lines = environment.variables();
            let lines = lines.map(|(name, value)| format!("{name}={value}\n"));
            self.scene.write(&file, lines.concat());
        } else {
            vars.extend(environment.variables());
        }
        let args: Vec<_> = command.iter().copied().chain([named.as_str()]).collect();
        let output = self.scene.go(&args, &vars).await;
        Played {
            succeeded: output.succeeded(),
            said: output.complaint(),
            log: internet.log(),
        }
    }
}

/// Everything that can be seen of one pair; none when we agree.
async fn differs(
    world: &World,
    number: usize,
    environment: &Environment,
    path: &'static str,
) -> Option<String> {
    let route = of(path, None, &environment.setting(world.go.as_ref()));
    let manner = Manner {
        path,
        is_there: false,
        passes_on: None,
        program: PROGRAMS[number % PROGRAMS.len()],
        is_unsound: (number / PROGRAMS.len()).is_multiple_of(3),
    };
    let played = world.play(environment, manner.clone()).await;
    let (mut wrong, told) = nobody_has_it(&route, environment, &manner, &played);
    let mut told: BTreeSet<_> = told.into_iter().map(|to| (to, false)).collect();
    let mut log = played.log;
    let is_git = host_of(path) == "github.com"
        && route
            .steps
            .first()
            .is_some_and(|step| step.from == "direct");
    let passing = route.checksum.sources.iter();
    let passing = passing.filter_map(|source| Some(bare(source.split_once("/sumdb/")?.0)));
    let passing: Vec<_> = passing.filter(|base| !base.starts_with("file:")).collect();
    // one of those that may pass the database on, each time another
    let skipped: Vec<_> = (0..passing.len())
        .filter(|at| *at != number % passing.len())
        .map(|at| passing[at].clone())
        .collect();
    let passing = passing
        .get(number % passing.len().max(1))
        .cloned()
        .map(Some);
    // what only git could get is not there without it
    for passes_on in [None].into_iter().chain(passing).filter(|_| !is_git) {
        let manner = Manner {
            is_there: true,
            is_unsound: false,
            passes_on,
            ..manner.clone()
        };
        let played = world.play(environment, manner.clone()).await;
        let (found, looked_up) = everybody_has_it(&route, &manner, &played);
        wrong.extend(found);
        told.extend(looked_up.into_iter().map(|to| (to, true)));
        log.extend(played.log);
    }
    wrong.extend(leaking(&route, environment, told, &skipped, is_git));
    wrong.extend(carrying(environment, &log));
    (!wrong.is_empty()).then(|| {
        let wrong = wrong.join("\n  ");
        let log: Vec<_> = log.iter().map(|asked| asked.what.as_str()).collect();
        format!("{path} in {environment:?}\n  {wrong}\n  {route:?}\n  {log:?}")
    })
}

/// What is said of the pairs, so that nothing is left out.
fn codes(environments: &[Environment]) -> BTreeSet<String> {
    let routes = environments.iter().flat_map(|environment| {
        PATHS
            .iter()
            .map(|path| of(path, None, &environment.setting(None)))
    });
    let codes = routes.flat_map(|route| {
        let error = route
            .error
            .map(|error| serde_json::to_value(error).expect("json")["code"].clone());
        let reason = serde_json::to_value(route.checksum.reason).expect("json")["code"].clone();
        let leaks = route
            .leaks
            .into_iter()
            .map(|leak| serde_json::to_value(leak.why).expect("json"));
        leaks.chain(error).chain([reason]).collect::<Vec<_>>()
    });
    codes
        .map(|code| code.as_str().expect("a code").to_owned())
        .collect()
}

/// Patterns of GOPRIVATE, and a package in each of which there is more or less that they do not cover.
const SHORTER: &[(&str, &str)] = &[
    ("git.corp.example", "git.corp.example/team/app/sub/deep/pkg"),
    (
        "git.corp.example/team",
        "git.corp.example/team/app/sub/deep/pkg",
    ),
    ("*.corp.example/*/app", "git.corp.example/team/app/v2"),
    (
        "git.corp.example/team/app/sub/deep",
        "git.corp.example/team/app/sub/deep/pkg",
    ),
    ("pub.example/*/M", "pub.example/Upper/M"),
];

#[tokio::test]
async fn go_get_asks_for_shorter_paths_where_the_origin_has_none_of_them() {
    for version in VERSIONS {
        let world = World::new(version);
        for goproxy in [
            "https://goproxy.cn,https://athens.corp.example/mod,direct",
            "https://proxy.golang.org|https://goproxy.cn",
        ] {
            for &(goprivate, path) in SHORTER {
                let environment = Environment {
                    goproxy,
                    goprivate,
                    gosumdb: "off",
                    ..environments().swap_remove(0)
                };
                let route = of(path, None, &environment.setting(world.go.as_ref()));
                let folder = world
                    .scene
                    .write("main/go.mod", "module main.example\n\ngo 1.21\n");
                let folder = folder.parent().expect("a folder").display().to_string();
                for (is_there, program) in [(false, ""), (true, "git")] {
                    let manner = Manner {
                        path,
                        is_there,
                        passes_on: None,
                        program,
                        is_unsound: false,
                    };
                    let played = world
                        .run(&environment, manner, &["-C", &folder, "get"])
                        .await;
                    let leaks = route.leaks.iter().filter(|_| !is_there);
                    let ours: BTreeSet<_> = leaks
                        .map(|leak| (bare(&leak.to), leak.name.clone()))
                        .collect();
                    assert_eq!(
                        shorter_told(&played, path),
                        ours,
                        "{version}: {path} with GOPRIVATE={goprivate} and GOPROXY={goproxy}; \
                         the origin has it: {is_there}: {:?} {}",
                        played.log,
                        played.said
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn the_real_go_goes_where_a_route_says() {
    let environments = environments();
    let all: Vec<_> = environments
        .iter()
        .flat_map(|environment| PATHS.iter().map(move |path| (environment, *path)))
        .enumerate()
        .collect();
    assert!(
        all.len() >= 700,
        "pairs of an environment and a path: {}",
        all.len()
    );
    let mut differing = Vec::new();
    for version in VERSIONS {
        let world = World::new(version);
        let played = stream::iter(&all)
            .map(|(number, (environment, path))| differs(&world, *number, environment, path))
            .buffer_unordered(4)
            .filter_map(|found| async { found });
        let found: Vec<String> = played.collect().await;
        differing.extend(found.into_iter().map(|found| format!("{version}: {found}")));
    }
    assert!(
        differing.is_empty(),
        "{} of {} pairs in three versions differ:\n{}",
        differing.len(),
        all.len(),
        differing[..differing.len().min(12)].join("\n")
    );
    assert_eq!(
        codes(&environments).into_iter().collect::<Vec<_>>(),
        [
            "broken",
            "credentials_over_http",
            "database",
            "excluded",
            "not_in_gonoproxy",
            "not_in_gonosumdb",
            "proxy_off",
            "proxy_refused",
            "shorter_not_covered",
            "sumdb_off",
            "sumdb_refused",
            "toolchain",
            "toolchain_unverified",
            "vcs_refused",
        ],
        "everything that can be said is said of some pair"
    );
}
