//! What each shipped profile says that it does, it does.

use std::{fs, path::PathBuf};

use gopherdesk_core::{
    host::run::{DEADLINE, Output, Program, run},
    profile::builtin,
};

use super::{switch, with_go};
use crate::{
    modules::{Reply, Server, write_module},
    scene::VERSIONS,
    support::{Sandbox, block_on},
};

/// The profile itself, with nobody behind the names: a forward proxy sees whom go wants to reach.
#[test]
fn domestic_asks_two_mirrors_and_the_database_of_mainland_china() {
    for version in VERSIONS {
        let way_out = Server::always(Reply::Status(502));
        let sandbox = with_go(version);
        switch(&sandbox.app(), "domestic");
        let out = way_out.url();
        let asked = go(
            &sandbox,
            &["mod", "download", "rsc.io/quote@v1.5.2"],
            &[("HTTPS_PROXY", &out)],
        );
        assert!(!asked.succeeded(), "{version}: nobody is there");
        let mut reached = way_out.requests();
        reached.dedup();
        assert_eq!(
            reached,
            ["CONNECT goproxy.cn:443", "CONNECT mirrors.aliyun.com:443"],
            "{version}: the second after any failure of the first, the origin after none"
        );

        let (mirror, way_out) = (Server::proxy(), Server::always(Reply::Status(502)));
        let (proxy, out) = (mirror.url(), way_out.url());
        let vars = [("HTTPS_PROXY", out.as_str()), ("GOPROXY", &proxy)];
        go(
            &sandbox,
            &["mod", "download", "example.com/m@v1.0.0"],
            &vars,
        );
        let mut reached = way_out.requests();
        reached.dedup();
        assert_eq!(
            reached,
            ["CONNECT sum.golang.google.cn:443"],
            "{version}: the database's address in mainland China"
        );
    }
}

/// Its separators, with mirrors on the loopback in place of the real ones.
#[test]
fn domestic_goes_on_as_its_text_says() {
    let list = |first: &Server, second: &Server| {
        let values = builtin::domestic(None);
        let value = values[0].value.clone().expect("set");
        value
            .replace("https://goproxy.cn", &first.url())
            .replace("https://mirrors.aliyun.com/goproxy/", &second.url())
    };
    for version in VERSIONS {
        for broken in [404, 403, 500] {
            let (first, second) = (Server::always(Reply::Status(broken)), Server::proxy());
            let sandbox = with_go(version);
            let proxy = list(&first, &second);
            let vars = [("GOPROXY", proxy.as_str()), ("GOSUMDB", "off")];
            let asked = go(
                &sandbox,
                &["mod", "download", "example.com/m@v1.0.0"],
                &vars,
            );
            assert!(
                asked.succeeded(),
                "{version}: the second after {broken}: {}",
                asked.complaint()
            );
        }
        for (status, origin) in [(404, true), (502, false)] {
            let nobody = Server::always(Reply::Status(status));
            let way_out = Server::always(Reply::Status(502));
            let sandbox = with_go(version);
            let (proxy, out) = (list(&nobody, &nobody), way_out.url());
            let vars = [
                ("GOPROXY", proxy.as_str()),
                ("GOSUMDB", "off"),
                ("HTTPS_PROXY", &out),
            ];
            go(
                &sandbox,
                &["mod", "download", "example.com/m@v1.0.0"],
                &vars,
            );
            assert_eq!(
                way_out
                    .requests()
                    .contains(&"CONNECT example.com:443".to_owned()),
                origin,
                "{version}: the origin only for what the second does not have: {status}"
            );
        }
    }
}

#[test]
fn overseas_is_what_go_itself_says() {
    for version in VERSIONS {
        let sandbox = with_go(version);
        let fresh = go(&sandbox, &["env", "GOPROXY", "GOSUMDB"], &[]).stdout;
        sandbox.write(&sandbox.env_file(), "GOPROXY=direct\nGOSUMDB=off\n");
        let app = sandbox.app();
        switch(&app, "overseas");
        assert_eq!(
            go(&sandbox, &["env", "GOPROXY", "GOSUMDB"], &[]).stdout,
            fresh,
            "{version}: Go's defaults"
        );
        assert_eq!(
            sandbox.read(&sandbox.env_file()).as_deref(),
            Some(b"".as_slice()),
            "{version}: by unsetting, and not by writing them"
        );
    }
}

