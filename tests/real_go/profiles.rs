//! Profiles with a real Go, from the first switch to the hundredth.

mod asking;
mod company;
mod importing;
mod shipped;

use gopherdesk_core::{
    app::{App, Applied},
    environment::Origin,
    error::Error,
    plan::{ApplyPlan, OutcomeResult, Plan},
    profile::{Profile, ProfileState},
};

use crate::{
    scene::{VERSIONS, root, variable},
    support::{Sandbox, block_on},
};

#[test]
fn a_new_laptop_becomes_domestic() {
    for version in VERSIONS {
        let sandbox = with_go(version);
        let app = sandbox.app();
        let before = block_on(app.overview_read(())).expect("the program starts");
        assert_eq!(
            before.profiles.active.as_deref(),
            Some("overseas"),
            "{version}: nothing is set"
        );
        let applied = switch(&app, "domestic");
        assert!(
            applied
                .outcomes
                .iter()
                .all(|outcome| outcome.result == OutcomeResult::InEffect {}),
            "{version}: go was asked: {:?}",
            applied.outcomes
        );
        assert_eq!(
            applied.overview.profiles.active.as_deref(),
            Some("domestic"),
            "{version}: and it counts"
        );
        for (name, value) in [
            (
                "GOPROXY",
                "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct",
            ),
            ("GOSUMDB", "sum.golang.google.cn"),
        ] {
            assert_eq!(
                variable(&applied.overview.environment, name).value,
                value,
                "{version}"
            );
        }
    }
}

#[test]
fn a_hundred_borders_move_no_byte() {
    let original = "# 我的设置\nGOSUMDB=sum.golang.google.cn\nGOFLAGS=-mod=mod\n\n#export GOPROXY=x\r\nGOPROXY=https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct\nnonsense\nGOPRIVATE=*.corp.example"
        .as_bytes();
    let sandbox = with_go(VERSIONS[2]);
    sandbox.write(&sandbox.env_file(), original);
    let app = sandbox.app();
    let mut abroad = None;
    for _ in 0..50 {
        write(&app, block_on(app.profile_plan("overseas".to_owned())));
        let bytes = sandbox.read(&sandbox.env_file());
        assert_eq!(
            abroad.get_or_insert_with(|| bytes.clone()),
            &bytes,
            "every time the same"
        );
        write(&app, block_on(app.profile_previous(())));
        assert_eq!(
            sandbox.read(&sandbox.env_file()).as_deref(),
            Some(original),
            "comments, order, foreign lines and endings"
        );
    }
    let history = block_on(app.history_list(())).expect("the journal is sound");
    assert_eq!(history.entries.len(), 100, "each crossing is a change");
    let text = String::from_utf8(abroad.flatten().expect("a file")).expect("text");
    assert!(
        !text.contains("\nGOPROXY") && text.contains("#export GOPROXY=x\r\n"),
        "the values are unset and nothing else: {text}"
    );
}

#[test]
fn what_a_start_up_file_outranks_is_reported_and_not_claimed() {
    for version in VERSIONS {
        let mut sandbox = with_go(version);
        sandbox.host.vars.set("SHELL", "/bin/zsh");
        sandbox.write(
            &sandbox.host.at_home(".zshrc").expect("a home"),
            "alias g=git\nexport GOPROXY=https://ann:secret@corp.example\n",
        );
        let app = sandbox.app();
        let applied = switch(&app, "domestic");
        let proxy = applied
            .outcomes
            .iter()
            .find(|outcome| outcome.name == "GOPROXY");
        assert!(
            matches!(
                proxy.map(|outcome| &outcome.result),
                Some(OutcomeResult::Shadowed { shadowed }) if shadowed.r#where.as_deref() == Some("~/.zshrc:2")
            ),
            "{version}: {proxy:?}"
        );
        let profiles = applied.overview.profiles;
        assert_eq!(profiles.active, None, "{version}: not claimed");
        let domestic = find(&profiles.list, "domestic");
        let ProfileState::Shadowed { differences } = &domestic.state else {
            panic!("{version}: the line in .zshrc wins: {:?}", domestic.state);
        };
        let [difference] = differences.as_slice() else {
            panic!("{version}: GOPROXY alone: {differences:?}");
        };
        assert_eq!(
            difference.actual, "https://***@corp.example",
            "{version}: what a terminal uses"
        );
        let shadowed = difference.shadowed.as_ref().expect("its cause");
        assert_eq!(shadowed.by, Origin::Shell, "{version}");
        assert!(shadowed.assignment.is_some(), "{version}: it can be mended");
    }
}

fn find<'a>(list: &'a [Profile], id: &str) -> &'a Profile {
    let mut list = list.iter();
    list.find(|profile| profile.id == id).expect("listed")
}

fn with_go(version: &str) -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.host.vars.set("PATH", root(version).join("bin"));
    sandbox
}

fn switch(app: &App, id: &str) -> Applied {
    let plan = block_on(app.profile_plan(id.to_owned()));
    block_on(app.plan_apply(agreed(plan))).expect("nothing is in the way")
}

fn write(app: &App, plan: Result<Plan, Error>) {
    block_on(app.plan_write(agreed(plan))).expect("nothing is in the way");
}

fn agreed(plan: Result<Plan, Error>) -> ApplyPlan {
    let plan = plan.expect("nothing is in the way");
    ApplyPlan {
        id: plan.id,
        confirmed: plan.dangers.into_iter().map(|danger| danger.name).collect(),
    }
}
