//! What go reads from a staged copy.

use gopherdesk_core::{
    environment::read::{confirm, rehearse},
    toolchain::ToolchainError,
};

use crate::scene::{Scene, VERSIONS};

#[tokio::test]
async fn the_staged_file_alone_speaks() {
    for version in VERSIONS {
        let mut scene = Scene::new(version);
        scene.env_file(b"GOPROXY=off\n");
        scene.set("GOSUMDB", "off");
        let staged = scene.write(
            "staged",
            "GOPROXY=https://a.example\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=go1.99.0\nCGO_CFLAGS=-O3\n",
        );
        let names = [
            "GOPROXY",
            "GOSUMDB",
            "GOTOOLCHAIN",
            "CGO_CFLAGS",
            "GOPRIVATE",
        ];
        let values = confirm(&scene.host, &scene.go.path, &staged, &names)
            .await
            .expect("go reads it");
        for (name, value) in [
            ("GOPROXY", "https://a.example"),
            ("GOSUMDB", "sum.golang.org"),
            ("GOTOOLCHAIN", "go1.99.0"),
            ("CGO_CFLAGS", "-O3"),
            ("GOPRIVATE", ""),
        ] {
            assert_eq!(values[name], value, "{version}: {name} as staged");
        }
    }
}

#[tokio::test]
async fn what_go_refuses_is_refused_before_it_is_in_place() {
    for version in VERSIONS {
        let scene = Scene::new(version);
        let bytes = b"GOPATH=/a:relative\n";
        let refused = rehearse(&scene.host, &scene.go.path, bytes, &[]).await;
        let Err(ToolchainError::GoRefused { message, .. }) = refused else {
            panic!("{version}: go refuses it: {refused:?}");
        };
        assert!(
            message.contains("GOPATH entry is relative"),
            "{version}: in its words: {message}"
        );
    }
}
