//! Where a module comes from, as we say it, against whom the real go asks: environments by paths, three versions. One server
//! is every mirror, the database and the way out, so that its log has the true order.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, stream};
use gopherdesk_core::{
    host::Os,
    module::escape,
    route::{Route, RouteFault, Setting, of},
    toolchain::Version,
};

use crate::{
    modules::{Reply, Server},
    scene::{Scene, VERSIONS},
};

/// `{}` is the server.
const PROXIES: &[&str] = &[
    "{}/a,{}/b,direct",
    "{}/a|{}/b|direct",
    "{}/a",
    "{}/a,off",
    "off",
    "direct",
    "{}/a,direct,{}/b",
    " {}/a ,, {}/b|direct",
    "{}/b|{}/a",
    "localhost,{}/a",
    ",",
    "{}/a,off,{}/b",
    "{}/a/|direct",
    "direct,{}/a",
    "file:///gopherdesk/nothing,{}/a",
];

const PRIVATE: &[&str] = &[
    "",
    "git.corp.example",
    "*.corp.example",
    "*.corp.example/team",
    "git.corp.example/",
    " git.corp.example",
    "GIT.corp.example",
    "a.example,,git.corp.example",
    "[",
    "[a-g]it.corp.example",
    "none",
    "*",
    "*/*/app",
    "git.corp.example/team/app/sub/deep",
    "git.corp.example/t?am",
    "git.corp.example/[^x]eam",
    "pub.example,*.corp.example",
    "\\g*.corp.example",
    "git.corp.example//",
    "*.corp.example:8443",
];

/// What undoes GOPRIVATE, or is set apart from it.
const APART: &[&str] = &[
    "",
    "none",
    "git.corp.example/other,*.corp.example",
    "pub.example",
    ",",
];

/// `{}` is the server.
const DATABASES: &[&str] = &[
    "sum.golang.org",
    "off",
    "sum.golang.google.cn",
    "{key}",
    "{key} {}/db",
    "goproxy.cn",
    "sum.golang.org {}/db",
];

const KEY: &str = "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

const PATHS: &[&str] = &[
    "git.corp.example/team/app",
    "git.corp.example/team/app/v2",
    "git.corp.example",
    "corp.example/x",
    "a.b.corp.example/x",
    "pub.example/m",
    "git.corp.examplex/m",
    "pub.example/Upper/M",
    "xgit.corp.example/team/app",
];

#[derive(Debug, Clone)]
struct Environment {
    goproxy: &'static str,
    goprivate: &'static str,
    gonoproxy: &'static str,
    gonosumdb: &'static str,
    gosumdb: &'static str,
    goinsecure: &'static str,
}

/// Every proxy list and every pattern list several times, each time with other companions.
fn environments() -> Vec<Environment> {
    (0..PRIVATE.len() * 3)
        .map(|at| Environment {
            goproxy: PROXIES[(at * 7 + at / PRIVATE.len()) % PROXIES.len()],
            goprivate: PRIVATE[at % PRIVATE.len()],
            gonoproxy: APART[(at / 2) % APART.len()],
            gonosumdb: APART[(at / 3 + 1) % APART.len()],
            gosumdb: DATABASES[at % DATABASES.len()],
            goinsecure: if at % 5 == 0 { "*.corp.example" } else { "" },
        })
        .collect()
}

fn version_of(path: &str) -> &'static str {
    if path.ends_with("/v2") {
        "v2.0.0"
    } else {
        "v1.0.0"
    }
}

/// What a server says of a module below each of its mirrors.
fn module(path: &str) -> BTreeMap<String, Reply> {
    let version = version_of(path);
    let mut replies = BTreeMap::new();
    for mirror in ["a", "b"] {
        let base = format!("/{mirror}/{}/@v/{version}", escape(path));
        // go writes `!` so
        let base = base.replace('!', "%21");
        let info = format!("{{\"Version\":\"{version}\"}}").into_bytes();
        replies.insert(format!("{base}.info"), Reply::Found(info));
        let text = format!("module {path}\n").into_bytes();
        replies.insert(format!("{base}.mod"), Reply::Found(text));
    }
    replies
}

