//! A machine with a real Go, an empty home, and the files and variables of one row of a table.

use std::{
    env, fs,
    os::unix::fs as unix,
    path::{Path, PathBuf},
    time::Duration,
};

use gopherdesk_core::{
    environment::{Environment, Values, Variable, read},
    host::{
        Host, Os,
        run::{DEADLINE, Output, Program, run},
    },
    shadow::Outer,
    toolchain::Toolchain,
};

/// Every Go that `.ci/fetch-go` unpacks, the oldest first.
pub(crate) const VERSIONS: [&str; 3] = ["1.21.13", "1.24.11", "1.27.3"];

/// Where the C compiler is: go asks it for the costly variables.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// The root of a real Go.
pub(crate) fn root(version: &str) -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "the runner says where the Gos are"
    )]
    let folder = env::var_os("GOPHERDESK_TEST_GOS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/go"),
        PathBuf::from,
    );
    let root = folder.join(version);
    let root = root.canonicalize().unwrap_or(root);
    assert!(
        root.join("bin/go").is_file(),
        "{} holds no Go: run .ci/fetch-go first",
        root.display()
    );
    root
}

/// One machine.
pub(crate) struct Scene {
    folder: tempfile::TempDir,
    pub(crate) host: Host,
    pub(crate) go: Toolchain,
}

impl Scene {
    pub(crate) fn new(version: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let base = folder.path().canonicalize().expect("a real path");
        let mut host = Host::sandbox(&base).with_var("PATH", PATH);
        host.os = Os::Linux;
        for name in ["home", "tmp", "bin"] {
            fs::create_dir_all(base.join(name)).expect("a folder");
        }
        // what the C compiler says is asked for once, not in every scene
        link(&base.join("own/cache/go-build"));
        let root = root(version);
        let go = Toolchain {
            id: "0".repeat(16),
            path: root.join("bin/go"),
            root: Some(root),
            version: Some(format!("go{version}")),
            found: Vec::new(),
            in_terminal: true,
            used: true,
            failure: None,
        };
        Self { folder, host, go }
    }

    /// Writes a file below the folder of the scene.
    #[expect(clippy::disallowed_methods, reason = "a file of the test's own folder")]
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let file = self.at(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, text).expect("a file");
        file
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        assert!(!path.starts_with('/'), "{path}: nothing outside the scene");
        self.folder
            .path()
            .canonicalize()
            .expect("a real path")
            .join(path)
    }

    /// Writes the GOENV file in its default place. `{}` stands for the folder of the scene.
    pub(crate) fn env_file(&self, text: &[u8]) {
        let folder = self.at("").display().to_string();
        let folder = folder.trim_end_matches('/');
        let mut filled = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.windows(2).position(|two| two == b"{}") {
            filled.extend_from_slice(&rest[..at]);
            filled.extend_from_slice(folder.as_bytes());
            rest = &rest[at + 2..];
        }
        filled.extend_from_slice(rest);
        self.write("home/.config/go/env", filled);
    }

    /// Sets a variable of the process. `{}` stands for the folder of the scene.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let folder = self.at("").display().to_string();
        let value = value.replace("{}", folder.trim_end_matches('/'));
        self.host.vars.set(name, value);
    }

    pub(crate) async fn read(&self) -> Environment {
        read::read(&self.host, Ok(&self.go), &Outer::default()).await
    }

    /// Runs the real go as a user would, in an empty folder without a project.
    pub(crate) async fn go(&self, args: &[&str], vars: &[(&str, &str)]) -> Output {
        self.go_within(DEADLINE * 3, args, vars).await
    }

    /// The same for what builds a part of Go itself.
    pub(crate) async fn go_patiently(&self, args: &[&str], vars: &[(&str, &str)]) -> Output {
        self.go_within(DEADLINE * 60, args, vars).await
    }

    async fn go_within(&self, deadline: Duration, args: &[&str], vars: &[(&str, &str)]) -> Output {
        let folder = self.at("empty");
        fs::create_dir_all(&folder).expect("a folder");
        let mut with = self.host.vars.clone();
        for (name, value) in vars {
            with.set(*name, *value);
        }
        let program = Program {
            path: self.go.path.clone(),
            args: args.iter().map(Into::into).collect(),
            vars: with,
            folder,
            deadline,
        };
        run(&program).await.expect("the real go runs")
    }

    /// What the real go says of everything.
    pub(crate) async fn truth(&self, vars: &[(&str, &str)]) -> Values {
        link(&self.at("home/.cache/go-build"));
        let output = self.go(&["env", "-json"], vars).await;
        assert!(
            output.succeeded(),
            "the real go answers: {}",
            output.complaint()
        );
        serde_json::from_slice(&output.stdout).expect("json")
    }
}

/// The variable of that name.
pub(crate) fn variable<'a>(environment: &'a Environment, name: &str) -> &'a Variable {
    environment
        .variables
        .iter()
        .find(|variable| variable.name == name)
        .unwrap_or_else(|| panic!("{name} is listed"))
}

/// A build cache that all scenes share, and later runs too.
pub(crate) fn link(cache: &Path) {
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build");
    fs::create_dir_all(&shared).expect("a folder");
    fs::create_dir_all(cache.parent().expect("a folder")).expect("a folder");
    if !cache.exists() {
        unix::symlink(shared, cache).expect("a link");
    }
}
