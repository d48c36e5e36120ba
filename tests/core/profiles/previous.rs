//! The way back from the last switch.

use gopherdesk_core::{
    environment::{Change, PlanEnvironment},
    error::HistoryError,
    profile::{Builtin, Title},
};

use super::{apply, back, profiles, switch};
use crate::support::{Sandbox, block_on};

#[test]
fn previous_goes_back_and_forth_between_profiles() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    switch(&app, "domestic");
    let returned = back(&app).overview.profiles;
    assert_eq!(returned.active.as_deref(), Some("overseas"), "back");
    assert_eq!(
        returned.previous.and_then(|previous| previous.title),
        Some(Title::Builtin {
            builtin: Builtin::Domestic
        }),
        "and from there back again"
    );
    let again = back(&app).overview.profiles;
    assert_eq!(again.active.as_deref(), Some("domestic"), "forth");
}

#[test]
fn a_custom_environment_comes_back_by_undo() {
    let sandbox = Sandbox::new();
    let custom = b"GOSUMDB=sum.golang.org\n# mine\r\nGOPROXY=https://corp.example\n#end".as_slice();
    sandbox.write(&sandbox.env_file(), custom);
    let app = sandbox.app();
    let applied = switch(&app, "domestic");
    let previous = applied.overview.profiles.previous.expect("a way back");
    assert_eq!(previous.title, None, "to no profile");
    let returned = back(&app);
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(custom),
        "every byte"
    );
    assert_eq!(
        returned.overview.profiles.previous, None,
        "the switch is undone"
    );
}

#[test]
fn a_way_back_that_no_longer_leads_there_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), "GOPROXY=https://corp.example\n");
    let app = sandbox.app();
    switch(&app, "domestic");
    let edit = PlanEnvironment {
        changes: vec![Change {
            name: "GOPROXY".to_owned(),
            value: Some("https://new.example".to_owned()),
        }],
        repairs: Vec::new(),
    };
    apply(&app, block_on(app.environment_plan(edit)));
    let refused = block_on(app.profile_previous(())).expect_err("changed since");
    assert_eq!(
        refused,
        HistoryError::Drifted {
            what: vec!["GOPROXY".to_owned()]
        }
        .into(),
        "what was edited since is not thrown away"
    );
}

#[test]
fn there_is_no_way_back_to_what_is_active() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    switch(&app, "domestic");
    sandbox.write(&sandbox.env_file(), "");
    let now = profiles(&app);
    assert_eq!(now.active.as_deref(), Some("overseas"), "by another hand");
    assert_eq!(now.previous, None, "one is there already");
}
