//! Which credentials would be used, whether git reaches a repository with them, and that no secret is in an answer.

use std::{fs, os::unix::fs::PermissionsExt};

use gopherdesk_core::{
    app::App,
    error::Error,
    private::{
        PrivateError,
        check::GitOutcome,
        credentials::{CredentialKind, Credentials, HostCredentials},
    },
};

use super::ground::{CANARY, Manner, Server, USER, ask, git, machine, private};
use crate::support::block_on;

fn look(app: &App, hosts: &[&str]) -> Credentials {
    let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
    block_on(app.private_credentials(hosts)).expect("a state of the machine is no failure")
}

fn of(app: &App, host: &str) -> HostCredentials {
    let mut hosts = look(app, &[host]).hosts;
    hosts.pop().expect("it was asked for")
}

#[test]
fn an_open_repository_is_reached() {
    let sandbox = machine();
    let server = Server::new(&sandbox, Manner::Open);
    let app = private(&sandbox);
    let (outcome, _) = ask(&app, &server.repository());
    assert_eq!(outcome, Ok(GitOutcome::Reached {}));
    let (outcome, _) = ask(&app, &format!("{}/team/other", server.url));
    assert_eq!(
        outcome,
        Ok(GitOutcome::NotThere {}),
        "another one is not there"
    );
}

#[test]
fn a_locked_one_is_reached_with_a_login_only() {
    let sandbox = machine();
    let server = Server::new(&sandbox, Manner::Locked);
    let app = private(&sandbox);
    let (outcome, _) = ask(&app, &server.repository());
    assert_eq!(
        outcome,
        Ok(GitOutcome::NoCredentials {}),
        "nobody is asked for a login"
    );
    let netrc = sandbox.path("home/.netrc");
    sandbox.write(
        &netrc,
        format!("machine 127.0.0.1 login {USER} password {CANARY}\n"),
    );
    let (outcome, told) = ask(&app, &server.repository());
    assert_eq!(
        outcome,
        Ok(GitOutcome::Reached {}),
        "the netrc file has one"
    );
    assert!(!told.contains(CANARY), "{told}");
    sandbox.write(
        &netrc,
        format!("machine 127.0.0.1 login {USER} password wrong\n"),
    );
    let (outcome, _) = ask(&app, &server.repository());
    assert!(
        matches!(
            outcome,
            Ok(GitOutcome::Denied {} | GitOutcome::NoCredentials {})
        ),
        "a wrong one: {outcome:?}"
    );
}

#[test]
fn nobody_but_the_host_is_asked() {
    let sandbox = machine();
    let server = Server::new(&sandbox, Manner::Moved);
    let app = private(&sandbox);
    let (outcome, _) = ask(&app, &server.repository());
    assert_eq!(outcome, Ok(GitOutcome::Redirected {}), "not followed");
    for (repository, is_private) in [
        ("https://github.com/corp/repo", true),
        ("https://user:canary-7f3a@127.0.0.1/a/b", false),
        ("ext::sh -c touch", false),
    ] {
        let (refused, _) = ask(&app, repository);
        let refused = refused.expect_err(repository);
        let is_expected = match &refused {
            Error::Private(PrivateError::NotPrivate { .. }) => is_private,
            Error::Private(PrivateError::RepositoryInvalid { .. }) => !is_private,
            _ => false,
        };
        assert!(is_expected, "{repository}: {refused:?}");
        assert!(!format!("{refused:?}").contains(CANARY), "{refused:?}");
    }
    let before = server.requests.lock().expect("no thread panics").len();
    assert!(before > 0, "the first one was asked");
}

#[test]
fn nobody_there_has_a_name() {
    let sandbox = machine();
    let app = private(&sandbox);
    // no test listens there
    let (outcome, _) = ask(&app, "http://127.0.0.1:1/team/repo");
    assert_eq!(outcome, Ok(GitOutcome::Unreachable {}));
    fs::remove_file(sandbox.path("bin/git")).expect("the link is there");
    let (outcome, _) = ask(&app, "http://127.0.0.1:1/team/repo");
    assert_eq!(outcome, Ok(GitOutcome::NoGit {}));
}

#[test]
fn every_source_is_found_in_its_order() {
    let sandbox = machine();
    let config = "[credential]\n\thelper = store\n[credential \"https://git.corp.example\"]\n\thelper = !f() { echo password=canary-7f3a; }; f\n[url \"git@ssh.corp.example:\"]\n\tinsteadOf = https://ssh.corp.example/\n[url \"https://bot:canary-7f3a@url.corp.example/\"]\n\tinsteadOf = https://url.corp.example/\n[http]\n\tproxy = http://u:canary-7f3a@out.example:3128\n[http \"https://git.corp.example\"]\n\tproxy =\n";
    sandbox.write(&sandbox.path("home/.gitconfig"), config);
    sandbox.write(
        &sandbox.path("home/.netrc"),
        format!("machine git.corp.example login u password {CANARY}\n"),
    );
    let app = sandbox.app();
    let kinds = |host: &HostCredentials| {
        let sources = host.git.iter();
        sources
            .map(|source| (source.kind, source.present))
            .collect::<Vec<_>>()
    };
    let host = of(&app, "git.corp.example");
    assert_eq!(
        kinds(&host),
        [
            (CredentialKind::Netrc, Some(true)),
            (CredentialKind::GitHelper, None),
            (CredentialKind::GitHelper, None),
        ],
        "netrc, then the helpers"
    );
    assert_eq!(
        host.requests[0].present,
        Some(true),
        "go reads the same file"
    );
    assert!(host.recipes.is_empty(), "nothing is missing");
    assert_eq!(host.git_proxy, None, "its own setting takes the proxy away");
    let host = of(&app, "ssh.corp.example");
    assert_eq!(
        kinds(&host),
        [(CredentialKind::Ssh, None)],
        "a rule sends it to ssh"
    );
    assert_eq!(host.git_proxy, None, "ssh takes no proxy");
    let host = of(&app, "url.corp.example");
    assert_eq!(kinds(&host)[0], (CredentialKind::Url, Some(true)));
    let host = of(&app, "bare.corp.example");
    assert_eq!(
        host.git_proxy.as_deref(),
        Some("http://***@out.example:3128")
    );
    assert_eq!(
        host.recipes[0].kind,
        CredentialKind::Netrc,
        "go has nothing"
    );
    assert_eq!(
        host.recipes[0].lines,
        ["machine bare.corp.example login USER password TOKEN"],
        "the line to add"
    );
}

