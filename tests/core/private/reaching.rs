//! git over https and ssh, with servers of the tests' own, and in whatever language its user reads.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use gopherdesk_core::private::check::GitOutcome;

use super::ground::{Manner, Server, ask, machine, private, served};
use crate::{authority::Authority, support::Sandbox};

#[test]
fn a_certificate_is_told_apart() {
    let sandbox = machine();
    let authority = Authority::new();
    let keys = authority.server_for(&["127.0.0.1"], (2000, 2100));
    let server = Server::encrypted(&sandbox, keys);
    let app = private(&sandbox);
    let (outcome, said) = ask(&app, &server.repository());
    assert_eq!(outcome, Ok(GitOutcome::Certificate {}), "of nobody: {said}");
    assert!(
        server.requests.lock().expect("no thread panics").is_empty(),
        "nothing was asked"
    );
    let trusted = sandbox.path("trusted.pem");
    sandbox.write(&trusted, authority.pem());
    let config = format!("[http]\n\tsslCAInfo = {}\n", trusted.display());
    sandbox.write(&sandbox.path("home/.gitconfig"), config);
    let (outcome, said) = ask(&app, &server.repository());
    assert_eq!(outcome, Ok(GitOutcome::Reached {}), "now trusted: {said}");
}

#[test]
fn git_is_understood_whatever_the_user_speaks() {
    let mut sandbox = machine();
    for (name, value) in [
        ("LANGUAGE", "de"),
        ("LC_ALL", "C.UTF-8"),
        ("LANG", "C.UTF-8"),
    ] {
        sandbox.host.vars.set(name, value);
    }
    let german = Command::new(sandbox.path("bin/git"))
        .args(["ls-remote", "http://127.0.0.1:1/x"])
        .env_clear()
        .envs(sandbox.host.vars.iter())
        .output()
        .expect("git starts");
    let german = String::from_utf8_lossy(&german.stderr).into_owned();
    let server = Server::new(&sandbox, Manner::Locked);
    let app = private(&sandbox);
    let (outcome, said) = ask(&app, &server.repository());
    assert_eq!(
        outcome,
        Ok(GitOutcome::NoCredentials {}),
        "for who reads {german:?}: {said}"
    );
    let (outcome, said) = ask(&app, "http://127.0.0.1:1/team/repo");
    assert_eq!(outcome, Ok(GitOutcome::Unreachable {}), "{said}");
}

#[test]
fn ssh_asks_nobody_either() {
    let sandbox = machine();
    // what stands in the place of ssh writes down how it was called
    let script = "#!/bin/sh\necho \"$@\" > \"$HOME/called\"\necho 'git@git.corp.example: Permission denied (publickey).' >&2\nexit 255\n";
    sandbox.write(&sandbox.path("bin/ssh"), script);
    fs::set_permissions(sandbox.path("bin/ssh"), fs::Permissions::from_mode(0o755))
        .expect("our own file");
    for tool in ["sh", "echo"] {
        let tool_at = Path::new("/bin").join(tool);
        std::os::unix::fs::symlink(tool_at, sandbox.path("bin").join(tool))
            .expect("an empty folder");
    }
    sandbox.write(&sandbox.env_file(), "GOPRIVATE=git.corp.example\n");
    sandbox.write(
        &sandbox.path("home/.gitconfig"),
        "[url \"git@git.corp.example:\"]\n\tinsteadOf = https://git.corp.example/\n[core]\n\tsshCommand = ssh -i mine\n",
    );
    let app = sandbox.app();
    let (outcome, _) = ask(&app, "git.corp.example/team/repo");
    assert_eq!(outcome, Ok(GitOutcome::Denied {}), "the key was refused");
    let called = sandbox
        .read(&sandbox.path("home/called"))
        .unwrap_or_default();
    let called = String::from_utf8_lossy(&called);
    for part in [
        "BatchMode=yes",
        "ConnectTimeout=",
        "-i mine",
        "git@git.corp.example",
    ] {
        assert!(called.contains(part), "{part} is in: {called}");
    }
}

/// A server of ssh on the loopback, ended with the test, and what its user has.
struct Sshd {
    program: Child,
    port: u16,
    user: String,
}

