//! Every kind of damage of go-semantics 5.5 is found, and nothing else.

mod table;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::PathBuf,
    sync::Mutex,
};

use gopherdesk_core::{
    cache::{
        CacheKind, Damage, Place, VerifyEvent,
        verify::{Sums, Target, Verified, verify},
    },
    checksum,
    project::read,
};
use rustix::fs::{FlockOperation, flock};
use tokio_util::sync::CancellationToken;

use crate::{filled, support::Sandbox};

use table::{append, lose_all, rows};

/// A module cache as Go fills it.
struct Ground {
    sandbox: Sandbox,
    root: PathBuf,
    versions: Vec<String>,
}

impl Ground {
    fn new(files: usize) -> Self {
        let sandbox = Sandbox::new();
        let root = sandbox.path("home/go/pkg/mod");
        let versions = filled::modules(&root, files).versions;
        Self {
            sandbox,
            root,
            versions,
        }
    }

    fn download(&self, version: &str, ending: &str) -> PathBuf {
        filled::download(&self.root, version, ending)
    }

    fn tree(&self, version: &str) -> PathBuf {
        self.root.join(version)
    }

    fn targets(&self) -> Vec<Target> {
        let place = Place {
            id: "modules".to_owned(),
            kind: CacheKind::Modules,
            path: self.root.clone(),
            owners: Vec::new(),
        };
        let targets = self.versions.iter().map(|version| Target {
            id: format!("modules:{version}"),
            place: place.clone(),
            module: version.parse().expect("a module"),
        });
        targets.collect()
    }

    /// The go.sum lines of a version as it is now.
    fn record(&self, version: &str) -> String {
        let name = version.replace('@', " ");
        let read = |ending| fs::read(self.download(version, ending)).expect("it is there");
        let zip = checksum::zip_hash(&read("zip")).expect("a zip");
        let manifest = checksum::go_mod_hash(&read("mod"));
        format!("{name} {zip}\n{name}/go.mod {manifest}\n")
    }

    /// What a project with this go.sum knows.
    fn sums(&self, projects: &[(&str, &str)]) -> Sums {
        let mut sums = Sums::default();
        for (name, text) in projects {
            let folder = self.sandbox.path("home").join(name);
            self.sandbox
                .write(&folder.join("go.mod"), "module m\n\ngo 1.21\n");
            self.sandbox.write(&folder.join("go.sum"), text);
            let contents = read::read(&folder, true).expect("a project");
            sums.add(format!("~/{name}"), &contents);
        }
        sums
    }

    fn verify(&self, sums: &Sums) -> Verified {
        verify(&self.targets(), sums, &CancellationToken::new(), &|_| {})
    }

    /// The faults, by version.
    fn faults(&self, sums: &Sums) -> BTreeMap<String, Vec<Damage>> {
        let verified = self.verify(sums);
        assert_eq!(verified.versions, self.versions.len(), "each was looked at");
        let damaged = verified.damaged.into_iter().map(|damaged| {
            let name = format!("{}@{}", damaged.module, damaged.version);
            assert_eq!(damaged.id, format!("modules:{name}"), "its row");
            (name, damaged.faults)
        });
        damaged.collect()
    }
}

#[test]
fn every_damage_is_found_and_nothing_else() {
    let ground = Ground::new(6000);
    let rows = rows();
    assert!(
        ground.versions.len() > rows.len(),
        "a version for each, and sound ones"
    );
    let mut expected = BTreeMap::new();
    for ((name, damage, faults), version) in rows.iter().zip(&ground.versions) {
        damage(&ground, version);
        if !faults.is_empty() {
            expected.insert(version.clone(), (*name, faults.clone()));
        }
    }
    let found = ground.faults(&Sums::default());
    for (version, (name, faults)) in &expected {
        assert_eq!(found.get(version), Some(faults), "{name}");
    }
    let strange: Vec<_> = found
        .keys()
        .filter(|version| !expected.contains_key(*version))
        .collect();
    assert!(strange.is_empty(), "these are sound: {strange:?}");
}

