//! Go absent, broken, hanging or lying: the program starts, says so, and editing goes on from the file.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::{
    app::FindingKind,
    environment::{Change, PlanEnvironment},
    plan::{ApplyPlan, OutcomeResult},
};

use crate::support::{Sandbox, block_on};

/// A program that is called `go`, and what is to be said of it.
const PRETENDERS: &[(&str, &str, &str)] = &[
    ("hangs", "#!/bin/sh\nexec /bin/sleep 600\n", "go_timed_out"),
    (
        "ignores the request to end",
        "#!/bin/sh\ntrap '' TERM HUP INT\nwhile :; do /bin/sleep 600; done\n",
        "go_timed_out",
    ),
    (
        "leaves a child that keeps the output",
        "#!/bin/sh\n/bin/sleep 600 &\nexit 0\n",
        "go_unreadable",
    ),
    (
        "floods",
        "#!/bin/sh\nexec /bin/cat /dev/zero\n",
        "go_unreadable",
    ),
    ("says nothing", "#!/bin/sh\nexit 0\n", "go_unreadable"),
    (
        "half an answer",
        "#!/bin/sh\nprintf '{\"GOPROXY\": \"htt'\n",
        "go_unreadable",
    ),
    (
        "a web page",
        "#!/bin/sh\necho '<!doctype html><title>Log in</title>'\n",
        "go_unreadable",
    ),
    (
        "a NUL byte",
        "#!/bin/sh\nprintf '{\\000}'\n",
        "go_unreadable",
    ),
    (
        "no text",
        "#!/bin/sh\nprintf '\\377\\376\\375'\n",
        "go_unreadable",
    ),
    (
        "a warning instead",
        "#!/bin/sh\necho 'warning: nobody home'\n",
        "go_unreadable",
    ),
    ("crashes", "#!/bin/sh\nkill -SEGV $$\n", "go_killed"),
    (
        "refuses",
        "#!/bin/sh\necho 'go: cannot find GOROOT directory: /gone' >&2\nexit 2\n",
        "go_refused",
    ),
    (
        "asks for an interpreter that is gone",
        "#!/no/such/interpreter\n",
        "go_not_executable",
    ),
];

#[test]
fn every_way_in_which_go_fails_has_its_code() {
    let runs = PRETENDERS.iter().map(|(name, script, code)| {
        std::thread::spawn(move || {
            let sandbox = pretending(script);
            sandbox.write(&sandbox.env_file(), "GOPROXY=https://kept.example\n");
            let overview =
                block_on(sandbox.app().overview_read(())).expect("the program always starts");
            let failure = overview.environment.failure.expect("this is no go");
            let said = serde_json::to_value(&failure).expect("a failure crosses the bridge");
            assert_eq!(said["code"], *code, "go {name}: {}", failure.message);
            let value = overview
                .environment
                .variables
                .iter()
                .find(|variable| variable.name == "GOPROXY");
            assert_eq!(
                value.map(|variable| variable.value.as_str()),
                Some("https://kept.example"),
                "go {name}: the file is still read"
            );
            let told = overview
                .findings
                .iter()
                .any(|finding| matches!(finding.what, FindingKind::GoFailing { .. }));
            assert!(told, "go {name}: the first page says so");
        })
    });
    let runs: Vec<_> = runs.collect();
    for run in runs {
        run.join().expect("every pretender is seen through");
    }
}

#[test]
fn without_any_go_the_places_are_named_and_editing_works() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let overview = block_on(app.overview_read(())).expect("the program always starts");
    let failure = overview.environment.failure.expect("there is no go");
    let said = serde_json::to_value(&failure).expect("a failure crosses the bridge");
    assert_eq!(said["code"], "go_not_found", "said by its code");
    let searched = said["params"]["searched"].as_array().map_or(0, Vec::len);
    assert!(searched > 3, "the user is told where it was looked for");

    let change = Change {
        name: "GOPROXY".to_owned(),
        value: Some("https://a.example,direct".to_owned()),
    };
    let wish = PlanEnvironment {
        changes: vec![change],
        repairs: Vec::new(),
    };
    let plan = block_on(app.environment_plan(wish)).expect("the file can be edited without go");
    let applied = block_on(app.plan_apply(ApplyPlan {
        id: plan.id,
        confirmed: Vec::new(),
    }))
    .expect("nothing is in the way");
    assert_eq!(
        applied.outcomes[0].result,
        OutcomeResult::Unconfirmed {},
        "nobody could be asked, and that is said"
    );
    assert_eq!(
        sandbox.read(&sandbox.env_file()).as_deref(),
        Some(b"GOPROXY=https://a.example,direct\n".as_slice()),
        "written all the same"
    );
    let revealed = block_on(app.environment_reveal("GOPROXY".to_owned()));
    assert_eq!(
        revealed.expect("the file says it"),
        "https://a.example,direct",
        "and given for editing without go"
    );
}

#[test]
fn a_folder_in_the_place_of_go_is_not_go() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("bin/go")).expect("the sandbox is writable");
    let overview = block_on(sandbox.app().overview_read(())).expect("the program always starts");
    assert!(
        overview.environment.failure.is_some(),
        "a folder does not run"
    );
}

/// A machine with a program of this text as `go`.
fn pretending(text: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let go = sandbox.path("bin/go");
    sandbox.write(&go, text);
    fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("our own file");
    sandbox
}