/// One question to go.
async fn asked(
    scene: &Scene,
    number: &str,
    server: &Server,
    environment: &Environment,
    path: &str,
) -> (bool, String, Vec<String>) {
    let url = server.url();
    let fill = |text: &str| text.replace("{key}", KEY).replace("{}", &url);
    let folder = scene.at(number).display().to_string();
    let (goproxy, gosumdb) = (fill(environment.goproxy), fill(environment.gosumdb));
    let (gopath, cache) = (format!("{folder}/go"), format!("{folder}/mod"));
    let vars = [
        ("GOPROXY", goproxy.as_str()),
        ("GOSUMDB", &gosumdb),
        ("GOPRIVATE", environment.goprivate),
        ("GONOPROXY", environment.gonoproxy),
        ("GONOSUMDB", environment.gonosumdb),
        ("GOINSECURE", environment.goinsecure),
        ("GOPATH", &gopath),
        ("GOMODCACHE", &cache),
        ("GOFLAGS", "-modcacherw"),
        ("GOTOOLCHAIN", "local"),
        ("HTTPS_PROXY", &url),
        ("HTTP_PROXY", &url),
    ];
    let named = format!("{path}@{}", version_of(path));
    let output = scene.go(&["mod", "download", &named], &vars).await;
    (output.succeeded(), output.complaint(), server.requests())
}

fn ours(server: &Server, environment: &Environment, path: &str, go: Option<&Version>) -> Route {
    let url = server.url();
    let fill = |text: &str| text.replace("{key}", KEY).replace("{}", &url);
    let setting = Setting {
        goproxy: &fill(environment.goproxy),
        gonoproxy: environment.gonoproxy,
        gonosumdb: environment.gonosumdb,
        goprivate: environment.goprivate,
        gosumdb: &fill(environment.gosumdb),
        goinsecure: environment.goinsecure,
        govcs: "",
        os: Os::Linux,
        go,
    };
    of(path, None, &setting)
}

/// The places in a log, each once, in the order in which they were come to first.
fn places(log: &[String], place: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let named = log.iter().filter_map(|line| place(line));
    named.filter(|place| seen.insert(place.clone())).collect()
}

/// Nobody has the module: everybody is asked.
async fn nobody_has_it(
    scene: &Scene,
    number: usize,
    environment: &Environment,
    path: &str,
    go: Option<&Version>,
) -> Option<String> {
    let server = Server::always(Reply::Status(404));
    let route = ours(&server, environment, path, go);
    let (_, said, log) = asked(scene, &format!("none-{number}"), &server, environment, path).await;
    let host = path.split('/').next().unwrap_or_default();
    let theirs = places(&log, |line| {
        let (method, target) = line.split_once(' ')?;
        match method {
            "CONNECT" => Some(target.trim_end_matches(":443").to_owned()),
            // what go tries beyond https where GOINSECURE allows it
            _ if target.starts_with("http://") => None,
            _ => Some(target.split('/').nth(1)?.to_owned()),
        }
    });
    let url = server.url();
    let expected: Vec<_> = route
        .steps
        .iter()
        .filter_map(|step| match step.from.as_str() {
            "off" => None,
            "direct" => Some(host.to_owned()),
            from => from
                .strip_prefix(&format!("{url}/"))
                .map(|name| name.trim_end_matches('/').to_owned()),
        })
        .collect();
    let mut wrong = Vec::new();
    if theirs != expected {
        wrong.push(format!("go asks {theirs:?}, we say {expected:?}"));
    }
    match &route.error {
        Some(RouteFault::ProxyRefused { said: ours }) if !said.contains(ours.as_str()) => {
            wrong.push(format!("go says {said:?}, we say {ours:?}"));
        }
        Some(RouteFault::ProxyOff {})
            if !said.contains("module lookup disabled by GOPROXY=off") =>
        {
            wrong.push(format!("go says {said:?}, and not that it is off"));
        }
        _ => {}
    }
    (!wrong.is_empty()).then(|| {
        format!(
            "{path} in {environment:?}\n  {}\n  {route:?}",
            wrong.join("\n  ")
        )
    })
}