impl Drop for Sshd {
    fn drop(&mut self) {
        // it may have ended by itself
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

/// Makes a key, and gives its public half.
fn key(sandbox: &Sandbox, name: &str) -> String {
    let file = sandbox.path(name);
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&file)
        .status()
        .expect("ssh-keygen comes with ssh");
    assert!(made.success(), "a key");
    fs::read_to_string(file.with_extension("pub")).expect("it was made")
}

/// None where no server of ssh is installed, or this user may start none.
#[expect(
    clippy::print_stderr,
    reason = "a test says so when its ground is missing"
)]
fn sshd(sandbox: &Sandbox) -> Option<Sshd> {
    let program = Path::new("/usr/sbin/sshd");
    let is_root = rustix::process::geteuid().is_root();
    if !program.is_file() || (is_root && !Path::new("/run/sshd").is_dir()) {
        eprintln!(
            "skipped: no sshd can be started here; .ci/setup installs one where no other would start it"
        );
        return None;
    }
    let user = Command::new("id")
        .arg("-un")
        .output()
        .expect("id is there")
        .stdout;
    let user = String::from_utf8_lossy(&user).trim().to_owned();
    key(sandbox, "hostkey");
    let mine = key(sandbox, "mine");
    key(sandbox, "other");
    sandbox.write(&sandbox.path("authorized"), mine);
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    let port = free.expect("a port of the loopback").port();
    let at = |name: &str| sandbox.path(name).display().to_string();
    let config = format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\n\
         PidFile none\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n",
        at("hostkey"),
        at("authorized"),
    );
    sandbox.write(&sandbox.path("sshd_config"), config);
    let program = Command::new(program)
        .args(["-D", "-e", "-f", &at("sshd_config")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(sandbox.path("sshd.log")).expect("our own folder"))
        .spawn()
        .expect("it can be run");
    let mut server = Sshd {
        program,
        port,
        user,
    };
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        let ended = server.program.try_wait().expect("a child");
        let said = fs::read_to_string(sandbox.path("sshd.log")).unwrap_or_default();
        assert!(ended.is_none(), "sshd ended: {said}");
        std::thread::yield_now();
    }
    Some(server)
}

impl Sshd {
    /// Makes git take this key, and these keys of hosts; nothing of the user who runs the test counts.
    fn settings(&self, sandbox: &Sandbox, key: &str, known: &str) {
        let at = |name: &str| sandbox.path(name).display().to_string();
        sandbox.write(&sandbox.path("known"), known);
        let config = format!(
            "IdentityFile {}\nIdentitiesOnly yes\nIdentityAgent none\nUserKnownHostsFile {}\nGlobalKnownHostsFile none\n",
            at(key),
            at("known")
        );
        sandbox.write(&sandbox.path("ssh_config"), config);
        let command = format!("[core]\n\tsshCommand = ssh -F {}\n", at("ssh_config"));
        sandbox.write(&sandbox.path("home/.gitconfig"), command);
    }

    fn repository(&self, folder: &Path) -> String {
        let folder = folder.display();
        format!("ssh://{}@127.0.0.1:{}{folder}", self.user, self.port)
    }
}

/// Tools that git and ssh start.
fn link_tools(sandbox: &Sandbox) {
    for tool in ["/bin/sh", "/usr/bin/ssh"] {
        let name = PathBuf::from(tool);
        let name = name.file_name().expect("a file");
        std::os::unix::fs::symlink(tool, sandbox.path("bin").join(name)).expect("an empty folder");
    }
}

#[test]
fn a_real_ssh_is_told_by_what_it_says() {
    let sandbox = machine();
    let Some(server) = sshd(&sandbox) else {
        return;
    };
    link_tools(&sandbox);
    let folder = served(&sandbox).join("team/repo");
    let app = private(&sandbox);
    let host = fs::read_to_string(sandbox.path("hostkey.pub")).expect("it was made");
    let known = format!("[127.0.0.1]:{} {host}", server.port);
    let there = server.repository(&folder);
    let missing = server.repository(&folder.join("none"));
    let nobody = there.replace(&format!(":{}", server.port), ":1");
    for (key, known, repository, expected) in [
        ("mine", known.as_str(), &there, GitOutcome::Reached {}),
        ("mine", "", &there, GitOutcome::HostKey {}),
        ("other", &known, &there, GitOutcome::Denied {}),
        ("mine", &known, &missing, GitOutcome::NotThere {}),
        ("mine", &known, &nobody, GitOutcome::Unreachable {}),
    ] {
        server.settings(&sandbox, key, known);
        let (outcome, said) = ask(&app, repository);
        let log = fs::read_to_string(sandbox.path("sshd.log")).unwrap_or_default();
        assert_eq!(outcome, Ok(expected), "{key} {repository}: {said}\n{log}");
    }
}
