//! Odd files and environments (go-semantics 1.1, 1.3, 1.5): what we say is what the real go says.

use gopherdesk_core::environment::{Origin, Wins};

use crate::scene::{Scene, VERSIONS, variable};

use Origin::{Computed, Default, File, Goroot, Process};

/// A file, variables of the process, and what is expected of some variables: origin, and whether it is changed.
struct Row {
    what: &'static str,
    file: &'static [u8],
    process: &'static [(&'static str, &'static str)],
    expected: &'static [(&'static str, Origin, bool)],
}

const fn row(
    what: &'static str,
    file: &'static [u8],
    process: &'static [(&'static str, &'static str)],
    expected: &'static [(&'static str, Origin, bool)],
) -> Row {
    Row {
        what,
        file,
        process,
        expected,
    }
}

const ROWS: &[Row] = &[
    row(
        "nothing is set",
        b"",
        &[],
        &[
            ("GOPROXY", Goroot, false),
            ("GOSUMDB", Goroot, false),
            ("GOTOOLCHAIN", Goroot, false),
            ("GOPRIVATE", Default, false),
            ("GOPATH", Default, false),
            ("GOMODCACHE", Default, false),
            ("GOENV", Default, false),
            ("CGO_CFLAGS", Default, false),
            ("PKG_CONFIG", Default, false),
            ("GOVERSION", Computed, false),
            ("GOHOSTOS", Computed, false),
            ("GOTOOLDIR", Computed, false),
        ],
    ),
    row(
        "the file sets values",
        b"GOPROXY=https://goproxy.cn,direct\nGOPRIVATE=*.corp.example\nGOPATH={}/gp\nCGO_CFLAGS=-O3 -g\n",
        &[],
        &[
            ("GOPROXY", File, true),
            ("GOPRIVATE", File, true),
            ("GONOPROXY", Computed, true),
            ("GONOSUMDB", Computed, true),
            ("GOPATH", File, true),
            ("GOMODCACHE", Computed, true),
            ("CGO_CFLAGS", File, true),
        ],
    ),
    row(
        "the process outranks the file",
        b"GOPROXY=https://goproxy.cn,direct\nGOTOOLCHAIN=local\n",
        &[("GOPROXY", "off"), ("GOTOOLCHAIN", "path"), ("GOFLAGS", "-mod=mod")],
        &[
            ("GOPROXY", Process, true),
            ("GOTOOLCHAIN", Process, true),
            ("GOFLAGS", Process, true),
        ],
    ),
    row(
        "an empty variable is no variable",
        b"GOPROXY=https://goproxy.cn\n",
        &[("GOPROXY", ""), ("GOSUMDB", ""), ("GOENV", ""), ("GOTOOLCHAIN", "")],
        &[("GOPROXY", File, true), ("GOSUMDB", Goroot, false), ("GOTOOLCHAIN", Goroot, false)],
    ),
    row(
        "an empty line masks go.env",
        b"GOPROXY=\nGOSUMDB=\nGOPRIVATE=\nGOTOOLCHAIN=\n",
        &[],
        &[
            ("GOPROXY", File, true),
            ("GOSUMDB", File, true),
            ("GOTOOLCHAIN", File, true),
            ("GOPRIVATE", Default, false),
        ],
    ),
    row(
        "the process fills an empty line",
        b"GOPROXY=\n",
        &[("GOPROXY", "direct")],
        &[("GOPROXY", Process, true)],
    ),
    row(
        "the last duplicate counts",
        b"GOPROXY=one\nGOPROXY=two\nGOSUMDB=off\nGOPROXY=three\nGOSUMDB=\n",
        &[],
        &[("GOPROXY", File, true), ("GOSUMDB", File, true)],
    ),
    row(
        "CRLF",
        b"GOPROXY=https://goproxy.cn\r\nGOPRIVATE=a.example\r\nGOBIN={}/bin\r\n",
        &[],
        &[("GOPROXY", File, true), ("GOPRIVATE", File, true), ("GOBIN", File, true)],
    ),
    row(
        "a byte order mark hides the first line",
        b"\xef\xbb\xbfGOPROXY=https://goproxy.cn\nGOSUMDB=off\n",
        &[],
        &[("GOPROXY", Goroot, false), ("GOSUMDB", File, true)],
    ),
    row(
        "what is no setting",
        b"# GOPROXY=a\nexport GOPROXY=b\n GOPROXY=c\ngoproxy=d\nGOPROXY\n=\n\nGOPROXY =e\nGODODO=f\nHTTP_PROXY=g\n",
        &[],
        &[("GOPROXY", Goroot, false)],
    ),
    row(
        "quotes, comments and spaces belong to the value",
        b"GOPRIVATE='a.example' # mine\nGONOSUMDB= a,b \nGOFLAGS=-mod=mod\t\nGOINSECURE=<a>&\xe4\xbe\x8b\nGOVCS=\"\xff\"\n",
        &[],
        &[
            ("GOPRIVATE", File, true),
            ("GONOPROXY", Computed, true),
            ("GONOSUMDB", File, true),
            ("GOINSECURE", File, true),
        ],
    ),
    row("no line feed at the end", b"GOPROXY=direct", &[], &[("GOPROXY", File, true)]),
    row(
        "a value that is the default",
        b"GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\n",
        &[],
        &[("GOPROXY", File, false), ("GOSUMDB", File, false)],
    ),
    row(
        "the file is switched off",
        b"GOPROXY=https://goproxy.cn\n",
        &[("GOENV", "off")],
        &[("GOPROXY", Goroot, false)],
    ),
    row(
        "the file is elsewhere",
        b"GOPROXY=https://goproxy.cn\n",
        &[("GOENV", "{}/none")],
        &[("GOPROXY", Goroot, false), ("GOENV", Process, true)],
    ),
    row("a folder in its place", b"", &[("GOENV", "{}/home")], &[("GOPROXY", Goroot, false)]),
    row(
        "XDG_CONFIG_HOME",
        b"GOPROXY=https://goproxy.cn\n",
        &[("XDG_CONFIG_HOME", "{}/elsewhere")],
        &[("GOPROXY", Goroot, false)],
    ),
    row(
        "GOENV in the file is nothing",
        b"GOENV={}/none\nGOPROXY=direct\n",
        &[],
        &[("GOPROXY", File, true), ("GOENV", Default, false)],
    ),
    row(
        "a relative cache is off",
        b"GOMODCACHE=relative/mod\n",
        &[],
        &[("GOMODCACHE", File, true)],
    ),
    row(
        "another target",
        b"GOOS=windows\nGOARCH=arm64\n",
        &[("CGO_ENABLED", "0")],
        &[("GOOS", File, true), ("GOARCH", File, true), ("CGO_ENABLED", Process, true)],
    ),
    row(
        "a workspace that is switched off",
        b"",
        &[("GOWORK", "off"), ("GO111MODULE", "off")],
        &[("GOWORK", Process, false), ("GO111MODULE", Process, true)],
    ),
    row(
        "bad flags do not hurt",
        b"GOFLAGS=bogus\n",
        &[],
        &[("GOFLAGS", File, true)],
    ),
    row(
        "C flags in quotes",
        b"CGO_CFLAGS='-I/a b'  -O2\nCC=gcc -m64\n",
        &[("CGO_LDFLAGS", "-s")],
        &[("CGO_CFLAGS", File, true), ("CGO_LDFLAGS", Process, true), ("CC", File, true)],
    ),
];

