//! Where modules come from, on a terminal: the contract.

use serde_json::json;

use crate::machine::{Ended, GDESK, Machine};

#[test]
fn a_route_is_the_contract() {
    let machine = Machine::new();
    machine.write_env(
        "GOPRIVATE=git.corp.example\nGOPROXY=https://me:hunter2secret@a.example|https://goproxy.cn,direct\nGOSUMDB=sum.golang.org\n",
    );
    let public = machine
        .gdesk("route github.com/spf13/cobra@v1.8.0 --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        public["module"], "github.com/spf13/cobra",
        "without its version"
    );
    assert_eq!(public["version"], "v1.8.0", "which is apart");
    assert!(public["private"].is_null(), "no pattern covers it");
    assert_eq!(
        public["steps"],
        json!([
            { "from": "https://***@a.example", "next": "on-any-error", "mirror": null },
            { "from": "https://goproxy.cn", "next": "on-missing", "mirror": "goproxy-cn" },
            { "from": "direct", "next": null, "mirror": null }
        ]),
        "in order, masked"
    );
    assert_eq!(public["checksum"]["verified"], true, "by the database");
    assert_eq!(
        public["checksum"]["database"], "sum.golang.org",
        "by this one"
    );

    let private = machine
        .gdesk("route git.corp.example/team/app --json")
        .ends(0, "nothing gets out")
        .json();
    assert_eq!(
        private["private"],
        json!({ "by": "GOPRIVATE", "pattern": "git.corp.example" }),
        "why"
    );
    assert_eq!(private["steps"][0]["from"], "direct", "past every mirror");
    assert_eq!(private["leaks"], json!([]), "nobody learns it");

    let both = machine
        .gdesk("route git.corp.example/team/app github.com/x/y --json")
        .ends(0, "two looks")
        .json();
    assert_eq!(both.as_array().map(Vec::len), Some(2), "a list for several");
    let told = machine
        .gdesk("route git.corp.example/team/app --lang zh")
        .ends(0, "a look");
    told.says("外部无人得知它的名字", "in Chinese");
}

#[test]
fn a_leak_and_a_refusal_are_said() {
    let machine = Machine::new();
    machine.write_env(
        "GOPRIVATE=git.corp.example\nGONOPROXY=none\nGOPROXY=https://goproxy.cn,direct\n",
    );
    let leaking = machine
        .gdesk("route git.corp.example/team/app --json")
        .ends(3, "its name gets out")
        .json();
    assert_eq!(leaking["leaks"][0]["to"], "https://goproxy.cn", "to whom");
    machine.write_env("GOPRIVATE=git.corp.example/team\nGOPROXY=https://goproxy.cn,direct\n");
    let shorter = machine
        .gdesk("route git.corp.example/team/app --json")
        .ends(3, "the host gets out")
        .json();
    assert_eq!(
        shorter["leaks"],
        json!([{ "to": "https://goproxy.cn", "name": "git.corp.example", "as": "mirror", "why": "shorter_not_covered" }]),
        "what, to whom and why"
    );
    machine
        .gdesk("route git.corp.example/team/app --lang zh")
        .ends(3, "the same")
        .says("git.corp.example：", "in Chinese");
    machine.write_env("GOPROXY=off\n");
    let off = machine
        .gdesk("route github.com/x/y --json")
        .ends(0, "a look")
        .json();
    assert_eq!(off["error"]["code"], "proxy_off", "named");
    assert_eq!(off["steps"], json!([]), "nobody is asked");
    let wrong = machine
        .gdesk("route localhost --json")
        .ends(1, "no path")
        .json();
    assert_eq!(wrong["code"], "path_invalid", "named");
    let pasted = "module own.example\nrequire nonsense v1.0.0\nrequire a.example/m v1.0.0";
    let marked = Ended::of(
        machine
            .command(GDESK)
            .args(["route", pasted, "--json"])
            .spawn()
            .expect("it starts"),
    );
    let marked = marked.ends(3, "one of them is no path").json();
    assert_eq!(
        (&marked[1]["module"], &marked[1]["line"]),
        (&json!("nonsense@v1.0.0"), &json!(2)),
        "with its line: {marked}"
    );
    let shown = Ended::of(
        machine
            .command(GDESK)
            .args(["route", pasted])
            .spawn()
            .expect("it starts"),
    );
    shown.says("line 2: ", "in the text as well");
    machine.gdesk("route").ends(2, "of what?");
}

#[test]
fn lists_and_patterns_are_read_by_go_s_rules() {
    let machine = Machine::new();
    let list = machine
        .gdesk("route parse a.example|https://b,direct,late --gonoproxy *.corp --json")
        .ends(0, "a list")
        .json();
    assert_eq!(
        list,
        json!({ "list": [
            { "url": "noproxy", "fallback": "not_found_only" },
            { "url": "https://a.example", "fallback": "any_error" },
            { "url": "https://b", "fallback": "not_found_only" },
            { "url": "direct", "fallback": "not_found_only" }
        ], "error": null }),
        "as Go has it"
    );
    let refused = machine
        .gdesk("route parse localhost --json")
        .ends(0, "a look")
        .json();
    assert_eq!(
        refused["error"], "invalid proxy URL missing scheme: localhost",
        "Go's words"
    );
    let matched = machine
        .gdesk("route match *.corp,x.org git.corp/a --json")
        .ends(0, "a look");
    assert_eq!(
        matched.json(),
        json!({ "match": true, "pattern": "*.corp" }),
        "the first"
    );
    let unmatched = machine
        .gdesk("route match *.corp corp/a --json")
        .ends(0, "a look");
    assert_eq!(
        unmatched.json(),
        json!({ "match": false, "pattern": null }),
        "none"
    );
}

#[test]
fn every_module_of_a_project_is_answered() {
    let machine = Machine::new();
    machine.write_env("GOPRIVATE=git.corp.example\n");
    machine.write(
        "shop/go.mod",
        "module shop.example\n\ngo 1.21\n\nrequire (\n\tgit.corp.example/lib v1.0.0\n\tgithub.com/x/y v1.0.0\n)\n",
    );
    let folder = machine.path("shop").display().to_string();
    let answers = machine
        .gdesk(&format!("route --project {folder} --json"))
        .ends(0, "nothing gets out")
        .json();
    let modules: Vec<_> = answers
        .as_array()
        .expect("a list, however many they are")
        .iter()
        .map(|answer| (&answer["module"], answer["private"].is_null()))
        .collect();
    assert_eq!(
        modules,
        [
            (&json!("git.corp.example/lib"), false),
            (&json!("github.com/x/y"), true)
        ],
        "what it requires"
    );
}
