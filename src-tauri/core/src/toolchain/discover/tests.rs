use std::{fs, os::unix::fs as unix};

use super::*;

/// A machine in a folder of its own.
struct Machine {
    _folder: tempfile::TempDir,
    base: PathBuf,
    host: Host,
}

impl Machine {
    fn new(os: Os) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let base = folder.path().canonicalize().expect("a real path");
        let mut host = Host::sandbox(&base);
        host.os = os;
        Self {
            _folder: folder,
            base,
            host,
        }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.base.join(path)
    }

    /// Unpacks a Go that was never run: a command and its VERSION.
    fn go(&self, root: &str, version: &str) -> PathBuf {
        let command = self
            .at(root)
            .join("bin")
            .join(self.host.os.executable("go"));
        program(&command, "#!/bin/sh\nexit 9\n");
        write(&self.at(root).join("VERSION"), version);
        command
    }

    async fn discover(&self, search: Search) -> Toolchains {
        discover(&self.host, &search).await
    }
}

#[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

fn program(file: &Path, text: &str) {
    write(file, text);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(file, mode).expect("a mode");
}

/// A script that answers like the go of `root`.
fn answering(root: &Path, version: &str) -> String {
    let values = Values::from([
        ("GOROOT".to_owned(), root.display().to_string()),
        ("GOVERSION".to_owned(), version.to_owned()),
    ]);
    let json = serde_json::to_string(&values).expect("json");
    format!("#!/bin/sh\necho '{json}'\n")
}

fn by_place(found: &Toolchains) -> Vec<(Place, &str)> {
    let mut places: Vec<_> = found
        .list
        .iter()
        .flat_map(|go| {
            go.found
                .iter()
                .map(|place| (*place, go.version.as_deref().unwrap_or("?")))
        })
        .collect();
    places.sort_unstable();
    places
}

#[tokio::test]
async fn linux_places_are_found() {
    let mut machine = Machine::new(Os::Linux);
    for (root, version) in [
        ("goroot", "go1.13.1"),
        ("root/usr/local/go", "go1.13.2"),
        ("root/usr/lib/go-1.19", "go1.13.3"),
        ("root/usr/lib/golang", "go1.13.4"),
        ("root/opt/go1.20", "go1.13.5"),
        (
            "root/home/linuxbrew/.linuxbrew/opt/go@1.21/libexec",
            "go1.13.6",
        ),
        ("root/snap/go/10500", "go1.13.7"),
        ("home/sdk/go1.22.1", "go1.13.8"),
        ("home/.goenv/versions/1.20.1", "go1.13.9"),
        ("home/.gvm/gos/go1.20", "go1.13.10"),
        ("home/.asdf/installs/golang/1.20/go", "go1.13.11"),
        ("home/.local/share/mise/installs/go/1.20", "go1.13.12"),
        ("home/.g/versions/1.20", "go1.13.13"),
        ("home/.go", "go1.13.14"),
        (
            "home/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.2.linux-amd64",
            "go1.13.15",
        ),
        // nobody looks here
        ("root/opt/homebrew/opt/go/libexec", "go1.13.16"),
        ("home/sdk/tip", "go1.13.17"),
    ] {
        machine.go(root, version);
    }
    machine.host.vars.set("GOROOT", machine.at("goroot"));
    let found = machine.discover(Search::default()).await;
    assert_eq!(
        by_place(&found),
        [
            (Place::Goroot, "go1.13.1"),
            (Place::Standard, "go1.13.2"),
            (Place::Standard, "go1.13.3"),
            (Place::Standard, "go1.13.4"),
            (Place::Standard, "go1.13.5"),
            (Place::Homebrew, "go1.13.6"),
            (Place::Snap, "go1.13.7"),
            (Place::Sdk, "go1.13.8"),
            (Place::Goenv, "go1.13.9"),
            (Place::Gvm, "go1.13.10"),
            (Place::Asdf, "go1.13.11"),
            (Place::Mise, "go1.13.12"),
            (Place::G, "go1.13.13"),
            (Place::G, "go1.13.14"),
            (Place::ModuleCache, "go1.13.15"),
        ],
        "each place once, with the version of its VERSION file"
    );
    let used: Vec<_> = found.list.iter().filter(|go| go.used).collect();
    assert_eq!(used.len(), 1, "one is asked");
    assert_eq!(
        used[0].version.as_deref(),
        Some("go1.13.15"),
        "the newest, as no PATH leads to one"
    );
    assert!(found.list[0].used, "it stands first");
}