/// Each run has a build folder of its own there.
fn without_random(value: &str) -> String {
    match value.split_once("go-build") {
        Some((before, rest)) => {
            let rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            format!("{before}go-build{rest}")
        }
        None => value.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_value_is_what_the_real_go_uses() {
    for version in VERSIONS {
        for row in ROWS {
            let mut scene = Scene::new(version);
            scene.env_file(row.file);
            for (name, value) in row.process {
                scene.set(name, value);
            }
            check(&scene, version, row).await;
        }
    }
}

async fn check(scene: &Scene, version: &str, row: &Row) {
    let what = row.what;
    let environment = scene.read().await;
    assert!(
        !scene.at("home/.cache/go-build").exists(),
        "{version}, {what}: reading does not create the user's build cache"
    );
    let failure = environment.failure.as_ref().map(|failure| &failure.message);
    assert_eq!(failure, None, "{version}, {what}: go answers");
    let truth = scene.truth(&[]).await;
    for (name, value) in &truth {
        let ours = variable(&environment, name);
        assert_eq!(
            without_random(&ours.value),
            without_random(value),
            "{version}, {what}: the value of {name}"
        );
        let winners: Vec<_> = ours
            .layers
            .iter()
            .filter(|layer| layer.wins == Wins::Everywhere)
            .collect();
        assert!(
            winners.len() <= 1,
            "{version}, {what}: one place wins for {name}: {winners:?}"
        );
        if let Some(winner) = winners.first() {
            assert_eq!(
                winner.origin, ours.origin,
                "{version}, {what}: the winner is the origin of {name}"
            );
        }
    }
    for (name, origin, changed) in row.expected {
        let ours = variable(&environment, name);
        assert_eq!(
            ours.origin, *origin,
            "{version}, {what}: the origin of {name}: {ours:?}"
        );
        assert_eq!(
            ours.changed, *changed,
            "{version}, {what}: is {name} changed? {ours:?}"
        );
        assert_eq!(
            ours.shadowed.is_some(),
            *origin == Process && !["GOENV", "GOWORK"].contains(name),
            "{version}, {what}: does something outrank the file for {name}?"
        );
    }
}

#[tokio::test]
async fn places_have_lines() {
    let mut scene = Scene::new(VERSIONS[2]);
    scene.env_file(b"# mine\nGOPROXY=https://user:secret@goproxy.example\n");
    scene.set("GOSUMDB", "off");
    let environment = scene.read().await;
    let proxy = variable(&environment, "GOPROXY");
    assert_eq!(
        proxy.value, "https://***@goproxy.example",
        "credentials never leave unasked"
    );
    assert!(proxy.masked, "and it says so");
    assert_eq!(
        proxy.layers[0].r#where.as_deref(),
        Some("~/.config/go/env:2"),
        "file and line"
    );
    assert_eq!(
        proxy.layers[1].origin, Goroot,
        "what it would be without that line"
    );
    assert!(proxy.settable, "go env -w accepts it");
    let sumdb = variable(&environment, "GOSUMDB");
    let shadowed = sumdb
        .shadowed
        .as_ref()
        .expect("the process outranks the file");
    assert_eq!(shadowed.by, Process, "of unknown cause");
    assert!(
        !variable(&environment, "GOROOT").settable,
        "Go 1.27 refuses it"
    );
    assert!(
        !variable(&environment, "GOENV").settable,
        "the process environment only"
    );
}

#[tokio::test]
async fn a_stale_goroot_in_the_file_hides_go_env() {
    for version in VERSIONS {
        let mut scene = Scene::new(version);
        scene.env_file(b"GOROOT=/nonexistent\n");
        let root = crate::scene::root(version);
        scene.set("GOROOT", root.to_str().expect("text"));
        let environment = scene.read().await;
        let truth = scene.truth(&[]).await;
        for name in ["GOPROXY", "GOSUMDB", "GOTOOLCHAIN", "GOROOT"] {
            let ours = variable(&environment, name);
            assert_eq!(ours.value, truth[name], "{version}: the value of {name}");
        }
        let proxy = variable(&environment, "GOPROXY");
        assert_eq!(
            proxy.value, "",
            "{version}: go.env was looked for in the wrong place"
        );
        assert!(
            proxy.changed,
            "{version}: that is not what it would be otherwise"
        );
    }
}

#[tokio::test]
async fn a_relative_cache_is_said_to_be_off() {
    for version in VERSIONS {
        let scene = Scene::new(version);
        scene.env_file(b"GOCACHE=relative\nGOTOOLCHAIN=bogus\n");
        let environment = scene.read().await;
        // the full `go env -json` fails here, for want of a cache, and for the garbage
        assert!(
            environment.failure.is_none(),
            "{version}: we are not in its way"
        );
        assert_eq!(
            variable(&environment, "GOCACHE").value,
            "off",
            "{version}: as go says"
        );
        assert_eq!(
            variable(&environment, "GOCACHE").origin,
            File,
            "{version}: a line does it"
        );
        let toolchain = variable(&environment, "GOTOOLCHAIN");
        assert_eq!(
            toolchain.value, "bogus",
            "{version}: what stands there, not our override"
        );
        let words = scene.go(&["env", "GOTOOLCHAIN"], &[]).await;
        assert_eq!(words.stdout, b"bogus\n", "{version}: the same as go says");
    }
}
