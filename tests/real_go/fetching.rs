//! A real download says whether modules come through, and leaves nothing behind.

use std::{
    fs,
    os::unix::fs::{self as unix, PermissionsExt},
    path::{Path, PathBuf},
};

use gopherdesk_core::{
    app::App,
    error::{Error, FetchError, ModuleError},
    profile::{Fetched, ProfileState, Verified, VerifyEvent, VerifyProfile},
};

use crate::{
    modules::{Reply, Server},
    scene::{VERSIONS, root},
    support::{Sandbox, block_on},
};

/// Stands where a password does; it must turn up nowhere.
const CANARY: &str = "c4n4ry";

#[test]
fn a_sound_proxy_and_a_true_record_are_proof() {
    for version in VERSIONS {
        let (proxy, database) = (Server::proxy(), Server::database(true));
        let sandbox = with_go(version, &proxy.url(), &database.gosumdb());
        let fetched = fetch(&sandbox);
        assert_eq!(fetched.failure, None, "{version}: it comes through");
        assert_eq!(
            fetched.goproxy,
            proxy.url(),
            "{version}: and says by which way"
        );
        assert!(
            database
                .requests()
                .contains(&"GET /lookup/example.com/m@v1.0.0".to_owned()),
            "{version}: it was verified: {:?}",
            database.requests()
        );
        leaves_nothing(&sandbox, version);
    }
}

#[test]
fn go_says_in_its_own_words_why_not() {
    for version in VERSIONS {
        let sound = Server::database(true);
        for (proxy, database, words) in [
            (Server::always(Reply::Status(404)), &sound, "404"),
            (Server::always(Reply::Status(502)), &sound, "502"),
            (
                Server::proxy(),
                &Server::database(false),
                "checksum mismatch",
            ),
            (
                Server::proxy(),
                &Server::always(Reply::Status(500)),
                "verifying",
            ),
            (
                Server::always(Reply::Found(b"<html>log in</html>".to_vec())),
                &sound,
                "invalid character '<'",
            ),
        ] {
            let sandbox = with_go(version, &proxy.url(), &database.gosumdb());
            let message = refusal(&fetch(&sandbox));
            assert!(message.contains(words), "{version}: {words}: {message}");
            leaves_nothing(&sandbox, version);
        }
    }
}

#[test]
fn a_private_module_is_verified_by_nobody() {
    let (proxy, database) = (Server::proxy(), Server::always(Reply::Status(500)));
    let sandbox = with_go(VERSIONS[2], &proxy.url(), &database.gosumdb());
    let mut text = sandbox.read(&sandbox.env_file()).expect("written");
    text.extend_from_slice(b"GOPRIVATE=example.com\nGONOPROXY=none\n");
    sandbox.write(&sandbox.env_file(), text);
    assert_eq!(fetch(&sandbox).failure, None, "GOPRIVATE is obeyed");
    assert_eq!(
        database.requests(),
        Vec::<String>::new(),
        "its name went nowhere else"
    );
}

#[test]
fn a_download_that_hangs_can_be_stopped() {
    for version in VERSIONS {
        let proxy = Server::always(Reply::Silence);
        let sandbox = with_go(version, &proxy.url(), "off");
        let app = sandbox.app();
        let job = app.jobs.start("verify".to_owned());
        let verified = block_on(async {
            let stop = async {
                // asked for, so go hangs now
                while proxy.requests().is_empty() {
                    tokio::task::yield_now().await;
                }
                app.jobs.cancel("verify");
            };
            let verify = app.profile_verify(wish(), &job, &|_| {});
            tokio::join!(verify, stop).0
        });
        let verified = verified.expect("to be stopped is no failure");
        assert!(verified.cancelled, "{version}: said");
        assert_eq!(verified.fetch, None, "{version}: nothing is known of it");
        assert!(
            matches!(verified.state, ProfileState::Differs { .. }),
            "{version}: what was found before is kept"
        );
        leaves_nothing(&sandbox, version);
    }
}