#[test]
fn projects_know_better_than_what_is_recorded() {
    let ground = Ground::new(2000);
    let [own, replaced, alone, manifest, agreed, ..] = ground.versions.as_slice() else {
        panic!("some versions: {:?}", ground.versions)
    };
    let all: String = ground
        .versions
        .iter()
        .map(|version| ground.record(version))
        .collect();
    // as if a mirror had sent something else: zip, hash and tree agree with each other
    let other = "h1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=";
    let replaced_line = format!("{} {other}\n", replaced.replace('@', " "));
    let agreed_line = format!("{} {other}\n", agreed.replace('@', " "));
    let sums_of = |version: &str| {
        ground
            .record(version)
            .lines()
            .next()
            .expect("two lines")
            .to_owned()
            + "\n"
    };
    let app = all
        .replace(&sums_of(replaced), &replaced_line)
        .replace(&sums_of(agreed), &agreed_line);
    let sums = ground.sums(&[("app", &app), ("second", &sums_of(agreed))]);
    append(&ground.download(manifest, "mod"), "// mine\n");
    lose_all(&ground, alone, &["zip", "ziphash"]);
    append(&ground.tree(own).join("go.mod"), "// mine\n");
    lose_all(&ground, own, &["zip", "ziphash"]);
    let project = "~/app".to_owned();
    let expected = BTreeMap::from([
        (own.clone(), vec![Damage::Tree {}]),
        (
            replaced.clone(),
            vec![Damage::Sum {
                project: project.clone(),
            }],
        ),
        (manifest.clone(), vec![Damage::Manifest { project }]),
    ]);
    assert_eq!(
        ground.faults(&sums),
        expected,
        "a tree without a hash is what a go.sum says or is not; a project that agrees is enough"
    );
}

#[test]
fn what_go_works_on_is_not_judged() {
    let ground = Ground::new(600);
    let version = ground.versions.first().expect("some");
    append(&ground.tree(version).join("go.mod"), "// half\n");
    let lock = File::open(ground.download(version, "lock")).expect("go's lock");
    flock(&lock, FlockOperation::LockExclusive).expect("as go holds it");
    assert_eq!(
        ground.faults(&Sums::default()),
        BTreeMap::new(),
        "it may be half written"
    );
    drop(lock);
    assert_eq!(
        ground.faults(&Sums::default()).len(),
        1,
        "nobody works on it"
    );
}

#[test]
fn a_toolchain_is_what_its_zip_is_with_the_go_mod_that_go_adds() {
    let mut ground = Ground::new(100);
    let version = "golang.org/toolchain@v0.0.1-go1.24.1.linux-amd64";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("bin/go", "go"),
        ("src/_go.mod", "module std\n"),
        ("VERSION", "go1.24.1\n"),
    ] {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(format!("{version}/{name}"), options)
            .expect("a name");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("in memory");
        ground.sandbox.write(&ground.tree(version).join(name), text);
    }
    let zip = zip.finish().expect("in memory").into_inner();
    let hash = checksum::zip_hash(&zip).expect("a zip");
    ground.sandbox.write(&ground.download(version, "zip"), &zip);
    ground
        .sandbox
        .write(&ground.download(version, "ziphash"), &hash);
    ground.versions.push(version.to_owned());
    let copied = ground.tree(version).join("src/go.mod");
    ground.sandbox.write(&copied, "module std\n");
    assert_eq!(ground.faults(&Sums::default()), BTreeMap::new(), "sound");
    ground
        .sandbox
        .write(&ground.tree(version).join("bin/go.mod"), "module std\n");
    assert_eq!(
        ground.faults(&Sums::default()).values().collect::<Vec<_>>(),
        [&vec![Damage::Tree {}]],
        "a go.mod with nothing to copy it from"
    );
}

#[test]
fn it_tells_how_far_it_is_and_can_be_stopped() {
    let ground = Ground::new(3000);
    let events = Mutex::new(Vec::new());
    let cancel = CancellationToken::new();
    let tell = |event: VerifyEvent| events.lock().expect("no observer panics").push(event);
    let verified = verify(&ground.targets(), &Sums::default(), &cancel, &tell);
    let all = u32::try_from(ground.versions.len()).expect("a few");
    let events = events.into_inner().expect("no observer panics");
    assert_eq!(
        events.first(),
        Some(&VerifyEvent::Started { versions: all }),
        "how many there are"
    );
    assert_eq!(verified.versions, ground.versions.len(), "to the end");
    let stop = |event: VerifyEvent| {
        if matches!(event, VerifyEvent::Started { .. }) {
            cancel.cancel();
        }
    };
    let verified = verify(&ground.targets(), &Sums::default(), &cancel, &stop);
    assert_eq!(
        verified,
        Verified::default(),
        "what was not read is not judged"
    );
}
