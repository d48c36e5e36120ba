//! A module cache of three hundred versions that the real go filled, and projects that build from it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Mutex,
};

use gopherdesk_core::{
    app::App,
    cache::{
        CachePlan, CleanCaches, CleanEvent, CleanReport, Inventory, PlanCaches, ScanCaches,
        ScanEvent, Tier,
    },
    error::Error,
};

use crate::{
    scene::root,
    support::{Sandbox, block_on},
    tree::Tree,
};

/// How many modules there are.
const MODULES: usize = 62;

/// The versions of each.
const VERSIONS: [&str; 5] = ["v1.0.0", "v1.1.0", "v1.1.1", "v1.2.0-rc.1", "v1.10.0"];

/// What is built: a name, the modules it needs by number, and which version of them.
const PROJECTS: [(&str, [usize; 4], &str); 3] = [
    ("old", [1, 2, 3, 4], "v1.0.0"),
    ("new", [3, 4, 5, 60], "v1.10.0"),
    ("odd", [7, 8, 9, 61], "v1.2.0-rc.1"),
];

/// A machine with a real Go, its caches filled.
pub(super) struct Ground {
    pub(super) sandbox: Sandbox,
    go: PathBuf,
}

impl Ground {
    /// Downloads everything, as `go mod download` does, and writes the projects.
    pub(super) fn filled(version: &str) -> Self {
        let mut sandbox = Sandbox::new();
        let go = root(version).join("bin/go");
        let path = format!("{}:/usr/bin:/bin", go.parent().expect("a folder").display());
        sandbox.host.vars.set("PATH", path);
        let ground = Self { sandbox, go };
        let mut tree = Tree::default();
        let mut named = Vec::new();
        for number in 0..MODULES {
            for version in VERSIONS {
                let module = format!("{}@{version}", module(number));
                tree = tree.with(&module, 40 * number);
                named.push(module);
            }
        }
        let proxy = ground.sandbox.path("proxy");
        tree.write(&proxy);
        let text = format!("GOPROXY=file://{}\nGOSUMDB=off\n", proxy.display());
        ground.sandbox.write(&ground.sandbox.env_file(), text);
        let mut args = vec!["mod", "download"];
        args.extend(named.iter().map(String::as_str));
        let downloaded = ground.go(&ground.sandbox.path("tmp"), &args, &[]);
        assert!(
            downloaded.status.success(),
            "{version}: {}",
            String::from_utf8_lossy(&downloaded.stderr)
        );
        for (name, modules, version) in PROJECTS {
            ground.project(name, &modules, version, &tree);
        }
        ground
    }

    /// How many versions there are.
    pub(super) fn versions() -> usize {
        MODULES * VERSIONS.len()
    }

    fn project(&self, name: &str, modules: &[usize], version: &str, tree: &Tree) {
        let (mut required, mut imports, mut sums) = (String::new(), String::new(), String::new());
        for number in modules {
            let path = module(*number);
            required += &format!("require {path} {version}\n");
            imports += &format!("import _ \"{path}\"\n");
            sums += &tree.record(&format!("{path}@{version}"));
        }
        let manifest = format!("module project.example/{name}\n\ngo 1.21\n\n{required}");
        let main = format!("package main\n\n{imports}\nfunc main() {{}}\n");
        for (file, text) in [("go.mod", manifest), ("go.sum", sums), ("main.go", main)] {
            self.sandbox.write(&self.folder(name).join(file), text);
        }
    }

    pub(super) fn folder(&self, project: &str) -> PathBuf {
        self.sandbox.path("home/src").join(project)
    }

    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        PROJECTS.iter().map(|(name, ..)| *name)
    }

    /// Builds without any network, and gives the program.
    pub(super) fn build(&self, project: &str) -> Result<Vec<u8>, String> {
        let program = self.sandbox.path("tmp").join(project);
        let out = program.display().to_string();
        let args = ["build", "-trimpath", "-buildvcs=false", "-o", &out];
        let built = self.go(&self.folder(project), &args, &[("GOPROXY", "off")]);
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned());
        }
        Ok(fs::read(program).expect("it was built"))
    }

    /// Runs the real go as a user would, with the variables of the sandbox and these.
    pub(super) fn go(&self, folder: &Path, args: &[&str], vars: &[(&str, &str)]) -> Output {
        let mut command = Command::new(&self.go);
        command.args(args).current_dir(folder).env_clear();
        command.envs(self.sandbox.host.vars.iter());
        // what the standard library comes to is built once for all tests
        let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-build");
        command.env("GOTOOLCHAIN", "local").env("GOCACHE", shared);
        command.env("GOFLAGS", "-mod=mod");
        command.envs(vars.iter().copied());
        command.output().expect("the real go runs")
    }

    /// The program, with these projects named.
    pub(super) fn app(&self, projects: &[&str]) -> App {
        let app = self.sandbox.app();
        for project in projects {
            block_on(app.project_open(self.folder(project))).expect("a project");
        }
        app
    }
}

fn module(number: usize) -> String {
    match number % 3 {
        0 => format!("plain.example/m{number}"),
        1 => format!("capital.example/Team/M{number}"),
        _ => format!("nested.example/all/part{number}"),
    }
}

pub(super) fn scan(app: &App) -> Inventory {
    let job = app.jobs.start("scan".to_owned());
    let silent = |_: ScanEvent| {};
    let wish = ScanCaches {
        exact: true,
        ..ScanCaches::default()
    };
    block_on(app.cache_scan(wish, &job, &silent)).expect("caches are counted")
}

pub(super) fn plan(app: &App, tiers: Vec<Tier>) -> CachePlan {
    let wish = PlanCaches {
        tiers,
        ..PlanCaches::default()
    };
    block_on(app.cache_plan(wish)).expect("a plan")
}

/// Carries a plan out, also beside whatever else of Go runs on this machine.
pub(super) fn clean(app: &App, plan: &CachePlan) -> Result<(CleanReport, Vec<CleanEvent>), Error> {
    let job = app.jobs.start("clean".to_owned());
    let events = Mutex::new(Vec::new());
    let observer = |event: CleanEvent| events.lock().expect("no observer panics").push(event);
    let wish = CleanCaches {
        plan: plan.id.clone(),
        beside_running: true,
    };
    let report = block_on(app.cache_clean(wish, &job, &observer))?;
    Ok((report, events.into_inner().expect("no observer panics")))
}
