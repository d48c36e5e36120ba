//! The commands of profiles, one after the other as the page asks them.

use std::thread;

use serde_json::{Value, json};

use crate::{COMMANDS, Desk, invoke, is_overview};

/// Keeps the names of what was asked.
struct Page {
    desk: Desk,
    asked: Vec<&'static str>,
}

impl Page {
    #[track_caller]
    fn call(&mut self, command: &'static str, args: Value) -> Value {
        self.asked.push(command);
        let answer = self.desk.call(command, args);
        answer.unwrap_or_else(|failure| unreachable!("{command} answers: {failure}"))
    }

    #[track_caller]
    fn mutate(&mut self, command: &'static str, args: Value) -> Value {
        let overview = self.call(command, args);
        assert!(is_overview(&overview), "{command} gives the new state");
        overview
    }
}

/// The id of the user's profile of this name.
fn id_of(overview: &Value, name: &str) -> Value {
    let list = overview["profiles"]["list"].as_array();
    let found = list.and_then(|list| list.iter().find(|one| one["title"]["name"] == name));
    found.map_or(Value::Null, |one| one["id"].clone())
}

#[test]
fn every_command_of_profiles_answers() {
    let mut page = Page {
        desk: Desk::new(),
        asked: Vec::new(),
    };
    let plan = page.call("profile_plan", json!("domestic"));
    let apply = json!({ "id": plan["id"], "confirmed": [] });
    let applied = page.desk.call("plan_apply", apply).expect("it was shown");
    assert_eq!(
        applied["overview"]["profiles"]["active"], "domestic",
        "it is in use"
    );
    page.call("profile_previous", Value::Null);

    let values = json!([{ "name": "GOPROXY", "to": { "is": "value", "value": "direct" } }]);
    let wish = json!({ "id": null, "name": "Mine", "values": values });
    let overview = page.mutate("profile_save", wish);
    let mine = id_of(&overview, "Mine");
    page.mutate("profile_move", json!({ "id": mine, "to": 0 }));
    let value = page.call("profile_reveal", json!({ "id": mine, "name": "GOPROXY" }));
    assert_eq!(value, "direct", "as it was typed");

    let print = json!({ "id": mine, "format": "profile" });
    let printed = page.call("profile_export", print);
    page.mutate("profile_delete", mine);
    let import = page.call("profile_import", printed["text"].clone());
    let keep = json!({ "id": import["id"], "name": "Yours" });
    let overview = page.mutate("profile_import_keep", keep);
    assert!(
        id_of(&overview, "Yours").is_string(),
        "it is among the others"
    );

    let form =
        json!({ "hosts": ["git.corp.example"], "proxy": "", "login": false, "public": "company" });
    page.call("company_preview", form.clone());
    page.mutate("company_save", form.clone());
    assert_eq!(
        page.call("company_read", Value::Null),
        form,
        "what was kept"
    );

    let verify = json!({ "id": "domestic", "fetch": false, "module": null });
    let payload = json!({ "job": "verify", "args": verify, "events": "__CHANNEL__:9" });
    let (window, asked) = (page.desk.page.clone(), page.asked);
    let verified = thread::spawn(move || invoke(&window, "profile_verify", payload)).join();
    let verified = verified.expect("it ends");
    assert!(
        verified.is_ok_and(|answer| answer["cancelled"] == false),
        "it is compared"
    );

    let elsewhere = [
        "profile_verify",
        // these need a desktop
        "profile_import_browse",
        "profile_export_save",
    ];
    for &(name, _) in COMMANDS {
        let ours = name.starts_with("profile_") || name.starts_with("company_");
        let known = asked.contains(&name) || elsewhere.contains(&name);
        assert!(!ours || known, "a new command, {name}, needs a line here");
    }
}

#[test]
fn what_is_not_there_is_refused_in_the_one_shape() {
    let desk = Desk::new();
    let print = json!({ "id": "no such profile", "format": "sh" });
    for (command, args) in [
        ("profile_plan", json!("no such profile")),
        ("profile_previous", Value::Null),
        ("profile_delete", json!("no such profile")),
        ("profile_import", json!("no profile file")),
        ("profile_export", print.clone()),
        // refused before a place is asked for
        ("profile_export_save", print),
        ("company_preview", json!({})),
    ] {
        let failure = desk.call(command, args).expect_err("it does not exist");
        let shaped = failure["code"].is_string()
            && failure["params"].is_object()
            && failure["message"].is_string();
        assert!(
            shaped && failure["code"] != "internal",
            "{command}: {failure}"
        );
    }
}
