//! Chains on a terminal: looked at, rehearsed, set.

use crate::machine::Machine;

#[test]
fn a_chain_is_shown_with_what_is_wrong_and_what_would_mend_it() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://goproxy.cn,direct,https://late.example\n");
    let view = machine
        .gdesk("mirror chain --json")
        .ends(0, "Go takes it")
        .json();
    assert_eq!(view["entries"][0]["mirror"], "goproxy-cn", "recognised");
    assert_eq!(view["entries"][1]["source"], "direct", "by its kind");
    assert_eq!(view["entries"][2]["reached"], false, "behind direct");
    let problem = &view["problems"][0];
    assert_eq!(problem["problem"]["code"], "proxy_unreachable", "named");
    assert_eq!(
        problem["fix"]["goproxy"], "https://goproxy.cn,direct",
        "with the way out"
    );

    let refused = machine
        .gdesk("mirror chain localhost,direct --json")
        .ends(3, "Go refuses it")
        .json();
    assert_eq!(
        refused["error"], "invalid proxy URL missing scheme: localhost",
        "in Go's words"
    );
    let told = machine.gdesk("mirror chain --lang zh").ends(0, "a look");
    told.says("永远轮不到", "in Chinese");
}

#[test]
fn a_login_is_shown_nowhere() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://me:hunter2secret@go.corp.example,direct\n");
    for verb in [
        "mirror chain",
        "mirror chain --json",
        "mirror rehearse --answers 502",
        "mirror rehearse --answers page --json",
    ] {
        let told = machine.gdesk(verb).ends(0, "a look");
        assert!(
            !told.stdout.contains("hunter2secret") && !told.stderr.contains("hunter2secret"),
            "{verb}: {}",
            told.stdout
        );
        assert!(
            told.stdout.contains("go.corp.example"),
            "{verb}: the host is"
        );
    }
}

#[test]
fn a_masked_entry_stands_for_the_one_that_is_known() {
    let machine = Machine::new();
    machine.write_env("GOPROXY=https://me:hunter2secret@go.corp.example,direct\n");
    let view = machine
        .gdesk("mirror chain --json")
        .ends(0, "a look")
        .json();
    let masked = view["entries"][0]["text"].as_str().expect("a text");
    let chain = format!("{masked}|https://goproxy.cn,direct");
    machine
        .gdesk(&format!("mirror use --chain {chain} --yes"))
        .ends(0, "it is set");
    assert!(
        machine
            .env_text()
            .unwrap_or_default()
            .contains("GOPROXY=https://me:hunter2secret@go.corp.example|https://goproxy.cn,direct"),
        "with its login"
    );
    let other = format!("{},direct", masked.replace("go.corp", "other.corp"));
    let refused = machine
        .gdesk(&format!("mirror use --chain {other} --yes --json"))
        .ends(1, "nobody knows that login")
        .json();
    assert_eq!(refused["code"], "masked_entry_unknown", "named");
}

#[test]
fn a_rehearsal_says_who_answers() {
    let machine = Machine::new();
    let chain = "https://a.example,https://b.example|direct";
    let rehearse = |more: &str| {
        let line = format!("mirror rehearse {chain} --json {more}");
        machine.gdesk(&line).ends(0, "a rehearsal").json()
    };
    let served = rehearse("--answers 404");
    assert_eq!(served["ending"]["code"], "served", "the next one has it");
    assert_eq!(served["ending"]["params"]["entry"], 1, "by its place");
    let ended = rehearse("--answers 502");
    assert_eq!(ended["ending"]["code"], "ended", "a comma is no bar");
    assert_eq!(ended["told"], serde_json::json!([0]), "who learns the name");
    let waits = rehearse("--answers silence");
    assert!(waits["wait_seconds"].is_null(), "for ever: {waits}");

    machine.write_env("GOPRIVATE=git.corp.example\n");
    let private = rehearse("--module git.corp.example/app");
    assert_eq!(
        private["ending"]["code"], "from_origin",
        "past every mirror"
    );
    assert_eq!(private["told"], serde_json::json!([2]), "but the origin");

    let refused = machine.gdesk("mirror rehearse none,https://a.example --lang zh");
    let refused = refused.ends(0, "a rehearsal");
    refused.says("Go 不接受整个列表", "in Chinese");
    refused.says("invalid proxy URL missing scheme: none", "in Go's words");

    let told = machine.gdesk(&format!("mirror rehearse {chain} --answers 502"));
    told.ends(0, "a rehearsal")
        .says("https://a.example", "the entry by its text");
    machine
        .gdesk("mirror rehearse --answers 499")
        .ends(2, "no such answer");
}