#[test]
fn a_terminal_decides_what_is_proven() {
    let (dead, alive) = (Server::always(Reply::Status(500)), Server::proxy());
    let sandbox = with_go(VERSIONS[2], &dead.url(), "off");
    sandbox.write(
        &sandbox.host.at_home(".profile").expect("a home"),
        format!("export GOPROXY={}\n", alive.url()),
    );
    let fetched = fetch(&sandbox);
    assert_eq!(fetched.failure, None, "the start-up file outranks GOENV");
    assert_eq!(fetched.goproxy, alive.url(), "and that is said");
    assert_eq!(
        dead.requests(),
        Vec::<String>::new(),
        "nobody asked the other"
    );
}

#[test]
fn a_project_above_and_flags_of_projects_do_not_matter() {
    for version in VERSIONS {
        let (proxy, database) = (Server::proxy(), Server::database(true));
        let sandbox = with_go(version, &proxy.url(), &database.gosumdb());
        sandbox.write(&sandbox.path("go.mod"), "module above\n\ngo 1.99\n");
        sandbox.write(&sandbox.path("go.work"), "go 1.99\n");
        let mut text = sandbox.read(&sandbox.env_file()).expect("written");
        text.extend_from_slice(b"GOFLAGS=-mod=vendor\n");
        sandbox.write(&sandbox.env_file(), text);
        assert_eq!(fetch(&sandbox).failure, None, "{version}: it comes through");
    }
}

#[test]
fn credentials_are_in_no_argument_and_in_no_word() {
    for version in VERSIONS {
        let server = Server::always(Reply::Status(404));
        let secret = format!("ann:{CANARY}");
        let host = server.url().replace("http://", "");
        for url in [
            format!("http://{secret}@{host}"),
            format!("https://{secret}@{host}"),
            format!("http://{host}/?token={CANARY}"),
        ] {
            let mut sandbox = with_go(version, &url, "off");
            let arguments = spied_go(&mut sandbox, version);
            let (verified, events) = verify(&sandbox.app());
            let fetched = verified.fetch.as_ref().expect("asked for");
            let told = format!("{verified:?} {events:?}");
            assert!(fetched.failure.is_some(), "{version}: {url} cannot work");
            assert!(!told.contains(CANARY), "{version}: masked: {told}");
            assert!(told.contains("***"), "{version}: and shown as such: {told}");
            let arguments = fs::read_to_string(arguments).expect("go was run");
            assert!(
                arguments.contains("mod download -json example.com/m@v1.0.0")
                    && !arguments.contains(CANARY),
                "{version}: other users can read arguments: {arguments}"
            );
        }
    }
}

#[test]
fn without_go_the_answer_says_so() {
    let sandbox = Sandbox::new();
    let (verified, _) = verify(&sandbox.app());
    let failure = verified.fetch.and_then(|fetched| fetched.failure);
    assert!(
        matches!(
            failure.map(|failure| failure.error),
            Some(Error::Toolchain(_))
        ),
        "nobody can download"
    );
}

#[test]
fn what_is_no_module_is_refused_and_nothing_is_fetched_unasked() {
    let proxy = Server::proxy();
    let sandbox = with_go(VERSIONS[2], &proxy.url(), "off");
    let app = sandbox.app();
    let job = app.jobs.start("verify".to_owned());
    let silent = VerifyProfile {
        fetch: false,
        ..wish()
    };
    let verified = block_on(app.profile_verify(silent, &job, &|_| {})).expect("known");
    assert_eq!(verified.fetch, None, "not asked for");
    let odd = VerifyProfile {
        module: Some("-x@v1".to_owned()),
        ..wish()
    };
    let refused = block_on(app.profile_verify(odd, &job, &|_| {})).expect_err("no module");
    assert!(
        matches!(refused, Error::Module(ModuleError::ModuleInvalid { .. })),
        "{refused:?}"
    );
    assert_eq!(proxy.requests(), Vec::<String>::new(), "nobody was asked");
}

