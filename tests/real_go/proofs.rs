//! A checksum database of our own, which the real go believes as much as we do, and the hashes that it writes into go.sum.

use std::{fs, io::Cursor, io::Write, path::PathBuf};

use gopherdesk_core::{
    checksum::{Database, Tile, go_mod_hash, lookup, proves, tiles, zip_hash},
    module::Module,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    database::{Sumdb, record},
    scene::{Scene, VERSIONS},
};

/// Sizes of trees, and the record that is asked for: beginnings, ends and middles of tiles.
const TREES: [(usize, usize); 11] = [
    (1, 0),
    (2, 1),
    (255, 254),
    (256, 0),
    (256, 255),
    (257, 3),
    (257, 256),
    (1000, 500),
    (70_000, 0),
    (70_000, 65_535),
    (70_000, 69_999),
];

const MANIFEST: &str = "module example.com/m\n";

#[tokio::test]
async fn go_and_we_believe_the_same_database() {
    for version in VERSIONS {
        for (size, id) in TREES {
            let proxy = Proxy::new(version);
            let served = Sumdb::new(size, &[(id, proxy.record())]).serve();
            let said = proxy.download(&served.gosumdb()).await;
            assert_eq!(
                said.error,
                "",
                "{version}: {id} of {size}: go verifies it, and asked for {:?}",
                served.requests()
            );
            let database = Sumdb::new(size, &[(id, proxy.record())]);
            let asked = we_believe(&database, |_, answer| answer, &proxy);
            assert!(asked.is_ok(), "{version}: {id} of {size}: so do we");
            let ours = asked.unwrap_or_default();
            for path in &ours {
                assert!(
                    served.requests().contains(path),
                    "{version}: {id} of {size}: go asked for {path} as well: {:?}",
                    served.requests()
                );
            }
        }
    }
}

#[tokio::test]
async fn go_and_we_refuse_the_same_lies() {
    const SIZE: usize = 1000;
    const ID: usize = 300;
    type Change = fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>>;
    let lies: [(&str, Change); 8] = [
        ("the record's text", |path, answer| {
            replaced(path, answer, "/lookup/", "h1:", "h1:x")
        }),
        ("the record's id", |path, answer| {
            replaced(path, answer, "/lookup/", "300\n", "301\n")
        }),
        ("an id beyond the tree", |path, answer| {
            replaced(path, answer, "/lookup/", "300\n", "1000\n")
        }),
        ("the tree's size", |path, answer| {
            replaced(path, answer, "/lookup/", "\n1000\n", "\n999\n")
        }),
        ("the signature", |path, answer| {
            replaced(path, answer, "/lookup/", "test ", "test B")
        }),
        ("a full tile", |path, answer| {
            flipped(path, answer, "/tile/8/0/001")
        }),
        ("the tile at the edge", |path, answer| {
            flipped(path, answer, "/tile/8/0/003.p/232")
        }),
        ("the highest tile", |path, answer| {
            flipped(path, answer, "/tile/8/1/000.p/3")
        }),
    ];
    for version in VERSIONS {
        for (lie, change) in lies {
            let proxy = Proxy::new(version);
            let database = Sumdb::new(SIZE, &[(ID, proxy.record())]);
            let served = database.clone().serve_with(change);
            let said = proxy.download(&served.gosumdb()).await;
            // CVE-2026-56865 (golang/go#80744): until 1.25.13, 1.26.6 and 1.27 no tile between the root and the record
            // was held against the one above it
            let is_taken = lie == "a full tile" && version != VERSIONS[2];
            assert_eq!(
                said.error.contains("verifying"),
                !is_taken,
                "{version}: {lie}: {said:?}, asked for {:?}",
                served.requests()
            );
            assert!(
                we_believe(&database, change, &proxy).is_err(),
                "{version}: {lie}: nor do we"
            );
        }

        let proxy = Proxy::new(version);
        let honest = Sumdb::new(SIZE, &[(ID, proxy.record())]);
        let other = honest.clone().with_seed(8).serve();
        let gosumdb = format!("{} {}", honest.key(), other.url());
        let said = proxy.download(&gosumdb).await;
        assert!(
            said.error.contains("verifying"),
            "{version}: another key of that name: {said:?}"
        );
        let stranger = record("example.com/m", "v1.0.0", "h1:x=", "h1:x=");
        let wrong = Sumdb::new(SIZE, &[(ID, stranger)]).serve();
        let said = proxy.download(&wrong.gosumdb()).await;
        assert!(
            said.error.contains("checksum mismatch"),
            "{version}: truly signed, of something else: {said:?}"
        );
    }
}

#[tokio::test]
async fn go_takes_a_full_tile_where_the_partial_one_is_gone() {
    for version in VERSIONS {
        let proxy = Proxy::new(version);
        let grown = Sumdb::new(70_000, &[(300, proxy.record())]);
        let small = grown.lookup(300, 1000);
        let change = move |path: &str, answer: Option<Vec<u8>>| {
            if path.starts_with("/lookup/") {
                return Some(small.clone().into_bytes());
            }
            answer.filter(|_| !path.contains(".p/"))
        };
        let said = proxy
            .download(&grown.clone().serve_with(change.clone()).gosumdb())
            .await;
        assert_eq!(said.error, "", "{version}: go does");
        // the tile at the top is still partial, so it alone is asked for at its width
        let ours = we_believe(&grown, change, &proxy);
        assert_eq!(ours.err(), None, "{version}: so do we");
    }
}

