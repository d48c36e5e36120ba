//! Whole journeys against a real Go: see, change, undo.

use std::path::{Path, PathBuf};

use gopherdesk_core::{
    app::App,
    environment::{Change, EnvironmentError, Origin, PlanEnvironment},
    error::Error,
    history::{Cause, HistoryError},
    plan::{ApplyPlan, OutcomeResult, Plan},
    shadow::PlanStartup,
};

use crate::{
    scene::{VERSIONS, root, variable},
    support::{Sandbox, block_on},
};

#[test]
fn a_change_is_previewed_applied_read_back_and_undone() {
    for go in every_go() {
        let sandbox = with_go(&go);
        let original =
            b"# mine\nGOFLAGS=-mod=mod\n\nGOPROXY=https://old.example,direct\n".as_slice();
        sandbox.write(&sandbox.env_file(), original);
        let app = sandbox.app();

        let plan = block_on(app.environment_plan(set("GOPROXY", "https://new.example,direct")))
            .expect("a sound wish");
        assert_eq!(
            plan.changes[0].before.as_deref(),
            Some("https://old.example,direct"),
            "the preview says what was"
        );
        assert_eq!(
            plan.commands,
            ["go env -w GOPROXY=https://new.example,direct"],
            "the same in Go's own words"
        );
        assert_eq!(
            sandbox.read(&sandbox.env_file()).as_deref(),
            Some(original),
            "a preview changes nothing"
        );

        let applied =
            block_on(app.plan_apply(confirmed(&plan, &[]))).expect("nothing is in the way");
        assert_eq!(
            applied.outcomes[0].result,
            OutcomeResult::InEffect {},
            "Go was asked and uses it"
        );
        assert_eq!(
            variable(&applied.overview.environment, "GOPROXY").value,
            "https://new.example,direct",
            "the reply carries the new state"
        );
        assert_eq!(
            sandbox.read(&sandbox.env_file()).as_deref(),
            Some(b"# mine\nGOFLAGS=-mod=mod\n\nGOPROXY=https://new.example,direct\n".as_slice()),
            "only the line that was shown has changed"
        );

        undo(&app, &applied.entry);
        assert_eq!(
            sandbox.read(&sandbox.env_file()).as_deref(),
            Some(original),
            "undo restores every byte"
        );
        let history = block_on(app.history_list(())).expect("the journal is sound");
        assert_eq!(history.entries.len(), 2, "the undo is a change as well");
        assert!(
            matches!(history.entries[0].cause, Cause::Undone { .. }),
            "and says what it is"
        );
        assert_eq!(
            history.entries[1].undone_by.as_ref(),
            Some(&history.entries[0].id),
            "the first says who undid it"
        );

        undo(&app, &history.entries[0].id);
        let again = block_on(app.environment_read(())).expect("readable");
        assert_eq!(
            variable(&again, "GOPROXY").value,
            "https://new.example,direct",
            "the undo of the undo is the redo"
        );
    }
}

#[test]
fn the_first_change_makes_the_file_and_its_undo_removes_it() {
    let sandbox = with_go(&newest_go());
    let app = sandbox.app();
    let entry = apply(&app, set("GOPRIVATE", "*.corp.example")).entry;
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(b"GOPRIVATE=*.corp.example\n".as_slice()),
        "made with its folder"
    );
    undo(&app, &entry);
    assert_eq!(
        sandbox.read(&sandbox.env_file()),
        None,
        "as it was before: not there"
    );
}

#[test]
fn a_change_from_outside_is_never_overwritten() {
    let sandbox = with_go(&newest_go());
    let app = sandbox.app();
    let entry = apply(&app, set("GOPROXY", "https://ours.example")).entry;
    let plan = block_on(app.environment_plan(set("GOPROXY", "https://second.example")))
        .expect("a sound wish");
    sandbox.write(&sandbox.env_file(), "GOPROXY=https://theirs.example\n");

    let refused =
        block_on(app.plan_apply(confirmed(&plan, &[]))).expect_err("planned on another revision");
    assert!(
        matches!(refused, Error::History(HistoryError::Stale { .. })),
        "said by its code: {refused:?}"
    );
    let refused = block_on(app.history_undo(entry)).expect_err("the value is no longer ours");
    assert!(
        matches!(refused, Error::History(HistoryError::Drifted { .. })),
        "said by its code: {refused:?}"
    );
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(b"GOPROXY=https://theirs.example\n".as_slice()),
        "theirs stands"
    );
}