/// The mirrors have its go.mod: the database is looked for.
async fn mirrors_have_it(
    scene: &Scene,
    number: usize,
    environment: &Environment,
    path: &str,
    go: Option<&Version>,
) -> Option<String> {
    let server = Server::new(module(path), Reply::Status(404));
    let route = ours(&server, environment, path, go);
    let is_mirrored = route
        .steps
        .iter()
        .any(|step| step.from.starts_with("http://"));
    let comes_to_it = route
        .steps
        .iter()
        .position(|step| step.from.starts_with("http://"))
        < route
            .steps
            .iter()
            .position(|step| step.from == "direct")
            .or(Some(usize::MAX));
    if !is_mirrored || !comes_to_it {
        return None;
    }
    let (_, said, log) = asked(scene, &format!("some-{number}"), &server, environment, path).await;
    let name = route
        .checksum
        .database
        .clone()
        .unwrap_or_else(|| "sum.golang.org".to_owned());
    let url = server.url();
    let theirs = places(&log, |line| {
        let (method, target) = line.split_once(' ')?;
        let passed = format!("/sumdb/{name}/");
        match method {
            "CONNECT" if target.starts_with("sum.") => {
                Some(format!("https://{}", target.trim_end_matches(":443")))
            }
            "CONNECT" => None,
            _ if target.starts_with("/db/") => Some(format!("{url}/db")),
            _ => Some(format!(
                "{url}{}{}",
                target.split_once(&passed)?.0,
                passed.trim_end_matches('/')
            )),
        }
    });
    let mut wrong = Vec::new();
    // what is read from a folder stands in no log
    let sources = route.checksum.sources.iter();
    let heard: Vec<_> = sources
        .filter(|source| !source.starts_with("file:"))
        .cloned()
        .collect();
    if theirs != heard {
        wrong.push(format!("go asks {theirs:?}, we say {heard:?}"));
    }
    // where the origin is asked at the end, that is what go speaks of
    let has_last_word = route.steps.iter().any(|step| step.from == "direct");
    if matches!(route.error, Some(RouteFault::SumdbRefused { .. }))
        && !has_last_word
        && !said.contains("GOSUMDB")
    {
        wrong.push(format!(
            "go says {said:?}, and we say that it refuses GOSUMDB"
        ));
    }
    (!wrong.is_empty()).then(|| {
        format!(
            "{path} in {environment:?}\n  {}\n  {log:?}",
            wrong.join("\n  ")
        )
    })
}

#[tokio::test]
async fn the_real_go_goes_where_a_route_says() {
    let mut differing = Vec::new();
    let mut pairs = 0;
    for version in VERSIONS {
        let scene = Scene::new(version);
        let go = Version::parse(&format!("go{version}"));
        let (scene, go) = (&scene, go.as_ref());
        let environments = environments();
        let all: Vec<_> = environments
            .iter()
            .flat_map(|environment| PATHS.iter().map(move |path| (environment, *path)))
            .enumerate()
            .collect();
        pairs = all.len();
        let played = stream::iter(all)
            .map(|(number, (environment, path))| async move {
                let one = nobody_has_it(scene, number, environment, path, go).await;
                // the database depends on the path only by the patterns: a part of the pairs says it all
                let other = match number % 3 {
                    0 => mirrors_have_it(scene, number, environment, path, go).await,
                    _ => None,
                };
                [one, other].into_iter().flatten().collect::<Vec<_>>()
            })
            .buffer_unordered(4);
        let found: Vec<Vec<String>> = played.collect().await;
        differing.extend(
            found
                .into_iter()
                .flatten()
                .map(|found| format!("{version}: {found}")),
        );
    }
    assert!(pairs >= 500, "pairs of an environment and a path: {pairs}");
    assert!(
        differing.is_empty(),
        "{} of {pairs} pairs in three versions differ:\n{}",
        differing.len(),
        differing
            .iter()
            .take(15)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}
