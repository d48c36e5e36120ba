//! Profile files from others, and exports for others.

use std::fs;

use serde_json::{Value, json};

use crate::machine::{Ended, GDESK, Machine};

/// A company's file, as the person who looks after the team exported it.
fn file(machine: &Machine, values: &str) -> String {
    let author = Machine::new();
    author
        .gdesk(&format!("profile save Team {values} --yes"))
        .ends(0, "good values");
    let exported = author
        .gdesk("profile export team --format profile")
        .ends(0, "printed");
    machine.write("home/team.json", &exported.stdout);
    exported.stdout
}

fn is_kept(machine: &Machine, name: &str) -> bool {
    let list = machine
        .gdesk("profile list --json")
        .ends(0, "a look")
        .json();
    let list = list["list"].as_array().expect("a list").iter();
    list.clone().any(|profile| profile["title"]["name"] == name)
}

#[test]
fn a_company_file_is_previewed_kept_applied_verified_and_undone() {
    let machine = Machine::new();
    machine.write_env("# mine\nGOFLAGS=-mod=mod\n");
    let before = machine.env_text();
    file(
        &machine,
        "GOPROXY=https://proxy.corp.example,direct GOPRIVATE=git.corp.example",
    );

    let preview = machine
        .gdesk("profile import team.json --dry-run")
        .ends(0, "a look");
    preview.says(
        "+ GOPROXY=https://proxy.corp.example,direct",
        "what is not so now",
    );
    let preview = machine
        .gdesk("profile import team.json --dry-run --json")
        .ends(0, "a look")
        .json();
    for field in [
        "name",
        "values",
        "differences",
        "dangers",
        "problems",
        "stripped",
    ] {
        assert!(
            !preview["import"][field].is_null(),
            "{field} is told: {preview}"
        );
    }
    assert_eq!(
        preview["profile"],
        Value::Null,
        "nothing is kept: {preview}"
    );
    assert!(!is_kept(&machine, "Team"), "by looking");
    machine
        .gdesk("profile import team.json")
        .ends(1, "nobody can be asked")
        .warns("--yes", "says so");

    let kept = machine
        .gdesk("profile import team.json --yes --json")
        .ends(0, "kept")
        .json();
    assert_eq!(
        kept["profile"]["title"],
        json!({ "is": "own", "name": "Team" }),
        "{kept}"
    );
    assert_eq!(
        kept["used"],
        Value::Null,
        "an import applies nothing: {kept}"
    );
    assert_eq!(machine.env_text(), before, "nor does it write");
    let value = machine
        .gdesk("profile import team.json --yes --json")
        .ends(1, "the name is taken")
        .json();
    assert_eq!(value["code"], "profile_name_taken", "{value}");

    let used = machine.gdesk("profile import team.json --name Again --use --yes --json");
    let used = used.ends(0, "kept under another name, and used").json();
    assert!(
        used["used"]["entry"].is_string(),
        "as profile use says it: {used}"
    );
    machine.gdesk("profile verify again").ends(0, "it counts");
    assert_eq!(
        machine.go("env GOPRIVATE").stdout,
        "git.corp.example\n",
        "go agrees"
    );
    machine.gdesk("undo --yes").ends(0, "it can be undone");
    assert_eq!(machine.env_text(), before, "to the last byte");
}

#[test]
fn a_danger_in_a_file_is_confirmed_by_its_name_before_it_is_used() {
    let machine = Machine::new();
    file(
        &machine,
        "GOSUMDB=off GOINSECURE=*.corp.example GOPRIVATE=git.corp.example",
    );
    let preview = machine
        .gdesk("profile import team.json --dry-run")
        .ends(0, "a look");
    preview.says("Danger: GOSUMDB", "every danger is named");
    preview.says("Danger: GOINSECURE", "every danger is named");

    let line = "profile import team.json --use --yes";
    let refused = machine.gdesk(line).ends(1, "yes is not enough");
    refused.warns("--allow GOSUMDB", "says what is missing");
    let value = machine.gdesk(&format!("{line} --allow GOSUMDB --json"));
    let value = value.ends(1, "one of two is not enough").json();
    assert_eq!(value["code"], "unconfirmed", "{value}");
    assert_eq!(value["params"]["names"], json!(["GOINSECURE"]), "{value}");
    assert!(!is_kept(&machine, "Team"), "nothing was kept");
    assert_eq!(machine.env_text(), None, "nothing was written");

    machine
        .gdesk("profile import team.json --yes")
        .ends(0, "keeping applies nothing");
    let value = machine
        .gdesk("profile use team --yes --json")
        .ends(1, "as for any change")
        .json();
    assert_eq!(value["code"], "unconfirmed", "{value}");
    let line = "profile use team --yes --allow GOSUMDB --allow GOINSECURE";
    machine.gdesk(line).ends(0, "both are confirmed");
    assert_eq!(machine.go("env GOSUMDB").stdout, "off\n", "go agrees");
    let plan = machine
        .gdesk("profile previous --dry-run --json")
        .ends(0, "the way back")
        .json();
    assert_eq!(plan["dangers"], json!([]), "is no danger: {plan}");
}

