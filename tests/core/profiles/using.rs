//! Which profile is in effect, and what a switch plans.

use gopherdesk_core::{
    app::App,
    environment::{EnvironmentError, Origin},
    error::{Error, HistoryError, ProfileError},
    history::Cause,
    plan::ApplyPlan,
    profile::{Builtin, ProfileState, SaveProfile, SavedAs, SavedValue, Title},
};

use super::{profiles, state, switch};
use crate::support::{Sandbox, block_on};

const DOMESTIC: &str = "GOPROXY=https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct\n\
                        GOSUMDB=sum.golang.google.cn\n";

#[test]
fn a_new_machine_is_overseas_and_becomes_domestic() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let before = profiles(&app);
    let ids: Vec<_> = before
        .list
        .iter()
        .map(|profile| profile.id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["domestic", "overseas", "company", "offline"],
        "the shipped ones"
    );
    assert_eq!(
        before.active.as_deref(),
        Some("overseas"),
        "nothing is set, so Go's defaults count"
    );
    assert_eq!(before.previous, None, "nothing was switched yet");

    let applied = switch(&app, "domestic");
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(DOMESTIC.as_bytes()),
        "the file and its folder are made"
    );
    let after = applied.overview.profiles;
    assert_eq!(after.active.as_deref(), Some("domestic"), "read back");
    let history = block_on(app.history_list(())).expect("the journal is sound");
    assert_eq!(
        history.entries[0].cause,
        Cause::ProfileUsed {
            profile: "domestic".to_owned(),
            title: Title::Builtin {
                builtin: Builtin::Domestic
            },
            from: Some("overseas".to_owned()),
        },
        "the history says what was left for what"
    );
    let previous = after.previous.expect("there is a way back");
    assert_eq!(
        (previous.title, previous.entry),
        (
            Some(Title::Builtin {
                builtin: Builtin::Overseas
            }),
            applied.entry
        ),
        "to the profile that was left"
    );
}

#[test]
fn what_differs_says_what_would_change() {
    let sandbox = Sandbox::new();
    sandbox.write(
        &sandbox.env_file(),
        "GOPROXY=https://ann:secret@mirror.example\nGOSUMDB=sum.golang.google.cn\n",
    );
    let app = sandbox.app();
    let ProfileState::Differs { differences } = state(&app, "domestic") else {
        panic!("the file names another proxy");
    };
    assert_eq!(differences.len(), 1, "the database is as wanted");
    assert_eq!(differences[0].name, "GOPROXY", "and the proxy is not");
    assert_eq!(
        differences[0].actual, "https://***@mirror.example",
        "credentials are masked"
    );
    let ProfileState::Differs { differences } = state(&app, "overseas") else {
        panic!("the file names both");
    };
    assert!(
        differences.iter().all(|one| one.wanted.is_none()),
        "a value that is to be unset: {differences:?}"
    );
    assert_eq!(profiles(&app).active, None, "a custom environment");
}

#[test]
fn a_shadowed_profile_is_not_claimed() {
    let mut sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), DOMESTIC);
    sandbox
        .host
        .vars
        .set("GOPROXY", "https://ann:secret@process.example");
    let app = sandbox.app();
    let ProfileState::Shadowed { differences } = state(&app, "domestic") else {
        panic!("the process outranks the file");
    };
    assert_eq!(differences.len(), 1, "one value");
    assert_eq!(
        differences[0].actual, "https://***@process.example",
        "what Go uses"
    );
    let shadowed = differences[0].shadowed.as_ref().expect("its cause");
    assert_eq!(shadowed.by, Origin::Process, "the process");
    assert_eq!(profiles(&app).active, None, "not claimed");
    assert_eq!(
        block_on(app.profile_plan("domestic".to_owned())).expect_err("the file says it all"),
        EnvironmentError::NothingToChange {}.into(),
        "writing it again would not help"
    );
    let ProfileState::Differs { differences } = state(&app, "overseas") else {
        panic!("the file names both");
    };
    assert!(
        differences[0].shadowed.is_some() && differences[1].shadowed.is_none(),
        "also when the file differs as well: {differences:?}"
    );
}

#[test]
fn what_outranks_the_file_and_says_the_same_is_no_difference() {
    let mut sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), DOMESTIC);
    sandbox.host.vars.set("GOSUMDB", "sum.golang.google.cn");
    let app = sandbox.app();
    assert_eq!(
        state(&app, "domestic"),
        ProfileState::Active {},
        "Go uses it"
    );
    let ProfileState::Differs { differences } = state(&app, "overseas") else {
        panic!("unset is more than equal");
    };
    assert_eq!(differences.len(), 2, "something sets both");
}

#[test]
fn two_passwords_are_two_values() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let proxy = |password: &str| format!("https://ann:{password}@corp.example");
    for password in ["one", "two"] {
        save(&app, password, &[("GOPROXY", Some(&proxy(password)))]);
    }
    sandbox.write(&sandbox.env_file(), format!("GOPROXY={}\n", proxy("two")));
    let now = profiles(&app);
    let states: Vec<_> = now
        .list
        .iter()
        .rev()
        .take(2)
        .map(|own| &own.state)
        .collect();
    assert!(
        matches!(
            states.as_slice(),
            [ProfileState::Active {}, ProfileState::Differs { .. }]
        ),
        "masked they are equal, and they are not: {states:?}"
    );
}

