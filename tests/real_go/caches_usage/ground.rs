//! A cache, a mirror, and projects that need each other's modules.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use gopherdesk_core::{
    cache::{UsingProject, usage::Usage},
    host::run::{DEADLINE, Output, Program, run},
    module::{Module, unescape},
};

use crate::{
    mirror::{Manner, Mirror},
    scene::{link, root},
    support::{Sandbox, block_on},
    tree::Tree,
};

/// Some modules that need each other, a mirror that has them, and projects.
pub(crate) struct Ground {
    pub(crate) sandbox: Sandbox,
    pub(crate) mirror: Mirror,
    pub(crate) version: &'static str,
}

/// `module path`, `go`, what it requires, and what it imports.
fn module(tree: Tree, name: &str, go: &str, requires: &[&str], imports: &[&str]) -> Tree {
    let (path, version) = name.split_once('@').expect("a version");
    let last = path
        .trim_end_matches("/v2")
        .rsplit('/')
        .next()
        .expect("a name");
    let require: String = requires
        .iter()
        .map(|module| format!("require {}\n", module.replace('@', " ")))
        .collect();
    let import: String = imports
        .iter()
        .map(|path| format!("import _ \"{path}\"\n"))
        .collect();
    let manifest = format!("module {path}\n\ngo {go}\n\n{require}");
    let code = format!("package {last}\n\n{import}\nvar X = \"{path} {version}\"\n");
    tree.with_code(name, &manifest, &code)
}

fn modules() -> Tree {
    let all: [(&str, &str, &[&str], &[&str]); 11] = [
        ("dep.example/c@v1.0.0", "1.21", &[], &[]),
        ("dep.example/c@v1.1.0", "1.21", &[], &[]),
        ("dep.example/c@v1.2.0", "1.21", &[], &[]),
        // before 1.17: what it requires is in everybody's graph
        (
            "dep.example/old@v1.0.0",
            "1.13",
            &["dep.example/c@v1.0.0"],
            &["dep.example/c"],
        ),
        (
            "dep.example/b@v1.0.0",
            "1.21",
            &["dep.example/c@v1.0.0"],
            &["dep.example/c"],
        ),
        (
            "dep.example/b@v1.2.0",
            "1.21",
            &["dep.example/c@v1.1.0"],
            &["dep.example/c"],
        ),
        (
            "dep.example/A@v1.0.0",
            "1.21",
            &["dep.example/b@v1.0.0", "dep.example/old@v1.0.0"],
            &["dep.example/b"],
        ),
        (
            "dep.example/d@v1.0.0",
            "1.21",
            &["dep.example/b@v1.2.0"],
            &["dep.example/b"],
        ),
        ("dep.example/fork@v1.0.0", "1.21", &[], &[]),
        ("dep.example/r@v1.0.0", "1.21", &[], &[]),
        ("dep.example/nobody@v1.0.0", "1.21", &[], &[]),
    ];
    all.into_iter()
        .fold(Tree::default(), |tree, (name, go, requires, imports)| {
            module(tree, name, go, requires, imports)
        })
}

impl Ground {
    pub(crate) fn new(version: &'static str) -> Self {
        let mut sandbox = Sandbox::new();
        let path = root(version).join("bin");
        sandbox.host.vars.set("PATH", path);
        link(&sandbox.path("home/.cache/go-build"));
        let mirror = Mirror::serve(&Arc::new(modules()), Manner::default());
        let text = format!("GOPROXY={}\nGOSUMDB=off\n", mirror.url());
        sandbox.write(&sandbox.env_file(), text);
        let ground = Self {
            sandbox,
            mirror,
            version,
        };
        ground.project("pruned", "go 1.21\n", "require dep.example/A v1.0.0\n", "A");
        ground.project(
            "raised",
            "go 1.21\n",
            "require dep.example/A v1.0.0\nrequire dep.example/d v1.0.0\n",
            "A d",
        );
        ground.project(
            "early",
            "go 1.16\n",
            "require dep.example/old v1.0.0\nrequire dep.example/d v1.0.0\n",
            "old d",
        );
        ground.project(
            "replaced",
            "go 1.21\n",
            "require dep.example/r v1.0.0\nrequire dep.example/here v1.0.0\n\
             replace dep.example/r => dep.example/fork v1.0.0\nreplace dep.example/here => ../here\n",
            "r here",
        );
        ground.write("here/go.mod", "module dep.example/here\n\ngo 1.21\n");
        ground.write("here/m.go", "package here\n\nvar X = \"here\"\n");
        ground.write("work/go.work", "go 1.21\n\nuse (\n\t./one\n\t./two\n)\n");
        ground.project(
            "work/one",
            "go 1.21\n",
            "require dep.example/A v1.0.0\n",
            "A",
        );
        ground.project(
            "work/two",
            "go 1.21\n",
            "require dep.example/d v1.0.0\n",
            "d",
        );
        ground
    }

