//! Mirrors on a terminal: listed, added, changed, moved, removed, imported.

use std::fs;

use serde_json::Value;

use crate::machine::Machine;

/// Stands where a password does; it is kept, and printed only when it is asked for.
const SECRET: &str = "hunter2secret";
const ADDRESS: &str = "https://me:hunter2secret@go.corp.example";

fn list(machine: &Machine) -> Vec<Value> {
    let list = machine.gdesk("mirror list --json").ends(0, "a look").json();
    list.as_array().expect("a list").clone()
}

fn ids(machine: &Machine) -> Vec<String> {
    list(machine)
        .iter()
        .map(|mirror| mirror["id"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_list_is_the_contract() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://goproxy.cn,https://gocenter.io,direct\n");
    let list = list(&machine);
    let fields = [
        "id",
        "url",
        "name",
        "operator",
        "region",
        "kind",
        "status",
        "notes",
        "databases",
        "used",
        "probe",
    ];
    for mirror in &list {
        for field in fields {
            assert!(
                !mirror[field].is_null() || matches!(field, "region" | "probe"),
                "{field}: {mirror}"
            );
        }
    }
    let used: Vec<_> = list
        .iter()
        .filter(|mirror| mirror["used"] == true)
        .collect();
    assert_eq!(
        used.iter()
            .map(|mirror| mirror["id"].as_str().unwrap_or_default())
            .collect::<Vec<_>>(),
        ["goproxy-cn", "gocenter"],
        "what stands in GOPROXY"
    );
    assert_eq!(used[0]["kind"], "built-in", "as the contract spells it");
    assert_eq!(used[1]["status"], "dead", "and how it is");
    assert_eq!(used[1]["notes"][0]["date"], "2021-02", "with evidence");

    let told = machine.gdesk("mirror list").ends(0, "a look");
    assert!(
        told.stdout.contains("gocenter.io"),
        "it is used: {}",
        told.stdout
    );
    assert!(
        !told.stdout.contains("gonexus"),
        "it is not: {}",
        told.stdout
    );
    told.says("--all", "what is hidden is said");
    let all = machine
        .gdesk("mirror list --all --lang zh")
        .ends(0, "a look");
    all.says("gonexus.dev", "on request");
    all.says("从未存在", "in Chinese too");
    let shown = machine
        .gdesk("mirror show 阿里云")
        .ends(0, "by its other name");
    shown.says("sum.golang.google.cn", "what to set with it");
    shown.says(
        "2019-10-31, https://github.com/vikyd/note",
        "who says so, and when",
    );
}

#[test]
fn a_mirror_that_is_gone_is_told_with_the_command_that_mends_it() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://gocenter.io|https://goproxy.cn,direct\n");
    let mend = "env set \"GOPROXY=https://proxy.golang.org|https://goproxy.cn,direct\"";
    machine
        .gdesk("env list")
        .ends(0, "a look")
        .says(&format!("> gdesk {mend}"), "to be copied into any shell");
    let line = mend.replace('"', "");
    let set = machine.gdesk(&format!("{line} --yes"));
    set.ends(0, "as it says");
    let told = machine.gdesk("env list").ends(0, "a look");
    assert!(
        !told.stdout.contains("gocenter"),
        "and mended: {}",
        told.stdout
    );
}

#[test]
fn a_mirror_is_added_changed_moved_and_removed() {
    let machine = Machine::new();
    let dry = machine
        .gdesk("mirror add goproxy.corp.example --dry-run --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        dry["after"]["url"], "https://goproxy.corp.example",
        "completed: {dry}"
    );
    assert_eq!(dry["after"]["id"], Value::Null, "it has none yet: {dry}");
    assert!(
        !ids(&machine).contains(&"m1".to_owned()),
        "nothing was kept"
    );

    let added = machine
        .gdesk("mirror add https://goproxy.corp.example/x/ --name Büro --probe corp.example/m@v1.0.0 --yes --json")
        .ends(0, "a good one")
        .json();
    assert_eq!(added["before"], Value::Null, "{added}");
    assert_eq!(added["after"]["id"], "m1", "{added}");
    assert_eq!(added["after"]["kind"], "own", "{added}");
    assert_eq!(ids(&machine)[0], "m1", "one's own come first");

    let edited = machine
        .gdesk("mirror edit büro --name Office --no-probe --yes --json")
        .ends(0, "by its name")
        .json();
    assert_eq!(edited["after"]["name"]["en"], "Office", "{edited}");
    assert_eq!(edited["after"]["url"], edited["before"]["url"], "{edited}");
    assert_eq!(edited["after"]["probe"], Value::Null, "{edited}");
    let edited = machine
        .gdesk("mirror edit m1 --url https://goproxy.corp.example --yes --json")
        .ends(0, "by its id")
        .json();
    assert_eq!(edited["after"]["name"]["en"], "Office", "{edited}");
    assert_eq!(
        edited["after"]["url"], "https://goproxy.corp.example",
        "{edited}"
    );

    let moved = machine
        .gdesk("mirror move goproxy.cn 1 --yes --json")
        .ends(0, "a shipped one")
        .json();
    assert_eq!(moved["after"][0], "goproxy-cn", "{moved}");
    assert_eq!(
        ids(&machine)[..2],
        ["goproxy-cn", "m1"],
        "and it stays there"
    );
    let removed = machine
        .gdesk("mirror remove https://goproxy.corp.example/ --yes --json")
        .ends(0, "by its address")
        .json();
    assert_eq!(removed["before"]["id"], "m1", "{removed}");
    assert_eq!(removed["after"], Value::Null, "{removed}");
    assert!(!ids(&machine).contains(&"m1".to_owned()), "gone");
}

#[test]
fn what_would_not_work_is_refused_by_its_code() {
    let machine = Machine::new();
    machine
        .gdesk("mirror add https://a.example --name Büro --yes")
        .ends(0, "a good one");
    for (line, code) in [
        ("mirror add localhost --yes", "invalid_value"),
        ("mirror add http://me:pw@b.example --yes", "invalid_value"),
        (
            "mirror add https://goproxy.baidu.com/x --yes",
            "invalid_value",
        ),
        ("mirror add direct --yes", "mirror_address_invalid"),
        ("mirror add https://A.example/ --yes", "mirror_listed"),
        (
            "mirror add https://b.example --name büro --yes",
            "mirror_name_taken",
        ),
        (
            "mirror add https://b.example --name 阿里云 --yes",
            "mirror_name_taken",
        ),
        (
            "mirror add https://b.example --probe m --yes",
            "module_invalid",
        ),
        ("mirror edit aliyun --name x --yes", "builtin_mirror"),
        ("mirror remove aliyun --yes", "builtin_mirror"),
        ("mirror remove nobody --yes", "unknown_mirror"),
        (
            "mirror remove https://nobody.example --yes",
            "unknown_mirror",
        ),
        ("mirror show nobody", "unknown_mirror"),
        ("mirror add https://b.example", "needs_confirmation"),
    ] {
        let refused = machine
            .gdesk(&format!("{line} --json"))
            .ends(1, line)
            .json();
        assert_eq!(refused["code"], code, "{line}: {refused}");
    }
    machine
        .gdesk("mirror edit m1 --yes")
        .ends(2, "nothing to change");
    assert_eq!(
        ids(&machine)
            .iter()
            .filter(|id| id.starts_with('m'))
            .count(),
        1,
        "nothing else was kept"
    );
}

#[test]
fn a_login_is_kept_and_printed_only_on_request() {
    let machine = Machine::new();
    let added = machine
        .gdesk_reads(
            "mirror add - --name Büro --yes --json",
            &format!("{ADDRESS}\n"),
        )
        .ends(0, "from standard input");
    let mut shown = added.stdout + &added.stderr;
    for line in [
        "mirror list",
        "mirror list --json",
        "mirror show m1",
        "mirror show m1 --json",
        "mirror edit m1 --name Office --yes",
        "mirror edit m1 --name Office --dry-run --json",
        "mirror remove m1 --dry-run",
        "mirror remove m1 --dry-run --json",
        "mirror move m1 3 --yes --json",
    ] {
        let ended = machine.gdesk(line).ends(0, line);
        shown += &ended.stdout;
        shown += &ended.stderr;
    }
    let text = format!("{ADDRESS}/other\nhttp://me:{SECRET}@b.example");
    let imported = machine.gdesk_reads("mirror import - --dry-run --json", &text);
    let imported = imported.ends(0, "one is good");
    shown += &imported.stdout;
    let refused = machine.gdesk_reads(
        "mirror add - --yes",
        &format!("http://me:{SECRET}@b.example\n"),
    );
    let refused = refused.ends(1, "Go would not send it");
    shown += &refused.stderr;
    assert!(!shown.contains(SECRET), "a credential was shown: {shown}");
    assert!(
        shown.contains("https://***@go.corp.example"),
        "masked: {shown}"
    );
    machine
        .gdesk("mirror show m1 --reveal")
        .ends(0, "it is asked for")
        .says(ADDRESS, "and only then printed");
    let file = fs::read_to_string(machine.path("own/mirrors.json")).expect("kept");
    assert!(file.contains(SECRET), "Go needs it");
}

#[test]
fn an_address_in_no_list_is_tested_as_it_is() {
    let machine = Machine::new();
    // nobody listens there
    let ended = machine.gdesk("mirror test http://127.0.0.1:1 127.0.0.1:1 --json");
    let report = ended.ends(3, "no mirror is sound").json();
    let ids: Vec<_> = report["mirrors"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|mirror| mirror["id"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        ids,
        ["http://127.0.0.1:1", "https://127.0.0.1:1"],
        "called by its address: {report}"
    );
    let unknown = machine.gdesk("mirror test gopoxy --json");
    let unknown = unknown.ends(1, "a slip").json();
    assert_eq!(unknown["code"], "unknown_mirror", "{unknown}");
}

#[test]
fn mirrors_are_imported_from_what_people_have() {
    let machine = Machine::new();
    machine.write(
        "home/team.txt",
        "# ours\nGOPROXY=https://a.example|https://goproxy.cn,localhost,direct\nhttps://b.example/go\n",
    );
    let dry = machine
        .gdesk("mirror import team.txt --dry-run --json")
        .ends(0, "a look")
        .json();
    let troubles: Vec<_> = dry["import"]["mirrors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|mirror| mirror["trouble"]["code"].as_str().unwrap_or("none"))
        .collect();
    assert_eq!(
        troubles,
        ["none", "mirror_listed", "invalid_value", "none"],
        "{dry}"
    );
    let kept = machine
        .gdesk("mirror import team.txt --yes --json")
        .ends(0, "two are good")
        .json();
    let urls: Vec<_> = kept["mirrors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|mirror| mirror["url"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        urls,
        ["https://a.example", "https://b.example/go"],
        "{kept}"
    );

    let exported = machine.gdesk("mirror list --json").ends(0, "a look").stdout;
    let other = Machine::new();
    other
        .gdesk_reads("mirror import - --yes", &exported)
        .ends(0, "what one prints, another takes");
    assert_eq!(ids(&other)[..2], ["m1", "m2"], "the own ones alone");
    other
        .gdesk_reads("mirror import - --yes", &exported)
        .ends(3, "all of them are there already");
    let nothing = other
        .gdesk_reads("mirror import - --yes --json", "direct\n")
        .ends(1, "nothing");
    assert_eq!(nothing.json()["code"], "no_mirror_in_text", "said");
}

#[test]
fn a_damaged_file_is_told_and_the_shipped_ones_are_listed() {
    let machine = Machine::new();
    machine.write("own/mirrors.json", "{");
    let told = machine
        .gdesk("mirror list --json")
        .ends(3, "something is wrong");
    let list = told.json();
    assert!(
        list.as_array().is_some_and(|list| list.len() > 20),
        "{list}"
    );
    machine
        .gdesk("mirror list")
        .ends(3, "something is wrong")
        .says("mirrors.json", "and said");
}