#[test]
fn of_several_in_effect_the_one_that_says_the_most_is_active() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    save(&app, "little", &[("GOSUMDB", None)]);
    save(&app, "as much", &[("GOSUMDB", None), ("GOPROXY", None)]);
    assert_eq!(
        profiles(&app).active.as_deref(),
        Some("overseas"),
        "of equal ones the first in the user's order"
    );
    let more = [("GOSUMDB", None), ("GOPROXY", None), ("GOPRIVATE", None)];
    save(&app, "more", &more);
    let now = profiles(&app);
    let last = now.list.last().expect("saved");
    assert_eq!(now.active.as_ref(), Some(&last.id), "it names the most");
}

#[test]
fn what_weakens_verification_is_confirmed_by_its_name() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    save(&app, "careless", &[("GOSUMDB", Some("off"))]);
    let id = profiles(&app).list.pop().expect("saved").id;
    let plan = block_on(app.profile_plan(id)).expect("it may be planned");
    let names: Vec<_> = plan
        .dangers
        .iter()
        .map(|danger| danger.name.as_str())
        .collect();
    assert_eq!(names, ["GOSUMDB"], "said before");
    let unconfirmed = ApplyPlan {
        id: plan.id,
        confirmed: Vec::new(),
    };
    assert_eq!(
        block_on(app.plan_apply(unconfirmed)).expect_err("not without a word"),
        HistoryError::Unconfirmed {
            names: vec!["GOSUMDB".to_owned()]
        }
        .into(),
        "a profile is a plan like any other"
    );
}

fn save(app: &App, name: &str, values: &[(&str, Option<&str>)]) {
    let values = values.iter().map(|(name, value)| SavedValue {
        name: (*name).to_owned(),
        to: match value {
            Some(value) => SavedAs::Value {
                value: (*value).to_owned(),
            },
            None => SavedAs::Unset {},
        },
    });
    let wish = SaveProfile {
        id: None,
        name: name.to_owned(),
        values: values.collect(),
    };
    block_on(app.profile_save(wish)).expect("a sound profile");
}

#[test]
fn offline_follows_the_module_cache_of_terminals() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let ProfileState::Unusable { failure } = state(&app, "offline") else {
        panic!("without Go nobody knows the module cache");
    };
    assert_eq!(
        failure.error,
        ProfileError::NoModuleCache {}.into(),
        "and that is said"
    );
    assert_eq!(
        block_on(app.profile_plan("offline".to_owned())).expect_err("no value to write"),
        Error::from(ProfileError::NoModuleCache {}),
        "and nothing is written"
    );
    sandbox.write(
        &sandbox.host.at_home(".profile").expect("a home"),
        "export GOPATH=/data/go:/other\n",
    );
    sandbox.write(&sandbox.env_file(), "GOPATH=/unused\n");
    let plan = block_on(app.profile_plan("offline".to_owned())).expect("usable now");
    assert_eq!(
        plan.changes[1].after.as_deref(),
        Some("file:///data/go/pkg/mod/cache/download"),
        "below the first GOPATH of a terminal"
    );
    sandbox.write(&sandbox.env_file(), "GOMODCACHE=/模块\n");
    let plan = block_on(app.profile_plan("offline".to_owned())).expect("usable");
    assert_eq!(
        plan.changes[1].after.as_deref(),
        Some("file:///%E6%A8%A1%E5%9D%97/cache/download"),
        "GOMODCACHE itself counts more"
    );
}

#[test]
fn what_cannot_be_used_is_refused() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    assert_eq!(
        state(&app, "company"),
        ProfileState::NeedsForm {},
        "no form yet"
    );
    for (id, refusal) in [
        ("company", Error::from(ProfileError::ProfileNeedsForm {})),
        (
            "absent",
            ProfileError::UnknownProfile {
                id: "absent".to_owned(),
            }
            .into(),
        ),
        ("overseas", EnvironmentError::NothingToChange {}.into()),
    ] {
        let refused = block_on(app.profile_plan(id.to_owned())).expect_err("not to be used");
        assert_eq!(refused, refusal, "{id}");
    }
    assert_eq!(
        block_on(app.profile_previous(())).expect_err("nothing before"),
        ProfileError::NoPreviousProfile {}.into(),
        "nothing was switched"
    );
}

#[test]
fn a_file_that_is_switched_off_is_a_state() {
    let mut sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), DOMESTIC);
    for (place, refusal) in [
        ("off", EnvironmentError::FileSwitchedOff {}),
        (
            "relative",
            EnvironmentError::FileRelative {
                path: "relative".to_owned(),
            },
        ),
    ] {
        sandbox.host.vars.set("GOENV", place);
        let app = sandbox.app();
        assert_eq!(
            state(&app, "overseas"),
            ProfileState::Active {},
            "GOENV={place}: what is not read sets nothing"
        );
        assert!(
            matches!(state(&app, "domestic"), ProfileState::Differs { .. }),
            "GOENV={place}: and would have to be set"
        );
        assert_eq!(
            block_on(app.profile_plan("domestic".to_owned())).expect_err("nowhere to write"),
            refusal.into(),
            "GOENV={place}"
        );
    }
}