#[tokio::test]
async fn macos_places_are_found() {
    let machine = Machine::new(Os::Macos);
    machine.go("root/usr/local/go", "go1.26.1");
    machine.go("root/opt/homebrew/opt/go/libexec", "go1.26.2");
    machine.go("root/usr/local/opt/go@1.24/libexec", "go1.24.3");
    machine.go("root/opt/local/lib/go-1.25", "go1.25.4");
    machine.go("home/sdk/go1.22.1", "go1.22.1");
    machine.go("root/usr/lib/go-1.19", "go1.19.1");
    let found = machine.discover(Search::default()).await;
    assert_eq!(
        by_place(&found),
        [
            (Place::Standard, "go1.25.4"),
            (Place::Standard, "go1.26.1"),
            (Place::Homebrew, "go1.24.3"),
            (Place::Homebrew, "go1.26.2"),
            (Place::Sdk, "go1.22.1"),
        ],
        "both prefixes of Homebrew, and MacPorts"
    );
}

#[tokio::test]
async fn windows_places_are_found() {
    let mut machine = Machine::new(Os::Windows);
    for (name, folder) in [("ProgramFiles", "Program Files"), ("SYSTEMROOT", "Windows")] {
        fs::create_dir_all(machine.at(folder)).expect("a folder");
        machine.host.vars.set(name, machine.at(folder));
    }
    machine.go("Program Files/Go", "go1.26.1");
    machine.go("Go", "go1.16.2");
    machine.go("tools/go", "go1.20.3");
    machine.go("home/scoop/apps/go/current", "go1.26.4");
    machine.go("home/sdk/go1.22.1", "go1.22.1");
    machine.go("home/AppData/Local/Programs/Go", "go1.25.5");
    machine.go("first", "go1.24.6");
    let path = format!(
        "{};{}",
        machine.at("nothing").display(),
        machine.at("first/bin").display()
    );
    machine.host.vars.set("PATH", path);
    let found = machine.discover(Search::default()).await;
    assert_eq!(
        by_place(&found),
        [
            (Place::Path, "go1.24.6"),
            (Place::Standard, "go1.16.2"),
            (Place::Standard, "go1.20.3"),
            (Place::Standard, "go1.25.5"),
            (Place::Standard, "go1.26.1"),
            (Place::Scoop, "go1.26.4"),
            (Place::Sdk, "go1.22.1"),
        ],
        "go.exe, `;` in PATH, and variables in any case"
    );
    assert_eq!(
        found.list[0].version.as_deref(),
        Some("go1.24.6"),
        "PATH decides"
    );
}

#[tokio::test]
async fn one_root_is_one_go_however_many_ways_lead_to_it() {
    let machine = Machine::new(Os::Linux);
    let real = machine.go("root/usr/lib/go-1.19", "go1.19.8");
    fs::create_dir_all(machine.at("bin")).expect("a folder");
    unix::symlink(&real, machine.at("bin/go")).expect("a link");
    fs::create_dir_all(machine.at("root/usr/bin")).expect("a folder");
    unix::symlink("../lib/go-1.19/bin/go", machine.at("root/usr/bin/go")).expect("a link");
    let login = machine.at("root/usr/bin");
    let found = machine
        .discover(Search {
            login_path: Some(login.into()),
            ..Search::default()
        })
        .await;
    assert_eq!(found.list.len(), 1, "links are followed: {:?}", found.list);
    let go = &found.list[0];
    assert_eq!(go.path, real, "the command itself");
    assert_eq!(
        go.found,
        [Place::LoginShell, Place::Path, Place::Standard],
        "the most telling first"
    );
    assert!(go.in_terminal && go.used, "the terminal runs it");
    assert_eq!(go.id.len(), 16, "an id that is no path");
}

#[tokio::test]
async fn a_shim_is_asked_which_go_it_runs() {
    let machine = Machine::new(Os::Linux);
    let real = machine.go("home/.goenv/versions/1.20.1", "go1.20.1");
    machine.go("home/.goenv/versions/1.22.2", "go1.22.2");
    let root = machine.at("home/.goenv/versions/1.20.1");
    program(&machine.at("bin/go"), &answering(&root, "go1.20.1"));
    let found = machine.discover(Search::default()).await;
    assert_eq!(
        found.list.len(),
        2,
        "the shim is no Go of its own: {:?}",
        found.list
    );
    assert_eq!(found.list[0].path, real, "the one behind the shim");
    assert!(
        found.list[0].in_terminal,
        "not the newest, but the terminal's"
    );
}

