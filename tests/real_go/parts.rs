//! A part of the environment says the same as the whole.

use gopherdesk_core::{
    environment::read::{self, Scope},
    shadow::Outer,
};
use serde_json::json;

use crate::scene::{Scene, VERSIONS};

#[tokio::test]
async fn a_part_says_the_same_as_the_whole() {
    for version in VERSIONS {
        let mut scene = Scene::new(version);
        scene.env_file(
            b"GOPROXY=https://u:secret@proxy.example\nGOTOOLCHAIN=local\nCGO_CFLAGS=-O1\nGOFLAGS=-mod=mod\nGOSUMDB=\n",
        );
        scene.set("GOFLAGS", "-mod=vendor");
        let whole = scene.read().await;
        // one at a time those that take a question of their own, then all that is left
        let all: Vec<_> = whole
            .variables
            .iter()
            .map(|one| one.name.as_str())
            // names a folder that go makes anew each time it is asked
            .filter(|name| *name != "GOGCCFLAGS")
            .collect();
        let (own, cheap): (Vec<&str>, Vec<&str>) = all
            .iter()
            .partition(|name| ["GOTOOLCHAIN", "CGO_CFLAGS"].contains(name));
        for names in own.chunks(1).chain([cheap.as_slice()]) {
            let part = read::read_part(
                &scene.host,
                Ok(&scene.go),
                &Outer::default(),
                Scope::Values(names),
            )
            .await;
            assert_eq!(
                part.variables.len(),
                names.len(),
                "{version}: those that were asked for, of {names:?}"
            );
            for variable in &part.variables {
                let same = whole
                    .variables
                    .iter()
                    .find(|one| one.name == variable.name)
                    .expect("a name of the whole");
                assert_eq!(
                    (&variable.value, variable.masked, &variable.shadowed),
                    (&same.value, same.masked, &same.shadowed),
                    "{version}: {}",
                    variable.name
                );
            }
        }
    }
}

#[tokio::test]
async fn a_part_knows_when_go_fails_on_the_file() {
    for version in VERSIONS {
        let scene = Scene::new(version);
        scene.env_file(b"GOPROXY=off\nGOPATH=relative\n");
        let whole = scene.read().await;
        let part = read::read_part(
            &scene.host,
            Ok(&scene.go),
            &Outer::default(),
            Scope::Values(&["GOPROXY"]),
        )
        .await;
        assert!(whole.failure.is_some(), "{version}: go refuses this file");
        assert_eq!(
            json!([part.failure, part.file.faults]),
            json!([whole.failure, whole.file.faults]),
            "{version}: the cause is the same"
        );
    }
}
