//! Private modules on a terminal: the contract.

use serde_json::json;

use crate::machine::Machine;

#[test]
fn whatever_is_pasted_is_added_and_undone() {
    let machine = Machine::new();
    let planned = machine
        .gdesk("private add git@git.corp.example:team/repo.git --dry-run --json")
        .ends(0, "only shown")
        .json();
    assert_eq!(
        planned["changes"][0]["after"], "git.corp.example",
        "its host"
    );
    assert_eq!(machine.env_text(), None, "nothing was written");
    machine
        .gdesk("private add git@git.corp.example:team/repo.git --json")
        .ends(1, "nobody agreed");
    let added = machine
        .gdesk("private add git@git.corp.example:team/repo.git https://github.com/corp/app --yes --json")
        .ends(0, "added")
        .json();
    assert_eq!(added["effective"][0]["wins"], true, "in effect");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=git.corp.example,github.com/corp\n"),
        "a public host is never taken as a whole"
    );
    let again = machine
        .gdesk("private add git.corp.example --yes --json")
        .ends(0, "as wished already")
        .json();
    assert_eq!(again["changes"], json!([]), "nothing to do");
    machine.gdesk("undo --yes --json").ends(0, "undone");
    assert_eq!(machine.env_text(), None, "as before: there was no file");
}

#[test]
fn what_is_switched_off_comes_back() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=a.example,b.example\n");
    machine
        .gdesk("private remove a.example --off --yes --json")
        .ends(0, "switched off");
    assert_eq!(machine.env_text().as_deref(), Some("GOPRIVATE=b.example\n"));
    let list = machine
        .gdesk("private list --list goprivate --json")
        .ends(0, "a look")
        .json();
    let entries = &list["lists"][0]["entries"];
    assert_eq!(entries[0]["pattern"], "a.example", "in its place");
    assert_eq!(entries[0]["enabled"], false, "and off");
    machine
        .gdesk("private list --lang zh")
        .ends(0, "a look")
        .says("已停用", "in Chinese");
    machine
        .gdesk("private add a.example --yes --json")
        .ends(0, "switched on");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOPRIVATE=a.example,b.example\n"),
        "where it was"
    );
    machine
        .gdesk("private remove a.example b.example --yes --json")
        .ends(0, "removed");
    assert_eq!(
        machine.env_text().as_deref(),
        Some(""),
        "an empty list is unset"
    );
}

#[test]
fn what_covers_everybody_is_refused() {
    let machine = Machine::new();
    let refused = machine
        .gdesk("private add github.com --yes --json")
        .ends(1, "everybody's host")
        .json();
    assert_eq!(refused["code"], "no_pattern");
    assert_eq!(refused["params"]["fault"]["code"], "whole_public_host");
    let refused = machine
        .gdesk("private add --exact a.example,, --yes --json")
        .ends(1, "an empty entry")
        .json();
    assert_eq!(refused["code"], "pattern_invalid");
    machine
        .gdesk("private add --list GOFLAGS x --yes")
        .ends(2, "no list");
    assert_eq!(machine.env_text(), None, "nothing was written");
}

#[test]
fn govcs_has_rules() {
    let machine = Machine::new();
    machine
        .gdesk("private add --list GOVCS git.corp.example:git|hg --yes --json")
        .ends(0, "a rule");
    assert_eq!(
        machine.env_text().as_deref(),
        Some("GOVCS=git.corp.example:git|hg\n")
    );
}

#[test]
fn a_name_that_gets_out_ends_with_3() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=git.corp.example\nGONOPROXY=none\nGOPROXY=https://goproxy.cn,direct\nGOSUMDB=sum.golang.org\n");
    machine
        .gdesk("private test git.corp.example/team/app --json")
        .ends(3, "the mirror learns it");
    machine
        .gdesk("private test github.com/spf13/cobra --json")
        .ends(0, "a public one");
}

#[test]
fn proposals_and_credentials_are_shown_without_a_request() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=git.corp.example\n");
    let suggested = machine
        .gdesk("private suggest --json")
        .ends(0, "a look")
        .json();
    assert!(suggested["patterns"].is_array(), "a list: {suggested}");
    assert_eq!(suggested["projects"], 0, "none was named");
    machine.write(
        "home/.netrc",
        "machine git.corp.example login u password hunter2secret\n",
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(machine.path("home/.netrc"), private).expect("our own file");
    }
    let look = machine
        .gdesk("private credentials --json")
        .ends(0, "a look");
    let found = look.json();
    assert_eq!(found["hosts"][0]["host"], "git.corp.example");
    assert_eq!(found["hosts"][0]["requests"][0]["kind"], "netrc");
    assert_eq!(found["hosts"][0]["requests"][0]["present"], true);
    assert!(
        !found.to_string().contains("hunter2secret"),
        "never the secret"
    );
    let refused = machine
        .gdesk("private credentials --check https://github.com/a/b --json")
        .ends(1, "no list covers it")
        .json();
    assert_eq!(refused["code"], "not_private");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(machine.path("home/.netrc"), open).expect("our own file");
        machine
            .gdesk("private credentials")
            .ends(3, "others can read the file")
            .says("chmod 600 ~/.netrc", "what mends it");
    }
}
