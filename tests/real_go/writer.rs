//! Our edits of the GOENV file, against `go env -w` and `-u` on a copy: Go reads the same settings from both.

use gopherdesk_core::environment::{Values, file::EnvText};
use proptest::{
    prelude::Strategy,
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

fn values() -> impl Strategy<Value = Vec<Option<String>>> {
    let value = prop_oneof![
        4 => "[ -~]{0,24}".prop_map(Some),
        1 => "[a-z例é=#,|'\"\\\\$]{0,12}".prop_map(Some),
        2 => Just(None),
    ];
    proptest::collection::vec(value, AT_ONCE)
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

/// How many edits are compared, and how many go makes at once: what costs is the process, not the edit.
const EDITS: usize = 10_000;
const AT_ONCE: usize = 9;
/// How often a file is edited before it is read.
const ROUNDS: usize = 3;

/// Names that every version writes unchecked and reads back as they stand, as many as are edited at once.
const MANY: [&str; AT_ONCE] = [
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GOBIN",
    "GOINSECURE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOVCS",
    "AR",
];

/// Edits one copy with go and one with ours, a few times over, and compares what go reads from them.
async fn compare_many(scene: &Scene, file: &str, rounds: &[Vec<Edit>]) {
    let theirs = scene.write("theirs", file).display().to_string();
    let mut text = EnvText::parse(file.as_bytes());
    for edits in rounds {
        let mut set = vec!["env".to_owned(), "-w".to_owned()];
        let mut unset = vec!["env".to_owned(), "-u".to_owned()];
        for (name, value) in edits {
            match value {
                Some(value) => {
                    text.set(name, value);
                    set.push(format!("{name}={value}"));
                }
                None => {
                    text.unset(name);
                    unset.push((*name).to_owned());
                }
            }
        }
        for args in [set, unset].iter().filter(|args| args.len() > 2) {
            let args: Vec<_> = args.iter().map(String::as_str).collect();
            let vars = [("GOENV", theirs.as_str()), ("GOTOOLCHAIN", "local")];
            let output = scene.go(&args, &vars).await;
            let said = output.complaint();
            assert!(output.succeeded(), "{file:?}, {args:?}: {said}");
        }
    }
    scene.write("ours", text.render());
    let names = [&MANY[..], &["GOZOO", "GOAPE", "HTTP_PROXY"]].concat();
    assert_eq!(
        read(scene, "ours", &names).await,
        read(scene, "theirs", &names).await,
        "{file:?}, {rounds:?}: go reads the same"
    );
}

#[tokio::test]
async fn ten_thousand_random_edits_mean_the_same_to_go() {
    let mut runner = TestRunner::deterministic();
    let scenes = VERSIONS.map(Scene::new);
    let round = values().prop_map(|values| MANY.into_iter().zip(values).collect::<Vec<Edit>>());
    let rounds = proptest::collection::vec(round, ROUNDS);
    let cases = (select(&FILES[..]), select(&FILES[..]), rounds);
    for number in 0..EDITS.div_ceil(AT_ONCE * ROUNDS) {
        let (first, second, rounds) = cases.new_tree(&mut runner).expect("a case").current();
        let scene = &scenes[number % scenes.len()];
        compare_many(scene, &format!("{first}{second}"), &rounds).await;
    }
}
