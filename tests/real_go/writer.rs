//! Our edits of the GOENV file, against `go env -w` and `-u` on a copy: Go reads the same settings from both.

use gopherdesk_core::environment::{Values, file::EnvText};
use proptest::{
    prelude::{Strategy, any},
    prop_oneof,
    sample::select,
    strategy::{Just, ValueTree},
    test_runner::TestRunner,
};

use crate::scene::{Scene, VERSIONS};

/// What is done to a file: a value, or none to unset.
type Edit = (&'static str, Option<String>);

/// Names that every version writes unchecked.
const NAMES: [&str; 6] = [
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GOFLAGS",
    "GOBIN",
    "GOINSECURE",
];

/// Files as people and programs leave them behind.
const FILES: [&str; 10] = [
    "",
    "GOPROXY=direct\n",
    "GOPROXY=direct",
    "# mine\nGOSUMDB=off\n\nGOPROXY=direct\n# end\n",
    "GOPROXY=one\nGOSUMDB=off\nGOPROXY=two\n",
    "GOPROXY=one\r\nGOFLAGS=-v\r\n",
    "export GOPROXY=a\n GOPROXY=b\nGOPROXY\nGOPRIVATE=x=y\n",
    "GOZOO=1\nGOFLAGS=\nGOBIN=/b\nGOAPE=2\n",
    "GOPRIVATE='a' # b\n\tGOFLAGS=-v\n\n\n",
    "HTTP_PROXY=p\nGOPROXY=\nGOINSECURE=*\n",
];

fn edit() -> impl Strategy<Value = Edit> {
    let value = prop_oneof![
        4 => "[ -~]{0,24}".prop_map(Some),
        1 => "[a-z例é=#,|'\"\\\\$]{0,12}".prop_map(Some),
        2 => Just(None),
    ];
    (select(&NAMES[..]), value)
}

/// Settings as Go reads them, by the real go and not by us.
async fn read(scene: &Scene, file: &str, names: &[&str]) -> Values {
    let path = scene.at(file).display().to_string();
    let args = [&["env", "-json"], names].concat();
    let output = scene
        .go(&args, &[("GOENV", &path), ("GOTOOLCHAIN", "local")])
        .await;
    assert!(
        output.succeeded(),
        "the real go reads it: {}",
        output.complaint()
    );
    serde_json::from_slice(&output.stdout).expect("json")
}

/// Edits one copy with go and one with ours, and compares what go reads from them.
async fn compare(scene: &Scene, file: &str, (name, value): &Edit) {
    let theirs = scene.write("theirs", file);
    let mut text = EnvText::parse(file.as_bytes());
    let argument = match value {
        Some(value) => {
            text.set(name, value);
            format!("{name}={value}")
        }
        None => {
            text.unset(name);
            (*name).to_owned()
        }
    };
    scene.write("ours", text.render());
    let switch = if value.is_some() { "-w" } else { "-u" };
    let path = theirs.display().to_string();
    let vars = [("GOENV", path.as_str()), ("GOTOOLCHAIN", "local")];
    let output = scene.go(&["env", switch, &argument], &vars).await;
    assert!(
        output.succeeded(),
        "{file:?}, {argument:?}: {}",
        output.complaint()
    );
    let names = [&NAMES[..], &["GOZOO", "GOAPE", "HTTP_PROXY"]].concat();
    assert_eq!(
        read(scene, "ours", &names).await,
        read(scene, "theirs", &names).await,
        "{file:?}, {switch} {argument:?}: go reads the same"
    );
}

#[tokio::test]
async fn each_edit_of_each_file_means_the_same_to_go() {
    for version in VERSIONS {
        let scene = Scene::new(version);
        for file in FILES {
            for edit in [
                ("GOPROXY", Some("https://a.example,direct".to_owned())),
                ("GOPROXY", Some(String::new())),
                ("GOPROXY", None),
                ("GOFLAGS", Some("-mod=mod '-ldflags=-s -w'".to_owned())),
            ] {
                compare(&scene, file, &edit).await;
            }
        }
    }
}

#[tokio::test]
async fn random_edits_mean_the_same_to_go() {
    let scene = Scene::new(VERSIONS[2]);
    let mut runner = TestRunner::deterministic();
    let cases = (select(&FILES[..]), edit(), any::<bool>());
    for _ in 0..150 {
        let (file, edit, twice) = cases.new_tree(&mut runner).expect("a case").current();
        let file = if twice {
            format!("{file}{file}")
        } else {
            file.to_owned()
        };
        compare(&scene, &file, &edit).await;
    }
}
