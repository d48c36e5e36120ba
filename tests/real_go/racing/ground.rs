//! A project of a dozen modules, and mirrors that have them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use gopherdesk_core::{
    app::App,
    error::Error,
    mirror::race::{RaceEvent, RaceMirrors, RaceReport, RaceRow},
};

use crate::{
    mirror::{Fault, Manner, Mirror},
    scene::root,
    support::{Sandbox, block_on},
    tree::Tree,
};

/// Stands where a password does; it must turn up nowhere.
pub(super) const CANARY: &str = "c4n4ry";

/// What the project requires.
pub(super) const MODULES: [&str; 12] = [
    "dep.example/m1@v1.0.0",
    "dep.example/m2@v1.0.0",
    "dep.example/m3@v1.0.0",
    "dep.example/m4@v1.0.0",
    "dep.example/m5@v1.0.0",
    "dep.example/m6@v1.0.0",
    "dep.example/m7@v1.0.0",
    "dep.example/m8@v1.0.0",
    "dep.example/Big/v2@v2.1.0-RC1",
    "other.example/x@v0.0.0-20200101000000-abcdefabcdef",
    "other.example/y@v3.0.0+incompatible",
    "other.example/z@v1.0.0",
];

/// A machine with that project.
pub(super) struct Ground {
    pub(super) sandbox: Sandbox,
    pub(super) tree: Arc<Tree>,
    /// The same modules with another content.
    pub(super) forged: Arc<Tree>,
}

impl Ground {
    /// With this Go, and modules of two kilobytes.
    pub(super) fn new(version: &str) -> Self {
        Self::with_modules(version, |_| 2000)
    }

    /// With this Go, and modules of so many bytes each.
    pub(super) fn with_modules(version: &str, bytes: impl Fn(&str) -> usize) -> Self {
        let mut ground = Self::make(bytes);
        let path = root(version).join("bin");
        ground.sandbox.host.vars.set("PATH", path);
        ground
    }

    pub(super) fn without_go() -> Self {
        Self::make(|_| 2000)
    }

    fn make(bytes: impl Fn(&str) -> usize) -> Self {
        let (mut tree, mut forged) = (Tree::default(), Tree::default());
        for module in MODULES {
            tree = tree.with(module, bytes(module));
            forged = forged.with(module, bytes(module) + 1);
        }
        let ground = Self {
            sandbox: Sandbox::new(),
            tree: Arc::new(tree),
            forged: Arc::new(forged),
        };
        ground.project("go 1.21\n");
        ground
    }

    /// Writes the project: this, and what it requires, and its go.sum.
    pub(super) fn project(&self, head: &str) {
        let mut required = String::new();
        for module in MODULES {
            required += &format!("\t{}\n", module.replace('@', " "));
        }
        self.write(
            "app/go.mod",
            &format!("module example.com/app\n\n{head}\nrequire (\n{required})\n"),
        );
        self.write("app/go.sum", &self.sums(&MODULES));
    }

    /// The lines of a go.sum.
    pub(super) fn sums(&self, modules: &[&str]) -> String {
        modules.iter().map(|name| self.tree.record(name)).collect()
    }

    /// All their zips, in bytes.
    pub(super) fn bytes(&self) -> u32 {
        let sizes = MODULES.map(|name| self.tree.known(name).bytes.expect("our own zip"));
        u32::try_from(sizes.iter().sum::<u64>()).expect("a few kilobytes")
    }

    /// A place among the user's sources.
    pub(super) fn place(&self, inside: &str) -> PathBuf {
        self.sandbox.path("home/src").join(inside)
    }

    pub(super) fn write(&self, inside: &str, text: &str) {
        self.sandbox.write(&self.place(inside), text);
    }

    /// What the user set: the chain, no checksum database of strangers, and more.
    pub(super) fn env_file(&self, goproxy: &str, more: &str) {
        let text = format!("GOPROXY={goproxy}\nGOSUMDB=off\n{more}");
        self.sandbox.write(&self.sandbox.env_file(), text);
    }

    pub(super) fn add_to_path(&mut self, folder: &Path) {
        let vars = &mut self.sandbox.host.vars;
        let path = vars
            .get("PATH")
            .expect("set")
            .to_string_lossy()
            .into_owned();
        vars.set("PATH", format!("{path}:{}", folder.display()));
    }

