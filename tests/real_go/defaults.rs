//! The defaults we show are what the real go uses when nothing is set.

use crate::scene::{Scene, VERSIONS, variable};

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
