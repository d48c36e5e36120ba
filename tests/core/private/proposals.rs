//! Proposals out of real projects and a real git.

use gopherdesk_core::private::suggest::{SuggestionReason, Suggestions};

use super::ground::{commit, git, machine};
use crate::support::{Sandbox, block_on};

fn suggest(sandbox: &Sandbox, projects: &[&str]) -> Suggestions {
    let app = sandbox.app();
    for project in projects {
        block_on(app.project_open(sandbox.path(project))).expect("a project");
    }
    block_on(app.private_suggest(())).expect("a state of the machine is no failure")
}

fn patterns(suggested: &Suggestions) -> Vec<&str> {
    let patterns = suggested.patterns.iter();
    patterns.map(|one| one.pattern.as_str()).collect()
}

/// A repository of git with one commit, so that it can have worktrees.
fn repository(sandbox: &Sandbox, place: &str, remote: &str) {
    let folder = sandbox.path(place);
    git(sandbox, &folder, &["init", "--quiet"]);
    git(sandbox, &folder, &["remote", "add", "origin", remote]);
    commit(sandbox, &folder);
}

#[test]
fn requirements_remotes_and_rules_are_read() {
    let sandbox = machine();
    sandbox.write(
        &sandbox.path("home/shop/go.mod"),
        "module shop.example/shop\n\ngo 1.24\n\nrequire (\n\tgit.corp.internal/team/lib v1.0.0\n\tgithub.com/pkg/errors v0.9.1\n\tgo.uber.org/zap v1.27.0\n)\n\nreplace github.com/pkg/errors => forks.corp.internal/errors v0.9.2\n",
    );
    repository(&sandbox, "home/shop", "git@code.acme.com:team/shop.git");
    sandbox.write(
        &sandbox.path("home/.gitconfig"),
        "[url \"ssh://git@vault.acme.org/\"]\n\tinsteadOf = https://vault.acme.org/\n[url \"git@github.com:\"]\n\tinsteadOf = https://github.com/\n",
    );
    let suggested = suggest(&sandbox, &["home/shop"]);
    assert_eq!(
        patterns(&suggested),
        [
            "*.corp.internal",
            "code.acme.com",
            "shop.example",
            "vault.acme.org"
        ],
        "the shortest list, and nothing public"
    );
    let covers: Vec<_> = suggested.patterns[0]
        .covers
        .iter()
        .map(|one| one.module.as_str())
        .collect();
    assert_eq!(
        covers,
        ["forks.corp.internal/errors", "git.corp.internal/team/lib"]
    );
    assert!(suggested.git, "git was asked");
    assert_eq!(suggested.projects, 1);
    let reason = &suggested.patterns[1].reasons[0];
    assert!(
        matches!(reason, SuggestionReason::UnknownRemote { .. }),
        "{reason:?}"
    );
}

#[test]
fn a_worktree_and_a_workspace_are_projects_as_well() {
    let sandbox = machine();
    repository(&sandbox, "home/main", "https://git.lan/team/app.git");
    let worktree = sandbox.path("home/tree").display().to_string();
    let main = sandbox.path("home/main");
    git(&sandbox, &main, &["worktree", "add", "--quiet", &worktree]);
    sandbox.write(&sandbox.path("home/tree/go.work"), "go 1.24\n\nuse ./a\n");
    sandbox.write(
        &sandbox.path("home/tree/a/go.mod"),
        "module github.com/x/a\n\nrequire lib.corp/x v1.0.0\n",
    );
    let suggested = suggest(&sandbox, &["home/tree"]);
    assert_eq!(
        patterns(&suggested),
        ["git.lan", "lib.corp"],
        "of the worktree, of the member"
    );
}

#[test]
fn without_git_the_files_alone_are_read() {
    let sandbox = Sandbox::new();
    sandbox.write(&sandbox.env_file(), "GOPRIVATE=*.lan\n");
    sandbox.write(
        &sandbox.path("home/shop/go.mod"),
        "module git.lan/shop\n\nrequire lib.corp/x v1.0.0\n",
    );
    let suggested = suggest(&sandbox, &["home/shop"]);
    assert!(!suggested.git, "and it is said");
    assert_eq!(patterns(&suggested), ["lib.corp"]);
    assert_eq!(suggested.covered, ["git.lan"], "private already");
    assert!(
        suggest(&sandbox, &[]).patterns.len() == 1,
        "projects are remembered"
    );
}
