//! `profile company`: what a person knows of a company's network becomes a profile.

use crate::machine::Machine;

#[test]
fn a_company_is_filled_in_shown_used_and_emptied() {
    let machine = Machine::new();
    let refused = machine
        .gdesk("profile company")
        .ends(1, "there is nothing to show");
    refused.warns("gdesk profile company --host", "says how to fill it in");
    let line = "profile company --host https://git.corp.example/team --proxy https://proxy.corp.example --login --public domestic";
    let preview = machine
        .gdesk(&format!("{line} --dry-run"))
        .ends(0, "a rehearsal");
    preview.says("GOPRIVATE", "what it comes to");
    preview.says("machine proxy.corp.example", "with the line for the login");
    let filled = machine
        .gdesk(&format!("{line} --yes --json"))
        .ends(0, "filled in")
        .json();
    assert_eq!(filled["before"]["state"]["code"], "needs_form", "{filled}");
    assert_eq!(filled["after"]["state"]["code"], "differs", "{filled}");

    let shown = machine
        .gdesk("profile company --json")
        .ends(0, "a look")
        .json();
    assert_eq!(shown["form"]["public"], "domestic", "{shown}");
    assert_eq!(shown["form"]["login"], true, "{shown}");
    for field in ["values", "logins"] {
        assert!(shown["preview"][field].is_array(), "{field}: {shown}");
    }
    machine
        .gdesk("profile company --no-login --yes")
        .ends(0, "one answer changes");
    let shown = machine
        .gdesk("profile company --json")
        .ends(0, "a look")
        .json();
    assert_eq!(shown["form"]["login"], false, "it changed: {shown}");
    assert_eq!(
        shown["form"]["public"], "domestic",
        "the others stay: {shown}"
    );

    let profile = machine
        .gdesk("--lang zh profile show 公司 --json")
        .ends(0, "a look")
        .json();
    for value in profile["values"].as_array().expect("a list") {
        assert!(
            value["meaning"].is_string(),
            "each value is explained: {profile}"
        );
    }
    machine
        .gdesk("profile use company --yes")
        .ends(0, "it can be used");
    machine
        .gdesk("profile verify company")
        .ends(0, "and counts");
    machine
        .gdesk("profile delete company --yes")
        .ends(0, "emptied");
    let value = machine
        .gdesk("profile use company --yes --json")
        .ends(1, "it is empty again")
        .json();
    assert_eq!(value["code"], "profile_needs_form", "{value}");
}

#[test]
fn what_the_values_leave_open_is_told() {
    let machine = Machine::new();
    let line = "profile company --proxy https://proxy.corp.example --public overseas --dry-run";
    machine.gdesk(line).ends(0, "a rehearsal").says(
        "Private modules that the company's proxy does not have",
        "in words",
    );
    machine
        .gdesk(&format!("--lang zh {line}"))
        .ends(0, "a rehearsal")
        .says("公司代理上没有的私有模块", "in either language");
    let codes = |line: &str| {
        let told = machine.gdesk(&format!("{line} --json"));
        let value = told.ends(0, "a rehearsal").json();
        let warnings = value["preview"]["warnings"].as_array().cloned();
        let codes = warnings.expect("a list").into_iter();
        codes.map(|one| one["code"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        codes(line),
        ["private_names_go_on", "private_names_looked_up"],
        "nothing names the private modules"
    );
    assert_eq!(
        codes(&format!("{line} --host git.corp.example")),
        [""; 0],
        "the hosts do"
    );
}

#[test]
fn a_form_is_rehearsed_and_agreed_to() {
    let machine = Machine::new();
    let line = "profile company --host git.corp.example";
    let rehearsed = machine
        .gdesk(&format!("{line} --dry-run --json"))
        .ends(0, "a rehearsal")
        .json();
    for field in ["form", "preview"] {
        assert!(rehearsed[field].is_object(), "{field}: {rehearsed}");
    }
    machine
        .gdesk(line)
        .ends(1, "nobody can be asked")
        .warns("--yes", "says what to do");
    let value = machine
        .gdesk("profile company --host=:// --yes --json")
        .ends(1, "no host")
        .json();
    assert_eq!(value["code"], "company_host_invalid", "{value}");
    let value = machine
        .gdesk("profile company --json")
        .ends(1, "nothing was kept")
        .json();
    assert_eq!(value["code"], "profile_needs_form", "{value}");
}

#[test]
fn a_proxy_with_a_credential_comes_on_standard_input() {
    let machine = Machine::new();
    let line = "profile company --host git.corp.example --proxy -";
    let typed = "https://me:hunter2secret@proxy.corp.example\n";
    let mut shown = String::new();
    for consent in ["--dry-run", "--dry-run --json", "--yes --json"] {
        let ended = machine.gdesk_reads(&format!("{line} {consent}"), typed);
        shown += &ended.ends(0, "filled in").stdout;
    }
    for line in [
        "profile company",
        "profile company --json",
        "profile show company",
        "profile use company --yes --json",
    ] {
        let ended = machine.gdesk(line).ends(0, line);
        shown += &ended.stdout;
        shown += &ended.stderr;
    }
    assert!(
        !shown.contains("hunter2secret"),
        "a credential was shown: {shown}"
    );
}
