//! Public keys in GOSUMDB: what we refuse is what the real go refuses, when it needs the database.

use std::path::Path;

use gopherdesk_core::{
    environment::check::{CheckContext, check},
    host::Os,
};

use crate::scene::{Scene, VERSIONS};

/// Keys, and what go says of them; none where it goes on to ask the database.
const KEYS: [(&str, Option<&str>); 11] = [
    (
        "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        None,
    ),
    (
        "sum.example/a+ebb0ba67+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        None,
    ),
    (
        "sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        None,
    ),
    // one digit of the hash, one letter of the key, one of the name
    (
        "sum.example+23691818+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        Some("invalid verifier hash"),
    ),
    (
        "sum.example+23691819+BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        Some("invalid verifier hash"),
    ),
    (
        "sun.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        Some("invalid verifier hash"),
    ),
    (
        "sum.example+16336206+AgABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        Some("unknown verifier algorithm"),
    ),
    (
        "sum.example+538e4956+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4=",
        Some("malformed verifier id"),
    ),
    (
        "sum.example+23691819+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4",
        Some("malformed verifier id"),
    ),
    (
        "sum.example/+8b390013+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        Some("invalid sumdb name"),
    ),
    (
        "sum.example?q+08ddc9ce+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f",
        Some("invalid sumdb name"),
    ),
];

#[tokio::test]
async fn a_key_is_refused_exactly_if_go_refuses_it() {
    for version in [VERSIONS[0], VERSIONS[2]] {
        let scene = Scene::new(version);
        scene.write(
            "proxy/example.com/m/@v/v1.0.0.info",
            r#"{"Version":"v1.0.0"}"#,
        );
        scene.write(
            "proxy/example.com/m/@v/v1.0.0.mod",
            "module example.com/m\n",
        );
        let proxy = format!("file://{}", scene.at("proxy").display());
        let context = CheckContext {
            os: Os::Linux,
            version: None,
            home: Some(Path::new("/home/me")),
        };
        for (number, (key, expected)) in KEYS.into_iter().enumerate() {
            let cache = scene.at(&format!("cache-{number}")).display().to_string();
            // nobody listens there
            let value = format!("{key} http://127.0.0.1:1");
            let vars = [
                ("GOSUMDB", value.as_str()),
                ("GOPROXY", &proxy),
                ("GOMODCACHE", &cache),
                ("GOFLAGS", "-modcacherw"),
                ("GOTOOLCHAIN", "local"),
            ];
            let output = scene
                .go(&["mod", "download", "example.com/m@v1.0.0"], &vars)
                .await;
            let said = output.complaint();
            let reason = expected.unwrap_or("connect: connection refused");
            assert!(said.contains(reason), "{version}: {key}: {reason}: {said}");
            let ours = check("GOSUMDB", &value, &context);
            assert_eq!(
                !ours.refusals.is_empty(),
                expected.is_some(),
                "{version}: {key}: we say the same: {ours:?}"
            );
        }
    }
}