#[test]
fn a_written_value_that_does_not_win_is_not_called_a_success() {
    let mut sandbox = with_go(&newest_go());
    sandbox.host.vars.set("GOPROXY", "https://process.example");
    let app = sandbox.app();
    let applied = apply(&app, set("GOPROXY", "https://file.example"));
    let OutcomeResult::Shadowed { shadowed } = &applied.outcomes[0].result else {
        panic!("the process outranks the file: {:?}", applied.outcomes[0]);
    };
    assert_eq!(
        (shadowed.by, shadowed.value.as_str()),
        (Origin::Process, "https://process.example"),
        "it says what wins"
    );
}

#[test]
fn a_shell_file_that_outranks_is_found_commented_out_and_restored() {
    let mut sandbox = with_go(&newest_go());
    sandbox.host.vars.set("SHELL", "/bin/bash");
    let profile = sandbox.path("home/.bash_profile");
    let original =
        b"# my shell\nexport GOPROXY=https://shell.example\nalias ll='ls -l'\n".as_slice();
    sandbox.write(&profile, original);
    let app = sandbox.app();
    let applied = apply(&app, set("GOPROXY", "https://file.example"));
    let overview = block_on(app.shell_ask(())).expect("readable");
    let shadowed = variable(&overview.environment, "GOPROXY")
        .shadowed
        .clone()
        .expect("bash sets it");
    assert!(shadowed.confirmed, "bash was asked");
    assert!(
        shadowed
            .r#where
            .as_deref()
            .is_some_and(|place| place.ends_with(".bash_profile:2")),
        "file and line: {:?}",
        shadowed.r#where
    );
    drop(applied);

    let wish = PlanStartup {
        assignment: shadowed.assignment.expect("a line of its own"),
    };
    let plan = block_on(app.startup_plan(wish)).expect("it stands alone");
    let applied = block_on(app.plan_apply(confirmed(&plan, &[]))).expect("nothing is in the way");
    assert_eq!(
        applied.outcomes[0].result,
        OutcomeResult::InEffect {},
        "bash was asked again"
    );
    assert_eq!(
        sandbox.read(&profile).as_deref(),
        Some(b"# my shell\n# export GOPROXY=https://shell.example\nalias ll='ls -l'\n".as_slice()),
        "commented out, nothing else"
    );
    undo(&app, &applied.entry);
    assert_eq!(
        sandbox.read(&profile).as_deref(),
        Some(original),
        "undo restores every byte"
    );
}

#[test]
fn danger_needs_its_own_confirmation() {
    let sandbox = with_go(&newest_go());
    let app = sandbox.app();
    let plan = block_on(app.environment_plan(set("GOSUMDB", "off"))).expect("it may be planned");
    assert_eq!(plan.dangers.len(), 1, "and says its danger");
    let refused = block_on(app.plan_apply(confirmed(&plan, &[]))).expect_err("nobody confirmed");
    assert!(
        matches!(refused, Error::History(HistoryError::Unconfirmed { .. })),
        "said by its code: {refused:?}"
    );
    assert_eq!(
        sandbox.read(&sandbox.env_file()),
        None,
        "nothing was written"
    );
    block_on(app.plan_apply(confirmed(&plan, &["GOSUMDB"]))).expect("confirmed by its name");
}

