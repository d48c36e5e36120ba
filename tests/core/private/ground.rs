//! A git server on the loopback: a bare repository as files, which is all that `git ls-remote` needs.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};

use gopherdesk_core::{
    app::App,
    error::Error,
    private::check::{CheckEvent, CheckRepositories, GitOutcome},
};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{
    listening::Listening,
    support::{Sandbox, block_on},
};

/// The login that the server takes.
pub(super) const USER: &str = "gopher";
/// What is nowhere in an answer.
pub(super) const CANARY: &str = "canary-7f3a";

/// A machine with git.
pub(super) fn machine() -> Sandbox {
    let sandbox = Sandbox::new();
    let found = std::env::split_paths(&std::env::var_os("PATH").expect("a PATH"))
        .map(|folder| folder.join("git"))
        .find(|git| git.is_file())
        .expect("these tests need git");
    std::os::unix::fs::symlink(found, sandbox.path("bin/git")).expect("an empty folder");
    sandbox
}

/// Runs git in a folder of the machine, with its own settings only.
pub(super) fn git(sandbox: &Sandbox, folder: &Path, args: &[&str]) {
    fs::create_dir_all(folder).expect("the sandbox is writable");
    let output = Command::new(sandbox.path("bin/git"))
        .args(args)
        .current_dir(folder)
        .env("HOME", sandbox.path("home"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {said}");
}

/// Asks for one repository, and gives every event as text as well.
pub(super) fn ask(app: &App, repository: &str) -> (Result<GitOutcome, Error>, String) {
    let told = Mutex::new(String::new());
    let observer = |event: CheckEvent| {
        let text = serde_json::to_string(&event).expect("our own type");
        told.lock().expect("no observer panics").push_str(&text);
    };
    let job = app.jobs.start("test".to_owned());
    let wish = CheckRepositories {
        repositories: vec![repository.to_owned()],
    };
    let report = block_on(app.private_check(wish, &job, &observer));
    let outcome = report.map(|mut report| {
        let checked = report.repositories.pop().expect("one was asked for");
        checked.outcome
    });
    let told = told.into_inner().expect("no observer panics");
    (outcome, told)
}

/// The server's host counts as private.
pub(super) fn private(sandbox: &Sandbox) -> App {
    sandbox.write(&sandbox.env_file(), "GOPRIVATE=127.0.0.1\n");
    sandbox.app()
}

/// How the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Open,
    /// Only with [`USER`] and [`CANARY`].
    Locked,
    /// Elsewhere, with 302.
    Moved,
}

/// A repository at `/team/repo`.
pub(super) struct Server {
    pub(super) url: String,
    pub(super) requests: Arc<Mutex<Vec<String>>>,
    #[expect(dead_code, reason = "it answers for as long as it is kept")]
    listening: Listening,
}

impl Server {
    pub(super) fn new(sandbox: &Sandbox, manner: Manner) -> Self {
        let root = served(sandbox);
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&requests);
        let listening = Listening::new(move |stream| talk(stream, &root, manner, &seen));
        Self {
            url: listening.url(),
            requests,
            listening,
        }
    }

    /// The same over https.
    pub(super) fn encrypted(sandbox: &Sandbox, tls: ServerConfig) -> Self {
        let (root, tls) = (served(sandbox), Arc::new(tls));
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&requests);
        let listening = Listening::new(move |stream| {
            let keys = ServerConnection::new(Arc::clone(&tls)).expect("a configuration");
            talk(StreamOwned::new(keys, stream), &root, Manner::Open, &seen);
        });
        Self {
            url: listening.url().replace("http:", "https:"),
            requests,
            listening,
        }
    }

    pub(super) fn repository(&self) -> String {
        format!("{}/team/repo", self.url)
    }
}

/// One commit, with nothing in it.
pub(super) fn commit(sandbox: &Sandbox, folder: &Path) {
    let who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
    let what = ["commit", "--quiet", "--allow-empty", "-m", "first"];
    git(sandbox, folder, &[&who[..], &what].concat());
}

/// The folder with the repository.
pub(super) fn served(sandbox: &Sandbox) -> PathBuf {
    let work = sandbox.path("work");
    let bare = sandbox.path("served/team/repo");
    if !bare.exists() {
        git(sandbox, &work, &["init", "--quiet"]);
        commit(sandbox, &work);
        let (from, to) = (work.display().to_string(), bare.display().to_string());
        git(sandbox, &work, &["clone", "--quiet", "--bare", &from, &to]);
        git(sandbox, &bare, &["update-server-info"]);
    }
    sandbox.path("served")
}

fn talk(stream: impl Read + Write, root: &Path, manner: Manner, seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request).unwrap_or_default() == 0 {
            return;
        }
        let mut login = None;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or_default() == 0 {
                return;
            }
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            if let Some(given) = line.strip_prefix("Authorization: Basic ") {
                login = Some(given.to_owned());
            }
        }
        let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
        seen.lock().expect("no thread panics").push(path.clone());
        let right = STANDARD.encode(format!("{USER}:{CANARY}"));
        let (status, body) = match manner {
            Manner::Locked if login.as_ref() != Some(&right) => (
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"t\"",
                Vec::new(),
            ),
            Manner::Moved => (
                "302 Found\r\nLocation: http://127.0.0.1:1/team/repo",
                Vec::new(),
            ),
            _ => match file(root, &path) {
                Some(body) => ("200 OK\r\nContent-Type: text/plain", body),
                None => ("404 Not Found", Vec::new()),
            },
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let stream = reader.get_mut();
        if stream.write_all(head.as_bytes()).is_err() || stream.write_all(&body).is_err() {
            return;
        }
    }
}

fn file(root: &Path, path: &str) -> Option<Vec<u8>> {
    let path = path.split('?').next().unwrap_or_default();
    let inside: PathBuf = root.join(path.trim_start_matches('/'));
    fs::read(inside).ok()
}
