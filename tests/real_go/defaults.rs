//! The defaults we show are what the real go uses when nothing is set.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::environment::{Values, catalogue};

use crate::scene::{Scene, VERSIONS, variable};

/// What the file and the process set, and what go is asked then.
struct Row {
    file: &'static str,
    process: &'static [(&'static str, &'static str)],
    questions: &'static [&'static str],
}

/// The full answer alone, where nothing is set that it does not show or that other defaults follow.
const ROWS: &[Row] = &[
    Row {
        file: "",
        process: &[],
        questions: &["env -json"],
    },
    Row {
        file: "GOPROXY=https://goproxy.cn,direct\nGOSUMDB=off\nGOPRIVATE=a.example\nGOINSECURE=b\nGOVCS=*:git\nGOFLAGS=-mod=mod\n",
        process: &[("GO111MODULE", "on"), ("GOTMPDIR", "{}/tmp"), ("GOENV", "")],
        questions: &["env -json"],
    },
    Row {
        file: "GOPROXY=\nGOSUMDB=\nGONOPROXY=x\nGONOSUMDB=y\nGOPRIVATE=\nGOFLAGS=\n",
        process: &[("GOPRIVATE", "z"), ("XDG_CACHE_HOME", "{}/caches")],
        questions: &["env -json"],
    },
    Row {
        file: "CGO_CFLAGS=-O3\nCGO_CPPFLAGS=-I/x\nCGO_CXXFLAGS=-g\nPKG_CONFIG=mine\n",
        process: &[("CGO_FFLAGS", "-g"), ("CGO_LDFLAGS", "-s")],
        questions: &["env -json"],
    },
    Row {
        file: "GOTOOLCHAIN=path\n",
        process: &[],
        questions: &["env -json"],
    },
    Row {
        file: "GOCACHE={}/cache\n",
        process: &[],
        questions: &["env -json", "env -json GOCACHE"],
    },
    Row {
        file: "",
        process: &[("HOME", "{}/home/../home")],
        questions: &["env -json", "env -json GOCACHE"],
    },
    Row {
        file: "FC=f77\nGOPROXY=off\n",
        process: &[("GOARM", "5")],
        questions: &["env -json", "env -json GOARM FC", "env -json …"],
    },
    Row {
        file: "GOPATH={}/gp\nGOPRIVATE=a\n",
        process: &[],
        questions: &["env -json", "env -json …"],
    },
    Row {
        file: "GOOS=windows\n",
        process: &[("CC", "cc")],
        questions: &["env -json", "env -json …"],
    },
];

#[tokio::test]
async fn defaults_that_follow_are_what_go_says_when_it_is_asked() {
    let names: Vec<_> = catalogue::names(None).collect();
    let asked = [&["env", "-json"], names.as_slice()].concat();
    for version in VERSIONS {
        for (number, row) in ROWS.iter().enumerate() {
            let what = format!("{version}, row {number}");
            let mut scene = Scene::new(version);
            for (name, value) in row.process {
                // where things are kept is no setting of Go's
                if matches!(*name, "HOME" | "XDG_CACHE_HOME") {
                    scene.set(name, value);
                }
            }
            let untouched = scene.go(&asked, &[("GOENV", "off")]).await;
            let untouched: Values = serde_json::from_slice(&untouched.stdout).expect("json");
            scene.env_file(row.file.as_bytes());
            for (name, value) in row.process {
                scene.set(name, value);
            }
            let truth = scene.go(&asked, &[]).await;
            let truth: Values = serde_json::from_slice(&truth.stdout).expect("json");
            let log = overheard(&mut scene);
            let environment = scene.read().await;
            let mut questions: Vec<_> = fs::read_to_string(log)
                .expect("questions")
                .lines()
                .map(|line| match line.starts_with("env -json GOPROXY ") {
                    true => "env -json …".to_owned(),
                    false => line.to_owned(),
                })
                .collect();
            questions.sort();
            let mut expected = row.questions.to_vec();
            expected.sort_unstable();
            assert_eq!(questions, expected, "{what}: no question too many");
            for variable in &environment.variables {
                let name = variable.name.as_str();
                if let Some(default) = &variable.default
                    && name != "GOENV"
                {
                    assert_eq!(*default, untouched[name], "{what}: the default of {name}");
                }
                if name != "GOGCCFLAGS" {
                    assert_eq!(variable.value, truth[name], "{what}: the value of {name}");
                }
            }
        }
    }
}

/// Puts a go before the real one that writes down what it is asked.
fn overheard(scene: &mut Scene) -> std::path::PathBuf {
    let log = scene.at("questions");
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> '{}'\nexec '{}' \"$@\"\n",
        log.display(),
        scene.go.path.display()
    );
    let go = scene.write("between/go", script);
    fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("a mode");
    scene.go.path = go;
    log
}

#[tokio::test]
async fn defaults_are_those_of_an_untouched_go() {
    for version in VERSIONS {
        let mut scene = Scene::new(version);
        let truth = scene.truth(&[]).await;
        let file = "GOPROXY=direct\nGOPATH={}/gp\nGOCACHE={}/cache\nGOFLAGS=-v\nCGO_CFLAGS=-O3\nPKG_CONFIG=mine\nGOTOOLCHAIN=local\n";
        scene.env_file(file.as_bytes());
        for (name, value) in [
            ("GOSUMDB", "off"),
            ("GOMODCACHE", "{}/mod"),
            ("CC", "/usr/bin/cc"),
            ("GOPRIVATE", "x"),
        ] {
            scene.set(name, value);
        }
        let environment = scene.read().await;
        for (name, value) in &truth {
            let Some(default) = &variable(&environment, name).default else {
                continue;
            };
            assert_eq!(default, value, "{version}: the default of {name}");
        }
        for name in [
            "GOPROXY",
            "GOSUMDB",
            "GOPATH",
            "GOMODCACHE",
            "GOCACHE",
            "CGO_CFLAGS",
            "CC",
            "GOTOOLCHAIN",
        ] {
            let ours = variable(&environment, name);
            assert!(ours.default.is_some(), "{version}: {name} has a default");
            assert!(
                ours.changed,
                "{version}: {name} is not at its default: {ours:?}"
            );
        }
        let reported = variable(&environment, "GOVERSION");
        assert_eq!(
            reported.default, None,
            "{version}: what is only reported has none"
        );
    }
}
