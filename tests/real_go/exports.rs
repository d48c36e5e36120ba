//! Exports of profiles, as real Gos have the values afterwards.

use std::{collections::BTreeMap, process::Command};

use gopherdesk_core::{
    environment::Change,
    profile::{
        Builtin, Definition, ExportFormat, Title,
        export::{Exported, export},
    },
    secret::strip_text,
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy, prop_assert_eq, prop_oneof, proptest},
    sample::select,
};

use crate::scene::{Scene, VERSIONS};

/// Variables whose value go does not work out from others. It takes them all as they are, but for the last: flags of its own
/// commands.
const NAMES: [&str; 6] = [
    "GOPROXY",
    "GOSUMDB",
    "GOPRIVATE",
    "GOINSECURE",
    "GOVCS",
    "GOFLAGS",
];

/// Pieces that mean something to the shell that runs the commands, or to the file that go writes.
const PIECES: &[&str] = &[
    " ",
    "\t",
    "'",
    "\"",
    "`id`",
    "\\",
    "\\\\",
    "$HOME",
    "$(id)",
    "%",
    "!",
    "^",
    "&",
    "|",
    "<",
    ">",
    ";",
    "#",
    "{}",
    "*",
    "~",
    "=",
    "-w",
    "中文",
    "😀",
    "\u{2028}",
    "\u{feff}",
    "direct",
    "https://goproxy.cn",
    ",",
];

fn profile(values: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Definition {
    let values = values.into_iter().map(|(name, value)| Change {
        name: name.to_owned(),
        value,
    });
    Definition {
        id: "domestic".to_owned(),
        title: Title::Builtin {
            builtin: Builtin::Domestic,
        },
        values: values.collect(),
    }
}

fn value() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        5 => vec(select(PIECES), 0..6).prop_map(|pieces| Some(pieces.concat())),
        1 => "\\PC{0,30}".prop_map(Some),
        1 => select(&[None][..]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_commands_give_go_the_values(values in vec(value(), NAMES.len() - 1)) {
        let profile = profile(NAMES.into_iter().zip(values));
        let exported = printed(&profile, ExportFormat::GoEnv);
        prop_assert_eq!(&exported.left_out, &Vec::<String>::new(), "go holds them all");
        for version in VERSIONS {
            let scene = Scene::new(version);
            scene.env_file(b"# mine\nGOVCS=before\nGOFLAGS=-mod=mod\nGONOPROXY=stays\n");
            let defaults = go_env(&Scene::new(version), "");
            let found = go_env(&scene, &exported.text);
            for change in &profile.values {
                let wanted = match &change.value {
                    Some(value) => &strip_text(value),
                    None => &defaults[&change.name],
                };
                prop_assert_eq!(&found[&change.name], wanted, "{}: {}", version, exported.text);
            }
            prop_assert_eq!(&found["GONOPROXY"], "stays", "nothing else is touched");
        }
    }
}

#[test]
fn unsetting_needs_no_file() {
    let exported = printed(
        &profile([("GOPROXY", None), ("GOFLAGS", None)]),
        ExportFormat::GoEnv,
    );
    for version in VERSIONS {
        let scene = Scene::new(version);
        assert_eq!(
            go_env(&scene, &exported.text),
            go_env(&Scene::new(version), ""),
            "{version}: nothing was set, and go does not complain"
        );
    }
}

/// What `emptied` says: of an empty variable of the process go knows nothing.
#[test]
fn an_empty_variable_of_the_process_is_none() {
    let profile = profile([
        ("GOPROXY", Some(String::new())),
        ("GOFLAGS", Some("-mod=mod".to_owned())),
    ]);
    for version in VERSIONS {
        let scene = Scene::new(version);
        scene.env_file(b"GOPROXY=https://file.example\nGOFLAGS=-mod=vendor\n");
        let sh = printed(&profile, ExportFormat::Sh);
        let found = go_env(&scene, &sh.text);
        assert_eq!(sh.emptied, ["GOPROXY"], "it is named");
        assert_eq!(
            found["GOPROXY"], "https://file.example",
            "{version}: the file counts"
        );
        assert_eq!(
            found["GOFLAGS"], "-mod=mod",
            "{version}: the script outranks it"
        );
        let go = printed(&profile, ExportFormat::GoEnv);
        assert_eq!(go.emptied, [""; 0], "the GOENV file holds it");
        assert_eq!(
            go_env(&scene, &go.text)["GOPROXY"],
            "",
            "{version}: and go believes it"
        );
    }
}

fn printed(profile: &Definition, format: ExportFormat) -> Exported {
    export(profile, format).expect("a format that is printed here")
}

/// Runs a script and asks go, in one shell.
fn go_env(scene: &Scene, script: &str) -> BTreeMap<String, String> {
    let names = NAMES.join(" ");
    let script = format!("set -e\n{script}\ngo env -json {names} GONOPROXY\n");
    let bin = scene.go.path.parent().expect("a folder").display();
    let output = Command::new("sh")
        .arg("-c")
        .arg(&script)
        .current_dir(scene.at("tmp"))
        .env_clear()
        .env("PATH", format!("{bin}:/usr/bin:/bin"))
        .env("HOME", scene.at("home"))
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off")
        .output()
        .expect("a shell");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && errors.is_empty(),
        "go is content: {errors}\n{script}"
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}
