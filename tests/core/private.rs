//! The lists of private modules, on a machine without Go: the files alone say what they come to.

mod credentials;
mod ground;
mod proposals;
mod reaching;

use gopherdesk_core::{
    app::App,
    environment::EnvironmentError,
    error::Error,
    plan::{ApplyPlan, Plan},
    private::{ForgetPattern, PlanPrivate, PrivateError, PrivateList, PrivateLists, WantedEntry},
};

use crate::support::{Sandbox, block_on};

fn read(app: &App) -> PrivateLists {
    block_on(app.private_read(())).expect("a state of the machine is no failure")
}

fn list(app: &App, name: &str) -> PrivateList {
    let mut lists = read(app).lists.into_iter();
    lists
        .find(|list| list.variable == name)
        .expect("every list is there")
}

/// Patterns, with `-` before those that are off.
fn patterns(list: &PrivateList) -> Vec<String> {
    let entries = list.entries.iter();
    entries
        .map(|entry| match entry.enabled {
            true => entry.pattern.clone(),
            false => format!("-{}", entry.pattern),
        })
        .collect()
}

fn wish(list: &str, entries: &[&str]) -> PlanPrivate {
    let entries = entries.iter().map(|entry| {
        let (text, enabled) = match entry.strip_prefix('-') {
            Some(text) => (text, false),
            None => (*entry, true),
        };
        let (pattern, systems) = match text.split_once(':').filter(|_| list == "GOVCS") {
            Some((pattern, systems)) => (pattern, Some(systems.to_owned())),
            None => (text, None),
        };
        WantedEntry {
            pattern: pattern.to_owned(),
            systems,
            enabled,
        }
    });
    PlanPrivate {
        list: list.to_owned(),
        entries: entries.collect(),
    }
}

fn plan(app: &App, list: &str, entries: &[&str]) -> Result<Plan, Error> {
    block_on(app.private_plan(wish(list, entries)))
}

fn apply(app: &App, plan: Result<Plan, Error>) -> String {
    let plan = plan.expect("nothing is in the way of the plan");
    let wish = ApplyPlan {
        id: plan.id,
        confirmed: plan.dangers.into_iter().map(|danger| danger.name).collect(),
    };
    let applied = block_on(app.plan_apply(wish)).expect("nothing is in the way of the change");
    applied.entry
}

fn file(sandbox: &Sandbox) -> String {
    let bytes = sandbox.read(&sandbox.env_file()).unwrap_or_default();
    String::from_utf8(bytes).expect("we wrote text")
}

#[test]
fn a_list_is_set_emptied_and_undone() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    let entry = apply(
        &app,
        plan(&app, "GOPRIVATE", &["git.corp.example", "github.com/corp"]),
    );
    assert_eq!(
        file(&sandbox),
        "GOPRIVATE=git.corp.example,github.com/corp\n",
        "written as Go reads it"
    );
    assert_eq!(
        patterns(&list(&app, "GONOPROXY")),
        ["git.corp.example", "github.com/corp"],
        "it follows GOPRIVATE"
    );
    assert!(list(&app, "GONOSUMDB").follows, "until it is set");
    apply(&app, plan(&app, "GONOPROXY", &["none"]));
    let apart = list(&app, "GONOPROXY");
    assert!(!apart.follows, "set apart");
    assert_eq!(patterns(&apart), ["none"]);
    apply(&app, plan(&app, "GONOPROXY", &[]));
    assert!(list(&app, "GONOPROXY").follows, "empty is unset");
    assert!(!file(&sandbox).contains("GONOPROXY"), "no empty line");
    let undo = block_on(app.history_undo(entry));
    assert!(undo.is_ok(), "a list is undone like any change: {undo:?}");
    apply(&app, undo);
    assert_eq!(file(&sandbox), "", "as before");
}

#[test]
fn what_is_switched_off_is_kept_and_never_written() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    apply(
        &app,
        plan(&app, "GOPRIVATE", &["a.example", "b.example", "c.example"]),
    );
    let planned = plan(&app, "GOPRIVATE", &["a.example", "-b.example", "c.example"]);
    assert_eq!(
        patterns(&list(&app, "GOPRIVATE")),
        ["a.example", "b.example", "c.example"],
        "a plan alone changes nothing"
    );
    let entry = apply(&app, planned);
    assert_eq!(file(&sandbox), "GOPRIVATE=a.example,c.example\n");
    let app = sandbox.app();
    assert_eq!(
        patterns(&list(&app, "GOPRIVATE")),
        ["a.example", "-b.example", "c.example"],
        "in its place, also after a new start"
    );
    apply(&app, block_on(app.history_undo(entry)));
    assert_eq!(
        patterns(&list(&app, "GOPRIVATE")),
        ["a.example", "b.example", "c.example"],
        "the undo brings it back"
    );
    apply(&app, plan(&app, "GOPRIVATE", &["a.example"]));
    assert_eq!(
        patterns(&list(&app, "GOPRIVATE")),
        ["a.example"],
        "what was removed does not come back as switched off"
    );
    apply(&app, plan(&app, "GOPRIVATE", &["-a.example"]));
    assert_eq!(patterns(&list(&app, "GOPRIVATE")), ["-a.example"]);
    let forget = ForgetPattern {
        list: "GOPRIVATE".to_owned(),
        pattern: "a.example".to_owned(),
    };
    let lists = block_on(app.private_forget(forget.clone())).expect("it is kept");
    assert!(lists.lists[0].entries.is_empty(), "forgotten");
    let again = block_on(app.private_forget(forget));
    assert!(
        matches!(
            again,
            Err(Error::Private(PrivateError::PatternNotKept { .. }))
        ),
        "only once: {again:?}"
    );
}

