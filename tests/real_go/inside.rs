//! Asks the sources of a real Go itself: a test of ours is compiled into one of its packages.

use std::fs;

use serde::{Serialize, de::DeserializeOwned};

use crate::scene::Scene;

/// What a test named `TestGopherdesk` of this package writes to `$GOPHERDESK_ANSWERS` about what stands in
/// `$GOPHERDESK_VALUES`, both JSON: one answer for each value.
pub(crate) async fn ask<V: Serialize, A: DeserializeOwned>(
    scene: &Scene,
    package: &str,
    test: &str,
    values: &[V],
) -> Vec<A> {
    let test = scene.write("inside_test.go", test);
    let asked = scene.write("values.json", serde_json::to_vec(values).expect("json"));
    let root = scene.go.root.as_ref().expect("a real Go");
    let folder = root.join("src").join(package);
    // Go's own tests of the package are not run, so they need not be built
    let mut replace = serde_json::Map::new();
    for file in fs::read_dir(&folder).expect("the sources").flatten() {
        let path = file.path();
        if path.to_string_lossy().ends_with("_test.go") {
            replace.insert(path.display().to_string(), "".into());
        }
    }
    let ours = folder.join("gopherdesk_test.go").display().to_string();
    replace.insert(ours, test.display().to_string().into());
    let overlay = scene.write(
        "overlay.json",
        serde_json::json!({ "Replace": replace }).to_string(),
    );
    let answers = scene.at("answers.json");
    let vars = [
        ("GOPHERDESK_VALUES", asked.display().to_string()),
        ("GOPHERDESK_ANSWERS", answers.display().to_string()),
        (
            "GOCACHE",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/go-build").to_owned(),
        ),
        ("GOTOOLCHAIN", "local".to_owned()),
        ("GOFLAGS", String::new()),
        ("CGO_ENABLED", "0".to_owned()),
    ];
    let vars: Vec<_> = vars
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let overlay = overlay.display().to_string();
    let args = [
        "test",
        "-count=1",
        "-vet=off",
        "-overlay",
        &overlay,
        "-run",
        "TestGopherdesk",
        package,
    ];
    let output = scene.go_patiently(&args, &vars).await;
    assert!(output.succeeded(), "{package}: {}", output.complaint());
    let answers = fs::read(&answers).expect("it was written");
    let answers: Vec<A> = serde_json::from_slice(&answers).expect("json");
    assert_eq!(answers.len(), values.len(), "one for each");
    answers
}