    pub(super) fn app(&self) -> App {
        self.sandbox.app()
    }

    /// A mirror that has everything.
    pub(super) fn mirror(&self) -> Mirror {
        Mirror::serve(&self.tree, Manner::default())
    }

    /// A mirror with faults.
    pub(super) fn mirror_with(
        &self,
        fault: impl Fn(&str) -> Option<Fault> + Send + Sync + 'static,
    ) -> Mirror {
        Mirror::serve(&self.tree, Manner::default().fault(fault))
    }

    /// Lets the chain and these mirrors run.
    pub(super) fn race(
        &self,
        mirrors: &[&Mirror],
        budget: Option<u32>,
    ) -> (RaceReport, Vec<RaceEvent>) {
        let app = self.app();
        let urls = mirrors.iter().map(|mirror| mirror.url()).collect();
        let ids = block_on(app.mirror_named(urls)).expect("addresses");
        self.race_in(&app, ids, budget)
    }

    pub(super) fn try_race(&self, mirrors: &[&Mirror]) -> Result<RaceReport, Error> {
        let app = self.app();
        let urls = mirrors.iter().map(|mirror| mirror.url()).collect();
        let ids = block_on(app.mirror_named(urls)).expect("addresses");
        let project = block_on(app.project_open(self.place("app")))?;
        Ok(self.race_of(&app, project, ids, None)?.0)
    }

    pub(super) fn race_in(
        &self,
        app: &App,
        mirrors: Vec<String>,
        budget: Option<u32>,
    ) -> (RaceReport, Vec<RaceEvent>) {
        let project = block_on(app.project_open(self.place("app"))).expect("a project");
        let raced = self.race_of(app, project, mirrors, budget);
        raced.expect("a race that fails is an answer")
    }

    #[expect(clippy::unused_self, reason = "it is asked like the others")]
    pub(super) fn race_of(
        &self,
        app: &App,
        project: String,
        mirrors: Vec<String>,
        budget: Option<u32>,
    ) -> Result<(RaceReport, Vec<RaceEvent>), Error> {
        let wish = RaceMirrors {
            project,
            mirrors,
            budget,
        };
        let job = app.jobs.start("race".to_owned());
        let events = Mutex::new(Vec::new());
        let observer = |event: RaceEvent| events.lock().expect("no observer panics").push(event);
        let report = block_on(app.mirror_race(wish, &job, &observer))?;
        Ok((report, events.into_inner().expect("no observer panics")))
    }

    /// Every file among the user's sources.
    pub(super) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.place(""), &mut files);
        files
    }

    /// The user's sources are as they were, and nothing else is left.
    pub(super) fn is_untouched(&self, before: &BTreeMap<PathBuf, Vec<u8>>, version: &str) {
        let after = self.snapshot();
        assert!(
            after == *before,
            "{version}: no byte of the project and no file beside it: {:?}",
            after.keys().collect::<Vec<_>>()
        );
        self.leaves_nothing(version);
    }

    pub(super) fn leaves_nothing(&self, version: &str) {
        self.scratch_is_gone(version);
        for untouched in ["home/go/pkg/mod", "home/.cache/go-build"] {
            let path = self.sandbox.path(untouched);
            assert!(!path.exists(), "{version}: {untouched} is not touched");
        }
    }

    pub(super) fn scratch_is_gone(&self, version: &str) {
        let scratch = self.sandbox.host.folders.cache.join("fetch");
        let left = fs::read_dir(&scratch).into_iter().flatten().flatten();
        assert_eq!(left.count(), 0, "{version}: the downloads are removed");
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => collect(&path, files),
            false => {
                let bytes = fs::read(&path).expect("a file");
                files.insert(path, bytes);
            }
        }
    }
}

/// The row of a mirror.
pub(super) fn row<'a>(report: &'a RaceReport, mirror: &Mirror) -> &'a RaceRow {
    let url = mirror.url();
    let mut rows = report.rows.iter();
    rows.find(|row| row.mirror.as_ref() == Some(&url))
        .expect("a row for each mirror")
}