#[test]
fn the_same_entries_leave_the_text_alone() {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), "GOPRIVATE=a.example,,b.example/\n");
    let app = sandbox.app();
    let same = plan(&app, "GOPRIVATE", &["a.example", "b.example/"]);
    assert!(
        matches!(
            same,
            Err(Error::Environment(EnvironmentError::NothingToChange {}))
        ),
        "nothing changes: {same:?}"
    );
    apply(&app, plan(&app, "GOPRIVATE", &["b.example/", "a.example"]));
    assert_eq!(
        file(&sandbox),
        "GOPRIVATE=b.example/,a.example\n",
        "another order is a change"
    );
}

#[test]
fn entries_that_would_be_several_or_none_are_refused() {
    let sandbox = Sandbox::new();
    let app = sandbox.app();
    for (list, entry) in [
        ("GOPRIVATE", ""),
        ("GOPRIVATE", "a.example,b.example"),
        ("GOPRIVATE", "a.example\nGOSUMDB=off"),
        ("GOVCS", "a.example"),
        ("GOVCS", "a.example:"),
    ] {
        let refused = plan(&app, list, &[entry]);
        assert!(
            matches!(
                refused,
                Err(Error::Private(PrivateError::PatternInvalid { .. }))
            ),
            "{list}: {entry:?}: {refused:?}"
        );
    }
    let unknown = plan(&app, "GOFLAGS", &["-x"]);
    assert!(
        matches!(
            unknown,
            Err(Error::Private(PrivateError::UnknownList { .. }))
        ),
        "no list of patterns: {unknown:?}"
    );
    apply(
        &app,
        plan(&app, "GOVCS", &["git.corp.example:git|hg", "public:git"]),
    );
    assert_eq!(file(&sandbox), "GOVCS=git.corp.example:git|hg,public:git\n");
}

#[test]
fn a_credential_is_masked_and_survives_an_edit() {
    let sandbox = Sandbox::new();
    sandbox.write(
        &sandbox.env_file(),
        "GOPRIVATE=https://u:canary@a.example\n",
    );
    let app = sandbox.app();
    let shown = serde_json::to_string(&read(&app)).expect("our own type");
    assert!(!shown.contains("canary"), "masked: {shown}");
    let masked = list(&app, "GOPRIVATE").entries[0].pattern.clone();
    let planned = plan(&app, "GOPRIVATE", &[&masked, "b.example"]);
    let told = serde_json::to_string(planned.as_ref().expect("it stands for an entry"))
        .expect("our own type");
    assert!(!told.contains("canary"), "masked: {told}");
    apply(&app, planned);
    assert_eq!(
        file(&sandbox),
        "GOPRIVATE=https://u:canary@a.example,b.example\n"
    );
    let unknown = plan(&app, "GOPRIVATE", &["https://***@other.example"]);
    assert!(
        matches!(
            unknown,
            Err(Error::Private(PrivateError::MaskedPatternUnknown { .. }))
        ),
        "the mask itself is never written: {unknown:?}"
    );
}

#[test]
fn a_pattern_says_which_modules_of_projects_it_covers() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("home/shop");
    sandbox.write(
        &folder.join("go.mod"),
        "module git.corp.example/shop\n\ngo 1.24\n\nrequire (\n\tgit.corp.example/team/lib v1.2.3\n\tgithub.com/pkg/errors v0.9.1\n)\n\nreplace github.com/pkg/errors => git.corp.example/fork/errors v0.9.2\n",
    );
    sandbox.write(
        &sandbox.env_file(),
        "GOPRIVATE=git.corp.example,other.example\n",
    );
    let app = sandbox.app();
    block_on(app.project_open(folder)).expect("a project");
    let lists = read(&app);
    assert_eq!(lists.projects, 1, "one project was read");
    let covers: Vec<_> = lists.lists[0].entries[0]
        .covers
        .iter()
        .map(|covered| (covered.module.as_str(), covered.projects[0].as_str()))
        .collect();
    assert_eq!(
        covers,
        [
            ("git.corp.example/fork/errors", "~/shop"),
            ("git.corp.example/team/lib", "~/shop"),
        ],
        "what is required, and what replaces it"
    );
    assert!(
        lists.lists[0].entries[1].covers.is_empty(),
        "nothing is there"
    );
}

#[test]
fn what_outranks_the_file_is_told() {
    let mut sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), "GOPRIVATE=a.example\nGONOSUMDB=\n");
    sandbox.host.vars.set("GOPRIVATE", "b.example");
    let app = sandbox.app();
    let outranked = list(&app, "GOPRIVATE");
    assert_eq!(
        patterns(&outranked),
        ["a.example"],
        "what is edited is the file"
    );
    let shadowed = outranked.shadowed.expect("the process wins");
    assert_eq!(shadowed.value, "b.example");
    assert!(list(&app, "GONOSUMDB").follows, "set to nothing is not set");
}