#[test]
fn what_a_crash_left_is_swept() {
    let proxy = Server::proxy();
    let sandbox = with_go(VERSIONS[2], &proxy.url(), "off");
    let all = sandbox.host.folders.cache.join("fetch");
    let locked = all.join("old/cache/m@v1");
    fs::create_dir_all(&locked).expect("a folder");
    fs::write(locked.join("m.go"), "package m\n").expect("a file");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("as go leaves it");
    let long_ago = fs::File::open(all.join("old")).expect("a folder");
    long_ago
        .set_modified(std::time::UNIX_EPOCH)
        .expect("its time");
    fs::create_dir(all.join("new")).expect("of another run at work");
    fetch(&sandbox);
    let left: Vec<_> = fs::read_dir(&all)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(left, ["new"], "what may be in use stays");
}

fn wish() -> VerifyProfile {
    VerifyProfile {
        id: "overseas".to_owned(),
        fetch: true,
        module: Some("example.com/m@v1.0.0".to_owned()),
    }
}

fn verify(app: &App) -> (Verified, Vec<VerifyEvent>) {
    let events = std::sync::Mutex::new(Vec::new());
    let job = app.jobs.start("verify".to_owned());
    let observer = |event| events.lock().expect("one thread").push(event);
    let verified = block_on(app.profile_verify(wish(), &job, &observer));
    drop(job);
    (
        verified.expect("a download that fails is an answer"),
        events.into_inner().expect("one thread"),
    )
}

fn fetch(sandbox: &Sandbox) -> Fetched {
    let (verified, events) = verify(&sandbox.app());
    assert!(
        matches!(
            events.as_slice(),
            [VerifyEvent::Compared { .. }, VerifyEvent::Fetching { .. }]
        ),
        "told while it runs: {events:?}"
    );
    assert!(!verified.cancelled, "nobody stopped it");
    verified.fetch.expect("asked for")
}

fn refusal(fetched: &Fetched) -> String {
    let failure = fetched.failure.as_ref().expect("it cannot work");
    match &failure.error {
        Error::Fetch(FetchError::FetchFailed { module, message }) => {
            assert_eq!(module, "example.com/m@v1.0.0", "the module is named");
            message.clone()
        }
        other => panic!("go's own words: {other:?}"),
    }
}

/// A user whose GOENV file says this.
fn with_go(version: &str, goproxy: &str, gosumdb: &str) -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.host.vars.set("PATH", root(version).join("bin"));
    sandbox.write(
        &sandbox.env_file(),
        format!("GOPROXY={goproxy}\nGOSUMDB={gosumdb}\n"),
    );
    sandbox
}

/// A Go of its own root whose command writes its arguments down; gives the file they are in.
pub(crate) fn spied_go(sandbox: &mut Sandbox, version: &str) -> PathBuf {
    let (arguments, own) = (sandbox.path("arguments"), sandbox.path("root/go"));
    let real = root(version);
    fs::create_dir_all(own.join("bin")).expect("a folder");
    for entry in fs::read_dir(&real).expect("a real Go").flatten() {
        if entry.file_name() != "bin" {
            unix::symlink(entry.path(), own.join(entry.file_name())).expect("a link");
        }
    }
    let script = format!(
        "#!/bin/sh\necho \"$@\" >> '{}'\nexport GOROOT='{}'\nexec '{}' \"$@\"\n",
        arguments.display(),
        own.display(),
        real.join("bin/go").display()
    );
    let go = own.join("bin/go");
    sandbox.write(&go, script);
    fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("a program");
    sandbox.host.vars.set("PATH", own.join("bin"));
    arguments
}

fn leaves_nothing(sandbox: &Sandbox, version: &str) {
    let scratch = sandbox.host.folders.cache.join("fetch");
    let left = fs::read_dir(&scratch).expect("it was made").flatten();
    assert_eq!(left.count(), 0, "{version}: the download is removed");
    for untouched in ["home/go/pkg/mod", "home/.cache/go-build"] {
        let path = sandbox.path(untouched);
        assert!(
            !Path::exists(&path),
            "{version}: {untouched} is not touched"
        );
    }
}