#[test]
fn a_file_that_breaks_go_is_repaired() {
    for go in every_go() {
        let sandbox = with_go(&go);
        let original = b"GOPROXY=https://a.example\nGO111MODULE=yes\n".as_slice();
        sandbox.write(&sandbox.env_file(), original);
        let app = sandbox.app();
        let broken = block_on(app.overview_read(())).expect("the program always starts");
        assert!(broken.environment.failure.is_some(), "go refuses to run");
        let culprit = broken
            .environment
            .file
            .faults
            .iter()
            .find(|fault| fault.line == 2)
            .expect("the line is named");
        let wish = PlanEnvironment {
            repairs: vec![culprit.line],
            ..PlanEnvironment::default()
        };
        let applied = apply(&app, wish);
        assert!(
            applied.overview.environment.failure.is_none(),
            "go runs again"
        );
        assert_eq!(
            variable(&applied.overview.environment, "GOPROXY").value,
            "https://a.example",
            "the other line is kept"
        );
        undo(&app, &applied.entry);
        assert_eq!(
            sandbox.read(&sandbox.env_file()).as_deref(),
            Some(original),
            "even this can be undone"
        );
    }
}

#[test]
fn what_go_refuses_is_refused_before_anything_is_written() {
    let sandbox = with_go(&newest_go());
    let app = sandbox.app();
    for (name, value) in [
        ("GOPATH", "/a:rel"),
        ("GOMODCACHE", "relative"),
        ("GO111MODULE", "yes"),
        ("GOTOOLCHAIN", "bogus"),
        ("GOPROXY", "localhost"),
        ("GOEXE", ".x"),
        ("GONOSUCH", "1"),
        ("GOOS", "nosuch"),
        ("GOPRIVATE", "a\nGOSUMDB=off"),
    ] {
        let refused = block_on(app.environment_plan(set(name, value)));
        assert!(refused.is_err(), "{name}={value} must not be planned");
    }
    assert_eq!(
        sandbox.read(&sandbox.env_file()),
        None,
        "nothing was written"
    );
}

#[test]
fn a_go_that_fails_already_is_no_judge_of_a_change() {
    for go in every_go() {
        let sandbox = with_go(&go);
        let app = sandbox.app();
        let refused = block_on(app.environment_plan(set("GOEXPERIMENT", "nosuch")));
        assert!(
            matches!(
                refused,
                Err(Error::Environment(EnvironmentError::RefusedByGo { .. }))
            ),
            "{}: only go knows its experiments: {refused:?}",
            go.display()
        );
        sandbox.write(&sandbox.env_file(), "GO111MODULE=yes\n");
        let plan = block_on(app.environment_plan(set("GOPROXY", "direct")));
        assert!(
            plan.is_ok(),
            "{}: another line is what it fails on: {plan:?}",
            go.display()
        );
        let plan = block_on(app.environment_plan(set("GO111MODULE", "on")));
        assert!(
            plan.is_ok(),
            "{}: and this mends it: {plan:?}",
            go.display()
        );
    }
}

fn set(name: &str, value: &str) -> PlanEnvironment {
    let change = Change {
        name: name.to_owned(),
        value: Some(value.to_owned()),
    };
    PlanEnvironment {
        changes: vec![change],
        repairs: Vec::new(),
    }
}

fn confirmed(plan: &Plan, names: &[&str]) -> ApplyPlan {
    let confirmed = names.iter().map(|&name| name.to_owned()).collect();
    ApplyPlan {
        id: plan.id.clone(),
        confirmed,
    }
}

fn apply(app: &App, wish: PlanEnvironment) -> gopherdesk_core::app::Applied {
    let plan = block_on(app.environment_plan(wish)).expect("a sound wish");
    block_on(app.plan_apply(confirmed(&plan, &[]))).expect("nothing is in the way")
}

fn undo(app: &App, entry: &str) {
    let plan = block_on(app.history_undo(entry.to_owned())).expect("nothing has moved on");
    block_on(app.plan_apply(confirmed(&plan, &[]))).expect("nothing is in the way");
}

fn with_go(go: &Path) -> Sandbox {
    let mut sandbox = Sandbox::new();
    let folder = go.parent().expect("go lies in a folder");
    sandbox.host.vars.set("PATH", folder);
    sandbox
}

fn every_go() -> impl Iterator<Item = PathBuf> {
    VERSIONS.iter().map(|version| root(version).join("bin/go"))
}

fn newest_go() -> PathBuf {
    root(VERSIONS[VERSIONS.len() - 1]).join("bin/go")
}
