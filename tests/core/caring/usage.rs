//! What projects need, as far as it is known without a real Go.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::cache::{
    CacheKind, CachedVersion, Inventory, Size, UsageSource, UsingProject, VersionState,
    usage::{self, Usage},
};

use crate::support::{Sandbox, block_on};

fn named(sandbox: &Sandbox, places: &[&str]) -> Vec<(UsingProject, Usage)> {
    let app = sandbox.app();
    for place in places.iter().rev() {
        block_on(app.project_open(sandbox.path("home").join(place))).expect("a project");
    }
    block_on(app.cache_usages(&[sandbox.path("home/go/pkg/mod")]))
}

fn project(sandbox: &Sandbox, place: &str, manifest: &str, sums: &str) {
    let folder = sandbox.path("home").join(place);
    sandbox.write(&folder.join("go.mod"), manifest);
    sandbox.write(&folder.join("go.sum"), sums);
}

fn used(usage: &Usage) -> Vec<String> {
    usage.used.iter().map(ToString::to_string).collect()
}

#[test]
fn without_a_go_the_files_are_believed() {
    let sandbox = Sandbox::new();
    project(
        &sandbox,
        "app",
        "module m\n\ngo 1.24\n\nrequire a.b/c v1.0.0\nrequire a.b/d v1.0.0\nreplace a.b/d => a.b/e v2.0.0\n",
        "a.b/c v1.0.0 h1:x=\na.b/c v1.0.0/go.mod h1:x=\na.b/f v1.0.0/go.mod h1:x=\na.b/g v1.0.0 h1:x=\n",
    );
    let usages = named(&sandbox, &["app"]);
    let [(project, usage)] = usages.as_slice() else {
        panic!("one project: {usages:?}")
    };
    assert_eq!(
        (
            project.name.as_str(),
            project.path.as_str(),
            &project.source
        ),
        ("app", "~/app", &UsageSource::Sums {}),
        "and it says so"
    );
    assert_eq!(
        used(usage),
        ["a.b/c@v1.0.0", "a.b/e@v2.0.0", "a.b/g@v1.0.0"],
        "what is required, what takes its place, and every zip of go.sum"
    );
    let listed: Vec<_> = usage.listed.iter().map(ToString::to_string).collect();
    assert_eq!(listed, ["a.b/f@v1.0.0"], "the graph alone");
}

#[test]
fn a_project_that_cannot_be_read_is_not_one_that_needs_nothing() {
    let sandbox = Sandbox::new();
    for place in ["sound", "gone", "broken", "locked"] {
        project(&sandbox, place, "module m\n\ngo 1.24\n", "");
    }
    drop(named(&sandbox, &["sound", "gone", "broken", "locked"]));
    let at = |inside: &str| sandbox.path("home").join(inside);
    fs::remove_dir_all(at("gone")).expect("our own folder");
    sandbox.write(&at("broken/go.mod"), "module m\nrequire (\n");
    fs::remove_file(at("locked/go.mod")).expect("our own file");
    fs::create_dir(at("locked/go.mod")).expect("not readable, whoever asks");
    let usages = block_on(sandbox.app().cache_usages(&[]));
    let sources: Vec<_> = usages
        .iter()
        .map(|(project, _)| (project.name.as_str(), project.source.clone()))
        .collect();
    assert_eq!(
        sources,
        [
            ("sound", UsageSource::BuildList {}),
            ("gone", UsageSource::Unknown {}),
            ("broken", UsageSource::Unknown {}),
            ("locked", UsageSource::Unknown {}),
        ],
        "each by its name"
    );
}

#[test]
fn a_project_needs_the_toolchains_that_it_names() {
    let sandbox = Sandbox::new();
    project(
        &sandbox,
        "one",
        "module m\n\ngo 1.24\ntoolchain go1.24.11\n",
        "",
    );
    project(&sandbox, "two", "module m\n\ngo 1.25.1\n", "");
    let usages = named(&sandbox, &["one", "two"]);
    let needs = |number: usize, go: &str| {
        usages[number]
            .1
            .needs("golang.org/toolchain", &format!("v0.0.1-{go}.linux-amd64"))
    };
    for (number, go, expected) in [
        (0, "go1.24.11", true),
        (0, "go1.24.0", true),
        (0, "go1.24.1", false),
        (0, "go1.25.1", false),
        (1, "go1.25.1", true),
        (1, "go1.25.11", false),
    ] {
        assert_eq!(needs(number, go), expected, "{number} {go}");
    }
}