    /// A program that imports these.
    pub(crate) fn project(&self, place: &str, head: &str, requires: &str, imports: &str) {
        let name = place.rsplit('/').next().expect("a name");
        let manifest = format!("module example.com/{name}\n\n{head}\n{requires}");
        self.write(&format!("{place}/go.mod"), &manifest);
        let imports: Vec<_> = imports.split(' ').collect();
        let lines: String = imports
            .iter()
            .map(|import| format!("import {import} \"dep.example/{import}\"\n"))
            .collect();
        let prints: String = imports
            .iter()
            .map(|import| format!("\tprintln({import}.X)\n"))
            .collect();
        self.write(
            &format!("{place}/main.go"),
            &format!("package main\n\n{lines}\nfunc main() {{\n{prints}}}\n"),
        );
    }

    pub(crate) fn place(&self, inside: &str) -> PathBuf {
        self.sandbox.path("home/src").join(inside)
    }

    pub(crate) fn write(&self, inside: &str, text: &str) {
        self.sandbox.write(&self.place(inside), text);
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.sandbox.path("home/go/pkg/mod")
    }

    pub(crate) fn go(&self, place: &str, args: &[&str], vars: &[(&str, &str)]) -> Output {
        let mut with = self.sandbox.host.vars.clone();
        with.set("GOTOOLCHAIN", "local");
        for (name, value) in vars {
            with.set(*name, *value);
        }
        block_on(run(&Program {
            path: root(self.version).join("bin/go"),
            args: args.iter().map(Into::into).collect(),
            vars: with,
            folder: self.place(place),
            deadline: DEADLINE * 30,
        }))
        .expect("the real go runs")
    }

    pub(crate) fn must(&self, place: &str, args: &[&str], vars: &[(&str, &str)]) {
        let output = self.go(place, args, vars);
        assert!(
            output.succeeded(),
            "{} {place} {args:?}: {}",
            self.version,
            output.complaint()
        );
    }

    /// Builds a program, and gives its bytes.
    pub(crate) fn build(&self, place: &str, vars: &[(&str, &str)]) -> Vec<u8> {
        let built = self.try_build(place, vars);
        built.unwrap_or_else(|reason| panic!("{} {place}: {reason}", self.version))
    }

    /// The same, or what go says.
    pub(crate) fn try_build(&self, place: &str, vars: &[(&str, &str)]) -> Result<Vec<u8>, String> {
        let binary = self.sandbox.path("built");
        let to = binary.display().to_string();
        let output = self.go(place, &["build", "-trimpath", "-o", &to, "."], vars);
        match output.succeeded() {
            true => Ok(fs::read(binary).expect("it was built")),
            false => Err(output.complaint()),
        }
    }

    /// As on a train.
    pub(crate) fn build_offline(&self, place: &str, work: &str) -> Vec<u8> {
        self.build(place, &[("GOPROXY", "off"), ("GOWORK", work)])
    }

    /// What is said of the named projects.
    pub(crate) fn usages(&self, places: &[&str]) -> Vec<(UsingProject, Usage)> {
        let app = self.sandbox.app();
        for place in places.iter().rev() {
            block_on(app.project_open(self.place(place))).expect("a project");
        }
        block_on(app.cache_usages(&[self.cache()]))
    }

    /// Every version whose zip or tree is there.
    pub(crate) fn cached(&self) -> BTreeSet<Module> {
        let download = self.cache().join("cache/download");
        let mut found = BTreeSet::new();
        for (path, _) in snapshot(&download) {
            let inside = path
                .strip_prefix(&download)
                .expect("inside")
                .display()
                .to_string();
            let Some(name) = inside.strip_suffix(".zip") else {
                continue;
            };
            let (module, version) = name.split_once("/@v/").expect("a version");
            let module = unescape(module).expect("escaped");
            found.insert(format!("{module}@{version}").parse().expect("a module"));
        }
        found
    }

    /// Takes tree and zip of a version away, as cleaning does.
    pub(crate) fn remove(&self, module: &Module) {
        let base = self.cache().join("cache/download").join(module.address());
        for ending in ["zip", "ziphash"] {
            fs::remove_file(base.with_extension(format!("0.{ending}"))).expect("a file");
        }
        let address = module.address().replace("/@v/", "@");
        remove_tree(&self.cache().join(address));
    }
}

fn remove_tree(tree: &Path) {
    for (path, _) in snapshot(tree) {
        let folder = path.parent().expect("a folder");
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("a mode");
    }
    fs::remove_dir_all(tree).expect("a tree");
}

/// Every file with what would betray a write.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64)> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let about = path.symlink_metadata().expect("there");
        if about.is_dir() {
            files.extend(snapshot(&path));
        }
        files.insert(path, (about.len(), about.mtime(), about.mtime_nsec()));
    }
    files
}

pub(crate) fn names(modules: &BTreeSet<Module>) -> Vec<String> {
    modules.iter().map(Module::to_string).collect()
}