#[test]
fn offline_builds_from_the_module_cache_and_asks_nobody() {
    for version in VERSIONS {
        for cache in ["mod", "模块 100%, |?#cache"] {
            let sandbox = ready_to_leave(version, cache);
            switch(&sandbox.app(), "offline");
            let way_out = Server::always(Reply::Status(502));
            let out = way_out.url();
            // what was unpacked is gone, so that go has to fetch again
            let module_cache = sandbox.path(cache);
            let fresh = sandbox.path("fresh").display().to_string();
            let vars = [
                ("HTTPS_PROXY", out.as_str()),
                ("HTTP_PROXY", &out),
                ("GOMODCACHE", &fresh),
            ];
            let built = go_in(&sandbox, &["build", "."], &vars);
            assert!(
                built.succeeded(),
                "{version}: {} is enough: {}",
                module_cache.display(),
                built.complaint()
            );
            assert_eq!(
                way_out.requests(),
                Vec::<String>::new(),
                "{version}: nobody was asked, of the private module neither"
            );
            let missing = go_in(
                &sandbox,
                &["mod", "download", "corp.example/x@v1.0.0"],
                &vars,
            );
            assert!(!missing.succeeded(), "{version}: it is not there");
            assert_eq!(
                way_out.requests(),
                Vec::<String>::new(),
                "{version}: and that is an error at once"
            );
        }
    }
}

/// What the profile does not promise: it weakens no verification, and a module that no go.sum knows is looked up.
#[test]
fn offline_still_verifies_what_no_project_has_verified() {
    for version in VERSIONS {
        let sandbox = ready_to_leave(version, "mod");
        switch(&sandbox.app(), "offline");
        let way_out = Server::always(Reply::Status(502));
        let out = way_out.url();
        let elsewhere = go(
            &sandbox,
            &["mod", "download", "example.com/m@v1.0.0"],
            &[
                ("HTTPS_PROXY", &out),
                ("GOMODCACHE", &sandbox.path("fresh").display().to_string()),
            ],
        );
        assert!(!elsewhere.succeeded(), "{version}: nothing vouches for it");
        assert!(
            way_out
                .requests()
                .contains(&"CONNECT sum.golang.org:443".to_owned()),
            "{version}: the database is asked: {:?}",
            way_out.requests()
        );
    }
}

/// A user whose module cache, in this folder, has what his project needs: a public and a private module.
fn ready_to_leave(version: &str, cache: &str) -> Sandbox {
    let sandbox = with_go(version);
    let proxy = sandbox.path("proxy");
    for module in ["example.com/m", "corp.example/m"] {
        write_module(&proxy, module);
    }
    let project = sandbox.path("project");
    sandbox.write(
        &project.join("go.mod"),
        "module project\n\ngo 1.21\n\nrequire (\n\texample.com/m v1.0.0\n\tcorp.example/m v1.0.0\n)\n",
    );
    sandbox.write(
        &project.join("project.go"),
        "package project\n\nimport (\n\t_ \"corp.example/m\"\n\t_ \"example.com/m\"\n)\n",
    );
    sandbox.write(
        &sandbox.env_file(),
        format!(
            "GOMODCACHE={}\nGOPRIVATE=corp.example\n",
            sandbox.path(cache).display()
        ),
    );
    let url = format!("file://{}", proxy.display());
    let vars = [
        ("GOPROXY", url.as_str()),
        ("GONOPROXY", "none"),
        ("GOSUMDB", "off"),
    ];
    for words in [["mod", "tidy"], ["mod", "download"]] {
        let filled = go_in(&sandbox, &words, &vars);
        assert!(filled.succeeded(), "{version}: {}", filled.complaint());
    }
    sandbox
}

/// Runs the real go as a user would, without a project.
pub(super) fn go(sandbox: &Sandbox, args: &[&str], vars: &[(&str, &str)]) -> Output {
    run_go(sandbox, args, vars, sandbox.path("empty"))
}

/// The same in the user's project.
fn go_in(sandbox: &Sandbox, args: &[&str], vars: &[(&str, &str)]) -> Output {
    run_go(sandbox, args, vars, sandbox.path("project"))
}

fn run_go(sandbox: &Sandbox, args: &[&str], vars: &[(&str, &str)], folder: PathBuf) -> Output {
    fs::create_dir_all(&folder).expect("writable");
    let mut with = sandbox.host.vars.clone();
    let go = PathBuf::from(with.get("PATH").expect("set")).join("go");
    with.set("GOTOOLCHAIN", "local");
    for (name, value) in vars {
        with.set(*name, *value);
    }
    let program = Program {
        path: go,
        args: args.iter().map(Into::into).collect(),
        vars: with,
        folder,
        deadline: DEADLINE * 6,
    };
    block_on(run(&program)).expect("the real go runs")
}