#[test]
fn a_file_comes_through_a_pipe_and_nonsense_is_refused() {
    let machine = Machine::new();
    let text = file(&machine, "GOFLAGS=-mod=mod");
    machine
        .gdesk_reads("profile import - --yes", &text)
        .ends(0, "from standard input");
    assert!(is_kept(&machine, "Team"), "it is kept");
    let newer = text.replacen("\"gopherdesk_profile\": 1", "\"gopherdesk_profile\": 99", 1);
    assert_ne!(newer, text, "the file has a version: {text}");
    let large = format!("{text}{}", " ".repeat(2 << 20));
    let cases = [
        ("", "profile_file_invalid"),
        ("GOPROXY=direct\n", "profile_file_invalid"),
        ("{}", "profile_file_invalid"),
        ("[[[[[[[[", "profile_file_invalid"),
        (newer.as_str(), "profile_file_newer"),
        (large.as_str(), "profile_file_too_large"),
    ];
    for (text, code) in cases {
        let value = machine.gdesk_reads("profile import - --yes --json", text);
        let value = value.ends(1, code).json();
        assert_eq!(value["code"], code, "{value}");
    }
    let value = machine
        .gdesk("profile import nothing.json --yes --json")
        .ends(1, "no file")
        .json();
    assert_eq!(value["code"], "unreadable", "{value}");
    assert_eq!(value["params"]["path"], "nothing.json", "{value}");
}

#[test]
fn an_export_is_every_byte_of_what_its_reader_wants() {
    let machine = Machine::new();
    let formats = [
        "profile",
        "sh",
        "fish",
        "powershell",
        "cmd",
        "go-env",
        "dotenv",
        "dockerfile",
        "compose",
        "kubernetes",
        "github-actions",
        "gitlab-ci",
        "vscode",
        "goland",
    ];
    for format in formats {
        let text = machine.gdesk(&format!("profile export domestic --format {format}"));
        let text = text.ends(0, format).stdout;
        assert!(
            text.contains("sum.golang.google.cn"),
            "{format} has the values: {text}"
        );
        let json = machine.gdesk(&format!("profile export domestic --format {format} --json"));
        let json = json.ends(0, format).json();
        assert_eq!(json["text"], text.as_str(), "{format} is the same in JSON");
        for field in ["file_name", "stripped", "not_unset", "emptied", "left_out"] {
            assert!(!json[field].is_null(), "{format} has {field}: {json}");
        }
    }
    let noted = machine
        .gdesk("--lang zh profile export overseas --format dotenv")
        .ends(0, "printed");
    noted.warns("GOPROXY", "what the format cannot do is said beside it");
    assert!(
        !noted.stdout.contains("GOPROXY="),
        "and it is not done: {noted:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_shell_gets_the_profile_it_evaluates() {
    let machine = Machine::new();
    let script =
        format!("eval \"$('{GDESK}' profile export 国内 --format sh)\" && printf %s \"$GOSUMDB\"");
    let mut shell = machine.command("/bin/sh");
    let shell = shell
        .args(["-c", &script])
        .spawn()
        .expect("every Unix has one");
    let ended = Ended::of(shell).ends(0, "the script runs");
    assert_eq!(
        ended.stdout, "sum.golang.google.cn",
        "with the value in its environment"
    );
}

#[test]
fn an_export_replaces_a_file_only_when_that_is_agreed_to() {
    let machine = Machine::new();
    let line = "profile export domestic --format profile -o out.json";
    let done = machine
        .gdesk(&format!("{line} --json"))
        .ends(0, "a new file")
        .json();
    assert_eq!(done["path"], "out.json", "{done}");
    let written = fs::read_to_string(machine.path("home/out.json")).expect("it is there");
    assert_eq!(done["text"], written.as_str(), "with this text");
    machine.gdesk(line).ends(0, "it says the same already");

    machine.write("home/out.json", "something of the user\n");
    let value = machine
        .gdesk(&format!("{line} --json"))
        .ends(1, "nobody agreed")
        .json();
    assert_eq!(value["code"], "file_exists", "{value}");
    machine
        .gdesk(&format!("{line} --dry-run"))
        .ends(0, "a rehearsal");
    let kept = fs::read_to_string(machine.path("home/out.json")).expect("it is there");
    assert_eq!(kept, "something of the user\n", "left alone");
    machine.gdesk(&format!("{line} --yes")).ends(0, "agreed");
    let replaced = fs::read_to_string(machine.path("home/out.json")).expect("it is there");
    assert_eq!(replaced, written, "now it is the export");
}

#[test]
fn credentials_never_leave_and_are_named() {
    let machine = Machine::new();
    let value = "https://me:hunter2secret@proxy.example.com,direct\n";
    machine
        .gdesk_reads("profile save work GOPROXY --yes", value)
        .ends(0, "from standard input");
    let exported = machine
        .gdesk("profile export work --format profile")
        .ends(0, "printed");
    assert!(
        !exported.stdout.contains("hunter2secret"),
        "not with the password: {exported:?}"
    );
    exported.warns("GOPROXY", "and said to be left out");
    let reader = Machine::new();
    reader.write("home/team.json", &exported.stdout);
    let import = reader
        .gdesk("profile import team.json --dry-run --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        import["import"]["stripped"],
        json!(["GOPROXY"]),
        "the reader hears of it: {import}"
    );
}