#[test]
fn proxies_are_told_as_each_sees_them() {
    let mut sandbox = machine();
    sandbox
        .host
        .vars
        .set("HTTPS_PROXY", "http://out.example:3128");
    sandbox.host.vars.set("NO_PROXY", "in.corp.example");
    sandbox.host.vars.set("no_proxy", "lower.corp.example");
    let app = sandbox.app();
    let proxies = |host: &str| {
        let host = of(&app, host);
        (host.go_proxy.is_some(), host.git_proxy.is_some())
    };
    assert_eq!(
        proxies("git.corp.example"),
        (true, true),
        "a private host goes outside"
    );
    assert_eq!(
        proxies("in.corp.example"),
        (false, true),
        "go takes the upper case first"
    );
    assert_eq!(
        proxies("lower.corp.example"),
        (true, false),
        "git takes the lower case first"
    );
}

#[test]
fn files_that_others_read_are_told() {
    let sandbox = machine();
    let netrc = sandbox.path("home/.netrc");
    sandbox.write(&netrc, "machine a.example login u password p\n");
    fs::set_permissions(&netrc, fs::Permissions::from_mode(0o644)).expect("our own file");
    let app = sandbox.app();
    let exposed = look(&app, &[]).exposed;
    assert_eq!(
        (exposed[0].path.as_str(), exposed[0].mode.as_str()),
        ("~/.netrc", "644")
    );
    fs::set_permissions(&netrc, fs::Permissions::from_mode(0o600)).expect("our own file");
    assert!(look(&app, &[]).exposed.is_empty(), "only its owner");
}

#[test]
fn no_secret_of_nine_places_is_in_an_answer() {
    let mut sandbox = machine();
    let canary = |number: u8| format!("canary-7f3a-{number}");
    sandbox.write(
        &sandbox.env_file(),
        format!(
            "GOPROXY=https://u:{}@proxy.corp.example\nGOPRIVATE=corp.example,https://u:{}@x.example\nGOAUTH=/bin/login --password {}\n",
            canary(1), canary(2), canary(3)
        ),
    );
    sandbox.write(
        &sandbox.path("home/.netrc"),
        format!("machine corp.example login u password {}\n", canary(4)),
    );
    sandbox.write(
        &sandbox.path("home/.gitconfig"),
        format!(
            "[credential]\n\thelper = !echo {}\n[url \"https://u:{}@corp.example/\"]\n\tinsteadOf = https://corp.example/\n[http]\n\tproxy = http://u:{}@out.example\n\textraHeader = Authorization: {}\n",
            canary(5), canary(6), canary(7), canary(8)
        ),
    );
    sandbox.host.vars.set(
        "HTTPS_PROXY",
        format!("http://u:{}@out.example:3128", canary(9)),
    );
    let project = sandbox.path("home/shop");
    sandbox.write(&project.join("go.mod"), "module corp.example/shop\n");
    git(&sandbox, &project, &["init", "--quiet"]);
    let remote = format!("https://u:{}@git.corp.lan/shop.git", canary(1));
    git(&sandbox, &project, &["remote", "add", "origin", &remote]);
    let app = sandbox.app();
    block_on(app.project_open(project)).expect("a project");
    let texts = [
        format!("{:?}", block_on(app.private_read(())).expect("an answer")),
        format!(
            "{:?}",
            block_on(app.private_suggest(())).expect("an answer")
        ),
        format!("{:?}", look(&app, &[])),
        format!("{:?}", look(&app, &["corp.example", "proxy.corp.example"])),
        format!(
            "{:?}",
            block_on(app.private_paste(remote)).expect("an answer")
        ),
        format!(
            "{:?}",
            ask(&app, &format!("https://u:{}@corp.example/a", canary(1)))
        ),
    ];
    for text in texts {
        assert!(!text.contains("canary"), "{text}");
    }
    let suggested = block_on(app.private_suggest(()))
        .expect("an answer")
        .patterns;
    assert!(
        suggested.iter().any(|one| one.pattern == "git.corp.lan"),
        "the remote was read: {suggested:?}"
    );
}

#[test]
fn what_a_terminal_has_counts() {
    let mut sandbox = machine();
    let server = Server::new(&sandbox, Manner::Open);
    sandbox.write(&sandbox.env_file(), "GOPRIVATE=other.example\n");
    sandbox.host.vars.set("GOPRIVATE", "127.0.0.1");
    let app = sandbox.app();
    let (outcome, _) = ask(&app, &server.repository());
    assert_eq!(
        outcome,
        Ok(GitOutcome::Reached {}),
        "the variable outranks the file"
    );
    let hosts: Vec<_> = look(&app, &[])
        .hosts
        .into_iter()
        .map(|host| host.host)
        .collect();
    assert_eq!(hosts, ["127.0.0.1"], "here as well");
}
