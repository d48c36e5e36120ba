//! Profiles of the user: made, changed, moved, forgotten.

use serde_json::{Value, json};

use crate::machine::Machine;

const SECRET: &str = "hunter2secret";
const VALUE: &str = "https://me:hunter2secret@proxy.example.com,direct";

fn ids(machine: &Machine) -> Vec<String> {
    let list = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    let list = list["list"].as_array().expect("a list").iter();
    list.map(|profile| profile["id"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Values as `(name, value)`; null unsets.
fn values(profile: &Value) -> Vec<(&str, Option<&str>)> {
    let values = profile["values"].as_array().expect("a list").iter();
    values
        .map(|value| {
            (
                value["name"].as_str().unwrap_or_default(),
                value["value"].as_str(),
            )
        })
        .collect()
}

#[test]
fn a_profile_is_made_used_changed_and_forgotten() {
    let machine = Machine::new();
    let saved = machine.gdesk("profile save Work GOPRIVATE=git.corp.example GOFLAGS=-mod=mod --unset GOSUMDB --yes --json");
    let saved = saved.ends(0, "good values").json();
    assert_eq!(saved["before"], Value::Null, "there was none: {saved}");
    let wanted = [
        ("GOPRIVATE", Some("git.corp.example")),
        ("GOFLAGS", Some("-mod=mod")),
        ("GOSUMDB", None),
    ];
    let mut found = values(&saved["after"]);
    found.sort_unstable();
    let mut sorted = wanted;
    sorted.sort_unstable();
    assert_eq!(found, sorted, "as it was asked for: {saved}");
    let id = saved["after"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(machine.env_text(), None, "saving switches nothing");

    machine
        .gdesk("profile use work --yes")
        .ends(0, "by its name in any case");
    assert_eq!(
        machine.go("env GOPRIVATE").stdout,
        "git.corp.example\n",
        "go agrees"
    );
    machine
        .gdesk(&format!("profile verify {id}"))
        .ends(0, "by its id");

    let edited = machine.gdesk("profile edit Work --set GOPRIVATE=*.corp.example --drop GOFLAGS --rename Büro --yes --json");
    let edited = edited.ends(0, "a change").json();
    assert_eq!(edited["before"]["title"]["name"], "Work", "{edited}");
    assert_eq!(edited["after"]["title"]["name"], "Büro", "{edited}");
    assert_eq!(
        edited["after"]["id"], id,
        "it stays the same profile: {edited}"
    );
    let mut found = values(&edited["after"]);
    found.sort_unstable();
    assert_eq!(
        found,
        [("GOPRIVATE", Some("*.corp.example")), ("GOSUMDB", None)],
        "{edited}"
    );
    let again = machine.gdesk("profile edit büro --set GOPRIVATE=*.corp.example --yes");
    again
        .ends(0, "said twice")
        .says("Nothing to change", "and told so");

    let moved = machine
        .gdesk("profile move Büro 1 --yes --json")
        .ends(0, "to the top")
        .json();
    assert_eq!(moved["after"][0], id, "{moved}");
    assert_eq!(ids(&machine)[0], id, "and it stays there");

    let deleted = machine
        .gdesk("profile delete Büro --yes --json")
        .ends(0, "gone")
        .json();
    assert_eq!(deleted["before"]["id"], id, "{deleted}");
    assert_eq!(deleted["after"], Value::Null, "{deleted}");
    assert!(!ids(&machine).contains(&id), "it is forgotten");
    assert_eq!(
        machine.go("env GOPRIVATE").stdout,
        "git.corp.example\n",
        "what it set stays"
    );
    machine
        .gdesk("history")
        .ends(0, "a look")
        .says("Switched to Work", "the history remembers its name");
}

#[test]
fn a_profile_is_made_from_the_present_state_or_from_another() {
    let machine = Machine::new().with_var("GOPROXY", "direct");
    machine.write_env("GOPRIVATE=git.corp.example\nGOFLAGS=-mod=mod\n");
    let saved = machine
        .gdesk("profile save laptop --now --yes --json")
        .ends(0, "as it is")
        .json();
    let found = values(&saved["after"]);
    for wanted in [
        ("GOPROXY", Some("direct")),
        ("GOPRIVATE", Some("git.corp.example")),
        ("GOFLAGS", Some("-mod=mod")),
    ] {
        assert!(
            found.contains(&wanted),
            "{wanted:?} is what go uses: {saved}"
        );
    }
    let saved = machine
        .gdesk("profile save flags --from-now GOFLAGS --yes --json")
        .ends(0, "one alone")
        .json();
    assert_eq!(
        values(&saved["after"]),
        [("GOFLAGS", Some("-mod=mod"))],
        "{saved}"
    );
    let saved =
        machine.gdesk("profile save mine --copy 国内 GOPROXY=https://goproxy.io --yes --json");
    let saved = saved.ends(0, "a copy").json();
    let mut found = values(&saved["after"]);
    found.sort_unstable();
    let wanted = [
        ("GOPROXY", Some("https://goproxy.io")),
        ("GOSUMDB", Some("sum.golang.google.cn")),
    ];
    assert_eq!(found, wanted, "a copy with one change: {saved}");
}

#[test]
fn a_rehearsal_and_a_refusal_keep_nothing() {
    let machine = Machine::new();
    machine
        .gdesk("profile save kept GOFLAGS=-mod=mod --yes")
        .ends(0, "to begin with");
    let before = machine.gdesk("profile list --json").json();
    let lines = [
        "profile save new GOFLAGS=-mod=mod",
        "profile edit kept --set GOFLAGS=-v",
        "profile delete kept",
        "profile move kept 1",
    ];
    for line in lines {
        machine
            .gdesk(&format!("{line} --dry-run"))
            .ends(0, "a rehearsal needs no yes");
        let value = machine
            .gdesk(&format!("{line} --dry-run --json"))
            .ends(0, line)
            .json();
        assert!(value.is_object(), "{line}: {value}");
        machine
            .gdesk(line)
            .ends(1, "nobody can be asked")
            .warns("--yes", line);
        let value = machine
            .gdesk(&format!("{line} --json"))
            .ends(1, line)
            .json();
        assert_eq!(value["code"], "needs_confirmation", "{line}: {value}");
    }
    let rehearsed = machine
        .gdesk("profile save new GOFLAGS=-v --dry-run --json")
        .json();
    assert_eq!(
        rehearsed["after"]["id"],
        Value::Null,
        "it has none yet: {rehearsed}"
    );
    assert_eq!(
        rehearsed["after"]["title"],
        json!({ "is": "own", "name": "new" }),
        "{rehearsed}"
    );
    let after = machine.gdesk("profile list --json").json();
    assert_eq!(after, before, "nothing changed");
}

#[test]
fn what_cannot_be_kept_is_refused_by_code() {
    let machine = Machine::new();
    machine
        .gdesk("profile save kept GOFLAGS=-mod=mod --yes")
        .ends(0, "to begin with");
    let cases = [
        ("profile save KEPT GOFLAGS=-v --yes", "profile_name_taken"),
        ("profile save new --yes", "profile_empty"),
        ("profile save new GOPATH=relative --yes", "invalid_value"),
        ("profile save new GOENV=/x --yes", "process_only"),
        (
            "profile save new GOFLAGS=-v GOFLAGS=-x --yes",
            "named_twice",
        ),
        (
            "profile save new --from-now GODODO --yes",
            "unknown_variable",
        ),
        (
            "profile edit domestic --set GOFLAGS=-v --yes",
            "builtin_profile",
        ),
        ("profile edit kept --yes", "nothing_asked"),
        ("profile delete overseas --yes", "builtin_profile"),
    ];
    for (line, code) in cases {
        let value = machine
            .gdesk(&format!("{line} --json"))
            .ends(1, line)
            .json();
        assert_eq!(value["code"], code, "{line}: {value}");
        assert!(
            value["params"].is_object() && value["message"].is_string(),
            "{line}: {value}"
        );
    }
    let refused = machine
        .gdesk("profile edit domestic --rename x --yes")
        .ends(1, "it is built in");
    refused.warns("--copy domestic", "says how to change a copy");
}

#[test]
fn a_credential_is_kept_and_shown_nowhere() {
    let machine = Machine::new();
    let saved = machine.gdesk_reads("profile save work GOPROXY --yes", &format!("{VALUE}\n"));
    let mut shown = saved.ends(0, "from standard input").stdout;
    let lines = [
        "profile list",
        "profile list --json",
        "profile show work",
        "profile show work --json",
        "profile diff work",
        "profile diff work --json",
        "profile edit work --set GOFLAGS=-v --dry-run",
        "profile edit work --set GOFLAGS=-v --dry-run --json",
        "profile edit work --set GOFLAGS=-v --yes --json",
        "profile save copy --copy work --yes --json",
        "profile use work --dry-run",
        "profile use work --yes --json",
        "profile verify work",
        "profile verify work --json",
        "profile save now --now --yes --json",
        "profile move work 1 --yes --json",
        "profile export work --format sh",
        "profile delete now --dry-run",
        "profile delete now --yes --json",
        "history --json",
    ];
    for line in lines {
        let ended = machine.gdesk(line).ends(0, line);
        shown += &ended.stdout;
        shown += &ended.stderr;
    }
    assert!(!shown.contains(SECRET), "a credential was shown: {shown}");
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        format!("{VALUE}\n"),
        "go got it"
    );
    machine.gdesk("profile use overseas --yes").ends(0, "away");
    machine
        .gdesk("profile use copy --yes")
        .ends(0, "the copy has it too");
    assert_eq!(
        machine.go("env GOPROXY").stdout,
        format!("{VALUE}\n"),
        "go got it again"
    );
    let revealed = machine
        .gdesk("profile show work --reveal")
        .ends(0, "it is asked for");
    revealed.says(VALUE, "and only then printed");
    let exposed = machine.gdesk(&format!("profile edit work --set GOPROXY={VALUE} --yes"));
    exposed
        .ends(0, "it is the user's choice")
        .warns("standard input", "but there is a better way");
}

#[test]
fn a_damaged_file_is_told_and_the_shipped_profiles_still_work() {
    let machine = Machine::new();
    machine
        .gdesk("profile save work GOFLAGS=-v --yes")
        .ends(0, "so that there is a file");
    machine.write("own/profiles.json", "{broken");
    let list = machine
        .gdesk("profile list --json")
        .ends(3, "something is wrong")
        .json();
    assert_eq!(list["trouble"]["code"], "store_damaged", "{list}");
    machine
        .gdesk("profile list")
        .ends(3, "the same")
        .says("damaged", "in words");
    machine
        .gdesk("profile use domestic --yes")
        .ends(0, "a shipped one needs no file");
    let text = std::fs::read_to_string(machine.path("own/profiles.json")).expect("it is there");
    assert_eq!(text, "{broken", "looking overwrites nothing");
}
