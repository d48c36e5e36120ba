//! A git server on the loopback: a bare repository as files, which is all that `git ls-remote` needs.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::support::Sandbox;

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
}

impl Server {
    pub(super) fn new(sandbox: &Sandbox, manner: Manner) -> Self {
        let work = sandbox.path("work");
        let bare = sandbox.path("served/team/repo");
        if !bare.exists() {
            git(sandbox, &work, &["init", "--quiet"]);
            let commit = [
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.com",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                "first",
            ];
            git(sandbox, &work, &commit);
            let (from, to) = (work.display().to_string(), bare.display().to_string());
            git(sandbox, &work, &["clone", "--quiet", "--bare", &from, &to]);
            git(sandbox, &bare, &["update-server-info"]);
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of the loopback");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let (root, seen) = (sandbox.path("served"), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (root, seen) = (root.clone(), Arc::clone(&seen));
                thread::spawn(move || talk(stream, &root, manner, &seen));
            }
        });
        Self { url, requests }
    }

    pub(super) fn repository(&self) -> String {
        format!("{}/team/repo", self.url)
    }
}

fn talk(stream: TcpStream, root: &Path, manner: Manner, seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
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
        let mut stream = &stream;
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