#[test]
fn an_inventory_says_who_needs_what() {
    let sandbox = Sandbox::new();
    project(
        &sandbox,
        "one",
        "module m\n\ngo 1.24\ntoolchain go1.24.11\nrequire a.b/C v1.0.0\n",
        "",
    );
    project(
        &sandbox,
        "two",
        "module m\n\ngo 1.24\nrequire a.b/C v1.0.0\nrequire a.b/d v1.0.0\n",
        "",
    );
    let mut inventory = Inventory {
        versions: [
            ("a.b/C", "v1.0.0"),
            ("a.b/C", "v1.1.0"),
            ("a.b/d", "v1.0.0"),
            ("golang.org/toolchain", "v0.0.1-go1.24.11.linux-amd64"),
        ]
        .map(|(module, version)| row(module, version))
        .into(),
        ..Inventory::default()
    };
    usage::relate(&mut inventory, named(&sandbox, &["one", "two"]));
    let used_by: Vec<_> = inventory
        .versions
        .iter()
        .map(|row| row.used_by.clone())
        .collect();
    assert_eq!(
        used_by,
        [vec![0, 1], vec![], vec![1], vec![0]],
        "by their place in the list"
    );
    let names: Vec<_> = inventory
        .projects
        .iter()
        .map(|project| &project.name)
        .collect();
    assert_eq!(names, ["one", "two"], "the list");
}

fn row(module: &str, version: &str) -> CachedVersion {
    CachedVersion {
        id: format!("{:?}:{module}@{version}", CacheKind::Modules),
        cache: String::new(),
        module: module.to_owned(),
        version: version.to_owned(),
        state: VersionState::Whole,
        tree: None,
        download: None,
        size: Size::default(),
        published: None,
        fetched: None,
        used: None,
        used_by: vec![7],
    }
}

/// A go that would use the network, the user's settings or the project would be told by its question.
#[test]
fn go_is_asked_in_a_copy_with_nothing_but_the_caches() {
    let sandbox = Sandbox::new();
    project(
        &sandbox,
        "app",
        "module m\n\ngo 1.22\n\nrequire a.b/c v1.0.0\n",
        "",
    );
    let go = sandbox.path("bin/go");
    let told = sandbox.path("told");
    let script = format!(
        "#!/bin/sh\ncase \"$1\" in\nenv) echo '{{\"GOVERSION\":\"go1.24.1\",\"GOROOT\":\"/g\"}}';;\n\
         *) echo \"$(/bin/pwd)|$1 $2|$GOENV|$GOPROXY|$GONOPROXY|$GOSUMDB|$GOTOOLCHAIN|$GOFLAGS|$GOWORK|$GOMODCACHE\" > '{}'\n\
         echo a.b/c@v1.5.0;;\nesac\n",
        told.display()
    );
    sandbox.write(&go, script);
    fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("our own file");
    let usages = named(&sandbox, &["app"]);
    let (project, usage) = usages.first().expect("one project");
    assert_eq!(project.source, UsageSource::BuildList {}, "{usages:?}");
    assert_eq!(
        used(usage),
        ["a.b/c@v1.5.0"],
        "go's answer, not that of the file"
    );
    let told = fs::read_to_string(told).expect("it was asked");
    let told: Vec<_> = told.trim().split('|').collect();
    let own = sandbox
        .host
        .folders
        .cache
        .join("fetch")
        .display()
        .to_string();
    assert!(
        told[0].contains("/fetch/") && told[0].ends_with("/app"),
        "a copy: {told:?}"
    );
    let cache = sandbox.path("home/go/pkg/mod/cache/download");
    assert_eq!(
        &told[1..9],
        [
            "list -m",
            "off",
            &format!("file://{}", cache.display()),
            "none",
            "off",
            "local",
            "-mod=mod",
            "off"
        ],
        "no settings, no network, no database"
    );
    assert!(
        told[9].starts_with(&own),
        "a module cache of our own: {told:?}"
    );
}