#[tokio::test]
async fn hashes_are_those_that_go_writes_into_go_sum() {
    let long = "x".repeat(100_000);
    let zips: [&[(&str, &str)]; 4] = [
        &[("go.mod", MANIFEST), ("m.go", "package m\n")],
        &[
            ("m.go", "package m\n"),
            ("go.mod", MANIFEST),
            ("a/B.go", "package a\n"),
            ("a b.txt", ""),
        ],
        &[
            ("go.mod", MANIFEST),
            ("模块.txt", "多"),
            ("é.txt", "e"),
            ("z/z/z/z.txt", &long),
        ],
        &[("LICENSE", "none\n")],
    ];
    for version in VERSIONS {
        for files in zips {
            for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
                let proxy = Proxy::with(version, files, method);
                let said = proxy.download("off").await;
                assert_eq!(
                    (
                        zip_hash(&proxy.zip).as_deref(),
                        go_mod_hash(MANIFEST.as_bytes())
                    ),
                    (Ok(said.zip.as_str()), said.go_mod.clone()),
                    "{version}: {said:?}"
                );
            }
        }
    }
}

/// What go says of a download.
#[derive(Debug)]
struct Said {
    error: String,
    zip: String,
    go_mod: String,
}

/// A folder as GOPROXY, with `example.com/m@v1.0.0`, and a user of it.
struct Proxy {
    scene: Scene,
    folder: PathBuf,
    zip: Vec<u8>,
}

impl Proxy {
    fn new(version: &str) -> Self {
        let files = [("go.mod", MANIFEST), ("m.go", "package m\n")];
        Self::with(version, &files, CompressionMethod::Deflated)
    }

    fn with(version: &str, files: &[(&str, &str)], method: CompressionMethod) -> Self {
        let scene = Scene::new(version);
        let zip = zip(files, method);
        let base = "proxy/example.com/m/@v";
        scene.write(&format!("{base}/v1.0.0.info"), r#"{"Version":"v1.0.0"}"#);
        scene.write(&format!("{base}/v1.0.0.mod"), MANIFEST);
        scene.write(&format!("{base}/v1.0.0.zip"), &zip);
        let folder = scene.at("proxy");
        Self { scene, folder, zip }
    }

    /// What a database has for the module.
    fn record(&self) -> String {
        let zip = zip_hash(&self.zip).expect("a zip");
        record(
            "example.com/m",
            "v1.0.0",
            &zip,
            &go_mod_hash(MANIFEST.as_bytes()),
        )
    }

    async fn download(&self, gosumdb: &str) -> Said {
        // each download is the first one
        let (cache, path) = (self.scene.at("modules"), self.scene.at("go"));
        for folder in [&cache, &path] {
            if folder.exists() {
                fs::remove_dir_all(folder).expect("writable, by -modcacherw");
            }
        }
        let proxy = format!("file://{}", self.folder.display());
        let vars = [
            ("GOPROXY", proxy.as_str()),
            ("GOSUMDB", gosumdb),
            ("GONOSUMDB", ""),
            ("GOPRIVATE", ""),
            ("GOFLAGS", "-modcacherw"),
            ("GOTOOLCHAIN", "local"),
            ("GOMODCACHE", &cache.display().to_string()),
            ("GOPATH", &path.display().to_string()),
        ];
        let output = self
            .scene
            .go(&["mod", "download", "-json", "example.com/m@v1.0.0"], &vars)
            .await;
        let said: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", output.complaint()));
        let text = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        Said {
            error: text("Error"),
            zip: text("Sum"),
            go_mod: text("GoModSum"),
        }
    }
}

/// Verifies the module as go does: the paths that were asked for, or where it ended.
fn we_believe(
    database: &Sumdb,
    change: impl Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>>,
    proxy: &Proxy,
) -> Result<Vec<String>, String> {
    let key = Database::from_key(&database.key()).expect("a key");
    let module: Module = "example.com/m@v1.0.0".parse().expect("a module");
    let ask = |path: &str| change(path, database.answer(path));
    let mut asked = vec!["/lookup/example.com/m@v1.0.0".to_owned()];
    let body = ask(&asked[0]).ok_or("no record")?;
    let record = lookup(&body, &key).map_err(|fault| format!("{fault:?}"))?;
    let mut contents = Vec::new();
    let answer_of = |tile: Tile, asked: &mut Vec<String>| {
        let path = format!("/{}", tile.path());
        let answer = ask(&path).map(|bytes| (tile, bytes));
        asked.push(path);
        answer
    };
    for tile in tiles(record.id, record.tree.size) {
        let content = answer_of(tile, &mut asked)
            .or_else(|| answer_of(tile.full()?, &mut asked))
            .ok_or_else(|| format!("no {}", tile.path()))?;
        contents.push(content);
    }
    if !proves(&record, &contents) {
        return Err("not in the tree".to_owned());
    }
    let known = zip_hash(&proxy.zip).expect("a zip");
    if record.zip_hash(&module) != Some(&known) {
        return Err("another module".to_owned());
    }
    Ok(asked)
}

fn replaced(
    path: &str,
    answer: Option<Vec<u8>>,
    of: &str,
    old: &str,
    new: &str,
) -> Option<Vec<u8>> {
    let answer = answer?;
    if !path.starts_with(of) {
        return Some(answer);
    }
    let text = String::from_utf8(answer).expect("a text");
    assert!(
        text.contains(old),
        "{old:?} is there to be replaced: {text}"
    );
    Some(text.replacen(old, new, 1).into_bytes())
}

fn flipped(path: &str, answer: Option<Vec<u8>>, of: &str) -> Option<Vec<u8>> {
    let mut answer = answer?;
    if path == of {
        answer[40] ^= 1;
    }
    Some(answer)
}

fn zip(files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in files {
        zip.start_file(format!("example.com/m@v1.0.0/{name}"), options)
            .expect("a name");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
