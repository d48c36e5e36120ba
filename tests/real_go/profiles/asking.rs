//! How often go is asked for what a profile keeps of the present state.

use std::fs;

use gopherdesk_core::profile::{RevealProfile, SaveProfile, SavedAs, SavedValue};

use crate::{
    fetching::spied_go,
    scene::VERSIONS,
    support::{Sandbox, block_on},
};

/// What `$GOROOT/go.env` says of a company that gives out its own Go.
const WITH_LOGINS: &str = "GOPROXY=https://ann:secret@proxy.example
GOSUMDB=sum.golang.org https://ann:secret@sum.example
GOTOOLCHAIN=local
";

fn as_now(names: &[&str]) -> SaveProfile {
    let values = names.iter().map(|name| SavedValue {
        name: (*name).to_owned(),
        to: SavedAs::AsNow {},
    });
    SaveProfile {
        id: None,
        name: "now".to_owned(),
        values: values.collect(),
    }
}

#[test]
fn go_is_asked_once_for_all_that_no_file_says() {
    let names = ["GOPROXY", "GOSUMDB", "GOPRIVATE", "GOFLAGS", "GOPATH"];
    for version in VERSIONS {
        for (go_env, says, questions) in [
            (None, "GOPROXY=https://file.example\n", 1),
            (None, "", 1),
            // what is masked in the answer is asked for once more, again all at once
            (Some(WITH_LOGINS), "", 2),
        ] {
            let how = format!("{version}, {go_env:?}, {says:?}");
            let mut sandbox = Sandbox::new();
            let log = spied_go(&mut sandbox, version);
            if let Some(text) = go_env {
                let path = sandbox.path("root/go/go.env");
                fs::remove_file(&path).expect("a link to the one of the real Go");
                sandbox.write(&path, text);
            }
            sandbox.write(&sandbox.env_file(), says);
            let app = sandbox.app();
            let kept = block_on(app.profile_rehearse(as_now(&names))).expect("it can be kept");
            let asked = String::from_utf8(sandbox.read(&log).unwrap_or_default()).expect("text");
            assert_eq!(asked.lines().count(), questions, "{how}: {asked}");

            let set = |name: &str| {
                let value = kept.iter().find(|value| value.name == name);
                value
                    .and_then(|value| value.value.clone())
                    .unwrap_or_default()
            };
            let proxy = match (go_env, says) {
                (Some(_), _) => "https://***@proxy.example",
                (None, "") => "https://proxy.golang.org,direct",
                (None, _) => "https://file.example",
            };
            assert_eq!(set("GOPROXY"), proxy, "{how}: where it is said");
            let home = sandbox.path("home/go").display().to_string();
            assert_eq!(set("GOPATH"), home, "{how}: what go alone knows");
        }
    }
}

#[test]
fn what_go_alone_says_is_kept_with_its_credentials() {
    let mut sandbox = Sandbox::new();
    spied_go(&mut sandbox, VERSIONS[2]);
    let path = sandbox.path("root/go/go.env");
    fs::remove_file(&path).expect("a link to the one of the real Go");
    sandbox.write(&path, WITH_LOGINS);
    let app = sandbox.app();
    block_on(app.profile_save(as_now(&["GOPROXY", "GOSUMDB"]))).expect("it can be kept");
    for (name, value) in [
        ("GOPROXY", "https://ann:secret@proxy.example"),
        ("GOSUMDB", "sum.golang.org https://ann:secret@sum.example"),
    ] {
        let wish = RevealProfile {
            id: "p1".to_owned(),
            name: name.to_owned(),
        };
        assert_eq!(
            block_on(app.profile_reveal(wish)).as_deref(),
            Ok(value),
            "not the mask that is shown"
        );
    }
}

/// The questions of a switch to `profile` with this GOENV file, and what it would set GOPROXY to.
fn questions(version: &str, says: &str, profile: &str) -> (usize, String) {
    let mut sandbox = Sandbox::new();
    let log = spied_go(&mut sandbox, version);
    sandbox.write(
        &sandbox.env_file(),
        says.replace("{}", &sandbox.path("").display().to_string()),
    );
    let plan = block_on(sandbox.app().profile_plan(profile.to_owned())).expect("a switch");
    let asked = String::from_utf8(sandbox.read(&log).unwrap_or_default()).expect("text");
    let proxy = plan.changes.iter().find(|change| change.name == "GOPROXY");
    let proxy = proxy.and_then(|change| change.after.clone());
    let home = sandbox.path("").display().to_string();
    let proxy = proxy
        .unwrap_or_default()
        .replace(home.trim_end_matches('/'), "{}");
    (asked.lines().count(), proxy)
}

#[test]
fn go_reads_the_file_of_a_switch_while_it_is_asked_how_things_are() {
    for version in VERSIONS {
        assert_eq!(
            questions(version, "GOPROXY=direct\n", "domestic").0,
            2,
            "{version}: how things are, and whether it reads what would be written"
        );
        for (says, folder, asked) in [
            ("GOMODCACHE={}mod\n", "mod", 2),
            // what the file says of GOPATH is not how go writes the module cache below it
            ("GOPATH={}/go/../a\n", "a/pkg/mod", 3),
            ("", "home/go/pkg/mod", 2),
        ] {
            assert_eq!(
                questions(version, says, "offline"),
                (asked, format!("file://{{}}/{folder}/cache/download")),
                "{version}: {says}: go's answer counts, whatever was worked out before it"
            );
        }
    }
}