#[tokio::test]
async fn a_link_to_another_program_is_run_by_its_own_name() {
    let machine = Machine::new(Os::Linux);
    let root = machine.at("root/snap/go/current");
    let script = answering(&root, "go1.26.1");
    program(
        &machine.at("snap"),
        &script.replace(
            "#!/bin/sh",
            "#!/bin/sh\ncase $0 in */go) ;; *) exit 1;; esac",
        ),
    );
    fs::create_dir_all(machine.at("bin")).expect("a folder");
    unix::symlink(machine.at("snap"), machine.at("bin/go")).expect("a link");
    let found = machine.discover(Search::default()).await;
    assert_eq!(
        found.list[0].version.as_deref(),
        Some("go1.26.1"),
        "snap looks at its name: {:?}",
        found.list
    );
}

#[tokio::test]
async fn those_that_do_not_work_are_listed_and_delay_nobody() {
    let machine = Machine::new(Os::Linux);
    program(
        &machine.at("home/sdk/go-hangs/bin/go"),
        "#!/bin/sh\nexec /bin/sleep 600\n",
    );
    program(
        &machine.at("home/sdk/go-garbage/bin/go"),
        "#!/bin/sh\necho hello\n",
    );
    write(&machine.at("home/sdk/go-plain/bin/go"), "no program");
    let old = "#!/bin/sh\ncase $1 in version) echo go version go1.12.17 linux/amd64;; *) echo '{}';; esac\n";
    program(&machine.at("home/sdk/go-old/bin/go"), old);
    machine.go("home/sdk/go1.22.1", "go1.22.1");
    let found = machine.discover(Search::default()).await;
    let mut codes: Vec<_> = found
        .list
        .iter()
        .map(|go| match &go.failure {
            None => "works".to_owned(),
            Some(failure) => serde_json::to_value(failure).expect("json")["code"].to_string(),
        })
        .collect();
    assert_eq!(codes.remove(0), "works", "the one that is asked");
    codes.sort();
    assert_eq!(
        codes,
        [
            "\"go_not_executable\"",
            "\"go_timed_out\"",
            "\"go_too_old\"",
            "\"go_unreadable\""
        ],
        "each says why"
    );
    let old = found
        .list
        .iter()
        .find(|go| go.version.as_deref() == Some("go1.12.17"));
    assert!(old.is_some(), "a Go that is too old still has its version");
}

#[tokio::test]
async fn the_chosen_one_is_asked_and_missed_when_it_is_gone() {
    let machine = Machine::new(Os::Linux);
    let chosen = machine.go("mine", "go1.18.1");
    machine.go("root/usr/local/go", "go1.26.1");
    let search = Search {
        chosen: Some(chosen.clone()),
        ..Search::default()
    };
    let found = machine.discover(search.clone()).await;
    assert_eq!(found.list[0].path, chosen, "the user's word counts");
    assert_eq!(found.missing, None, "it is there");
    fs::remove_file(&chosen).expect("removed");
    let found = machine.discover(search).await;
    assert_eq!(
        found.list[0].version.as_deref(),
        Some("go1.26.1"),
        "another one helps out"
    );
    assert_eq!(
        found.missing,
        Some(chosen.display().to_string()),
        "and the loss is told"
    );
}

#[tokio::test]
async fn what_the_user_picks_may_be_a_file_or_a_folder() {
    let machine = Machine::new(Os::Linux);
    let root = machine.at("mine");
    let command = root.join("bin/go");
    program(&command, &answering(&root, "go1.26.1"));
    for picked in [command.clone(), root.clone(), root.join("bin")] {
        let go = is_go(&machine.host, &picked).await;
        assert_eq!(go.as_ref(), Ok(&command), "{}", picked.display());
    }
    let go = is_go(&machine.host, &machine.base).await;
    assert!(
        matches!(go, Err(ToolchainError::NotGo { .. })),
        "no go in there: {go:?}"
    );
    program(&machine.at("other"), "#!/bin/sh\necho hello\n");
    let go = is_go(&machine.host, &machine.at("other")).await;
    assert!(
        matches!(go, Err(ToolchainError::GoUnreadable { .. })),
        "another program: {go:?}"
    );
}

#[tokio::test]
async fn a_machine_without_go_says_where_it_looked() {
    let machine = Machine::new(Os::Linux);
    let found = machine.discover(Search::default()).await;
    assert!(found.list.is_empty(), "nothing there: {:?}", found.list);
    let failure = not_found(&machine.host, &Search::default());
    let ToolchainError::GoNotFound { searched } = failure else {
        panic!("another failure: {failure}");
    };
    assert!(
        searched.iter().any(|place| place == "~/sdk/go*/bin"),
        "as patterns: {searched:?}"
    );
}
