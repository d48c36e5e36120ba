//! A switch that would tell private names to a public mirror says so before.

use gopherdesk_core::{
    app::App,
    environment::{Change, PlanEnvironment, Problem},
    plan::Plan,
    profile::{SaveProfile, SavedAs, SavedValue},
};

use crate::support::{Sandbox, block_on};

const PROXIED: &str =
    "GOPRIVATE=git.corp.example\nGONOPROXY=none\nGOPROXY=https://proxy.corp.example\n";

fn told(plan: &Plan) -> Vec<(&str, &str)> {
    let mut told = Vec::new();
    for change in &plan.changes {
        for warning in &change.warnings {
            if let Problem::PrivateNamesTold { mirror, .. } = warning {
                told.push((change.name.as_str(), mirror.as_str()));
            }
        }
    }
    told
}

/// Keeps a profile of the user that sets one value, and plans to switch to it.
fn switch_to(app: &App, name: &str, value: &str) -> Plan {
    let wish = SaveProfile {
        id: None,
        name: "mine".to_owned(),
        values: vec![SavedValue {
            name: name.to_owned(),
            to: SavedAs::Value {
                value: value.to_owned(),
            },
        }],
    };
    block_on(app.profile_save(wish)).expect("nothing is wrong with it");
    block_on(app.profile_plan("p1".to_owned())).expect("a plan")
}

fn edit(app: &App, changes: &[(&str, Option<&str>)]) -> Plan {
    let changes = changes.iter().map(|&(name, value)| Change {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    });
    block_on(app.environment_plan(PlanEnvironment {
        changes: changes.collect(),
        repairs: Vec::new(),
    }))
    .expect("a plan")
}

#[test]
fn a_profile_that_leaves_gonoproxy_alone_is_warned_of() {
    for (proxy, mirror) in [
        ("https://goproxy.cn,direct", Some("goproxy.cn")),
        (
            "https://proxy.corp.example|https://goproxy.io",
            Some("goproxy.io"),
        ),
        ("goproxy.cn", Some("goproxy.cn")),
        ("https://other.corp.example,direct", None),
        ("direct,https://goproxy.cn", None),
        ("off", None),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write(&sandbox.env_file(), PROXIED);
        let plan = switch_to(&sandbox.app(), "GOPROXY", proxy);
        let expected: Vec<_> = mirror
            .map(|mirror| ("GOPROXY", mirror))
            .into_iter()
            .collect();
        assert_eq!(told(&plan), expected, "to {proxy}");
    }
}

#[test]
fn so_is_an_edit_and_gos_own_default() {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), PROXIED);
    let app = sandbox.app();
    assert_eq!(
        told(&edit(&app, &[("GOPROXY", None)])),
        [("GOPROXY", "proxy.golang.org")],
        "Go's default is a public mirror"
    );
    assert_eq!(
        told(&edit(&app, &[("GOPROXY", None), ("GONOPROXY", None)])),
        [],
        "GONOPROXY follows GOPRIVATE again"
    );
    assert_eq!(
        told(&edit(
            &app,
            &[("GOPROXY", None), ("GONOPROXY", Some("git.corp.example"))]
        )),
        [],
        "GONOPROXY names them itself"
    );
    assert_eq!(
        told(&edit(
            &app,
            &[("GOPROXY", None), ("GONOPROXY", Some("other.example"))]
        )),
        [("GOPROXY", "proxy.golang.org")],
        "it names others"
    );
    assert_eq!(
        told(&edit(&app, &[("GOFLAGS", Some("-v"))])),
        [],
        "this has nothing to do with it"
    );

    sandbox.write(&sandbox.env_file(), "GOPRIVATE=git.corp.example\n");
    assert_eq!(
        told(&edit(&app, &[("GONOPROXY", Some("none"))])),
        [("GONOPROXY", "proxy.golang.org")],
        "said of the change that brings it about"
    );
}

#[test]
fn the_shipped_profiles_need_no_warning() {
    for id in ["domestic", "overseas"] {
        let sandbox = Sandbox::new();
        sandbox.write(&sandbox.env_file(), PROXIED);
        let plan = block_on(sandbox.app().profile_plan(id.to_owned())).expect("a plan");
        assert_eq!(told(&plan), [], "{id} takes the none back");
    }
}
